"""What a finding is told beside its message: which advice fits this reply, and which parts its sentence lacks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from zlib import crc32

from msgspec.structs import replace

from webcare_lint.checks.base import Check, RuleBase
from webcare_lint.checks.exchange import Exchange
from webcare_lint.model import Hit
from webcare_lint.patterns.notation import Lists
from webcare_lint.patterns.several import make_finders
from webcare_lint.patterns.specs import Finder
from webcare_lint.text import Span

MOST = 2
"""Pieces of advice for one finding."""
_Topic = tuple[Sequence[Finder], Sequence[Finder]]
"""What a piece of advice is about, and what uses it up."""


def with_advice(rule: RuleBase, check: Check, lists: Lists) -> Check:
    """The same check; what it finds knows the advice that fits and the parts that are not there."""
    if not rule.advice and not rule.needs:
        return check
    topics = [(make_finders(each.when, lists), make_finders(each.unless, lists)) for each in rule.advice]
    parts = [make_finders(part.find, lists) for part in rule.needs.parts] if rule.needs else []

    def advised(exchange: Exchange) -> Iterator[Hit]:
        for hit in check(exchange):
            fitting = [number for number in _in_turn(topics, exchange) if _fits(*topics[number], exchange)]
            where = exchange.reply.scope(hit.span, "sentence") if hit.span.end > hit.span.start else None
            missing = [number for number, finders in enumerate(parts) if not _stand(finders, exchange, where)]
            yield replace(hit, advice=tuple(fitting[:MOST]), missing=tuple(missing))

    return advised


def _in_turn(topics: Sequence[_Topic], exchange: Exchange) -> list[int]:
    """Those for this subject first; those for any subject begin elsewhere in each reply, lest all teams learn the same words."""
    apart = [number for number, (when, _) in enumerate(topics) if when]
    general = [number for number, (when, _) in enumerate(topics) if not when]
    begin = crc32(exchange.reply.text.encode("utf-8", "surrogatepass")) % max(1, len(general))
    return apart + general[begin:] + general[:begin]


def _fits(when: Sequence[Finder], unless: Sequence[Finder], exchange: Exchange) -> bool:
    written = None if exchange.unanswered else exchange.customer
    asked = written or exchange.reply  # a reply may name many things beside the one that it is asked about
    said = [exchange.reply, *exchange.earlier("organisation")[:1]]
    return (not when or exchange.has(when, asked)) and not any(exchange.has(unless, passage) for passage in said)


def _stand(finders: Iterable[Finder], exchange: Exchange, where: Span | None) -> bool:
    """Whether any of the finders finds something in the reply, or in the part ``where`` of it."""
    found = (span for finder in finders for span in exchange.found(finder, exchange.reply))
    return any(where is None or where.contains(span) for span in found)
