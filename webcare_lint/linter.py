"""The linter as a library: ``Linter().check_text("Bel ons even.")``."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from webcare_lint.cache import Cache, world
from webcare_lint.checks.base import Lists
from webcare_lint.config import Config, Play, effective, extra_rules, pipeline_name, reader_folder, settle
from webcare_lint.eight import Eight
from webcare_lint.engine import Engine
from webcare_lint.errors import ConfigError, Text
from webcare_lint.filters import without_doubles
from webcare_lint.finding import diagnostic
from webcare_lint.findings import Tally
from webcare_lint.model import Diagnostic, Document, Failure, Message, Reached, Reply, Report, RuleInfo
from webcare_lint.patterns.passage import Passage
from webcare_lint.rulebook import Known, Rulebook, StoredBook, StoredGates, config_lists, customise, load_rulebook, rule_files
from webcare_lint.run import Job, Outcome, Run
from webcare_lint.source_codes import LANGUAGETOOL_CODES, UNRULED_CODES
from webcare_lint.suppress import Suppressor
from webcare_lint.text import SourceMap, whole

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

    from webcare_lint.languagetool.findings import Settings
    from webcare_lint.languagetool.session import Session
    from webcare_lint.reader.read import Reading

Progress = Callable[[int], None]


@dataclass(frozen=True)
class Checked:
    """A reply with what was found in it and what could not be checked."""

    reply: Reply
    diagnostics: tuple[Diagnostic, ...]
    failures: tuple[Failure, ...]
    suppressed: int = 0


class Linter:
    """Rules, config and language model, each loaded once and only when needed.

    Args:
        config: the configuration; the default one when left out.
        config_path: where it came from; own rules are found relative to it.
        languagetool: adds LanguageTool's spelling and grammar when given.
        eight: tells for every reply which stations of De 8 it reaches.
        jobs: processes for many replies, None for one for each core. More than one asks a script of its own for
            ``if __name__ == "__main__"``, since each of them imports it anew.
    """

    def __init__(
        self,
        config: Config | None = None,
        config_path: Path | None = None,
        languagetool: Settings | None = None,
        *,
        eight: bool = False,
        jobs: int | None = 1,
    ) -> None:
        self.config = config or Config()
        self.languagetool = languagetool
        self._config_path = config_path
        self.jobs = jobs
        self._wants_eight = eight
        self._nlp: Any = None
        self._reader: Any = None
        self._plays: dict[object, Play] = {}
        self._engines: dict[int, Engine] = {}

    def __getstate__(self) -> dict[str, Any]:
        # What was loaded stays behind: another process loads its own when it needs it.
        return {"config": self.config, "config_path": self._config_path, "languagetool": self.languagetool}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__init__(**state)  # type: ignore[misc]

    @cached_property
    def all_rules(self) -> Rulebook:
        """Every rule as the config wants it, selected or not.

        Raises:
            RuleError: for a rule file that is wrong.
            ConfigError: for a change to what is not there, or a pattern that cannot be read.
        """
        book = load_rulebook(extra_rules(self.config, self._config_path), lists=self.lists)
        return customise(book, self.config, self._config_path)

    @property
    def lists(self) -> Lists:
        """The word lists that the config fills.

        Raises:
            ConfigError: for a pattern that cannot be read.
        """
        return config_lists(self.config, self._config_path)

    @cached_property
    def infos(self) -> Mapping[str, RuleInfo]:
        """What is told about every rule, selected or not."""
        return {code: info for code, (info, _) in self._known.items()}

    @cached_property
    def _known(self) -> Known:
        stored = self.cache.load("known", StoredGates) if self.cache else None
        if stored:
            return stored.known()
        known = {rule.code: (rule.info, rule.gate) for rule in self.all_rules}
        if self.cache:
            self.cache.keep(known=StoredGates.of(known), book=StoredBook.of(self.all_rules))
        return known

    @property
    def _book(self) -> Rulebook:
        """All rules, from the cache where they are there."""
        stored = self.cache.load("book", StoredBook) if self.cache and "all_rules" not in vars(self) else None
        return stored.book() if stored else self.all_rules

    @property
    def apart(self) -> set[str]:
        """The rule files and folders of the config, as absolute paths: they hold no replies."""
        return {os.path.abspath(path) for path in extra_rules(self.config, self._config_path)}  # noqa: PTH100

    @cached_property
    def cache(self) -> Cache | None:
        """What earlier runs found; None when that is not wanted or nobody can tell whether it still holds."""
        here = self.world() if self.config.cache else None
        return Cache(here) if here else None

    def world(self) -> str | None:
        """A hash of all that decides what is found beside the replies, as it is now; None when that cannot be known."""
        shown = msgspec.structs.replace(self.config, lang="nl", fail_on="never", baseline=None, overrides=[], server=False)
        files = rule_files(extra_rules(self.config, self._config_path))
        pipeline = pipeline_name(self.config, self._config_path)
        reader = reader_folder(self.config, self._config_path)
        return world(msgspec.json.encode(shown), files, pipeline, reader)

    def like(self, config: Config, *, eight: bool = False) -> Linter:
        """One for a config that differs only in what is in play, the channel and the language; it shares what is loaded here."""
        made = object.__new__(Linter)  # and no copy, which is made for another process and loads anew
        vars(made).update(vars(self))
        made.config, made.jobs, made._wants_eight = msgspec.structs.replace(config, cache=False), 1, eight
        made._plays, made._engines = {}, {}
        vars(made).pop("cache", None)
        return made

    def play(self, path: str = "-") -> Play:
        """What is in play for the file at ``path``.

        Raises:
            RuleError: for a rule file that is wrong.
            ConfigError: for an unknown code in the config.
        """
        base = self._config_path.parent if self._config_path else Path.cwd()
        settings = effective(self.config, path, base)
        key = id(settings) if settings is self.config else msgspec.json.encode(settings)
        if key not in self._plays:
            self._plays[key] = settle(settings, self.infos, self._config_path, languagetool=self.languagetool is not None)
        return self._plays[key]

    @property
    def rulebook(self) -> Rulebook:
        """The rules in play where no override holds."""
        return self.engine(self.play()).rulebook

    def engine(self, play: Play) -> Engine:
        """The engine for what is in play."""
        if id(play) not in self._engines:
            gates = {code: gate for code, (_, gate) in self._known.items() if code in play.infos}
            self._engines[id(play)] = Engine(
                lambda: self._book.restrict(play.infos),
                self.parse,
                self.read,
                channel=play.channel,
                counting=self.config.counting,
                gates=gates,
            )
        return self._engines[id(play)]

    def _languagetool(self) -> Session:
        from webcare_lint.languagetool.session import Session

        assert self.languagetool
        return Session(self.languagetool)

    @cached_property
    def eight(self) -> Eight:
        """The conversation model."""
        return Eight(self.all_rules.lists)

    @property
    def nlp(self) -> Language:
        """The Dutch pipeline, loaded when it is first asked for.

        Raises:
            ConfigError: when the pipeline named in the config cannot be loaded.
        """
        from webcare_lint.nl import pipeline

        if self._nlp is None:
            try:
                self._nlp = pipeline.load(pipeline_name(self.config, self._config_path))
            except pipeline.PipelineError as error:
                text = Text(f"taalmodel niet te laden: {error}", f"cannot load the language model: {error}")
                raise ConfigError(text) from error
        return self._nlp  # type: ignore[no-any-return]

    def parse(self, texts: Sequence[str]) -> Iterable[Doc]:
        """Parse texts with the Dutch pipeline.

        Raises:
            ConfigError: when the pipeline named in the config cannot be loaded.
        """
        from webcare_lint.nl import pipeline

        return pipeline.parse(self.nlp, texts)

    def read(self, exchanges: Sequence[tuple[str, str | None]]) -> Iterable[Reading]:
        """Read replies, each with the message that it answers; the encoder is loaded at the first that needs it.

        Raises:
            ConfigError: when the reader named in the config cannot be loaded.
        """
        from webcare_lint.reader.read import Reader, ReaderError

        try:
            if self._reader is None:
                self._reader = Reader(reader_folder(self.config, self._config_path))
            return self._reader.read(exchanges)  # type: ignore[no-any-return]
        except ReaderError as error:
            text = Text(f"lezer niet te laden: {error}", f"cannot load the reader: {error}")
            raise ConfigError(text) from error

    def check_text(
        self, text: str, channel: str | None = None, customer: str | None = None, history: tuple[Message, ...] = ()
    ) -> Report:
        """Check one reply; ``customer`` is the message that it answers, ``history`` what was said before that."""
        text, said = whole(text), tuple(Message(each.author, whole(each.text)) for each in history)
        placed = SourceMap.verbatim(text)
        reply = Reply(text, customer=customer and whole(customer), channel=channel, history=said, source=placed)
        return self.check_documents([Document("-", text, (reply,))])

    def check_paths(
        self, paths: Iterable[Path | str], progress: Progress | None = None, input_format: str | None = None
    ) -> Report:
        """Check files. One that cannot be read becomes a failure of the report; the others go on.

        ``input_format`` names the form of the files where it does not show.
        """
        from webcare_lint.files import read_inputs  # and with it all readers, which one reply does not need

        return self.check_documents(read_inputs(map(str, paths), input_format, self.apart), progress)

    def check_documents(self, documents: Iterable[Document], progress: Progress | None = None) -> Report:
        """Check documents, read already or on the way; ``progress`` is told how many replies are done."""
        total = Tally()
        with ExitStack() as stack:
            languagetool = stack.enter_context(self._languagetool()) if self.languagetool else None
            here = Tally()
            for job, outcomes in Run(self).outcomes(documents):
                document = job.document
                if document.broken or not document.begins.offset:
                    if not document.broken:
                        total.add(here)
                    here = Tally(files=1)
                here.skipped.update(document.skipped)
                here.failures += document.failures
                found: list[Diagnostic] = []
                for checked in self._checked(job, outcomes, languagetool):
                    found += checked.diagnostics
                    here.failures += checked.failures
                    here.suppressed += checked.suppressed
                    here.replies += not checked.reply.unanswered
                    if self._wants_eight and not checked.reply.unanswered:
                        here.reached.append(self._reached(checked.reply, document.path))
                    if progress:
                        progress(total.replies + here.replies)
                here.part(document.path, found)
            total.add(here)
            total.failures += languagetool.failures if languagetool else []
        rules = {code: info for play in self._plays.values() for code, info in play.infos.items()}
        return Report(total.diagnostics, tuple(total.failures), total.files, total.replies, dict(total.skipped), total.suppressed,
                      rules=rules, eight=tuple(total.reached) if self._wants_eight else None)  # fmt: skip

    def _reached(self, reply: Reply, path: str) -> Reached:
        return Reached(path, reply.id, reply.message_index, self.eight.reached(reply))

    def check_document(self, document: Document) -> Iterator[Checked]:
        """Check the replies of a document, in order."""
        for job, outcomes in Run(self).outcomes([document]):
            yield from self._checked(job, outcomes)

    def _checked(self, job: Job, outcomes: Iterable[Outcome], languagetool: Session | None = None) -> Iterator[Checked]:
        document, play, lines, language = job.document, job.play, job.work.lines, self.config.lang
        suppressor = Suppressor(document.replies, play, {**UNRULED_CODES, **self.infos})
        for reply, hits, failures in outcomes:
            found = without_doubles(
                (
                    diagnostic(play.infos[code], hit, reply, document.path, lines, language, reply.channel or play.channel)
                    for code, hit in hits
                ),
                partial(Passage(reply.text).scope, name="sentence"),
            )
            if languagetool and not reply.unanswered:  # a customer may write as they like
                found += languagetool.diagnostics(reply, document.path, lines, play.infos)
            kept = suppressor.keep(reply, found)
            unasked = () if languagetool and not languagetool.failures else LANGUAGETOOL_CODES
            in_vain = suppressor.in_vain(reply, document.path, lines, language, unasked)
            yield Checked(reply, (*kept, *in_vain), tuple(failures), len(found) - len(kept))
