"""``kind: missing``: words that should be there."""

from __future__ import annotations

from collections.abc import Iterable

from webcare_lint.checks.base import Check, RuleBase
from webcare_lint.checks.conditions import Conditions
from webcare_lint.checks.exchange import Exchange
from webcare_lint.checks.gate import Gate
from webcare_lint.model import Hit
from webcare_lint.patterns.notation import Lists
from webcare_lint.patterns.several import make_finders
from webcare_lint.patterns.specs import Patterns
from webcare_lint.text import Span


class Missing(RuleBase, tag="missing", frozen=True, kw_only=True):
    """A finding about the whole reply when nothing is found and the conditions hold."""

    find: Patterns

    @property
    def doubtful(self) -> bool:
        # The reader sees nothing of what was said earlier.
        return not self._wordless and not any(condition.in_ == "earlier" for condition in self.only_if)

    @property
    def _wordless(self) -> bool:
        """Whether it is about a reply without any word, which is beyond doubt."""
        return "*" in self.find

    def _gate(self, lists: Lists) -> Gate:  # noqa: ARG002
        return Gate(wordless=self._wordless)

    def compile(self, lists: Lists) -> Check:
        finders = make_finders(self.find, lists)
        conditions = Conditions(self, lists)

        def check(exchange: Exchange) -> Iterable[Hit]:
            whole = Span(0, len(exchange.reply.text))
            if not conditions.possible(exchange) or not conditions.allow(exchange, whole):
                return []
            if exchange.has(finders, exchange.reply):
                return []
            return [Hit(Span(0, 0))]

        return check
