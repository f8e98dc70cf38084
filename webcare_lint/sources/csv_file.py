"""``.csv`` and ``.tsv``: a header line, one record a row; the separator is found in the header. Cells keep their places."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from webcare_lint.errors import SourceError, Text
from webcare_lint.sources.names import READ, field_name
from webcare_lint.sources.placed import Broken, Fields, Items, Parsed, Placed, error_at
from webcare_lint.text import LineIndex, SourceMap, after_mark

_SEPARATORS = ";,\t|"
_NONE = "\x00"
"""Stands for the separator of a table of one column; no text holds it."""
_LINE_END = re.compile(r"\r\n|\n|\r")
_EXCEL = re.compile(r"sep=([;,\t|])(?:\r\n|\n|\r)", re.IGNORECASE)


def read(text: str, path: str) -> Parsed:
    """The rows of a table.

    Raises:
        SourceError: for a quote that is not closed or has text behind it, and for a column that is there twice.
    """
    ((_, parsed),) = parts([(text, True)], path)
    return parsed


def parts(texts: Iterable[tuple[str, bool]], path: str) -> Iterator[tuple[str, Parsed]]:
    """The rows of a large table; a text ends with a line, and with it comes whether it is the last.

    A cell may hold line ends: a row that is not whole yet waits for the text that follows.
    """
    head: _Head | None = None
    waiting, lines, number = "", 0, 1
    for more, last in texts:
        text = waiting + more
        at = after_mark(text) if head is None else 0
        parsed = Parsed(Items(at))
        try:
            if head is None:
                head, at = _head(text, at, path)
            parsed.columns = head.names
            for row, end in _rows(text, at, head.separator, path):
                at = end
                if any(row):
                    _add(parsed, row, number)
                    number += 1
        except _Unclosed as error:
            if last:
                error.line = (error.line or 0) + lines
                raise
        except SourceError as error:
            error.line = (error.line or 0) + lines
            raise
        waiting = "" if last else text[at:]
        done = text[: len(text) - len(waiting)]
        if not last:
            lines += len(LineIndex(done).breaks)
        yield done, parsed


class _Head(NamedTuple):
    names: tuple[str, ...]
    separator: str


def _head(text: str, start: int, path: str) -> tuple[_Head, int]:
    """The header and where it ends."""
    told = _EXCEL.match(text, start)
    separator = told.group(1) if told else _separator(text, start)
    row, end = next(_rows(text, told.end() if told else start, separator, path), ([], len(text)))
    _refuse_doubles(row, text, path)
    return _Head(tuple(str(cell).strip() for cell in row), separator), end


def _refuse_doubles(header: list[Placed], text: str, path: str) -> None:
    """A column that is read is there once: of two, one would stay unread. The others may be there as often as they like."""
    seen = set[str]()
    for cell in header:
        name = field_name(cell)
        if name in seen:
            called = str(cell).strip()
            message = Text(f"de kolom {called!r} staat er twee keer; geef elk antwoord een eigen rij, of hernoem er een",
                           f"the column {called!r} is there twice; give each reply a row of its own, or rename one")  # fmt: skip
            raise error_at(cell.start, message, text, path)
        if name in READ:
            seen.add(name)


def _add(parsed: Parsed, row: list[Placed], number: int) -> None:
    """Take in a row, or what is wrong with it."""
    header = parsed.columns or ()
    if len(row) > len(header) and any(row[len(header) :]):
        message = Text(
            f"rij {number} heeft {len(row)} cellen, de kop {len(header)}; zet een cel met het scheidingsteken erin tussen "
            "aanhalingstekens",
            f"row {number} has {len(row)} cells, the header {len(header)}; put quotes around a cell with the separator in it",
        )
        parsed.data.add(Broken(message, row[0].start), row[0].start)
        return
    record = Fields(row[0].start)
    record.update((name, cell) for name, cell in zip(header, row, strict=False) if name)
    parsed.data.add(record, row[0].start)


class _Unclosed(SourceError):
    """A quote that is not closed, as far as the text goes."""


def _separator(text: str, start: int) -> str:
    """The one that the header has most of, outside quotes."""
    end = _LINE_END.search(text, start)
    bare = re.sub(r'"[^"]*"', "", text[start : end.start() if end else len(text)])
    best = max(_SEPARATORS, key=bare.count)
    return best if best in bare else _NONE


def _rows(text: str, at: int, separator: str, path: str) -> Iterator[tuple[list[Placed], int]]:
    """The rows, each with where it ends."""
    row: list[Placed] = []
    plain = re.compile(rf"[^{re.escape(separator)}\r\n]*")
    while at < len(text):
        if text.startswith('"', at):
            cell, at = _quoted(text, at, path)
            rest = plain.match(text, at)
            if rest and rest.group().strip():
                message = Text("tekst achter een afsluitend aanhalingsteken", "text behind a closing quote")
                raise error_at(at, message, text, path)
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
        yield row, at
        row = []
    if row:
        yield row, at


def _quoted(text: str, at: int, path: str) -> tuple[Placed, int]:
    opened, made, here = at, SourceMap(), at + 1
    while True:
        close = text.find('"', here)
        if close < 0:
            message = Text("dit aanhalingsteken wordt niet gesloten", "this quote is never closed")
            raise error_at(opened, message, text, path, _Unclosed)
        made.add(text[here:close], here, close, verbatim=True)
        if not text.startswith('""', close):
            return Placed(made, opened), close + 1
        made.add('"', close, close + 2, verbatim=False)
        here = close + 2
