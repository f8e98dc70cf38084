"""What a reply answers, where customers write one after another or come to something else."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from msgspec import Struct

from webcare_lint.nl.clear import composed
from webcare_lint.sources.subject import WORD, telling, touching, turns

_MENTION = re.compile(r"@\w+")
_ASIDE_WORDS = 10
"""More than that says something to the organisation as well."""
_TWICE = re.compile(r"(.)\1")
_NO_NAME = frozenset("van der den ter ten het een uit voor mevr mevrouw meneer heer dhr mvr familie fam the".split())
_GREETING = 4
"""Words at the begin of a reply among which a name need have no capital."""
_SHORT = 4
"""Letters from which the begin of a name is enough."""
_OF_SUBSTANCE = 2
"""Words that such a message must have of its own, to be sure that the reply would have taken one up."""


class Waiting(Struct, dict=True):
    """A customer's message that nobody has replied to yet; ``passed``: a reply came since, to somebody else."""

    number: int
    text: str
    name: str
    passed: bool = False

    @cached_property
    def telling(self) -> frozenset[str]:
        return telling(composed(self.text))

    @cached_property
    def touching(self) -> frozenset[str]:
        return touching(composed(self.text))


class People:
    """The customers who wrote so far, and by which words they are called."""

    def __init__(self, names: Iterable[str] = ()) -> None:
        self._parts: dict[str, frozenset[str]] = {}
        self._sorted: list[str] = []
        for name in names:
            self.add(name)

    def __len__(self) -> int:
        return len(self._parts)

    def __iter__(self) -> Iterator[str]:
        return iter(self._parts)

    def add(self, name: str) -> None:
        if name in self._parts:
            return
        parts = frozenset(WORD.findall(composed(name).lower())) - _NO_NAME
        self._parts[name] = frozenset(map(_spelt, parts))
        for part in self._parts[name]:
            at = bisect_left(self._sorted, part)
            if self._sorted[at : at + 1] != [part]:
                self._sorted.insert(at, part)

    def called(self, reply: str) -> set[str]:
        """The parts of names that stand in the reply: with a capital, after an @, or where one is greeted.

        *Linda* calls ``@lindaploeg`` too, and *Henny* Hennie.
        """
        words = {
            match.group()
            for at, match in enumerate(WORD.finditer(reply))
            if match.group()[0].isupper() or at < _GREETING or reply.endswith("@", 0, match.start())
        }
        return {part for word in words for part in self._beginning(_spelt(word.lower()), short=len(word) < _SHORT)}

    def _beginning(self, word: str, *, short: bool) -> Iterator[str]:
        at = bisect_left(self._sorted, word)
        while at < len(self._sorted) and (self._sorted[at] == word if short else self._sorted[at].startswith(word)):
            yield self._sorted[at]
            at += 1

    def has(self, name: str, called: set[str]) -> bool:
        """Whether one of the parts is of this name."""
        return not called.isdisjoint(self._parts.get(name, ()))


def is_among_customers(said: Waiting, people: People) -> bool:
    """Whether a message is for another customer alone: a short one that begins with their name and mentions nobody else."""
    mentions = _MENTION.findall(said.text)
    if len(mentions) != 1 or not said.text.lstrip().startswith("@") or len(said.text.split()) > _ASIDE_WORDS:
        return False
    called = people.called(mentions[0])
    return any(people.has(name, called) for name in people if name != said.name)


def answered(
    waiting: Sequence[Waiting], people: People, reply: str, talking: str | None = None
) -> tuple[list[Waiting], list[Waiting]]:
    """Which messages a reply answers, and which still wait; those it passes over.

    Whom it calls by name it answers. One that calls nobody answers whoever wrote since the last reply, and of those who were
    passed over only the one that wrote last, or whose words it takes up; where the customer of the reply before wrote last, it
    goes on with them, and answers others by their words alone. Of a customer who came to something else ("trouwens, …") in a
    message of its own it answers both, unless it has words of one of the two alone.

    Args:
        waiting: the messages without a reply, in order.
        people: all customers who wrote so far.
        reply: its text.
        talking: the customer whom the reply before this one answered.
    """
    if not waiting:
        return [], []
    reply = composed(reply)
    whose = _of_whom(waiting, people, reply, talking) if len(people) > 1 else _of_one(waiting, reply)
    meant = [said for said, is_meant in zip(waiting, whose, strict=True) if is_meant]
    here = {said.number for said in _of_its_subject(meant, reply)}
    left = [said for said in waiting if said.number not in here]
    for said in left:
        said.passed = True
    return [said for said in meant if said.number in here], left


def _of_whom(waiting: Sequence[Waiting], people: People, reply: str, talking: str | None) -> list[bool]:
    called, taken_up, last = people.called(reply), telling(reply), waiting[-1].name
    if called:
        return [people.has(said.name, called) for said in waiting]
    words = touching(reply)
    touched = {said.name for said in waiting if not (said.passed or words.isdisjoint(said.touching))}

    def is_answered(said: Waiting) -> bool:
        if said.passed:
            return said.name == last or not taken_up.isdisjoint(said.telling)
        if last == talking:
            return said.name == last or said.name in touched
        return not touched or said.name in touched

    return [is_answered(said) for said in waiting]


def _of_one(waiting: Sequence[Waiting], reply: str) -> list[bool]:
    """What was passed over once stays so when the customer writes again and the reply has no word of it."""
    if waiting[-1].passed:
        return [True] * len(waiting)
    words = touching(reply)
    return [not said.passed or not words.isdisjoint(said.touching) for said in waiting]


def _of_its_subject(meant: Sequence[Waiting], reply: str) -> Sequence[Waiting]:
    """Without what a customer said before or after coming to something else, when the reply has words of the other part alone."""
    at = next((n for n, said in enumerate(meant) if n and turns(said.text)), 0)
    if not at or len({said.name for said in meant}) > 1:
        return meant
    parts, words = (meant[:at], meant[at:]), touching(reply)
    before, after = (any(not words.isdisjoint(said.touching) for said in part) for part in parts)
    if before == after:
        new = turns(meant[at].text) == "surely" and sum(len(said.touching) for said in parts[1]) > _OF_SUBSTANCE
        return parts[0] if new and not after else meant
    kept, left = parts if before else reversed(parts)
    if turns(meant[at].text) == "perhaps" and sum(len(said.touching) for said in left) < _OF_SUBSTANCE:
        return meant
    return kept


def _spelt(name: str) -> str:
    """A name in one of the spellings that people confuse: *Henny* and *Hennie*, *Matthijs* and *Matijs*."""
    for often, one in (("ie", "i"), ("ij", "i"), ("y", "i"), ("ck", "k"), ("c", "k"), ("ph", "f"), ("th", "t")):
        name = name.replace(often, one)
    return _TWICE.sub(r"\1", name)
