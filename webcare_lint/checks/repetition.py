"""``kind: repetition``: the same thing said twice."""

from __future__ import annotations

from collections.abc import Iterable

from webcare_lint.checks.base import Check, Conditions, Exchange, Lists, RuleBase, make_finders, spans
from webcare_lint.checks.fix import Vary
from webcare_lint.model import Hit
from webcare_lint.patterns.finders import FinderSpec


class Repetition(RuleBase, tag="repetition", frozen=True, kw_only=True):
    """A finding at the second use of any word of one group; other groups do not count."""

    groups: dict[str, list[str | FinderSpec]]
    """Words that count as the same, by the name that the message calls them by (``{word}``)."""
    fix: Vary | None = None
    """What to write instead of the second use."""

    def compile(self, lists: Lists) -> Check:
        groups = {name: make_finders(specs, lists) for name, specs in self.groups.items()}
        conditions = Conditions(self, lists)
        mend = self.fix.compile(groups) if self.fix else None

        def check(exchange: Exchange) -> Iterable[Hit]:
            if not conditions.possible(exchange):
                return
            for name, finders in groups.items():
                uses = [s for s in spans(finders, exchange, exchange.reply) if conditions.allow(exchange, s)]
                if len(uses) > 1:
                    first = exchange.reply.text[uses[0].start : uses[0].end]
                    fix = mend(exchange, uses[1]) if mend else None
                    yield Hit(uses[1], {"word": name, "first": first}, fix)

        return check
