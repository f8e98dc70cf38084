"""``kind: repetition``: the same thing said twice."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from webcare_lint.checks.base import Check, RuleBase
from webcare_lint.checks.conditions import Conditions
from webcare_lint.checks.exchange import Exchange
from webcare_lint.checks.fix import Vary
from webcare_lint.checks.gate import Gate
from webcare_lint.model import Hit
from webcare_lint.patterns.notation import Lists
from webcare_lint.patterns.several import make_finders, ways_of
from webcare_lint.patterns.specs import Patterns


class Repetition(RuleBase, tag="repetition", frozen=True, kw_only=True):
    """A finding at the second use of any word of one group; other groups do not count."""

    across: Literal["reply", "conversation"] = "reply"
    """``conversation``: the first use stands in the organisation's previous message, the second in this one."""
    groups: dict[str, Patterns]
    """Words that count as the same, by the name that the message calls them by (``{word}``)."""
    fix: Vary | None = None
    """What to write instead of the second use."""

    def _gate(self, lists: Lists) -> Gate:
        words = ways_of([spec for specs in self.groups.values() for spec in specs], lists)
        return Gate(words, around=("history",) if self.across == "conversation" else ())

    def compile(self, lists: Lists) -> Check:
        groups = {name: make_finders(specs, lists) for name, specs in self.groups.items()}
        conditions = Conditions(self, lists)
        mend = self.fix.compile(groups) if self.fix else None
        across = self.across == "conversation"

        def check(exchange: Exchange) -> Iterable[Hit]:
            if not conditions.possible(exchange):
                return
            before = previous(exchange) if across else None
            if across and before is None:
                return
            for name, finders in groups.items():
                uses = [s for s in exchange.spans(finders, exchange.reply) if conditions.allow(exchange, s)]
                if before is not None and uses:
                    earlier = [s for s in before.spans(finders, before.reply) if conditions.allow(before, s)]
                    if earlier:
                        yield Hit(uses[0], {"word": name, "first": before.reply.text[earlier[-1].start : earlier[-1].end]})
                elif len(uses) > 1:
                    first = exchange.reply.text[uses[0].start : uses[0].end]
                    fix = mend(exchange, uses[1]) if mend else None
                    yield Hit(uses[1], {"word": name, "first": first}, fix)

        return check


def previous(exchange: Exchange) -> Exchange | None:
    """The organisation's message before this one."""
    said = exchange.earlier("organisation")
    return Exchange(said[0], channel=exchange.channel, counting=exchange.counting) if said else None
