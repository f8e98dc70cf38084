"""Text, mappings and lists that know where in their file they stand."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, NamedTuple

from msgspec import Struct

from webcare_lint.errors import SourceError, Text
from webcare_lint.text import LineIndex, SourceMap

_ONE_QUOTATION = re.compile(
    r"""(?=.\s*\S.) (?: "[^"]+" | “[^“”]+” | ”[^”]+” | „[^„“”]+[“”] | «[^«»]+» | »[^«»]+«
      | ‘(?:[^‘’]|(?<=\w)’(?=\w))+’ | '(?:[^']|(?<=\w)'(?=\w))+' )""",
    re.VERBOSE | re.DOTALL,
)
"""Quotes around all of a text that is not blank; an apostrophe amid a word closes none."""


class Placed(str):
    """A decoded string with its map into the file, which is drawn only when somebody asks for it."""

    start: int
    _source: SourceMap | None
    _draw: Callable[[], SourceMap]

    def __new__(cls, source: SourceMap, start: int) -> Placed:
        made = super().__new__(cls, source.text)
        made.start, made._source = start, source
        return made

    @classmethod
    def lazy(cls, text: str, start: int, draw: Callable[[], SourceMap]) -> Placed:
        """``text`` whose map ``draw`` makes: most fields of a record are never looked at closely."""
        made = super().__new__(cls, text)
        made.start, made._source, made._draw = start, None, draw
        return made

    @classmethod
    def verbatim(cls, text: str, start: int) -> Placed:
        return cls(SourceMap.verbatim(text, start), start)

    @property
    def source(self) -> SourceMap:
        if self._source is None:
            self._source = self._draw()
        return self._source

    def trimmed(self) -> Placed:
        """Without white space at either end."""
        text = str(self)
        left = len(text) - len(text.lstrip())
        right = len(text.rstrip())
        if right <= left:
            return Placed(SourceMap(origin=self.start), self.start)
        return self if (left, right) == (0, len(text)) else self.slice(left, right)

    def unquoted(self) -> Placed:
        """Without white space at either end, nor quotes around all of it: a reply that is one quotation cites nobody.

        Such quotes come along from Word or a spreadsheet.
        """
        made = self.trimmed()
        return made.slice(1, len(made) - 1).trimmed() if _ONE_QUOTATION.fullmatch(made) else made

    def slice(self, left: int, right: int) -> Placed:
        """The part ``left:right``."""
        made = SourceMap()
        self.source.copy(str(self), left, right, made)
        return Placed(made, self.start)


class Fields(dict[str, Any]):
    """A mapping that knows where it starts, and its values where its reader says so."""

    start: int
    starts: dict[str, int]

    def __init__(self, start: int) -> None:
        super().__init__()
        self.start, self.starts = start, {}


class Items(list[Any]):
    """A list that knows where it and its items start, and what those are called that had a key."""

    start: int
    starts: list[int]
    keys: list[str | None]

    def __init__(self, start: int) -> None:
        super().__init__()
        self.start, self.starts, self.keys = start, [], []

    def add(self, item: Any, start: int, key: str | None = None) -> None:
        self.append(item)
        self.starts.append(start)
        self.keys.append(key)


class Broken(NamedTuple):
    """Stands for a record that cannot be read, so that those behind it keep their number: what is wrong with it, and where."""

    reason: Text
    at: int


class Doubled(SourceError):
    """A key that is there twice: the file is of the form that it seemed, and cannot be read."""


def error_at(at: int, message: Text, text: str, path: str, kind: type[SourceError] = SourceError) -> SourceError:
    """An error of this ``kind`` about what stands at an offset of the text of a file, with its line."""
    index = LineIndex(text)
    place = index.position(min(at, len(text)))
    return kind(message, path=path, line=place.line, column=place.column, source_line=index.line(place.line))


class Parsed(Struct):
    """The data of a file: ``Fields``, ``Items``, ``Placed``, ``Broken`` and plain scalars.

    ``columns`` are the names in the header of a table.
    """

    data: Any
    columns: tuple[str, ...] | None = None
