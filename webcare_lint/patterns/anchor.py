"""What a text must hold before a pattern has a chance: looked up in sets, so that most rules never look at most texts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Generic, TypeVar

import msgspec

from webcare_lint.patterns.fold import fold

if TYPE_CHECKING:
    from webcare_lint.patterns.passage import Passage

EMOJI = (
    "[\u2300-\u23ff\u2600-\u27bf\u2b00-\u2bff\u3030\u303d\u3297\u3299\ufe0f\u200d\u20e3"
    "\U0001f000-\U0001faff\U000e0020-\U000e007f]"
)
"""The characters that emoji are made of; emoji are not overwritten, so that a list can name them."""
EMOJI_SEEN, DIGIT_SEEN, CAPITALS_SEEN = "{emoji}", "{digit}", "{capitals}"
"""Stand among the words of a text that holds any emoji, any digit, two capitals side by side."""
PART = re.compile(rf"\w+|{EMOJI}")
"""The parts of a form that are words of their own in ``Passage.words``."""


class Anchor(msgspec.Struct, frozen=True, array_like=True):
    """A text must hold one of these ``words``, or a word with one of these ``starts`` or ``ends``, or one of these ``pieces``."""

    words: frozenset[str] = frozenset()
    starts: frozenset[str] = frozenset()
    ends: frozenset[str] = frozenset()
    pieces: frozenset[str] = frozenset()

    def holds(self, passage: Passage) -> bool:
        return (
            not self.words.isdisjoint(passage.words)
            or (bool(self.starts) and not self.starts.isdisjoint(passage.starts))
            or (bool(self.ends) and not self.ends.isdisjoint(passage.ends))
            or any(piece in passage.folded for piece in self.pieces)
        )

    @property
    def weight(self) -> tuple[int, int]:
        """The lighter, the more it says: whole words say most, and few of them more than many."""
        return len(self.starts) + len(self.ends) + len(self.pieces), len(self.words)


def best(found: Iterable[Anchor]) -> Anchor | None:
    """The one that says most."""
    return min(found, key=lambda anchor: anchor.weight, default=None)


def either(options: Iterable[Anchor | None]) -> Anchor | None:
    """What holds where any of the options does; None, which holds anywhere, where one of them is."""
    words: set[str] = set()
    starts: set[str] = set()
    ends: set[str] = set()
    pieces: set[str] = set()
    for option in options:
        if option is None:
            return None
        words |= option.words
        starts |= option.starts
        ends |= option.ends
        pieces |= option.pieces
    return Anchor(frozenset(words), frozenset(starts), frozenset(ends), frozenset(pieces))


def of_needs(needs: Iterable[str]) -> tuple[Anchor, ...]:
    """The anchor of what a rule says itself that its expression needs: words, or else pieces of the text."""
    given = frozenset(map(fold, needs))
    words = frozenset(n for n in given if n in (EMOJI_SEEN, DIGIT_SEEN, CAPITALS_SEEN) or re.fullmatch(r"\w+", n))
    return (Anchor(words, pieces=given - words),) if given else ()


class Ways(msgspec.Struct, frozen=True, array_like=True):
    """Ways of matching, each with anchors of which all must hold, the one that says most in front."""

    each: tuple[tuple[Anchor, ...], ...]

    @classmethod
    def of(cls, ways: Iterable[tuple[Anchor, ...]]) -> Ways | None:
        """None where one of them says nothing, so that no text can be passed over."""
        made = dict.fromkeys(tuple(sorted(anchors, key=lambda anchor: anchor.weight)) for anchors in ways)
        return cls(tuple(made)) if all(made) else None

    def open(self, passage: Passage) -> bool:
        """Whether one of them is there."""
        return any(all(anchor.holds(passage) for anchor in way) for way in self.each)


Key = TypeVar("Key", str, int)
FEW = 10
"""Texts after which tables pay for themselves: a run over one reply never makes them."""


class Index(Generic[Key]):
    """Many ``Ways`` at once: from the words of a text to those that are open, without a look at the others."""

    def __init__(self, ways: Mapping[Key, Ways | None]) -> None:
        self._ways: Mapping[Key, Ways | None] = ways
        self._seen = 0

    def open(self, passage: Passage) -> set[Key]:
        """The keys of those that are open for this text."""
        self._seen += 1
        if self._seen <= FEW:
            return {key for key, each in self._ways.items() if each is None or each.open(passage)}
        return self._tables.open(passage)

    @cached_property
    def _tables(self) -> _Tables[Key]:
        return _Tables(self._ways)


class _Tables(Generic[Key]):
    def __init__(self, ways: Mapping[Key, Ways | None]) -> None:
        self._always: list[Key] = [key for key, each in ways.items() if each is None]
        self._words: dict[str, list[tuple[Key, tuple[Anchor, ...]]]] = {}
        self._starts: dict[str, list[tuple[Key, tuple[Anchor, ...]]]] = {}
        self._ends: dict[str, list[tuple[Key, tuple[Anchor, ...]]]] = {}
        self._pieces: dict[str, list[tuple[Key, tuple[Anchor, ...]]]] = {}
        for key, each in ways.items():
            for anchors in each.each if each else ():
                first, *others = anchors
                entry = (key, tuple(others))
                for found, table in (
                    (first.words, self._words), (first.starts, self._starts),
                    (first.ends, self._ends), (first.pieces, self._pieces),
                ):  # fmt: skip
                    for word in found:
                        table.setdefault(word, []).append(entry)

    def open(self, passage: Passage) -> set[Key]:
        found = set(self._always)
        for word in passage.words & self._words.keys():
            _add(found, self._words[word], passage)
        # Beginnings and ends are many, and not made where nobody asks for them.
        for word in passage.starts & self._starts.keys() if self._starts else ():
            _add(found, self._starts[word], passage)
        for word in passage.ends & self._ends.keys() if self._ends else ():
            _add(found, self._ends[word], passage)
        for piece, entries in self._pieces.items():
            if piece in passage.folded:
                _add(found, entries, passage)
        return found


def _add(found: set[Key], entries: Iterable[tuple[Key, tuple[Anchor, ...]]], passage: Passage) -> None:
    for key, others in entries:
        if key not in found and all(anchor.holds(passage) for anchor in others):
            found.add(key)
