"""``--format github``: workflow commands, which GitHub shows as annotations beside the lines of a pull request."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from webcare_lint.errors import Language
from webcare_lint.model import Diagnostic, Failure, Report

_COMMANDS = {"error": "error", "warning": "warning", "advice": "notice"}


def pieces(report: Report, language: Language) -> Iterator[str]:
    """The report, a line at a time."""
    return (f"{line}\n" for line in _lines(report, language))


def _lines(report: Report, language: Language) -> Iterator[str]:
    for failure in report.failures:
        yield _command("error", _failed(failure), failure.message.in_(language))
    for diagnostic in report.diagnostics:
        said = " ".join(filter(None, (diagnostic.message, diagnostic.why)))
        if diagnostic.quote:
            said = f"“{diagnostic.quote}” · {said}"
        yield _command(_COMMANDS[diagnostic.level], _found(diagnostic), said)


def _failed(failure: Failure) -> dict[str, object]:
    return {"file": failure.path, "line": failure.line, "col": failure.column, "title": "webcare-lint"}


def _found(d: Diagnostic) -> dict[str, object]:
    place: dict[str, object] = {"file": None if d.path == "-" else d.path, "line": d.start.line, "endLine": d.end.line}
    if d.start.line == d.end.line:  # columns over several lines are refused
        place |= {"col": d.start.column, "endColumn": d.end.column}
    return {**place, "title": f"{d.code} {d.name}"}


def _command(name: str, properties: Mapping[str, object], message: str) -> str:
    shown = ",".join(f"{key}={_property(str(value))}" for key, value in properties.items() if value is not None)
    return f"::{name} {shown}::{_data(message)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
