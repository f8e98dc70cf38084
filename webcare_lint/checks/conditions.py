"""The conditions of a rule, ``only-if`` and ``unless``: what must and what must not stand around a finding."""

from __future__ import annotations

from functools import cached_property
from typing import Literal, Protocol

import msgspec

from webcare_lint.checks.exchange import Exchange
from webcare_lint.patterns.notation import Lists
from webcare_lint.patterns.several import make_finders
from webcare_lint.patterns.specs import Finder, FinderSpec, Patterns, Struct
from webcare_lint.text import Span

Scope = Literal["clause", "sentence", "reply", "before", "after", "customer", "earlier"]


class Condition(Struct, frozen=True, kw_only=True):
    """Words that must (``only-if``) or must not (``unless``) stand in some scope around a finding."""

    find: Patterns
    in_: Scope = msgspec.field(default="sentence", name="in")


class Conditional(Protocol):
    """What has conditions: a rule, or a station of De 8."""

    @property
    def only_if(self) -> list[Condition]: ...
    @property
    def unless(self) -> list[Condition]: ...


class Conditions:
    """The compiled ``only-if`` and ``unless`` of a rule."""

    def __init__(self, rule: Conditional, lists: Lists) -> None:
        self._needed = [_Compiled(c, lists) for c in rule.only_if]
        self._barred = [_Compiled(c, lists) for c in rule.unless]
        # What is about the customer's message decides at once for the whole reply, and cheaply.
        self._needed.sort(key=lambda c: (c.scope != "customer", c.parses))
        self._barred.sort(key=lambda c: c.parses)

    def possible(self, exchange: Exchange) -> bool:
        """Whether what is asked of the customer's message holds."""
        return all(c.holds(exchange, Span(0, 0)) for c in self._needed if c.scope == "customer")

    def allow(self, exchange: Exchange, span: Span) -> bool:
        """Whether a finding at ``span`` stands."""
        return all(c.holds(exchange, span) for c in self._needed) and not any(c.holds(exchange, span) for c in self._barred)


class _Compiled:
    def __init__(self, condition: Condition, lists: Lists) -> None:
        self.scope = condition.in_
        self._condition, self._lists = condition, lists
        self.parses = any(_parses(spec) for spec in condition.find)

    @cached_property
    def finders(self) -> list[Finder]:
        """Made when first asked for: most conditions never are."""
        return make_finders(self._condition.find, self._lists)

    def holds(self, exchange: Exchange, span: Span) -> bool:
        if self.scope in ("customer", "earlier"):
            around = [exchange.customer] if self.scope == "customer" else exchange.earlier("organisation")
            return any(exchange.has(self.finders, passage) for passage in around if passage)
        region = exchange.reply.scope(span, self.scope)
        return any(region.contains(found) for finder in self.finders for found in exchange.found(finder, exchange.reply))


def _parses(spec: str | FinderSpec) -> bool:
    """Whether an entry looks as if it needs the parse; it is not read for that, and only the order of conditions hangs on it."""
    return "<" in spec or any(word.isupper() for word in spec.split()) if isinstance(spec, str) else spec.regex is None
