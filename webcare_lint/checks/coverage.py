"""``kind: coverage``: what the customer wrote and the reply does not touch.

Words of substance are compared by their beginnings, so that *bezorgd*, *bezorging* and *bezorgen* meet. That is coarse on
purpose: a rule of this kind speaks only where there is no meeting at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal

from webcare_lint.checks.base import Check, Conditions, Exchange, Lists, RuleBase
from webcare_lint.model import Hit
from webcare_lint.patterns.passage import Passage, fold
from webcare_lint.text import Span

_WORD = re.compile(r"[^\W_]+(?:[-'][^\W_]+)*")
_STEM = 5


class Coverage(RuleBase, tag="coverage", frozen=True, kw_only=True):
    """A finding about the whole reply when it touches nothing of the message, or nothing of one of its questions."""

    of: Literal["message", "question"]
    """``message``: no word of substance of the whole message comes back. ``question``: the customer asks several things, and the
    reply touches at least one but not all of them; ``{question}`` in the message is one that was left."""
    ignore: list[str]
    """Words without substance, as patterns or ``@list``; ``*`` is allowed."""
    min_words: int = 3
    """Say nothing when the message (or question) has fewer words of substance."""

    def compile(self, lists: Lists) -> Check:
        ignored = _Ignored(self.ignore, lists)
        conditions = Conditions(self, lists)

        def check(exchange: Exchange) -> Iterable[Hit]:
            customer = exchange.customer
            if customer is None or not conditions.possible(exchange):
                return
            answer = ignored.stems(exchange.reply.text)
            whole = Span(0, len(exchange.reply.text))
            if self.of == "message":
                asked = ignored.stems(customer.text)
                if len(asked) >= self.min_words and asked.isdisjoint(answer) and conditions.allow(exchange, whole):
                    yield Hit(Span(0, 0))
                return
            asked_by = {q: ignored.stems(q) for q in _questions(customer)}
            full = {q: stems for q, stems in asked_by.items() if len(stems) >= self.min_words}
            if len(full) < 2:
                return
            # What the questions share says nothing about which of them was answered.
            shared = frozenset.intersection(*map(frozenset, full.values()))
            left = [q for q, stems in full.items() if (stems - shared).isdisjoint(answer)]
            if left and len(left) < len(full) and conditions.allow(exchange, whole):
                yield Hit(Span(0, 0), {"question": left[0]})

        return check


class _Ignored:
    def __init__(self, entries: list[str], lists: Lists) -> None:
        words: set[str] = set()
        for entry in entries:
            words.update(lists.get(entry[1:], ()) if entry.startswith("@") else [entry])
        self._words = frozenset(word for word in words if "*" not in word)
        affixes = [re.escape(word).replace(r"\*", r".*") for word in words if "*" in word]
        self._pattern = re.compile("|".join(affixes) or r"(?!)")

    def stems(self, text: str) -> set[str]:
        """The beginnings of the words of substance; numbers whole."""
        found = set()
        for word in _WORD.findall(fold(text)):
            if len(word) < 3 or word in self._words or self._pattern.fullmatch(word):
                continue
            bare = word.removeprefix("ge") if len(word) > 6 else word
            found.add(word if word[0].isdigit() else bare[:_STEM])
        return found


def _questions(customer: Passage) -> list[str]:
    texts = [customer.text[s.start : s.end] for s in customer.sentences]
    return [text for text in texts if "?" in text]
