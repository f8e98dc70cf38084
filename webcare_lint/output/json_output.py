"""``--format json``: the report of docs/json.md, schema 1."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from webcare_lint import __version__
from webcare_lint.errors import Language
from webcare_lint.model import Diagnostic, Failure, Fix, Report
from webcare_lint.text import Position

SCHEMA = 1


def pieces(report: Report, language: Language) -> Iterator[str]:
    """The report, a finding at a time: there may be more of them than fit in memory."""
    sign = "{"
    for key, value in _parts(report, language).items():
        yield f'{sign}\n  "{key}": '
        sign = ","
        if isinstance(value, Iterator):
            yield from _list(value)
        else:
            yield _indented(value, 1)
    yield "\n}\n"


def _list(entries: Iterator[Any]) -> Iterator[str]:
    sign = "["
    for entry in entries:
        yield f"{sign}\n    {_indented(entry, 2)}"
        sign = ","
    yield "[]" if sign == "[" else "\n  ]"


def _indented(value: Any, depth: int) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2).replace("\n", "\n" + "  " * depth)


def to_dict(report: Report, language: Language = "nl") -> dict[str, Any]:
    """The report as plain data."""
    return {key: list(value) if isinstance(value, Iterator) else value for key, value in _parts(report, language).items()}


def _parts(report: Report, language: Language) -> dict[str, Any]:
    """The report as plain data; what may be long is still to be walked through."""
    made: dict[str, Any] = {
        "schema": SCHEMA,
        "tool": {"name": "webcare-lint", "version": __version__},
        "summary": {
            "files": report.files,
            "replies": report.replies,
            "errors": report.count("error"),
            "warnings": report.count("warning"),
            "advice": report.count("advice"),
            "suppressed": report.suppressed,
            "baselined": report.baselined,
        },
        "failures": [_failure(failure, language) for failure in report.failures],
        "diagnostics": map(_diagnostic, report.diagnostics),
    }
    if report.eight is not None:
        made["replies"] = (
            {"path": r.path, "reply_id": r.reply_id, "message_index": r.message_index, "de_acht": dict(r.stations)}
            for r in report.eight
        )
    return made


def _failure(failure: Failure, language: Language) -> dict[str, Any]:
    return {
        "path": failure.path,
        "line": failure.line,
        "column": failure.column,
        "message": failure.message.in_(language),
    }


def _diagnostic(d: Diagnostic) -> dict[str, Any]:
    return {
        "code": d.code,
        "name": d.name,
        "commandment": d.commandment,
        "level": d.level,
        "message": d.message,
        "path": d.path,
        "reply_id": d.reply_id,
        "message_index": d.message_index,
        "start": _position(d.start),
        "end": _position(d.end),
        "reply_span": {"start": d.reply_span.start, "end": d.reply_span.end},
        "quote": d.quote,
        "suggestions": list(d.suggestions),
        "fix": _fix(d.fix),
    }


def _position(position: Position) -> dict[str, int]:
    return {"line": position.line, "column": position.column, "offset": position.offset}


def _fix(fix: Fix | None) -> dict[str, Any] | None:
    if fix is None:
        return None
    edits = [{"start": e.span.start, "end": e.span.end, "text": e.text} for e in fix.edits]
    return {"safety": fix.safety, "edits": edits}
