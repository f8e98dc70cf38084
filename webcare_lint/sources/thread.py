"""Whom a reply answers, in a thread in which several customers write."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from msgspec import Struct

from webcare_lint.nl.clear import composed

_WORD = re.compile(r"(?<!\^)\b[^\W\d_]{3,}|(?<=[\d_])[^\W\d_]{3,}")
"""Of letters alone; a name behind ``^`` is that of whoever signs."""
_NO_NAME = frozenset("van der den ter ten het een uit voor mevr mevrouw meneer heer dhr mvr familie fam the".split())
_GREETING = 4
"""Words at the begin of a reply among which a name need have no capital."""
_SHORT = 4
"""Letters from which the begin of a name is enough."""
_TELLING = 7
"""Letters from which a word that comes back shows that it is the same subject."""


class Waiting(Struct, dict=True):
    """A customer's message that nobody has replied to yet; ``passed``: a reply came since, to somebody else."""

    number: int
    text: str
    name: str
    passed: bool = False

    @cached_property
    def telling(self) -> frozenset[str]:
        return _telling(composed(self.text))


class People:
    """The customers who wrote so far, and by which words they are called."""

    def __init__(self, names: Iterable[str] = ()) -> None:
        self._parts: dict[str, frozenset[str]] = {}
        self._sorted: list[str] = []
        for name in names:
            self.add(name)

    def __len__(self) -> int:
        return len(self._parts)

    def add(self, name: str) -> None:
        if name in self._parts:
            return
        self._parts[name] = frozenset(_WORD.findall(composed(name).lower())) - _NO_NAME
        for part in self._parts[name]:
            at = bisect_left(self._sorted, part)
            if self._sorted[at : at + 1] != [part]:
                self._sorted.insert(at, part)

    def called(self, reply: str) -> set[str]:
        """The parts of names that stand in the reply: with a capital, after an @, or where one is greeted.

        *Linda* calls ``@lindaploeg`` too.
        """
        words = {
            match.group()
            for at, match in enumerate(_WORD.finditer(reply))
            if match.group()[0].isupper() or at < _GREETING or reply.endswith("@", 0, match.start())
        }
        return {part for word in words for part in self._beginning(word.lower(), short=len(word) < _SHORT)}

    def _beginning(self, word: str, *, short: bool) -> Iterator[str]:
        at = bisect_left(self._sorted, word)
        while at < len(self._sorted) and (self._sorted[at] == word if short else self._sorted[at].startswith(word)):
            yield self._sorted[at]
            at += 1

    def has(self, name: str, called: set[str]) -> bool:
        """Whether one of the parts is of this name."""
        return not called.isdisjoint(self._parts.get(name, ()))


def answered(waiting: Sequence[Waiting], people: People, reply: str) -> tuple[list[Waiting], list[Waiting]]:
    """Which messages a reply answers, and which still wait; those it passes over.

    Whom it calls by name it answers. One that calls nobody answers whoever wrote since the last reply, and of those who were
    passed over only the one that wrote last, or whose words it takes up.

    Args:
        waiting: the messages without a reply, in order.
        people: all customers who wrote so far.
        reply: its text.
    """
    if len(people) < 2 or not waiting:
        return list(waiting), []
    reply = composed(reply)
    called, taken_up, last = people.called(reply), _telling(reply), waiting[-1].name

    def is_answered(said: Waiting) -> bool:
        if called:
            return people.has(said.name, called)
        return not said.passed or said.name == last or not taken_up.isdisjoint(said.telling)

    meant: list[Waiting] = []
    left: list[Waiting] = []
    for said in waiting:
        (meant if is_answered(said) else left).append(said)
    for said in left:
        said.passed = True
    return meant, left


def _telling(text: str) -> frozenset[str]:
    return frozenset(word for word in _WORD.findall(text.lower()) if len(word) >= _TELLING)
