"""Places as editors count them: lines from 0, and in a line UTF-16 code units unless the editor asks for something else."""

from __future__ import annotations

from lsprotocol import types

from webcare_lint.text import LineIndex, Span, utf16


class Places:
    """Turns offsets of one text into positions of the protocol and back.

    Lines end where the protocol says so (``\\r\\n``, ``\\n``, ``\\r``) and nowhere else. ``encoding`` is ``utf-16``, ``utf-8`` or
    ``utf-32``.
    """

    def __init__(self, text: str, encoding: str = "utf-16") -> None:
        self.text = text
        self._lines = LineIndex(text)
        self._encoding = encoding

    def position(self, offset: int) -> types.Position:
        place = self._lines.position(min(offset, len(self.text)))
        before = self.text[place.offset - place.column + 1 : place.offset]
        return types.Position(place.line - 1, self._units(before))

    def range(self, span: Span) -> types.Range:
        return types.Range(self.position(span.start), self.position(span.end))

    def offset(self, position: types.Position) -> int:
        """The offset of a position; one behind the end of its line or of the text is taken as that end."""
        number = position.line + 1
        if number > len(self._lines.breaks) + 1:
            return len(self.text)
        left, column = position.character, 1
        for char in self._lines.line(number):
            left -= self._units(char)
            if left < 0:
                break
            column += 1
        return self._lines.offset(number, column)

    def span(self, wanted: types.Range) -> Span:
        start = self.offset(wanted.start)
        return Span(start, max(start, self.offset(wanted.end)))

    def at(self, line: int | None, column: int | None) -> int:
        """The offset of a line and column from 1, as errors have them."""
        number = min(max(line or 1, 1), len(self._lines.breaks) + 1)
        return self._lines.offset(number, min(max(column or 1, 1), len(self._lines.line(number)) + 1))

    def line_start(self, offset: int) -> int:
        """Where the line of an offset starts."""
        place = self._lines.position(offset)
        return place.offset - place.column + 1

    def line(self, number: int) -> str:
        """A line from 0, without its end."""
        return self._lines.line(number + 1) if number <= len(self._lines.breaks) else ""

    @property
    def lines(self) -> list[str]:
        return [self._lines.line(number) for number in range(1, len(self._lines.breaks) + 2)]

    def _units(self, text: str) -> int:
        if self._encoding == "utf-32":
            return len(text)
        if self._encoding == "utf-8":
            return len(text.encode("utf-8", "surrogatepass"))
        return utf16(text)
