"""``kind: length``: too long for the channel."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

from webcare_lint.channels import find_channel, is_estimate, length, overflow
from webcare_lint.checks.base import Check, RuleBase
from webcare_lint.checks.conditions import Conditions
from webcare_lint.checks.exchange import Exchange
from webcare_lint.checks.gate import Gate
from webcare_lint.model import Hit
from webcare_lint.nl.clear import clear
from webcare_lint.patterns.notation import Lists
from webcare_lint.text import Span

_SAFE = 25
"""Characters that fit on every channel, whatever they weigh."""

ESTIMATE = "± "
"""Before a length that hangs on placeholders."""


class Length(RuleBase, tag="length", frozen=True, kw_only=True):
    """Marks what no longer fits; ``{length}``, ``{limit}``, ``{over}`` and ``{channel}`` fill the message.

    ``{about}`` is ``± `` where placeholders make the length an estimate.
    """

    def _gate(self, lists: Lists) -> Gate:  # noqa: ARG002
        return Gate(longer_than=_SAFE)

    def compile(self, lists: Lists) -> Check:
        conditions = Conditions(self, lists)

        def check(exchange: Exchange) -> Iterable[Hit]:
            read, text = exchange.reply.text, exchange.written or exchange.reply.text
            channel = find_channel(exchange.channel, exchange.counting)
            if channel is None:
                return
            at = overflow(text, channel, exchange.counting)
            if at is None:
                return
            span = Span(at if read == text else _read_at(at, text), len(read))
            if conditions.allow(exchange, span):
                total = length(text, channel, exchange.counting)
                values = {
                    "length": total,
                    "limit": channel.limit,
                    "over": total - channel.limit,
                    "channel": channel.name,
                    "about": ESTIMATE if is_estimate(text) else "",
                }
                yield Hit(span, {key: str(value) for key, value in values.items()})

        return check


def _read_at(offset: int, text: str) -> int:
    """Where the first character is read that stands at ``offset`` or behind it; the last one where none does."""
    made = clear(text)
    if made is None:
        return offset
    last = len(made.text) - 1
    return bisect_right(range(max(0, last)), offset, key=lambda at: made.to_source(Span(at, at + 1)).end)
