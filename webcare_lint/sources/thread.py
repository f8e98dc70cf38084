"""Whom a reply answers, in a thread in which several customers write."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

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


class Waiting(NamedTuple):
    """A customer's message that nobody has replied to yet; ``passed``: a reply came since, to somebody else."""

    number: int
    text: str
    name: str
    passed: bool = False


def answered(waiting: Sequence[Waiting], people: Iterable[str], reply: str) -> tuple[list[Waiting], list[Waiting]]:
    """Which messages a reply answers, and which still wait.

    Whom it calls by name it answers. One that calls nobody answers whoever wrote since the last reply, and of those who were
    passed over only the one that wrote last, or whose words it takes up.

    Args:
        waiting: the messages without a reply, in order.
        people: the names of all customers who wrote so far.
        reply: its text.
    """
    if len(set(people)) < 2 or not waiting:
        return list(waiting), []
    reply = composed(reply)
    called = {name for name in people if _calls(reply, name)}
    taken_up = {word for word in _WORD.findall(reply.lower()) if len(word) >= _TELLING}
    last = waiting[-1].name

    def is_answered(said: Waiting) -> bool:
        if called:
            return said.name in called
        return not said.passed or said.name == last or not taken_up.isdisjoint(_WORD.findall(composed(said.text).lower()))

    return [said for said in waiting if is_answered(said)], [
        said._replace(passed=True) for said in waiting if not is_answered(said)
    ]


def _calls(reply: str, name: str) -> bool:
    """Whether a part of the name stands in the reply: with a capital, after an @, or where one is greeted.

    *Linda* calls ``@lindaploeg`` too.
    """
    parts = [part for part in _WORD.findall(composed(name).lower()) if part not in _NO_NAME]
    for at, match in enumerate(_WORD.finditer(reply)):
        word, before = match.group(), reply[: match.start()]
        if (word[0].isupper() or at < _GREETING or before.endswith("@")) and any(
            part == word.lower() or (len(word) >= _SHORT and part.startswith(word.lower())) for part in parts
        ):
            return True
    return False
