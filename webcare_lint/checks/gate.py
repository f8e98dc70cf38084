"""Whether a rule has any chance in an exchange: asked before the rule is read or compiled, so that most never are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import msgspec

from webcare_lint.patterns.anchor import Ways
from webcare_lint.patterns.compile import ANY_WORD
from webcare_lint.reader.courtesy import only_courtesies

if TYPE_CHECKING:
    from webcare_lint.checks.exchange import Exchange

Around = Literal["customer", "said", "history", "library"]


class Gate(msgspec.Struct, frozen=True, array_like=True):
    """All of this must be there; the gate of which nothing is known is always open."""

    reply: Ways | None = None
    """Words of the reply."""
    customer: tuple[Ways, ...] = ()
    """Words of the customer's message, all of these."""
    around: tuple[Around, ...] = ()
    """``said``: a message of the customer, this one or an earlier one."""
    wordless: bool = False
    """A reply without any word."""
    unanswered: bool = False
    """The message is one without a reply; the others look at replies alone."""
    longer_than: int = 0
    """Characters, in a reply without placeholders and under the limits of the channels as they are."""

    beyond_courtesy: bool = False
    """More than courtesies, or a message that it answers."""

    def opens(self, exchange: Exchange) -> bool:
        """Whether all is there but the words of the reply, for which there is an index over all rules."""
        customer = exchange.customer
        return (
            exchange.unanswered == self.unanswered
            and all(self._there(what, exchange) for what in self.around)
            and (not self.longer_than or self._may_be_too_long(exchange))
            and all(customer is not None and ways.open(customer) for ways in self.customer)
            and not (self.beyond_courtesy and customer is None and only_courtesies(exchange.reply.shape))
            and not (self.wordless and ANY_WORD.search(exchange.reply.plain))
        )

    @staticmethod
    def _there(what: Around, exchange: Exchange) -> bool:
        match what:
            case "customer":
                return exchange.customer is not None
            case "said":
                return exchange.customer is not None or bool(exchange.history)
            case "history":
                return bool(exchange.history)
            case "library":
                return exchange.library is not None

    def _may_be_too_long(self, exchange: Exchange) -> bool:
        limits = bool(exchange.counting.limits)
        return limits or len(exchange.written or exchange.reply.text) > self.longer_than or bool(exchange.reply.masks)


READABLE = Gate(beyond_courtesy=True)
"""What the reader has something to say about."""
