"""What a config names, each loaded once and only when it is asked for: rules, word lists, language model, reader, cache."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from webcare_lint.cache import Cache, world
from webcare_lint.config import Config, baseline_file, config_error, extra_rules, pipeline_name, reader_folder
from webcare_lint.errors import ConfigError, Text
from webcare_lint.model import RuleInfo
from webcare_lint.patterns.notation import Lists
from webcare_lint.rulebook import Known, Rulebook, StoredBook, StoredGates, rule_files

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

    from webcare_lint.eight import Eight
    from webcare_lint.reader.encoder import Pair
    from webcare_lint.reader.read import Reader, Reading


class Loaded:
    """Rules, word lists, language model, reader and cache of a config.

    Args:
        config: the configuration.
        path: where it came from; own rules are found relative to it.
    """

    def __init__(self, config: Config, path: Path | None) -> None:
        self._config, self._path = config, path

    @cached_property
    def all_rules(self) -> Rulebook:
        """Every rule as the config wants it, selected or not.

        Raises:
            RuleError: for a rule file that is wrong.
            ConfigError: for a rule file or folder, or a change to what is not there, or a pattern that cannot be read.
        """
        from webcare_lint.rulebook.customise import customise
        from webcare_lint.rulebook.load import load_rulebook

        book = load_rulebook(extra_rules(self._config, self._path, there=True), lists=self.lists)
        # Without its files, as the book in the cache is.
        return replace(customise(book, self._config, self._path), files=())

    @property
    def lists(self) -> Lists:
        """The word lists that the config fills.

        Raises:
            ConfigError: for a pattern that cannot be read.
        """
        from webcare_lint.rulebook.customise import config_lists

        return config_lists(self._config, self._path)

    @cached_property
    def infos(self) -> Mapping[str, RuleInfo]:
        """What is told about every rule, selected or not."""
        return {code: info for code, (info, _) in self.known.items()}

    @cached_property
    def known(self) -> Known:
        """What is told about every rule, with its gate, from the cache where it is there.

        Raises:
            ConfigError: also for a pipeline or a reader that is not there: whether a text would ask for it makes no difference.
        """
        _ = pipeline_name(self._config, self._path), reader_folder(self._config, self._path)
        stored = self.cache.load("known", StoredGates) if self.cache else None
        if stored:
            return stored.known()
        known = {rule.code: (rule.info, rule.gate) for rule in self.all_rules}
        if self.cache:
            self.cache.keep(known=StoredGates.of(known), book=StoredBook.of(self.all_rules))
        return known

    @property
    def book(self) -> Rulebook:
        """All rules, from the cache where they are there."""
        stored = self.cache.load("book", StoredBook) if self.cache and "all_rules" not in vars(self) else None
        return stored.book() if stored else self.all_rules

    @property
    def apart(self) -> set[str]:
        """The config, its baseline and its rule files and folders, as absolute paths: they hold no replies."""
        own = [*extra_rules(self._config, self._path), *filter(None, [self._path, baseline_file(self._config, self._path)])]
        return {os.path.abspath(path) for path in own}  # noqa: PTH100

    @cached_property
    def cache(self) -> Cache | None:
        """What earlier runs found; None when that is not wanted or nobody can tell whether it still holds."""
        here = self.world() if self._config.cache else None
        return Cache(here) if here else None

    def world(self) -> str | None:
        """A hash of all that decides what is found beside the replies, as it is now; None when that cannot be known."""
        shown = msgspec.structs.replace(self._config, lang="nl", fail_on="never", baseline=None, overrides=[], server=False)
        files = rule_files(extra_rules(self._config, self._path))
        pipeline = pipeline_name(self._config, self._path)
        reader = reader_folder(self._config, self._path)
        return world(msgspec.json.encode(shown), files, pipeline, reader)

    @cached_property
    def eight(self) -> Eight:
        """The conversation model."""
        from webcare_lint.eight import Eight

        return Eight(self.all_rules.lists)

    @cached_property
    def nlp(self) -> Language:
        """The Dutch pipeline.

        Raises:
            ConfigError: when the pipeline named in the config cannot be loaded.
        """
        from webcare_lint.nl import pipeline

        try:
            return pipeline.load(pipeline_name(self._config, self._path))
        except pipeline.PipelineError as error:
            named = self._config.pipeline
            if named is None:
                raise ConfigError(Text("het taalmodel is niet te laden; installeer webcare-lint opnieuw",
                                       "the language model cannot be loaded; install webcare-lint again")) from error  # fmt: skip
            text = Text(f"het taalmodel {named!r} is niet te laden; spacy.load zegt waarom",
                        f"the language model {named!r} cannot be loaded; spacy.load says why")  # fmt: skip
            raise config_error(text, ("pipeline",), self._path, value=named) from error

    def parse(self, texts: Sequence[str]) -> Iterable[Doc]:
        """Parse texts with the Dutch pipeline.

        Raises:
            ConfigError: when the pipeline named in the config cannot be loaded.
        """
        from webcare_lint.nl import pipeline

        return pipeline.parse(self.nlp, texts)

    @cached_property
    def reader(self) -> Reader:
        """The small encoder; its weights are loaded at the first reply that needs it."""
        from webcare_lint.reader.read import Reader

        return Reader(reader_folder(self._config, self._path))

    def read(self, pairs: Sequence[Pair]) -> Iterable[Reading]:
        """Read replies, each with the message that it answers.

        Raises:
            ConfigError: when the reader named in the config cannot be loaded.
        """
        from webcare_lint.reader.read import ReaderError

        try:
            return self.reader.read(pairs)
        except ReaderError as error:
            text = Text(f"lezer niet te laden: {error}", f"cannot load the reader: {error}")
            raise ConfigError(text) from error
