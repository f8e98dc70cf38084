"""Text that knows where in its file each of its characters stands."""

from __future__ import annotations

from webcare_lint.text import SourceMap


class Placed(str):
    """A decoded string with its map into the file."""

    source: SourceMap
    start: int

    def __new__(cls, source: SourceMap, start: int) -> Placed:
        made = super().__new__(cls, source.text)
        made.source = source
        made.start = start
        return made

    @classmethod
    def verbatim(cls, text: str, start: int) -> Placed:
        return cls(SourceMap.verbatim(text, start), start)

    def trimmed(self) -> Placed:
        """Without white space at either end."""
        text = str(self)
        left = len(text) - len(text.lstrip())
        right = len(text.rstrip())
        if right <= left:
            return Placed(SourceMap(), self.start)
        return self.slice(left, right)

    def slice(self, left: int, right: int) -> Placed:
        """The part ``left:right``."""
        text = str(self)
        made = SourceMap()
        pieces = self.source.pieces
        for index, piece in enumerate(pieces):
            end = pieces[index + 1].reply_start if index + 1 < len(pieces) else len(text)
            a, b = max(left, piece.reply_start), min(right, end)
            if a >= b:
                continue
            if piece.verbatim:
                shift = piece.source_start - piece.reply_start
                made.add(text[a:b], a + shift, b + shift, verbatim=True)
            else:
                made.add(text[a:b], piece.source_start, piece.source_end, verbatim=False)
        return Placed(made, self.start)
