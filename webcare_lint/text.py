"""Places in text: spans, lines and columns, and which character of a file a character of a reply came from.

All offsets count Unicode code points from 0; ends are exclusive. Lines and columns count from 1.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from msgspec import Struct, field

_LINE_END = re.compile(r"\r\n|\n|\r")
_HALF = re.compile("[\ud800-\udfff]")
_WORD = re.compile(r"\S+")


class Span(NamedTuple):
    """A stretch of text."""

    start: int
    end: int

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end


def apart(spans: Iterable[Span]) -> Iterator[Span]:
    """The spans in order; of those that overlap the first, of two that start together the longer."""
    last: Span | None = None
    for span in sorted(set(spans), key=lambda s: (s.start, -s.end)):
        if last is None or not last.overlaps(span):
            yield span
            last = span


def first_word(text: str, span: Span) -> Span:
    """What to underline of a finding about something that is missing: a whole text underlined helps nobody."""
    found = _WORD.search(text, span.start, span.end)
    return Span(*found.span()) if found else span


def word_before(text: str, at: int, start: int = 0, marks: str = "_") -> str:
    """The letters and digits, and ``marks``, that end at ``at`` and begin at ``start`` or later.

    By hand: an expression that ends with ``$`` tries all of the text before it, which takes forever in a long one.
    """
    begin = at
    while begin > start and (text[begin - 1].isalnum() or text[begin - 1] in marks):
        begin -= 1
    return text[begin:at]


class Position(NamedTuple):
    """A place in a file."""

    line: int
    column: int
    offset: int


START = Position(1, 1, 0)
"""Where a file begins."""


def after_mark(text: str) -> int:
    """Where the words of a file begin: behind its byte order mark, which is a character of the file but none of its text."""
    return len(text) - len(text.removeprefix("\ufeff"))


def without_mark(text: str) -> str:
    """As long, with a space for the byte order mark: what stands behind it begins a line."""
    start = after_mark(text)
    return " " * start + text[start:]


def whole(text: str) -> str:
    """The same text, as long, with � for every half of a surrogate pair, which is no character and cannot be written out."""
    return _HALF.sub("\ufffd", text)


def utf16(text: str) -> int:
    """The length of a text in UTF-16 code units, as browsers and most editors count."""
    return len(text) + sum(char > "\uffff" for char in text)


class LineIndex:
    """Turns offsets of one text into lines and columns; ``begins`` is where it stands in its file, when it is a part of one."""

    def __init__(self, text: str, begins: Position = START) -> None:
        self.text, self.begins = text, begins
        self.breaks = [m.end() for m in _LINE_END.finditer(text)]
        self._starts = [0, *self.breaks]

    def position(self, offset: int) -> Position:
        line = bisect_right(self._starts, offset)
        column = offset - self._starts[line - 1] + 1
        return Position(self.begins.line + line - 1, column, self.begins.offset + offset)

    @property
    def ends(self) -> Position:
        """Where a part that ends with a line ends in its file, and the next begins."""
        return Position(self.begins.line + len(self.breaks), 1, self.begins.offset + len(self.text))

    def line(self, number: int) -> str:
        """The text of line ``number`` without its end."""
        start = self._starts[number - 1]
        end = self._starts[number] if number < len(self._starts) else len(self.text)
        return self.text[start:end].rstrip("\r\n")

    def offset(self, line: int, column: int) -> int:
        return self._starts[line - 1] + column - 1


class Piece(NamedTuple):
    """A stretch of reply that came from one stretch of file.

    ``verbatim`` pieces map character by character. The others were decoded (an escape, an entity, a fold): they map as a
    whole, and no edit may reach inside.
    """

    reply_start: int
    source_start: int
    source_end: int
    verbatim: bool


class SourceMap(Struct):
    """Where each character of a reply stands in its file, built piece by piece while reading; an empty one is at ``origin``."""

    pieces: list[Piece] = field(default_factory=list)
    origin: int = 0
    _parts: list[str] = field(default_factory=list)
    _length: int = 0

    @classmethod
    def verbatim(cls, text: str, source_start: int = 0) -> SourceMap:
        """The map of a reply that stands in the file as it is."""
        made = cls(origin=source_start)
        made.add(text, source_start, source_start + len(text), verbatim=True)
        return made

    @classmethod
    def replacing(cls, text: str, words: Iterable[tuple[int, int, str]]) -> SourceMap:
        """The map of a text in which ``words`` are read in the place of some stretches, each ``(start, end, word)``, in order."""
        made, at = cls(), 0
        for start, end, word in words:
            made.add(text[at:start], at, start, verbatim=True)
            made.add(word, start, end, verbatim=False)
            at = end
        made.add(text[at:], at, len(text), verbatim=True)
        return made

    def add(self, text: str, source_start: int, source_end: int, *, verbatim: bool) -> None:
        """Append decoded ``text`` that came from ``source_start:source_end``."""
        if not text:
            return
        last = self.pieces[-1] if self.pieces else None
        joins = last and last.verbatim and verbatim and last.source_end == source_start
        if last and joins:
            self.pieces[-1] = last._replace(source_end=source_end)
        else:
            self.pieces.append(Piece(self._length, source_start, source_end, verbatim))
        self._parts.append(text)
        self._length += len(text)

    @property
    def text(self) -> str:
        return "".join(self._parts)

    def copy(self, text: str, left: int, right: int, into: SourceMap) -> None:
        """Append the part ``left:right`` of this map, whose text is ``text``, to another map."""
        pieces = self.pieces
        index = max(0, bisect_right(pieces, left, key=lambda piece: piece.reply_start) - 1)
        while index < len(pieces) and pieces[index].reply_start < right:
            piece = pieces[index]
            index += 1
            end = pieces[index].reply_start if index < len(pieces) else self._length
            a, b = max(left, piece.reply_start), min(right, end)
            if a >= b:
                continue
            if piece.verbatim:
                shift = piece.source_start - piece.reply_start
                into.add(text[a:b], a + shift, b + shift, verbatim=True)
            else:
                into.add(text[a:b], piece.source_start, piece.source_end, verbatim=False)

    def to_source(self, span: Span) -> Span:
        """The stretch of file that the stretch of reply ``span`` came from."""
        if not self.pieces:
            return Span(self.origin, self.origin)
        start = self._place(span.start, at_end=False)
        return Span(start, max(start, self._place(span.end, at_end=True)))

    def verbatim_source(self, span: Span) -> Span | None:
        """The stretch of file that stands there as ``span`` says, character by character; None when any of it was decoded."""
        made = self.to_source(span)
        inside = [
            piece
            for number, piece in enumerate(self.pieces)
            if piece.reply_start < span.end
            and (self.pieces[number + 1].reply_start if number + 1 < len(self.pieces) else self._length) > span.start
        ]
        whole = span.end > span.start and made.end - made.start == span.end - span.start
        return made if whole and all(piece.verbatim for piece in inside) else None

    def _place(self, offset: int, *, at_end: bool) -> int:
        # The end of a span belongs to the piece of its last character, not to the one that follows.
        probe = offset - 1 if at_end and offset > 0 else offset
        index = max(0, bisect_right(self.pieces, probe, key=lambda piece: piece.reply_start) - 1)
        piece = self.pieces[index]
        if piece.verbatim:
            return min(piece.source_start + offset - piece.reply_start, piece.source_end)
        return piece.source_end if at_end and offset > 0 else piece.source_start
