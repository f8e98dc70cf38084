"""``.json``: a list of records; ``.jsonl``: one record a line. Strings keep their places, through escapes."""

from __future__ import annotations

import json
import re
from typing import Any

from webcare_lint.errors import SourceError, Text
from webcare_lint.model import Document
from webcare_lint.sources.placed import Placed
from webcare_lint.sources.records import Collector
from webcare_lint.text import LineIndex, SourceMap

_SPACE = re.compile(r"[ \t\r\n]*")
_STRING = re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL)
_OTHER = re.compile(r"[^\s,\]}]+")
_ESCAPE = re.compile(r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\.")
_BROKEN = re.compile("[\ud800-\udfff]")


def read(text: str, path: str) -> Document:
    bom = len(text) - len(text.removeprefix("\ufeff"))
    _validate(text[bom:], path, text, bom)
    data, _ = _value(text, _skip(text, bom))
    collector = Collector(text, path)
    records = data if isinstance(data, _List) else None
    if records is None:
        one = isinstance(data, dict)
        if not one:
            raise SourceError(Text("verwacht een lijst van records", "expected a list of records"), path=path, line=1, column=1)
        collector.add(data, 1, bom)
    else:
        for number, record in enumerate(records, start=1):
            collector.add(record, number, records.starts[number - 1])
    return collector.document()


def read_lines(text: str, path: str) -> Document:
    collector = Collector(text, path)
    number, at = 0, len(text) - len(text.removeprefix("\ufeff"))
    while at < len(text):
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        if text[at:end].strip():
            number += 1
            start = _skip(text, at)
            try:
                json.loads(text[start:end])
            except (ValueError, RecursionError) as error:
                offset = start + getattr(error, "pos", 0)
                collector.fail(_broken(error), offset)
            else:
                collector.add(_value(text, start)[0], number, start)
        at = end + 1
    return collector.document()


def _broken(error: Exception) -> Text:
    reason = getattr(error, "msg", str(error))
    return Text(f"dit is geen geldige JSON ({reason})", f"this is no valid JSON ({reason})")


def _validate(body: str, path: str, text: str, shift: int) -> None:
    try:
        json.loads(body)
    except (ValueError, RecursionError) as error:
        index = LineIndex(text)
        place = index.position(min(shift + getattr(error, "pos", 0), len(text)))
        raise SourceError(
            _broken(error), path=path, line=place.line, column=place.column, source_line=index.line(place.line)[:200]
        ) from error


def _skip(text: str, at: int) -> int:
    match = _SPACE.match(text, at)
    return match.end() if match else at


class _List(list[Any]):
    """A list that knows where its items start."""

    starts: list[int]


def _value(text: str, at: int) -> tuple[Any, int]:
    """The value at ``at`` and where it ends; the text is known to be valid JSON."""
    char = text[at]
    if char == '"':
        return _string(text, at)
    if char == "{":
        made: dict[str, Any] = {}
        at = _skip(text, at + 1)
        while text[at] != "}":
            key, at = _string(text, at)
            at = _skip(text, at)  # the colon
            made[str(key)], at = _value(text, _skip(text, at + 1))
            at = _skip(text, at)
            if text[at] == ",":
                at = _skip(text, at + 1)
        return made, at + 1
    if char == "[":
        items = _List()
        items.starts = []
        at = _skip(text, at + 1)
        while text[at] != "]":
            items.starts.append(at)
            item, at = _value(text, at)
            items.append(item)
            at = _skip(text, at)
            if text[at] == ",":
                at = _skip(text, at + 1)
        return items, at + 1
    match = _OTHER.match(text, at)
    assert match
    return json.loads(match.group()), match.end()


def _string(text: str, at: int) -> tuple[Placed, int]:
    match = _STRING.match(text, at)
    assert match
    made = SourceMap()
    here, end = at + 1, match.end() - 1
    for escape in _ESCAPE.finditer(text, here, end):
        made.add(text[here : escape.start()], here, escape.start(), verbatim=True)
        decoded = _BROKEN.sub("\ufffd", json.loads(f'"{escape.group()}"'))
        made.add(decoded, escape.start(), escape.end(), verbatim=False)
        here = escape.end()
    made.add(text[here:end], here, end, verbatim=True)
    return Placed(made, at), match.end()
