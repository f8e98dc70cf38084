"""Checks what stands in a buffer, with the configuration that is nearest to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path, PurePath
from threading import Lock
from typing import Any

import msgspec
from msgspec import Struct

from webcare_lint.baseline import without_known
from webcare_lint.config import Config, baseline_file, find_config, load_config, pipeline_name, reader_folder
from webcare_lint.errors import Language, WebcareLintError
from webcare_lint.linter import TRIAL, Linter
from webcare_lint.lsp.buffers import Buffer
from webcare_lint.model import Diagnostic, Document, Reply, Report, with_library
from webcare_lint.rulebook import Rulebook
from webcare_lint.rulebook.load import load_rulebook
from webcare_lint.rulebook.single import check_rule_file, is_rule_file
from webcare_lint.sources import read_document


class Checked(Struct, frozen=True):
    """A buffer with what is wrong in it. ``broken`` is what could not be checked; its path may be of another file."""

    buffer: Buffer
    replies: tuple[Reply, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    broken: tuple[WebcareLintError, ...] = ()

    def reply_of(self, found: Diagnostic) -> Reply | None:
        """The reply that a finding is about."""
        place = (found.start.offset, found.end.offset)
        same = (r for r in self.replies if r.text == found.reply and tuple(r.source.to_source(found.reply_span)) == place)
        return next(same, None)


class Checker:
    """Linters, one for each configuration, loaded once. ``language`` goes before the configuration's."""

    def __init__(self, language: Language | None = None) -> None:
        self.language = language
        self._linters: dict[Path | None, Linter] = {}
        self._wrong: dict[Linter, WebcareLintError] = {}
        self._models: dict[tuple[str | None, Path | None], dict[str, Any]] = {}
        # One text at a time: the pipeline was not made for several threads. Who only wants a linter does not wait for that.
        self._turn, self._lock = Lock(), Lock()

    def forget(self) -> None:
        """Read configurations and rules anew: one of them was changed."""
        with self._lock:
            self._linters.clear()
            self._wrong.clear()

    def goes_by(self, path: str) -> bool:
        """Whether a file is some configuration, or holds its rules or its baseline, or would if it were there."""
        with self._lock:
            own = {each for linter in self._linters.values() for each in linter.loaded.apart}
        return any(PurePath(path).is_relative_to(each) for each in own)

    def warm(self) -> None:
        """Load rules and model before the first text, so that nobody waits for them."""
        try:
            linter = self._sound(Path.cwd())
            with self._turn_of(linter, find_config(Path.cwd())):
                linter.check_text(TRIAL)
        except WebcareLintError:
            return  # it will be shown in the first window that it concerns

    def linter(self, folder: Path) -> Linter:
        """The linter for the files in a folder.

        Raises:
            ConfigError: for a configuration that is wrong.
        """
        path = find_config(folder)
        with self._lock:
            if path not in self._linters:
                config = load_config(path) if path else Config()
                if self.language:
                    config = msgspec.structs.replace(config, lang=self.language)
                self._linters[path] = Linter(config, path)
            return self._linters[path]

    def language_in(self, folder: Path) -> Language:
        """What language to speak in a folder, whatever state its configuration is in."""
        try:
            return self.language or self.linter(folder).config.lang
        except WebcareLintError:
            return "nl"

    def rules(self, folder: Path) -> Rulebook:
        """All rules that hold in a folder; the shipped ones alone while one of its own is wrong."""
        try:
            return self._sound(folder).loaded.all_rules
        except WebcareLintError:
            return self._shipped

    @cached_property
    def _shipped(self) -> Rulebook:
        return load_rulebook()

    def _sound(self, folder: Path) -> Linter:
        """The linter for the files in a folder, whose rules can all be read.

        Raises:
            WebcareLintError: for a configuration or a rule that is wrong. Rules are not read again until ``forget``.
        """
        linter = self.linter(folder)
        wrong = self._wrong.get(linter)
        if wrong is not None:
            raise wrong.with_traceback(None)
        try:
            _ = linter.loaded.infos
        except WebcareLintError as error:
            self._wrong[linter] = error
            raise
        return linter

    def check(self, buffer: Buffer, wanted: Callable[[], bool] = lambda: True) -> Checked:
        """Everything that is wrong in a buffer; nothing where nobody wants to know any more when its turn has come.

        Never raises: what cannot be checked is an answer too.
        """
        if buffer.form is None or buffer.hidden:
            return Checked(buffer)
        try:
            if is_rule_file(buffer.text, buffer.path):
                return Checked(buffer, broken=tuple(check_rule_file(buffer.text, buffer.path, self.rules(buffer.folder))))
            document = read(buffer)
            report = self._report(document, buffer.folder, wanted)
        except WebcareLintError as error:
            return Checked(buffer, broken=(error,))
        broken = [failure.error for failure in report.failures]
        return Checked(buffer, document.replies, tuple(report.diagnostics), tuple(broken))

    def _report(self, document: Document, folder: Path, wanted: Callable[[], bool]) -> Report:
        linter, path = self._sound(folder), find_config(folder)
        with self._turn_of(linter, path):
            report = linter.check_documents([document] if wanted() else [])
        known = baseline_file(linter.config, path)
        return without_known(report, known) if known else report

    @contextmanager
    def _turn_of(self, linter: Linter, path: Path | None) -> Iterator[None]:
        """A linter's turn, with the language model and the reader that another one loaded: rules change, these hardly do."""
        names = pipeline_name(linter.config, path), reader_folder(linter.config, path)
        with self._turn:
            loaded, models = vars(linter.loaded), self._models.setdefault(names, {})
            loaded.update(models)
            yield
            models.update({name: loaded[name] for name in ("nlp", "reader") if name in loaded})


def read(buffer: Buffer) -> Document:
    """The replies in a buffer.

    Raises:
        SourceError: when it cannot be read at all.
    """
    # Half of a surrogate pair, which some editor may send, is one character too.
    return with_library(read_document(buffer.text.encode("utf-8", "replace"), buffer.path))
