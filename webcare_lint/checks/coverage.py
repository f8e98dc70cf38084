"""``kind: coverage``: what the customer wrote and the reply does not touch.

Words of substance are compared by their beginnings, so that *bezorgd*, *bezorging* and *bezorgen* meet. That is coarse on
purpose: a rule of this kind speaks only where there is no meeting at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal

import msgspec

from webcare_lint.checks.base import Check, RuleBase
from webcare_lint.checks.conditions import Conditions
from webcare_lint.checks.exchange import Exchange
from webcare_lint.checks.gate import Gate
from webcare_lint.model import Hit
from webcare_lint.patterns.fold import fold
from webcare_lint.patterns.notation import Lists, entries
from webcare_lint.patterns.passage import Passage
from webcare_lint.patterns.several import make_finders
from webcare_lint.patterns.specs import PatternLines, Patterns, Struct
from webcare_lint.text import Span

_WORD = re.compile(r"[^\W_]+(?:[-'][^\W_]+)*")
_STEM = 4
_COMPOUND = 5
"""Letters from which a word of the reply may stand inside a longer one of the message (*termijn* in *retourtermijn*)."""

_SUBJECT_FOLLOWS = r"(?!\s+(?:in|om|op|met|bij|naar|aan|niet|al|nu|vast)\b)"
"""Behind a verb that opens a question comes who or what it is about; *zit in de kou* and *kan niet inloggen* ask nothing."""


class Answer(Struct, frozen=True, kw_only=True):
    """What answers a kind of question without its words: *half acht* answers *hoe laat gaat de zaal open*."""

    asks: Patterns
    answer: Patterns


class Coverage(RuleBase, tag="coverage", frozen=True, kw_only=True):
    """A finding about the whole reply when it touches nothing of the message, or nothing of a further question in it."""

    of: Literal["message", "question"]
    """``message``: no word of substance of the whole message comes back. ``question``: the customer asks several things, and no
    word of one that is not the first comes back (a first question is often answered at once, without its words);
    ``{question}`` in the message is the one that was left."""
    ignore: PatternLines
    """Words without substance, or ``@list``; ``*`` is allowed."""
    opens: PatternLines = msgspec.field(default_factory=list)
    """Words that a question opens with: a part behind *en* that starts with one is a question of its own."""
    answers: list[Answer] = msgspec.field(default_factory=list)
    """Answers that need no word of the question."""
    min_words: int = 3
    """Say nothing when the message (or question) has fewer words of substance."""

    @property
    def doubtful(self) -> bool:
        return True

    def _gate(self, lists: Lists) -> Gate:  # noqa: ARG002
        return Gate(around=("customer",))

    def compile(self, lists: Lists) -> Check:
        ignored = _Ignored(self.ignore, lists)
        opens = _affixes(self.opens, lists)
        answers = [(make_finders(a.asks, lists), make_finders(a.answer, lists)) for a in self.answers]
        conditions = Conditions(self, lists)

        def answered(exchange: Exchange, question: str) -> bool:
            asked = exchange.part(question)
            return any(exchange.has(asks, asked) and exchange.has(answer, exchange.reply) for asks, answer in answers)

        def check(exchange: Exchange) -> Iterable[Hit]:
            customer = exchange.customer
            if customer is None or not conditions.possible(exchange):
                return
            answer = fold(exchange.reply.text)
            whole = Span(0, len(answer))
            if self.of == "message":
                asked = ignored.stems(customer.text)
                if (
                    len(asked) >= self.min_words
                    and not ignored.touches(answer, customer.text)
                    and conditions.allow(exchange, whole)
                ):
                    yield Hit(Span(0, 0))
                return
            for question in _questions(customer, opens)[1:]:
                asked = ignored.stems(question)
                if len(asked) < self.min_words or ignored.touches(answer, question) or answered(exchange, question):
                    continue
                if conditions.allow(exchange, whole):
                    yield Hit(Span(0, 0), {"question": question})
                    return

        return check


class _Ignored:
    def __init__(self, given: list[str], lists: Lists) -> None:
        self._pattern = _affixes(given, lists)

    def _words(self, text: str) -> list[str]:
        words = [word for word in _WORD.findall(fold(text)) if len(word) > 2 or word.isdigit()]
        return [word for word in words if not self._pattern.fullmatch(word)]

    def stems(self, text: str) -> set[str]:
        """The beginnings of the words of substance; numbers whole."""
        return {_stem(word) for word in self._words(text)}

    def touches(self, answer: str, asked: str) -> bool:
        """Whether a word of substance of ``asked`` comes back in ``answer``, in whatever form or compound."""
        if any(stem in answer for stem in self.stems(asked)):
            return True
        folded = fold(asked)
        return any(len(word) >= _COMPOUND and word in folded for word in self._words(answer))


def _stem(word: str) -> str:
    if word[0].isdigit():
        return word
    return (word.removeprefix("ge") if len(word) > 6 else word)[:_STEM]


def _affixes(given: list[str], lists: Lists) -> re.Pattern[str]:
    words = {word for entry in given for word in entries(entry, lists)}
    return re.compile("|".join(re.escape(fold(word)).replace(r"\*", r"[\w'-]*") for word in sorted(words)) or r"(?!)")


def _questions(customer: Passage, opens: re.Pattern[str]) -> list[str]:
    """The questions of a message: what opens like one, and has a question mark, or shares a sentence or goes on."""
    first = rf"(?:en\s+)?(?:ook\s+)?(?!wat\s+een\b)(?:{opens.pattern})\b{_SUBJECT_FOLLOWS}"
    cut = re.compile(rf",?\s+en\s+(?={first})|,\s+(?={first})")
    found: list[str] = []
    before: str | None = None
    for sentence in customer.sentences:
        text = customer.text[sentence.start : sentence.end]
        folded = fold(text)
        edges = [0, *(edge for match in cut.finditer(folded) for edge in match.span()), len(text)]
        parts = [text[start:end].strip() for start, end in zip(edges[::2], edges[1::2], strict=True)]
        asking = [part for part in parts if re.match(first, fold(part))]
        goes_on = before is not None and folded.startswith("en ") and parts[0] in asking
        if "?" in text or goes_on or (len(asking) > 1 and asking[0] == parts[0]):
            # Behind a greeting or a story the first question is not known by its opening, only by the one that goes on from it.
            found += [before, *asking] if before and goes_on and not found else asking
        before = text if "?" in text else None
    return found
