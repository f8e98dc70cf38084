"""``.json``: records or an export of a help desk; ``.jsonl``: one record a line. Strings keep their places, through escapes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from json.decoder import scanstring  # type: ignore[attr-defined]  # what json itself reads strings with; it says where they end
from typing import Any

from webcare_lint.errors import SourceError, Text
from webcare_lint.sources.placed import Fields, Items, Parsed, Placed
from webcare_lint.text import LineIndex, SourceMap, whole

_SPACE = re.compile(r"[ \t\r\n]*")
_OTHER = re.compile(r"[^\s,\]}]+")
_ESCAPE = re.compile(r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\.")
_DEEPEST = 100
"""Levels; no library nests deeper."""
_DUTCH = {
    "Expecting value": "hier hoort een waarde",
    "Expecting ',' delimiter": "hier hoort een komma",
    "Expecting ':' delimiter": "hier hoort een dubbele punt",
    "Expecting property name enclosed in double quotes": "hier hoort een veldnaam tussen dubbele aanhalingstekens",
    "Unterminated string starting at": "deze tekst heeft geen sluitend aanhalingsteken",
    "Invalid control character at": "een regeleinde of tab in een tekst hoort als \\n of \\t geschreven",
    "Invalid \\escape": 'na een backslash hoort een van " \\ / b f n r t u',
    "Invalid \\uXXXX escape": "na \\u horen vier hexadecimale cijfers",
    "Extra data": "hierna hoort niets meer",
    "Illegal trailing comma before end of object": "een komma te veel",
    "Illegal trailing comma before end of array": "een komma te veel",
}


def read(text: str, path: str) -> Parsed:
    """The data of a JSON file; one that turns out to hold a record a line is read so.

    Raises:
        SourceError: for broken JSON, with its place.
    """
    start = _skip(text, _bom(text))
    try:
        loads(text, start, len(text))
    except json.JSONDecodeError as error:
        if error.msg == "Extra data" and "\n" in text[start:].strip() and text.startswith("{", start):
            return read_lines(text, path)
        index = LineIndex(text)
        place = index.position(min(error.pos, len(text)))
        shown = index.line(place.line)[:200]
        raise SourceError(reason(error), path=path, line=place.line, column=place.column, source_line=shown) from error
    return Parsed(_value(text, start, 0)[0])


def read_lines(text: str, path: str) -> Parsed:  # noqa: ARG001  # the form of a parser
    """The records of a file with one a line, and what is wrong with the lines that are none."""
    at = _bom(text)
    items, parsed = Items(at), Parsed(None)
    parsed.data = items
    while at < len(text):
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        if text[at:end].strip():
            start = _skip(text, at)
            try:
                loads(text, start, end)
            except json.JSONDecodeError as error:
                parsed.wrong.append((reason(error), error.pos))
            else:
                items.add(_value(text, start, 0)[0], start)
        at = end + 1
    return parsed


def parts(texts: Iterable[tuple[str, bool]], path: str) -> Iterator[tuple[str, Parsed]]:
    """The records of a large file, as ``read_lines``; a text ends with a line, and with it comes whether it is the last."""
    return ((text, read_lines(text, path)) for text, _ in texts)


def _bom(text: str) -> int:
    return len(text) - len(text.removeprefix("\ufeff"))


def loads(text: str, start: int, end: int) -> Any:
    """The plain value in a part of a text.

    Raises:
        json.JSONDecodeError: with the place in the whole text.
    """
    try:
        return json.loads(text[start:end])
    except RecursionError as error:
        raise json.JSONDecodeError("Too deep", text, start) from error
    except json.JSONDecodeError as error:
        raise json.JSONDecodeError(error.msg, text, start + error.pos) from error
    except ValueError as error:  # a number of thousands of digits
        raise json.JSONDecodeError(str(error), text, start) from error


def reason(error: json.JSONDecodeError) -> Text:
    """What is wrong with a text that is no JSON."""
    return Text(f"dit is geen geldige JSON ({_DUTCH.get(error.msg, error.msg)})", f"this is no valid JSON ({error.msg})")


def _skip(text: str, at: int) -> int:
    match = _SPACE.match(text, at)
    return match.end() if match else at


def _value(text: str, at: int, depth: int) -> tuple[Any, int]:
    """The value at ``at`` and where it ends; the text is known to be valid JSON. What is nested too deep is left out."""
    char = text[at]
    if char == '"':
        return _string(text, at)
    if char in "{[" and depth == _DEEPEST:
        return None, json.JSONDecoder().raw_decode(text, at)[1]
    if char == "{":
        made = Fields(at)
        at = _skip(text, at + 1)
        while text[at] != "}":
            key, at = scanstring(text, at + 1)
            at = _skip(text, at)  # the colon
            made[key], at = _value(text, _skip(text, at + 1), depth + 1)
            at = _skip(text, at)
            if text[at] == ",":
                at = _skip(text, at + 1)
        return made, at + 1
    if char == "[":
        items = Items(at)
        at = _skip(text, at + 1)
        while text[at] != "]":
            start = at
            item, at = _value(text, at, depth + 1)
            items.add(item, start)
            at = _skip(text, at)
            if text[at] == ",":
                at = _skip(text, at + 1)
        return items, at + 1
    match = _OTHER.match(text, at)
    assert match
    return json.loads(match.group()), match.end()


def _string(text: str, at: int) -> tuple[Placed, int]:
    value, end = scanstring(text, at + 1)
    return Placed.lazy(whole(value), at, lambda: _map(text, at + 1, end - 1)), end


def _map(text: str, here: int, end: int) -> SourceMap:
    made = SourceMap()
    for escape in _ESCAPE.finditer(text, here, end):
        made.add(text[here : escape.start()], here, escape.start(), verbatim=True)
        decoded = whole(json.loads(f'"{escape.group()}"'))
        made.add(decoded, escape.start(), escape.end(), verbatim=False)
        here = escape.end()
    made.add(text[here:end], here, end, verbatim=True)
    return made
