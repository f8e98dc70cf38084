"""What every rule carries.

A rule is frozen data read from YAML. ``RuleBase.compile`` turns it into a check: a function from an exchange (the reply and what
it answers) to hits. A check never sees a file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import ClassVar, Literal

import msgspec

from webcare_lint.checks.conditions import Condition
from webcare_lint.checks.exchange import Exchange
from webcare_lint.checks.gate import Gate
from webcare_lint.errors import Text
from webcare_lint.model import Hit
from webcare_lint.patterns.notation import Lists
from webcare_lint.patterns.several import ways_of
from webcare_lint.patterns.specs import Patterns, Struct


class Bilingual(Struct, frozen=True, kw_only=True):
    """A text in Dutch and in English; without the English one the Dutch serves for both."""

    nl: str
    en: str = ""

    @property
    def text(self) -> Text:
        return Text(self.nl, self.en or self.nl)


class Suggestions(Struct, frozen=True, kw_only=True):
    """Ready rewrites, in Dutch and in English."""

    nl: list[str] = msgspec.field(default_factory=list)
    nl_u: list[str] = msgspec.field(default_factory=list)
    """The same, in the same order, for a reply that says *u*; those of which the Dutch one fits both are repeated."""
    en: list[str] = msgspec.field(default_factory=list)


class Advice(Bilingual, frozen=True, kw_only=True):
    """A rewrite for some replies only; it comes before the rule's suggestions."""

    nl_u: str = ""
    """The same for a reply that says *u*, where it differs."""
    when: Patterns = msgspec.field(default_factory=list)
    """What it is about: one of these must stand in the customer's message; without one, in the reply."""
    unless: Patterns = msgspec.field(default_factory=list)
    """None of these may stand in the reply, nor in what the organisation said just before: words that are used up."""


class Part(Bilingual, frozen=True, kw_only=True):
    """Something that a whole statement has, and by what words it shows."""

    find: Patterns


class Needs(Struct, frozen=True, kw_only=True):
    """The parts that the sentence of a finding should have; the ones that are not there are named."""

    say: Bilingual
    """Comes behind the message when any is not there; ``{missing}`` stands for them."""
    parts: list[Part]


class Said(Struct, frozen=True, kw_only=True):
    """An earlier message of a conversation: of one side or the other."""

    customer: str | None = None
    organisation: str | None = None


class Example(Struct, frozen=True, kw_only=True):
    """A reply with what it needs around it: the customer's message, the channel, what was said before, its library."""

    reply: str
    customer: str | None = None
    channel: str | None = None
    placeholders: list[str] = msgspec.field(default_factory=list)
    """The placeholders that the config would list."""
    history: list[Said] = msgspec.field(default_factory=list)
    library: list[str] = msgspec.field(default_factory=list)
    """The other replies of the library, before this one."""


class Examples(Struct, frozen=True, kw_only=True):
    """What must be found, the marked words between ``**``, and look-alikes that must not."""

    bad: list[str | Example]
    good: list[str | Example]


Check = Callable[[Exchange], Iterable[Hit]]


class RuleBase(Struct, tag_field="kind", frozen=True, kw_only=True):
    """The fields that all kinds of rule share."""

    roughly: ClassVar[bool] = False
    """Whether the places that it finds are an estimate; its examples then need to be met, not matched."""

    about_unanswered: ClassVar[bool] = False
    """Whether it looks at messages without a reply, and at those alone."""

    code: str
    """``WC``, the number of the commandment and two digits; never used again for something else."""
    name: str
    """A short Dutch name in kebab-case."""
    level: Literal["error", "warning", "advice"]
    """error: a coach would send it back · warning: look again · advice: take it or leave it."""
    message: Bilingual
    """What is wrong, short and kind. ``{quote}`` stands for the marked words."""
    why: Bilingual
    """One or two sentences for ``explain`` and the rule page."""
    suggestions: Suggestions
    """What to write instead."""
    advice: list[Advice] = msgspec.field(default_factory=list)
    """What to write instead when it fits the reply; before the suggestions."""
    needs: Needs | None = None
    """What the sentence lacks, said behind the message."""
    examples: Examples
    only_if: list[Condition] = msgspec.field(default_factory=list)
    """All of these must hold."""
    unless: list[Condition] = msgspec.field(default_factory=list)
    """None of these may hold."""
    echo: Bilingual | None = None
    """The sentence read back to the writer; ``{sentence}`` stands for it."""

    @property
    def doubtful(self) -> bool:
        """Whether it goes by words, so that the reader may doubt it; what counts or compares is beyond doubt."""
        return False

    def gate(self, lists: Lists) -> Gate:
        """What an exchange must hold before the check can find anything."""
        made = self._gate(lists)
        # One for each condition on the customer's message: it is there where the condition holds.
        customer = [ways_of(c.find, lists) for c in self.only_if if c.in_ == "customer"]
        earlier = any(c.in_ == "earlier" for c in self.only_if)
        around = (*made.around, *(["customer"] if customer else []), *(["history"] if earlier else []))
        return msgspec.structs.replace(
            made,
            customer=tuple(ways for ways in customer if ways is not None),
            around=around,
            unanswered=self.about_unanswered,
        )

    def _gate(self, lists: Lists) -> Gate:
        """The part of it that depends on the kind."""
        find = getattr(self, "find", None)
        return Gate(ways_of(find, lists)) if find else Gate()

    def compile(self, lists: Lists) -> Check:
        """The check of this rule.

        Raises:
            PatternError: for a pattern that cannot be read.
        """
        raise NotImplementedError
