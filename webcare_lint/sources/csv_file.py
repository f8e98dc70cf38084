"""``.csv`` and ``.tsv``: a header line, one record a row; the separator is found in the header. Cells keep their places."""

from __future__ import annotations

import re
from collections.abc import Iterator

from webcare_lint.errors import SourceError, Text
from webcare_lint.model import Document
from webcare_lint.sources.placed import Placed
from webcare_lint.sources.records import REPLY, Collector
from webcare_lint.text import LineIndex, SourceMap

_SEPARATORS = ";,\t|"
_LINE_END = re.compile(r"\r\n|\n|\r")


def read(text: str, path: str) -> Document:
    start = len(text) - len(text.removeprefix("\ufeff"))
    separator = _separator(text, start)
    rows = _rows(text, start, separator, path)
    header = [str(cell).strip().lower() for cell in next(rows, [])]
    if not any(name in REPLY for name in header):
        known = ", ".join(REPLY[:4])
        raise SourceError(
            Text(f"de kop heeft geen kolom met het antwoord ({known}, …)",
                 f"the header has no column with the reply ({known}, …)"),
            path=path, line=1, column=1, source_line=LineIndex(text).line(1)[:200],
        )  # fmt: skip
    collector = Collector(text, path)
    for number, row in enumerate((r for r in rows if any(r)), start=1):
        if len(row) > len(header):
            collector.fail(
                Text(f"rij {number} heeft {len(row)} cellen, de kop {len(header)}",
                     f"row {number} has {len(row)} cells, the header {len(header)}"), row[0].start)  # fmt: skip
            continue
        record = {name: cell for name, cell in zip(header, row, strict=False) if cell or name in REPLY}
        collector.add(record, number, row[0].start)
    return collector.document()


def _separator(text: str, start: int) -> str:
    """The one that the header has most of, outside quotes."""
    line = text[start:].split("\n", 1)[0]
    bare = re.sub(r'"[^"]*"', "", line)
    return max(_SEPARATORS, key=bare.count)


def _rows(text: str, at: int, separator: str, path: str) -> Iterator[list[Placed]]:
    row: list[Placed] = []
    plain = re.compile(rf"[^{re.escape(separator)}\r\n]*")
    while at < len(text):
        if text.startswith('"', at):
            cell, at = _quoted(text, at, path)
            rest = plain.match(text, at)
            if rest and rest.group().strip():
                place = LineIndex(text).position(at)
                raise SourceError(
                    Text("tekst achter een afsluitend aanhalingsteken", "text behind a closing quote"),
                    path=path, line=place.line, column=place.column,
                )  # fmt: skip
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
            place = LineIndex(text).position(opened)
            raise SourceError(
                Text("dit aanhalingsteken wordt niet gesloten", "this quote is never closed"),
                path=path, line=place.line, column=place.column,
            )  # fmt: skip
        made.add(text[here:close], here, close, verbatim=True)
        if not text.startswith('""', close):
            return Placed(made, opened), close + 1
        made.add('"', close, close + 2, verbatim=False)
        here = close + 2
