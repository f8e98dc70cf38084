"""``kind: unanswered``: a message of the customer at the end of a conversation that nobody replied to."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from webcare_lint.checks.base import Check, RuleBase
from webcare_lint.checks.conditions import Conditions
from webcare_lint.checks.exchange import Exchange
from webcare_lint.model import Hit
from webcare_lint.patterns.notation import Lists
from webcare_lint.patterns.several import make_finders
from webcare_lint.patterns.specs import Patterns
from webcare_lint.text import Span


class Unanswered(RuleBase, tag="unanswered", frozen=True, kw_only=True):
    """A finding about the message as a whole when something in it calls for a reply.

    Examples hold the customer's message under ``reply``; conditions look at it under any scope.
    """

    about_unanswered: ClassVar[bool] = True

    find: Patterns
    """What calls for a reply: a question, a complaint, a compliment."""

    def compile(self, lists: Lists) -> Check:
        finders = make_finders(self.find, lists)
        conditions = Conditions(self, lists)

        def check(exchange: Exchange) -> Iterable[Hit]:
            whole = Span(0, len(exchange.reply.text))
            called = exchange.has(finders, exchange.reply)
            return [Hit(Span(0, 0))] if called and conditions.allow(exchange, whole) else []

        return check
