"""The rulebook: all rules in play, each compiled once and only when it is first needed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import zip_longest
from typing import TypeVar

import msgspec

from webcare_lint.channels import channels
from webcare_lint.checks import Rule
from webcare_lint.checks.advice import with_advice
from webcare_lint.checks.base import Check
from webcare_lint.checks.conditions import Condition
from webcare_lint.checks.exchange import Exchange
from webcare_lint.checks.gate import Gate
from webcare_lint.checks.length import ESTIMATE
from webcare_lint.checks.reader import Reads
from webcare_lint.errors import Text
from webcare_lint.located import Located
from webcare_lint.model import Hit, RuleInfo
from webcare_lint.patterns.mistakes import PatternError
from webcare_lint.patterns.notation import Lists
from webcare_lint.rulebook.files import RuleFile

T = TypeVar("T")


class CompiledRule(msgspec.Struct, frozen=True, dict=True):
    """A rule with its commandment, the file that it came from and its place there."""

    rule: Rule
    commandment: int | None
    lists: Lists
    located: Located
    index: int = 0
    own: bool = False
    """A team wrote it and means it: the reader never doubts it."""
    exempt: tuple[Condition, ...] = ()
    """Where the config wants nothing said about what it finds."""

    @property
    def code(self) -> str:
        return self.rule.code

    @cached_property
    def words(self) -> frozenset[str]:
        """Words of the rule that its messages may name, and no words of a reply."""
        return frozenset((*getattr(self.rule, "groups", ()), *channels(), ESTIMATE))

    @property
    def info(self) -> RuleInfo:
        """What is told about this rule."""
        rule = self.rule
        suggestions = tuple(Text(nl, en) for nl, en in zip_longest(rule.suggestions.nl, rule.suggestions.en, fillvalue=""))
        formal = {**dict(zip(rule.suggestions.nl, rule.suggestions.nl_u, strict=False)),
                  **{each.nl: each.nl_u for each in rule.advice if each.nl_u}}  # fmt: skip
        return RuleInfo(
            rule.code, rule.name, self.commandment, rule.level, rule.message.text, rule.why.text, suggestions,
            echo=rule.echo.text if rule.echo else None,
            advice=tuple(each.text for each in rule.advice),
            formal=formal,
            lacking=rule.needs.say.text if rule.needs else None,
            parts=tuple(part.text for part in rule.needs.parts) if rule.needs else (),
            overlooked=rule.overlooked.text if isinstance(rule, Reads) and rule.overlooked else None,
            own=self.own,
        )  # fmt: skip

    @property
    def gate(self) -> Gate:
        """What an exchange must hold before the check can find anything.

        Raises:
            RuleError: for a pattern that cannot be read, at its place in the rule file.
        """
        return self._read(self.rule.gate)

    def _read(self, patterns: Callable[[Lists], T]) -> T:
        try:
            return patterns(self.lists)
        except PatternError as error:
            from webcare_lint.rulebook.pattern_errors import pattern_error

            raise pattern_error(self.rule, self.lists, self.located, ("rules", self.index), error) from error

    @cached_property
    def check(self) -> Check:
        """The compiled check.

        Raises:
            RuleError: for a pattern that cannot be read, at its place in the rule file.
        """
        check = self._read(lambda lists: with_advice(self.rule, self._compiled(lists), lists))
        about_unanswered = self.rule.about_unanswered
        return lambda exchange: check(exchange) if exchange.unanswered == about_unanswered else ()

    def _compiled(self, lists: Lists) -> Check:
        """The check of the rule; it marks what the config exempts, since that may lie over what other rules find."""
        check = self.rule.compile(lists)
        if not self.exempt:
            return check
        strict = msgspec.structs.replace(self.rule, unless=[*self.rule.unless, *self.exempt]).compile(lists)

        def marked(exchange: Exchange) -> Iterator[Hit]:
            stays = list(strict(exchange))
            yield from stays
            for hit in check(exchange):
                if not any(hit.span == other.span or hit.span.overlaps(other.span) for other in stays):
                    yield msgspec.structs.replace(hit, exempt=True)

        return marked


class Rulebook(msgspec.Struct, frozen=True):
    """Rules by code, in order."""

    rules: Mapping[str, CompiledRule]
    files: Sequence[tuple[RuleFile, Located]] = ()
    lists: Lists = msgspec.field(default_factory=dict)

    def __iter__(self) -> Iterator[CompiledRule]:
        return iter(self.rules.values())

    def __len__(self) -> int:
        return len(self.rules)

    @property
    def own(self) -> Rulebook:
        """The same book with only the rules of the team."""
        return self.restrict(rule.code for rule in self if rule.own)

    def restrict(self, codes: Iterable[str]) -> Rulebook:
        """The same book with only these codes."""
        wanted = set(codes)
        return Rulebook({c: r for c, r in self.rules.items() if c in wanted}, self.files, self.lists)
