"""The server's side of ``check --server``: the same check, report and exit status as the command gives, from a warm linter.

Nothing is read or written for the client but the baseline that our own configuration names: texts come along with what is asked.
Whatever is not plain sailing (a wrong option, a file that cannot be decoded, rules that changed meanwhile) is refused; the client
then starts cold and says itself what is the matter.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import suppress
from io import StringIO
from pathlib import Path

from rich.console import Console

from webcare_lint import __version__, warm
from webcare_lint.baseline import without_known
from webcare_lint.cli.check import asks_for_languagetool_alone, is_one_reply, typed_reply, with_customer
from webcare_lint.cli.report import HEIGHT, report_width, status
from webcare_lint.cli.settings import override
from webcare_lint.config import Config, baseline_file
from webcare_lint.errors import Language, WebcareLintError
from webcare_lint.files import STANDARD_INPUT, is_apart
from webcare_lint.linter import TRIAL, Linter
from webcare_lint.model import LEVELS, Report, with_library
from webcare_lint.output import FORMATS, human, render
from webcare_lint.server.protocol import Refused
from webcare_lint.sources import read_document

KEPT = 16
"""Combinations of options for which rules stay at hand."""
_CHOICES: Mapping[str, tuple[str, ...]] = {
    "format": ("human", *FORMATS), "fail_on": (*LEVELS, "never"), "lang": ("nl", "en"),
}  # fmt: skip


class Answers:
    """Answers to packed requests (``warm.pack``), for the configuration at ``path`` as it was when the server started."""

    def __init__(self, linter: Linter, settings: Config, path: Path | None) -> None:
        self._linter, self._settings, self._path = linter, settings, path
        self.identity = warm.identity(__version__, str(path) if path else None, path.read_bytes() if path else b"")
        self._world = linter.loaded.world()
        self._linters: dict[tuple[str, bool], Linter] = {}

    def warm(self) -> None:
        """Answer once, so that the first client does not wait for what is made at the first use."""
        asked = [("identity", self.identity), ("--text", TRIAL.encode()), ("--customer", b"Waar blijft het?"), ("cwd", b"")]
        with suppress(Refused):
            self(warm.pack(asked))

    def __call__(self, body: bytes) -> bytes:
        """The report, the notices and the exit status.

        Raises:
            Refused: when the client had better do it itself.
        """
        try:
            asked = _Asked(body)
            now = self._linter.loaded.world()
            if asked.one["identity"] != self.identity.decode() or now is None or now != self._world:
                raise Refused(409, "Error: another version or configuration")
            return self._answer(asked)
        except (ValueError, KeyError, WebcareLintError, OSError) as error:
            raise Refused(409, "Error: this has to be checked by the command itself") from error

    def _answer(self, asked: _Asked) -> bytes:
        spoken = asked.option("lang") or ("en" if asked.environment.get("WEBCARE_LINT_LANG", "").startswith("en") else None)
        given = {name: asked.option(name) for name in ("channel", "fail_on")}
        select = asked.several("--select")
        settings = override(self._settings, lang=spoken, select=select, ignore=asked.several("--ignore"), **given)
        if settings.languagetool.enabled or (settings.overrides and asked.one["cwd"] != str(Path.cwd())):
            raise ValueError("beyond us")
        linter = self._linter_for(settings, eight="--de-acht" in asked.one)
        if asks_for_languagetool_alone(linter, settings):
            raise ValueError("for the command to tell")
        report = self._checked(linter, asked)
        if report.failures or not (report.checked or report.skipped):
            raise ValueError("for the command to tell")
        if known := baseline_file(settings, self._path):
            report = without_known(report, known)
        skipped = human.skipped_line(report, settings.lang)
        notices = f"webcare-lint: {skipped}\n" if skipped else ""
        shown = _rendered(report, asked.option("format") or "human", settings.lang, asked)
        said = {"status": str(status(report, settings.fail_on)), "stdout": shown, "stderr": notices}
        return warm.pack([(name, text.encode("utf-8", "replace")) for name, text in said.items()])

    def _linter_for(self, settings: Config, *, eight: bool) -> Linter:
        key = (repr(settings), eight)
        if key not in self._linters:
            if len(self._linters) >= KEPT:
                self._linters.clear()
            self._linters[key] = self._linter.like(settings, eight=eight)
        return self._linters[key]

    @staticmethod
    def _checked(linter: Linter, asked: _Asked) -> Report:
        customer = asked.one.get("--customer")
        if "--text" in asked.one:
            return linter.check_documents([typed_reply(asked.one["--text"], asked.option("channel"), customer)])
        form = asked.option("input_format")
        if any(is_apart(str(path), linter.loaded.apart) for path in asked.paths):
            raise ValueError("settings or rules, which hold no replies")
        if len(set(asked.paths)) < len(asked.paths):
            raise ValueError("a file twice")
        documents = [with_library(read_document(data, path, form)) for path, data in asked.files]
        if customer is not None:
            if not is_one_reply([document.path for document in documents]):
                raise ValueError("one message for several replies")
            documents = list(with_customer(documents, customer))
        return linter.check_documents(documents)


class _Asked:
    """What the client sent: options, variables of its environment, texts of files."""

    def __init__(self, body: bytes) -> None:
        parts = warm.unpack(body)
        self.files = [(name.removeprefix("file "), data) for name, data in parts if name.startswith("file ")]
        self._options = [(name, os.fsdecode(value)) for name, value in parts if not name.startswith("file ")]
        self.one = dict(self._options)
        self.environment = {name.removeprefix("env "): value for name, value in self._options if name.startswith("env ")}

    @property
    def paths(self) -> list[Path]:
        """Where the files are, as absolute paths of the client's folder."""
        return [Path(os.path.normpath(Path(self.one["cwd"], path))) for path, _ in self.files if path != STANDARD_INPUT]

    def several(self, name: str) -> list[str]:
        return [value for option, value in self._options if option == name]

    def option(self, name: str) -> str | None:
        value = self.one.get(f"--{name.replace('_', '-')}")
        if value is not None and name in _CHOICES and value not in _CHOICES[name]:
            raise ValueError(value)
        return value


class _Terminal(StringIO):
    """Takes what goes to the terminal of the client."""

    def isatty(self) -> bool:
        return True


def _rendered(report: Report, form: str, spoken: Language, asked: _Asked) -> str:
    if form != "human":
        return render(form, report, spoken)
    terminal, environment = asked.one.get("width"), asked.environment
    width = report_width(environment, int(terminal or 0))
    file = StringIO() if terminal is None else _Terminal()
    console = Console(file=file, highlight=False, width=width, height=HEIGHT, _environ=environment)
    human.render(report, console, spoken)
    return file.getvalue()
