"""``.csv`` and ``.tsv``: a header line, one record a row; the separator is found in the header. Cells keep their places."""

from __future__ import annotations

import re
from collections.abc import Iterator

from webcare_lint.errors import SourceError, Text
from webcare_lint.sources.placed import Fields, Items, Parsed, Placed
from webcare_lint.text import LineIndex, SourceMap

_SEPARATORS = ";,\t|"
_NONE = "\x00"
"""Stands for the separator of a table of one column; no text holds it."""
_LINE_END = re.compile(r"\r\n|\n|\r")
_EXCEL = re.compile(r"sep=([;,\t|])(?:\r\n|\n|\r)", re.IGNORECASE)


def read(text: str, path: str) -> Parsed:
    """The rows of a table.

    Raises:
        SourceError: for a quote that is not closed or has text behind it.
    """
    start = len(text) - len(text.removeprefix("\ufeff"))
    told = _EXCEL.match(text, start)
    separator = told.group(1) if told else _separator(text, start)
    rows = _rows(text, told.end() if told else start, separator, path)
    header = [str(cell).strip() for cell in next(rows, [])]
    items = Items(start)
    parsed = Parsed(items, columns=tuple(header))
    for number, row in enumerate((r for r in rows if any(r)), start=1):
        if len(row) > len(header) and any(row[len(header) :]):
            parsed.wrong.append((
                Text(f"rij {number} heeft {len(row)} cellen, de kop {len(header)}",
                     f"row {number} has {len(row)} cells, the header {len(header)}"), row[0].start))  # fmt: skip
            continue
        record = Fields(row[0].start)
        record.update((name, cell) for name, cell in zip(header, row, strict=False) if name)
        items.add(record, row[0].start)
    return parsed


def _separator(text: str, start: int) -> str:
    """The one that the header has most of, outside quotes."""
    end = _LINE_END.search(text, start)
    bare = re.sub(r'"[^"]*"', "", text[start : end.start() if end else len(text)])
    best = max(_SEPARATORS, key=bare.count)
    return best if best in bare else _NONE


def _rows(text: str, at: int, separator: str, path: str) -> Iterator[list[Placed]]:
    row: list[Placed] = []
    plain = re.compile(rf"[^{re.escape(separator)}\r\n]*")
    while at < len(text):
        if text.startswith('"', at):
            cell, at = _quoted(text, at, path)
            rest = plain.match(text, at)
            if rest and rest.group().strip():
                raise _error(text, at, path, Text("tekst achter een afsluitend aanhalingsteken", "text behind a closing quote"))
            at = rest.end() if rest else at
        else:
            match = plain.match(text, at)
            assert match
            cell, at = Placed.verbatim(match.group(), at), match.end()
        row.append(cell)
        if text.startswith(separator, at):
            at += 1
            if at == len(text):
                row.append(Placed(SourceMap(), at))
            continue
        line_end = _LINE_END.match(text, at)
        at = line_end.end() if line_end else at
        yield row
        row = []
    if row:
        yield row


def _quoted(text: str, at: int, path: str) -> tuple[Placed, int]:
    opened, made, here = at, SourceMap(), at + 1
    while True:
        close = text.find('"', here)
        if close < 0:
            raise _error(text, opened, path, Text("dit aanhalingsteken wordt niet gesloten", "this quote is never closed"))
        made.add(text[here:close], here, close, verbatim=True)
        if not text.startswith('""', close):
            return Placed(made, opened), close + 1
        made.add('"', close, close + 2, verbatim=False)
        here = close + 2


def _error(text: str, at: int, path: str, message: Text) -> SourceError:
    index = LineIndex(text)
    place = index.position(at)
    return SourceError(message, path=path, line=place.line, column=place.column, source_line=index.line(place.line)[:200])
