"""What a finding is told beside its message: which advice fits this reply, and which parts its sentence lacks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from webcare_lint.checks.base import Check, Lists, RuleBase, make_finders
from webcare_lint.checks.exchange import Exchange
from webcare_lint.model import Hit
from webcare_lint.patterns.passage import Passage
from webcare_lint.patterns.specs import Finder
from webcare_lint.text import Span

MOST = 2
"""Pieces of advice for one finding."""


def with_advice(rule: RuleBase, check: Check, lists: Lists) -> Check:
    """The same check; what it finds knows the advice that fits and the parts that are not there."""
    if not rule.advice and not rule.needs:
        return check
    topics = [(make_finders(each.when, lists), make_finders(each.unless, lists)) for each in rule.advice]
    parts = [make_finders(part.find, lists) for part in rule.needs.parts] if rule.needs else []

    def advised(exchange: Exchange) -> Iterator[Hit]:
        for hit in check(exchange):
            fitting = [number for number, (when, unless) in enumerate(topics) if _fits(when, unless, exchange)]
            where = exchange.reply.scope(hit.span, "sentence") if hit.span.end > hit.span.start else None
            missing = [number for number, finders in enumerate(parts) if not _any(finders, exchange, [exchange.reply], where)]
            yield replace(hit, advice=tuple(fitting[:MOST]), missing=tuple(missing))

    return advised


def _fits(when: Sequence[Finder], unless: Sequence[Finder], exchange: Exchange) -> bool:
    asked = [exchange.reply, *([exchange.customer] if exchange.customer else [])]
    said = [exchange.reply, *exchange.earlier("organisation")[:1]]
    return (not when or _any(when, exchange, asked)) and not _any(unless, exchange, said)


def _any(finders: Iterable[Finder], exchange: Exchange, passages: Sequence[Passage], where: Span | None = None) -> bool:
    found = (span for finder in finders for passage in passages for span in exchange.found(finder, passage))
    return any(where is None or where.contains(span) for span in found)
