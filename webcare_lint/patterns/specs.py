"""What a rule may look for, and what every way of finding it promises; ``finders`` has the ways."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, Literal, Protocol

import msgspec

from webcare_lint.patterns.anchor import Anchor
from webcare_lint.patterns.mistakes import PatternError
from webcare_lint.patterns.passage import Passage
from webcare_lint.text import Span

TIME_LIMIT = 1.0
"""Seconds that one regular expression of a rule may take on one reply."""


class TooSlow(Exception):
    """A regular expression ran out of time."""


class BadPattern(PatternError):
    """A pattern that its library rejects, in the library's English or in our own words."""


class Struct(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """Data of a rule file: unknown keys are errors, ``a_b`` is written ``a-b``."""


class Action(Struct, frozen=True, kw_only=True):
    """Who does what, with what: read from the parse, whatever the word order, voice or modal verb."""

    does: list[str]
    """Verbs by lemma (`bellen`, `doorzetten`), or `@list`."""
    who: Literal["customer", "organisation", "anyone"] = "customer"
    with_: list[str] = msgspec.field(default_factory=list, name="with")
    """Patterns of which one must stand in the same clause; none: the verb alone will do."""
    tense: Literal["now", "any"] = "now"
    """`now`: present and future only."""


class FinderSpec(Struct, frozen=True, kw_only=True):
    """One way of finding words; exactly one of the fields."""

    regex: str | None = None
    """A regular expression over the text as written, in any case; a group named `mark` is what gets marked."""
    action: Action | None = None
    tokens: list[dict[str, Any]] | None = None
    """A pattern of spaCy's Matcher."""
    dependency: list[dict[str, Any]] | None = None
    """A pattern of spaCy's DependencyMatcher."""
    only_with: list[str] = msgspec.field(default_factory=list)
    """Words, `{emoji}` or pieces of text of which one stands in every match: a text without any is passed over, unread."""


Patterns = list[str | FinderSpec]
"""What a rule looks for: pattern lines and other ways of finding words."""
PatternLines = Annotated[list[str], "patterns"]
"""The same, of lines alone."""


class Finder(Protocol):
    needs_parse: bool
    anchors: tuple[Anchor, ...]
    """All of these hold in every text in which something is found."""

    def find(self, passage: Passage) -> Sequence[Span]:
        """Where it occurs, in order.

        Raises:
            NeedsParse: when the passage has no parse yet and this needs it.
            TooSlow: when a regular expression runs out of time.
        """
        ...
