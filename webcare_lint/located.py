"""Plain data that knows where everything in it stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from webcare_lint.errors import Text, WebcareLintError
from webcare_lint.text import LineIndex

Path = tuple[str | int, ...]
E = TypeVar("E", bound=WebcareLintError)


class Located:
    """Plain data with the line and column (from 1) of every value and key, by its path: ``("rules", 0, "level")``."""

    def __init__(
        self, path: str, text: str, data: Any, places: Mapping[Path, tuple[int, int]], keys: Mapping[Path, tuple[int, int]]
    ) -> None:
        self.path, self.text, self.data, self.places, self.keys = path, text, data, places, keys

    def error(self, kind: type[E], text: Text, at: Path, *, key: bool = False) -> E:
        """An error about the value (or the key) at a path; the nearest known place above it when it has none."""
        places = self.keys if key else self.places
        while at and at not in places:
            at, places = at[:-1], self.places
        line, column = places.get(at, (1, 1))
        shown = LineIndex(self.text).line(line) if self.text else None
        return kind(text, path=self.path, line=line, column=column, source_line=shown)


def unreadable(error: OSError | UnicodeDecodeError) -> Text:
    """Why a file cannot be read."""
    match error:
        case UnicodeDecodeError():
            return Text("dit is geen UTF-8 (UTF-16 of Windows-1252?); sla het op als UTF-8",
                        "this is not UTF-8 (UTF-16 or Windows-1252?); save it as UTF-8")  # fmt: skip
        case FileNotFoundError() | NotADirectoryError():
            return Text("dit bestand bestaat niet", "this file does not exist")
        case IsADirectoryError():
            return Text("dit is een map en geen bestand", "this is a folder and no file")
        case PermissionError():
            return Text("geen recht om dit te lezen", "no permission to read this")
        case _:
            reason = error.strerror or str(error)
            return Text(f"niet te lezen: {reason}", f"cannot be read: {reason}")


def nearest(word: str, known: Sequence[str], cutoff: float = 0.6) -> str | None:
    """The known word that ``word`` may have been meant to be: of those alike for at least ``cutoff`` the likest."""
    from difflib import get_close_matches

    found = get_close_matches(word, known, n=1, cutoff=cutoff)
    return found[0] if found else None
