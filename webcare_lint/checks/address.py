"""``kind: address``: *je* where it should be *u*, or the other way round."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

import msgspec

from webcare_lint.checks.base import Check, RuleBase
from webcare_lint.checks.conditions import Conditions
from webcare_lint.checks.exchange import Exchange
from webcare_lint.model import Hit
from webcare_lint.patterns.notation import Lists
from webcare_lint.patterns.passage import Passage
from webcare_lint.patterns.several import make_finders
from webcare_lint.patterns.specs import Finder, Patterns
from webcare_lint.text import Span


class Address(RuleBase, tag="address", frozen=True, kw_only=True):
    """Marks the first word of the form of address that does not belong in the reply, exceptions aside."""

    against: Literal["customer", "reply"]
    """``customer``: the reply has one form and the customer the other. ``reply``: the reply has both; marked is the one that the
    customer does not use, or else the rarer one."""
    familiar: Patterns
    """Words of *je*, where they address somebody: general *je* (*dat gun je niemand*) is nobody's form."""
    asking: Patterns
    """The same in what customers write."""
    formal: Patterns
    """Words of *u*."""
    aside: Patterns = msgspec.field(default_factory=list)
    """What a word may stand in without counting: quotes, set phrases, names."""

    def compile(self, lists: Lists) -> Check:
        formal = make_finders(self.formal, lists)
        own_forms = (make_finders(self.familiar, lists), formal)
        their_forms = (make_finders(self.asking, lists), formal)
        standing = make_finders(self.aside, lists)
        conditions = Conditions(self, lists)

        def words(exchange: Exchange, passage: Passage, forms: tuple[list[Finder], list[Finder]]) -> list[list[Span]]:
            """The words of either form in ``passage``."""
            aside = list(exchange.spans(standing, passage))
            return [[s for s in exchange.spans(form, passage) if not any(a.contains(s) for a in aside)] for form in forms]

        def check(exchange: Exchange) -> Iterable[Hit]:
            if not conditions.possible(exchange):
                return
            own = words(exchange, exchange.reply, own_forms)
            theirs = words(exchange, exchange.customer, their_forms) if exchange.customer else [[], []]
            # The form that the customer uses; one who uses both has none.
            asked = [bool(found) for found in theirs].index(True) if bool(theirs[0]) != bool(theirs[1]) else None
            if self.against == "reply":
                if not (own[0] and own[1]):
                    return
                wrong = 1 - asked if asked is not None else int(len(own[1]) <= len(own[0]))
                other = exchange.reply.text, own[1 - wrong][0]
            else:
                if asked is None or own[asked] or not own[1 - asked] or exchange.customer is None:
                    return
                wrong = 1 - asked
                other = exchange.customer.text, theirs[asked][0]
            first = next((word for word in own[wrong] if conditions.allow(exchange, word)), None)
            if first is not None:
                yield Hit(first, {"first": other[0][other[1].start : other[1].end]})

        return check
