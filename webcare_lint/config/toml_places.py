"""Where everything stands in a TOML file, so that a mistake in ``pyproject.toml`` is shown as well as one in YAML.

The values come from ``tomllib``, which knows no places; this walks the same text, known to be valid, and notes them.
"""

from __future__ import annotations

import re
import sys
from typing import Any

from webcare_lint.errors import Text, WebcareLintError
from webcare_lint.located import Located, Path
from webcare_lint.text import LineIndex

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_STRING = re.compile(
    r'"""(?:\\.|[^\\])*?"{3,5}|' r"'''.*?'{3,5}|" r'"(?:\\.|[^"\\\n])*"|' r"'[^'\n]*'",
    re.DOTALL,
)
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_DOT = re.compile(r"[ \t]*\.[ \t]*")
_PLAIN = re.compile(r"[^,\]}#\n]+")
_PLACE = re.compile(r"\(at line (\d+), column (\d+)\)")


def load(text: str, path: str, error: type[WebcareLintError]) -> Located:
    """Read TOML.

    Raises:
        error: for broken TOML, and what is nested too deep.
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        found = _PLACE.search(str(problem))
        reason = str(problem).partition(" (at ")[0]
        index = LineIndex(text)
        line, column, _ = index.position(len(text))
        if found:
            line, column = int(found.group(1)), int(found.group(2))
        raise error(
            Text(f"dit is geen geldige TOML ({reason})", f"this is no valid TOML ({reason})"),
            path=path, line=line, column=column, source_line=index.line(line),
        ) from problem  # fmt: skip
    except RecursionError as problem:
        raise error(Text("te diep genest", "nested too deep"), path=path) from problem
    walker = _Walker(text.replace("\r\n", " \n"))
    walker.document()
    return Located(path, text, data, walker.places, walker.keys)


class _Walker:
    def __init__(self, text: str) -> None:
        self.text, self.at = text, 0
        self.index = LineIndex(text)
        self.places: dict[Path, tuple[int, int]] = {(): (1, 1)}
        self.keys: dict[Path, tuple[int, int]] = {}
        self._counts: dict[Path, int] = {}

    def document(self) -> None:
        table: Path = ()
        while self._skip() < len(self.text):
            if self.text[self.at] != "[":
                self._pair(table)
                continue
            many = self.text.startswith("[[", self.at)
            start = self.at
            self.at += 2 if many else 1
            self._skip()
            table = self._table(self._key(), many=many)
            self._note(self.places, table, start)
            self.at = self.text.index("]", self.at) + (2 if many else 1)

    def _table(self, parts: list[tuple[str, int]], *, many: bool) -> Path:
        """The path of a table header; within a list of tables it goes on in the last one."""
        made: Path = ()
        for number, (part, offset) in enumerate(parts):
            made = (*made, part)
            self._note(self.keys, made, offset)
            last = number == len(parts) - 1
            if last and many:
                self._counts[made] = self._counts.get(made, -1) + 1
            if made in self._counts:
                made = (*made, self._counts[made])
        return made

    def _pair(self, table: Path) -> None:
        path = table
        for part, offset in self._key():
            path = (*path, part)
            self._note(self.keys, path, offset)
        self.at = self.text.index("=", self.at) + 1
        self._value(path)

    def _value(self, path: Path) -> None:
        start = self._skip()
        self._note(self.places, path, start)
        string = _STRING.match(self.text, start)
        if string:
            self.at = string.end()
        elif self.text[start] in "[{":
            self._inside(path, "]" if self.text[start] == "[" else "}")
        else:
            plain = _PLAIN.match(self.text, start)
            self.at = plain.end() if plain else start + 1

    def _inside(self, path: Path, close: str) -> None:
        self.at += 1
        number = 0
        while self.text[self._skip()] != close:
            if self.text[self.at] == ",":
                self.at += 1
            elif close == "}":
                self._pair(path)
            else:
                self._value((*path, number))
                number += 1
        self.at += 1

    def _key(self) -> list[tuple[str, int]]:
        parts = []
        while True:
            start = self.at
            match = _STRING.match(self.text, start) or _BARE.match(self.text, start)
            assert match
            raw = match.group()
            name: Any = next(iter(tomllib.loads(f"{raw} = 1"))) if raw[0] in "\"'" else raw
            parts.append((name, start))
            self.at = match.end()
            dot = _DOT.match(self.text, self.at)
            if not dot:
                return parts
            self.at = dot.end()

    def _skip(self) -> int:
        blank = _BLANK.match(self.text, self.at)
        self.at = blank.end() if blank else self.at
        return self.at

    def _note(self, places: dict[Path, tuple[int, int]], path: Path, offset: int) -> None:
        place = self.index.position(offset)
        places.setdefault(path, (place.line, place.column))
