"""``kind: given``: the reply asks for what the customer gave already."""

from __future__ import annotations

from collections.abc import Iterable

from webcare_lint.checks.base import Check, RuleBase
from webcare_lint.checks.conditions import Conditions
from webcare_lint.checks.exchange import Exchange
from webcare_lint.checks.gate import Gate
from webcare_lint.model import Hit
from webcare_lint.patterns.notation import Lists
from webcare_lint.patterns.several import make_finders, ways_of
from webcare_lint.patterns.specs import Patterns, Struct


class Thing(Struct, frozen=True, kw_only=True):
    """Something that replies ask for: how they name it, and what it looks like in a customer's message."""

    asked: Patterns
    given: Patterns


class Given(RuleBase, tag="given", frozen=True, kw_only=True):
    """Marks the sentence that asks for what stands in the customer's message, or in an earlier one of the conversation."""

    things: dict[str, Thing]
    request: Patterns
    """What makes a sentence a request: one of these must stand in it."""

    def _gate(self, lists: Lists) -> Gate:
        return Gate(ways_of([spec for thing in self.things.values() for spec in thing.asked], lists), around=("said",))

    def compile(self, lists: Lists) -> Check:
        requests = make_finders(self.request, lists)
        things = [(make_finders(thing.asked, lists), make_finders(thing.given, lists)) for thing in self.things.values()]
        conditions = Conditions(self, lists)

        def check(exchange: Exchange) -> Iterable[Hit]:
            said = [*([exchange.customer] if exchange.customer else []), *exchange.earlier("customer")]
            if not said or not conditions.possible(exchange):
                return
            reply = exchange.reply
            seen = set()
            for asked, given in things:
                for span in exchange.spans(asked, reply):
                    sentence = reply.scope(span, "sentence")
                    if sentence in seen or not any(sentence.overlaps(s) for s in exchange.spans(requests, reply)):
                        continue
                    if any(exchange.has(given, passage) for passage in said) and conditions.allow(exchange, sentence):
                        seen.add(sentence)
                        yield Hit(sentence)

        return check
