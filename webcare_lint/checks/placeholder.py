"""``kind: placeholder``: a placeholder that is broken, or that the config does not know."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from webcare_lint.checks.base import Check, RuleBase
from webcare_lint.checks.conditions import Conditions
from webcare_lint.checks.exchange import Exchange
from webcare_lint.checks.gate import Gate
from webcare_lint.located import nearest
from webcare_lint.model import Hit
from webcare_lint.nl.placeholders import broken, name
from webcare_lint.patterns.anchor import Anchor, Ways
from webcare_lint.patterns.notation import Lists
from webcare_lint.text import Span

_SHOWN = 5
"""Known names in a message, when none is like the unknown one."""


class Placeholder(RuleBase, tag="placeholder", frozen=True, kw_only=True):
    """Marks placeholders; ``{known}`` in the message stands for the known names that are most like an unknown one."""

    problem: Literal["broken", "unknown"]
    """`broken`: a bracket too few or too many. `unknown`: a name that the config does not list, where it lists names."""

    def _gate(self, lists: Lists) -> Gate:  # noqa: ARG002
        return Gate(Ways.of(((Anchor(pieces=frozenset("{}[]%<$")),),)))

    def compile(self, lists: Lists) -> Check:
        conditions, find = Conditions(self, lists), _broken if self.problem == "broken" else _unknown
        return lambda exchange: [hit for hit in find(exchange) if conditions.allow(exchange, hit.span)]


def _broken(exchange: Exchange) -> Iterable[Hit]:
    return [Hit(span) for span in broken(exchange.reply.text, exchange.reply.masks)]


def _unknown(exchange: Exchange) -> Iterable[Hit]:
    known = exchange.counting.placeholders
    if not known:
        return []
    text, hits = exchange.reply.text, []
    half = list(broken(text, exchange.reply.masks))
    for mask in exchange.reply.masks:
        span = Span(mask.start, mask.end)
        if not mask.kind.startswith("placeholder") or any(span.overlaps(other) for other in half):
            continue
        found = name(text[span.start : span.end])
        if found is not None and found not in known:
            near = nearest(found, list(known))
            like = [near] if near else sorted(known)[:_SHOWN]
            more = ", …" if len(like) == _SHOWN < len(known) else ""
            hits.append(Hit(span, {"known": ", ".join(like) + more}))
    return hits
