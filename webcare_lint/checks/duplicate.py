"""``kind: duplicate``: the same text twice, in one conversation or in one library."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import combinations
from typing import Literal

from webcare_lint.checks.base import Check, RuleBase
from webcare_lint.checks.conditions import Conditions
from webcare_lint.checks.exchange import Exchange
from webcare_lint.checks.gate import Gate
from webcare_lint.model import Hit, Library
from webcare_lint.nl.clear import cleared
from webcare_lint.patterns.notation import Lists
from webcare_lint.patterns.passage import Passage
from webcare_lint.text import Span

_WORD = re.compile(r"\w+")
_RUN = 3
"""Words in a row that two texts must share to be compared at all."""
_COMMON = 50
"""A run of words that more replies share than this is a set phrase and says nothing."""


class Duplicate(RuleBase, tag="duplicate", frozen=True, kw_only=True):
    """A finding about a reply that says what an earlier one said already; ``{other}`` is that one, or its id in a library."""

    across: Literal["conversation", "library"]
    likeness: float = 0.9
    """How much of the words, in their order, must be the same: 1 is all. Names, placeholders and signatures do not count."""
    min_words: int = 6
    """Shorter texts may come back: *graag gedaan, fijne dag*."""

    def _gate(self, lists: Lists) -> Gate:  # noqa: ARG002
        return Gate(around=("library" if self.across == "library" else "history",))

    def compile(self, lists: Lists) -> Check:
        conditions = Conditions(self, lists)
        likeness, least = self.likeness, self.min_words

        def check(exchange: Exchange) -> Iterable[Hit]:
            whole = Span(0, len(exchange.reply.text))
            if self.across == "library":
                twins = _twins(exchange.library, likeness, least) if exchange.library else {}
                other = twins.get(exchange.place)
            else:
                own = words(exchange.reply)
                same = (p.text for p in exchange.earlier("organisation") if len(own) >= least and alike(own, words(p), likeness))
                other = next(same, None)
            if other is not None and conditions.allow(exchange, whole):
                yield Hit(Span(0, 0), {"other": other})

        return check


def words(passage: Passage) -> tuple[str, ...]:
    """The words of a text without names, placeholders and the like."""
    return tuple(word for word in _WORD.findall(passage.plain) if not "\ue000" <= word[0] <= "\ue00f")


def alike(one: Sequence[str], other: Sequence[str], likeness: float) -> bool:
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.real_quick_ratio() >= likeness and matcher.quick_ratio() >= likeness and matcher.ratio() >= likeness


@lru_cache(maxsize=8)
def _twins(library: Library, likeness: float, least: int) -> Mapping[int, str]:
    """The replies that are nearly the same as an earlier one, by their place, with the id of that one."""
    found: dict[int, str] = {}
    first: dict[tuple[str, ...], int] = {}
    for number, (_, raw) in enumerate(library.replies):
        text = words(Passage(cleared(raw)))
        if len(text) >= max(least, 1) and (same := first.setdefault(text, number)) != number:
            found[number] = library.replies[same][0]
    texts = {number: text for text, number in first.items()}
    by_run: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for number, text in texts.items():
        for run in {text[i : i + _RUN] for i in range(len(text) - _RUN + 1)}:
            by_run[run].append(number)
    telling: Counter[int] = Counter()
    shared: Counter[tuple[int, int]] = Counter()
    for numbers in by_run.values():
        if len(numbers) <= _COMMON:
            telling.update(numbers)
            shared.update(combinations(numbers, 2))

    def enough(one: int, other: int) -> bool:
        """Whether the two share the runs that texts so alike share at least."""
        lengths = len(texts[one]), len(texts[other])
        apart = (1 - likeness) * sum(lengths) + 1e-6
        # A word that one text has alone breaks three runs of its own and two of the other's.
        most_broken = ((5 * apart + sign * (lengths[0] - lengths[1])) / 2 for sign in (1, -1))
        return all(shared[one, other] >= telling[text] - broken for text, broken in zip((one, other), most_broken, strict=True))

    by_likeness = sorted((pair for pair in shared if enough(*pair)), key=lambda pair: (pair[1], -shared[pair], pair[0]))
    for one, other in by_likeness:
        if other not in found and alike(texts[one], texts[other], likeness):
            found[other] = library.replies[one][0]
    return found
