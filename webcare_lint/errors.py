"""What can go wrong for a user, as one exception with its place and its message in both languages."""

from __future__ import annotations

from functools import partial
from typing import Any, Literal, NamedTuple

Language = Literal["nl", "en"]
_SHOWN = 150
"""Characters that are shown of a line: a whole file may stand on one."""


class Text(NamedTuple):
    """Something that a user reads, in Dutch and in English."""

    nl: str
    en: str

    def in_(self, language: Language) -> str:
        return self.nl if language == "nl" else self.en


def printable(text: str) -> str:
    """The text on one line: control characters could drive a terminal, and a tab would shift what stands below it."""
    # Half a surrogate pair is a byte in a path that is no text; the stream shows it as a question mark.
    return "".join(c if c.isprintable() or c in "\u200d\ufe0f" or "\ud800" <= c <= "\udfff" else " " for c in text)


def needs_extra(what: str, extra: str) -> Text:
    """What to do where the packages of an extra are not installed."""
    install = f"pip install 'webcare-lint[{extra}]'"
    return Text(f"{what} heeft extra pakketten nodig: {install}", f"{what} needs extra packages: {install}")


class WebcareLintError(Exception):
    """An expected failure: a bad file, rule, config or option. The command prints it and exits with 2.

    ``source_line`` is the line of the file that is wrong, shown below the message where it helps.
    """

    def __init__(
        self,
        text: Text,
        *,
        path: str | None = None,
        line: int | None = None,
        column: int | None = None,
        source_line: str | None = None,
    ) -> None:
        super().__init__(text.en)
        self.text = text
        self.path = path
        self.line = line
        self.column = column
        self.source_line = source_line

    def __reduce__(self) -> tuple[Any, ...]:
        # An exception is made anew from its ``args`` when it comes from another process, and those are not what it takes.
        place: dict[str, Any] = {"path": self.path, "line": self.line, "column": self.column, "source_line": self.source_line}
        return partial(type(self), **place), (self.text,)

    def describe(self, language: Language) -> str:
        """``path:line:column: message`` and, below it, the line with a mark before the place."""
        place = ":".join(str(part) for part in (self.path, self.line, self.column) if part is not None)
        message = self.text.in_(language)
        shown = printable(f"{place}: {message}" if place else message)
        if self.source_line is not None and self.source_line.strip():
            shown += f"\n    {_marked(printable(self.source_line.rstrip()), (self.column or 1) - 1)}"
        return shown


def _marked(line: str, at: int) -> str:
    """The part of a line around a place, with a mark before it."""
    start = max(0, min(at - _SHOWN // 2, len(line) - _SHOWN))
    end = start + _SHOWN
    return f"{'…' if start else ''}{line[start:at]}►{line[at:end]}{'…' if end < len(line) else ''}"


class SourceError(WebcareLintError):
    """An input that cannot be read."""


class RuleError(WebcareLintError):
    """A rule file that is wrong."""


class ConfigError(WebcareLintError):
    """A configuration or an option that is wrong."""
