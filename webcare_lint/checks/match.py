"""``kind: match``: words that should not be there."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from webcare_lint.checks.base import Check, RuleBase
from webcare_lint.checks.conditions import Conditions
from webcare_lint.checks.exchange import Exchange
from webcare_lint.checks.fix import Swap
from webcare_lint.model import Hit
from webcare_lint.patterns.notation import Lists
from webcare_lint.patterns.several import make_finders
from webcare_lint.patterns.specs import Patterns
from webcare_lint.text import Span


class Match(RuleBase, tag="match", frozen=True, kw_only=True):
    """Finds words; each place is a finding unless a condition says otherwise."""

    find: Patterns
    beyond_doubt: Patterns = msgspec.field(default_factory=list)
    """Which of the words found speak for themselves in any reply, so that the reader must not doubt them."""
    at_least: int = 1
    """Only when they occur this often; the finding then runs from the first to the last."""
    fix: Swap | None = None
    """What to write instead."""

    @property
    def doubtful(self) -> bool:
        return True

    def compile(self, lists: Lists) -> Check:
        finders = make_finders(self.find, lists)
        certain = make_finders(self.beyond_doubt, lists)
        conditions = Conditions(self, lists)
        at_least = self.at_least
        mend = self.fix.compile() if self.fix else lambda *_: None

        def check(exchange: Exchange) -> Iterable[Hit]:
            if not conditions.possible(exchange):
                return []
            found = [s for s in exchange.spans(finders, exchange.reply) if conditions.allow(exchange, s)]
            if len(found) < at_least:
                return []
            if at_least > 1:
                return [Hit(Span(found[0].start, found[-1].end), {"count": str(len(found))})]
            sure = list(exchange.spans(certain, exchange.reply)) if found else []
            return [Hit(span, fix=mend(exchange, span), certain=any(map(span.overlaps, sure))) for span in found]

        return check
