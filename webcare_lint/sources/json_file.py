"""``.json``: records or an export of a help desk; ``.jsonl``: one record a line. Strings keep their places, through escapes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from json.decoder import scanstring  # type: ignore[attr-defined]  # what json itself reads strings with; it says where they end
from typing import Any

from webcare_lint.errors import Text
from webcare_lint.sources.names import as_written
from webcare_lint.sources.placed import Broken, Doubled, Fields, Items, Parsed, Placed, error_at
from webcare_lint.text import SourceMap, after_mark, whole

_SPACE = re.compile(r"[ \t\r\n]*")
_OTHER = re.compile(r"[^\s,\]}]+")
_ESCAPE = re.compile(r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\.")
_DEEPEST = 100
"""Levels; no library nests deeper."""
_TOO_DEEP, _TOO_LONG = "nested too deep", "a number of too many digits"
_DUTCH = {
    _TOO_DEEP: "te diep genest",
    _TOO_LONG: "een getal van te veel cijfers",
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
        SourceError: for broken JSON and for a key that is there twice, with its place.
    """
    start = _skip(text, after_mark(text))
    try:
        loads(text, start, len(text))
        return Parsed(_value(text, start, 0)[0])
    except json.JSONDecodeError as error:
        if error.msg == "Extra data" and "\n" in text[start:].strip() and text.startswith("{", start):
            return read_lines(text, path)
        raise error_at(error.pos, reason(error), text, path) from error
    except _Twice as error:
        raise error_at(error.at, error.reason, text, path, Doubled) from error


def read_lines(text: str, path: str) -> Parsed:  # noqa: ARG001  # the form of a parser
    """The records of a file with one a line, and what is wrong with the lines that are none."""
    at = after_mark(text)
    items = Items(at)
    while at < len(text):
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        if text[at:end].strip():
            start = _skip(text, at)
            try:
                loads(text, start, end)
                items.add(_value(text, start, 0)[0], start)
            except json.JSONDecodeError as error:
                items.add(Broken(reason(error), error.pos), start)
            except _Twice as error:
                items.add(Broken(error.reason, error.at), start)
        at = end + 1
    return Parsed(items)


def parts(texts: Iterable[tuple[str, bool]], path: str) -> Iterator[tuple[str, Parsed]]:
    """The records of a large file, as ``read_lines``; a text ends with a line, and with it comes whether it is the last."""
    return ((text, read_lines(text, path)) for text, _ in texts)


class _Twice(Exception):
    """A key that an object has twice, with the place of the second."""

    def __init__(self, key: str, at: int) -> None:
        super().__init__(key, at)
        self.at = at
        self.reason = Text(f"de sleutel {key!r} staat er twee keer; laat er een weg, of geef elk antwoord een eigen record",
                           f"the key {key!r} is there twice; drop one, or give each reply a record of its own")  # fmt: skip


def loads(text: str, start: int, end: int) -> Any:
    """The plain value in a part of a text.

    Raises:
        json.JSONDecodeError: with the place in the whole text.
    """
    try:
        return json.loads(text[start:end])
    except RecursionError as error:
        raise json.JSONDecodeError(_TOO_DEEP, text, start) from error
    except json.JSONDecodeError as error:
        raise json.JSONDecodeError(error.msg, text, start + error.pos) from error
    except ValueError as error:  # a number of thousands of digits
        raise json.JSONDecodeError(_TOO_LONG, text, start) from error


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
            opened = at
            key, at = scanstring(text, at + 1)
            if key in made:
                raise _Twice(whole(key), opened)
            start = _skip(text, _skip(text, at) + 1)  # behind the colon
            value, at = _value(text, start, depth + 1)
            made[key] = as_written(key, value, text[start:at])
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
