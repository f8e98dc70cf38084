"""``kind: reader``: what no pattern catches, judged by the encoder that reads reply and customer's message together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import ClassVar

from webcare_lint.checks.base import Bilingual, Check, RuleBase
from webcare_lint.checks.conditions import Conditions
from webcare_lint.checks.exchange import Exchange
from webcare_lint.checks.gate import READABLE, Gate
from webcare_lint.model import Hit
from webcare_lint.patterns.notation import Lists
from webcare_lint.text import Span

_LEAST = 0.25
"""Where no character bears more than this, the finding is about the reply as a whole."""
_SHARE = 0.45
"""Of the strongest character's weight: what goes with it."""
_SENTENCE = re.compile(r"(?:[^.?!…\n]|[.?!](?=\w))+\??")
_CLAUSE = re.compile(r"(?:[^,;:–—]|,(?=\S))+[?!]?")
_CLOSES, _OPENS = ".,;:!?…)”–-", ",;:(“–-"
"""Signs that no words to be marked begin with, and that none end with."""
_LONGEST_QUOTE = 14
"""Words of the customer that are quoted as one clause."""
_WORD = re.compile(r"[^\W_]+(?:['’.,:/-][^\W_]+)*|[^\w\s]")


class Reads(RuleBase, tag="reader", frozen=True, kw_only=True):
    """A finding where the reply breaks the commandment in the reader's judgement and no surer rule has said so.

    The commandment is that of the code. Beside the encoder its judgement weighs phrases, and whether a rule gave advice.
    """

    roughly: ClassVar[bool] = True

    threshold: float
    """The probability from which the finding has the rule's level."""
    advice_from: float | None = None
    """The probability from which it is at least advice; left out: below the threshold nothing is said."""
    whole: bool = False
    """The finding is always about the reply as a whole: what is missing has no words."""
    overlooked: Bilingual | None = None
    """Said behind the message where the customer's words that lie unanswered are known; ``{overlooked}`` stands for them."""

    def _gate(self, lists: Lists) -> Gate:  # noqa: ARG002
        return READABLE

    def compile(self, lists: Lists) -> Check:
        conditions = Conditions(self, lists)
        commandment = int(self.code[2:-2])

        def check(exchange: Exchange) -> Iterable[Hit]:
            reading = exchange.reading
            heard = exchange.heard.get(commandment)
            if heard in ("error", "warning") or not conditions.possible(exchange):
                return
            probability = reading.probability(commandment, heard)
            if probability < min(self.threshold, self.advice_from if self.advice_from is not None else 1.0):
                return
            span = Span(0, 0) if self.whole else strongest(exchange.reply.text, reading.bearing(commandment))
            if conditions.allow(exchange, span):
                yield Hit(
                    span, _overlooked(self, exchange, commandment), level=None if probability >= self.threshold else "advice"
                )

        return check


def _overlooked(rule: Reads, exchange: Exchange, commandment: int) -> dict[str, str]:
    if rule.overlooked is None or exchange.customer is None:
        return {}
    text, weights = exchange.customer.text, exchange.reading.overlooked(commandment)
    sentence = max((s.span() for s in _SENTENCE.finditer(text)), key=lambda s: max(weights[slice(*s)]), default=(0, 0))
    part = text[slice(*sentence)]
    quote = _whole_clauses(part, strongest(part, weights[slice(*sentence)])).strip(" \t,;:-–")
    return {"overlooked": quote} if quote else {}


def _whole_clauses(sentence: str, words: Span) -> str:
    """The clauses that some words of a sentence stand in, so that no quote stops amid one; where that is much the words alone."""
    if words.start == words.end:
        return ""
    inside = [Span(*match.span()) for match in _CLAUSE.finditer(sentence) if Span(*match.span()).overlaps(words)]
    quote = sentence[inside[0].start : inside[-1].end] if inside else ""
    return quote if 0 < len(quote.split()) <= _LONGEST_QUOTE else sentence[words.start : words.end]


def strongest(text: str, weights: Sequence[float]) -> Span:
    """The words around the heaviest character that weigh with it; nothing where no character weighs much."""
    words = [(Span(*match.span()), max(weights[match.start() : match.end()])) for match in _WORD.finditer(text)]
    peak = max((weight for _, weight in words), default=0.0)
    if peak < _LEAST:
        return Span(0, 0)
    first = last = next(i for i, (_, weight) in enumerate(words) if weight == peak)
    # One lighter word in between does not break the stretch.
    while any(weight >= _SHARE * peak for _, weight in words[max(0, first - 2) : first]):
        first -= 1 if words[first - 1][1] >= _SHARE * peak else 2
    while any(weight >= _SHARE * peak for _, weight in words[last + 1 : last + 3]):
        last += 1 if words[last + 1][1] >= _SHARE * peak else 2
    while first < last and text[words[first][0].start] in _CLOSES:
        first += 1
    while first < last and text[words[last][0].start] in _OPENS:
        last -= 1
    alone = first == last and text[words[first][0].start] in _CLOSES + _OPENS
    return Span(0, 0) if alone else Span(words[first][0].start, words[last][0].end)
