"""The linter as a library: ``Linter().check_text("Bel ons even.")``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from webcare_lint.config import Config, expand_codes, extra_rules, level_of
from webcare_lint.engine import Engine
from webcare_lint.errors import ConfigError, Text, WebcareLintError
from webcare_lint.files import read_input, walk
from webcare_lint.filters import in_order
from webcare_lint.model import Diagnostic, Document, Failure, Reply, Report
from webcare_lint.rulebook import Rulebook, load_rulebook
from webcare_lint.text import SourceMap

if TYPE_CHECKING:
    from spacy.tokens import Doc

Progress = Callable[[int], None]


class Linter:
    """Rules, config and language model, each loaded once and only when needed.

    Args:
        config: the configuration; the default one when left out.
        config_path: where it came from; own rules are found relative to it.
    """

    def __init__(self, config: Config | None = None, config_path: Path | None = None) -> None:
        self.config = config or Config()
        self._config_path = config_path
        self._nlp: Any = None

    @cached_property
    def all_rules(self) -> Rulebook:
        """Every rule, selected or not.

        Raises:
            RuleError: for a rule file that is wrong.
        """
        return load_rulebook(extra_rules(self.config, self._config_path))

    @cached_property
    def rulebook(self) -> Rulebook:
        """The rules in play.

        Raises:
            RuleError: for a rule file that is wrong.
            ConfigError: for an unknown code in select, ignore or levels.
        """
        codes = list(self.all_rules.rules)
        chosen = expand_codes(self.config.select, codes, "select") if self.config.select else None
        if chosen is None:
            chosen = {rule.code for rule in self.all_rules if rule.commandment is not None}
        expand_codes(list(self.config.levels), codes, "levels")
        return self.all_rules.restrict(chosen - expand_codes(self.config.ignore, codes, "ignore"))

    @cached_property
    def engine(self) -> Engine:
        return Engine(
            self.rulebook,
            self.parse,
            language=self.config.lang,
            channel=self.config.channel,
            counting=self.config.counting,
            level_of=lambda code, level: level_of(code, level, self.config),
        )

    def parse(self, texts: Sequence[str]) -> Iterable[Doc]:
        """Parse texts with the Dutch pipeline, which is loaded at the first call.

        Raises:
            ConfigError: when the pipeline named in the config cannot be loaded.
        """
        from webcare_lint.nl import pipeline

        if self._nlp is None:
            try:
                self._nlp = pipeline.load(self.config.pipeline)
            except pipeline.PipelineError as error:
                text = Text(f"taalmodel niet te laden: {error}", f"cannot load the language model: {error}")
                raise ConfigError(text) from error
        return pipeline.parse(self._nlp, texts)

    def check_text(self, text: str, channel: str | None = None, customer: str | None = None) -> Report:
        """Check one reply; ``customer`` is the message that it answers."""
        placed = SourceMap.verbatim(text)
        reply = Reply(text, customer=customer, channel=channel, source=placed)
        return self.check_documents([Document("-", text, (reply,))])

    def check_paths(self, paths: Iterable[Path | str], progress: Progress | None = None) -> Report:
        """Check files. One that cannot be read becomes a failure of the report; the others go on."""
        documents = (document for path in paths for document in self._documents(str(path)))
        return self.check_documents(documents, progress)

    def check_documents(self, documents: Iterable[Document], progress: Progress | None = None) -> Report:
        """Check documents that were read already; ``progress`` is told how many replies are done."""
        diagnostics: list[Diagnostic] = []
        failures: list[Failure] = []
        skipped: Counter[str] = Counter()
        files = replies = 0
        for document in documents:
            files += 1
            skipped.update(document.skipped)
            failures += document.failures
            for reply, found, failed in self.engine.check(document):
                diagnostics += found
                failures += failed
                replies += not reply.unanswered
                if progress:
                    progress(replies)
        return Report(tuple(in_order(diagnostics)), tuple(failures), files, replies, dict(skipped))

    @staticmethod
    def _documents(path: str) -> Iterator[Document]:
        try:
            for name in walk(path):
                try:
                    yield read_input(name)
                except WebcareLintError as error:
                    yield _failed(name, error)
        except WebcareLintError as error:
            yield _failed(path, error)


def _failed(path: str, error: WebcareLintError) -> Document:
    return Document(path, "", (), failures=(Failure(error.path or path, error.line, error.column, error.text),))
