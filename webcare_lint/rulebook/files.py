"""The files that rules stand in: which ones there are, and what they hold."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from pathlib import Path

import msgspec

from webcare_lint.checks import Rule
from webcare_lint.checks.base import Bilingual
from webcare_lint.errors import RuleError, Text
from webcare_lint.located import Located, unreadable
from webcare_lint.patterns.specs import Struct

EIGHT_FILE = "de-acht.yaml"
"""The stations of De 8: no rules, and read only when asked for."""


class RuleFile(Struct, frozen=True, kw_only=True):
    """A rule file: one commandment, its word lists, its rules."""

    title: Bilingual
    rules: list[Rule]
    commandment: int | None = None
    ways: Bilingual | None = None
    """The ways Dutch has of breaking this commandment, for the rule page (Markdown)."""
    words: dict[str, list[str]] = msgspec.field(default_factory=dict)
    """Word lists of this file, beside the shared ones."""


class WordsFile(Struct, frozen=True, kw_only=True):
    """Named word lists that all rules share."""

    words: dict[str, list[str]]


def shipped_rules() -> Path:
    """The folder of the rules that come with webcare-lint: in the wheel, or at the top of a checkout."""
    inside = Path(__file__).parents[1] / "rules"
    return inside if inside.is_dir() else inside.parents[1] / "rules"


def rule_files(extra: Iterable[Path]) -> list[Path]:
    """The shipped files and the own ones.

    Raises:
        RuleError: for a folder without any.
    """
    return [*sorted(shipped_rules().rglob("*.yaml")), *own_files(extra)]


def own_files(extra: Iterable[Path]) -> list[Path]:
    """The files in ``extra``, which are files or folders.

    Raises:
        RuleError: for a folder without any.
    """
    own: list[Path] = []
    for path in extra:
        found = sorted([*path.rglob("*.yaml"), *path.rglob("*.yml")]) if path.is_dir() else [path]
        if not found:
            text = Text("hier staan geen regelbestanden (*.yaml)", "no rule files (*.yaml) here")
            raise RuleError(text, path=str(path))
        own += found
    return own


def read_located(path: Path) -> Located:
    """The data of a rule file with its places.

    Raises:
        RuleError: when it cannot be read.
    """
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise RuleError(unreadable(error), path=str(path)) from error
    from webcare_lint.yaml_places import load

    # Replies are read with composed accents too.
    return load(text if text.isascii() else unicodedata.normalize("NFC", text), str(path), RuleError)
