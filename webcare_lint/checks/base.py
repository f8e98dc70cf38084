"""What every rule carries, and the conditions that they share.

A rule is frozen data read from YAML. ``RuleBase.compile`` turns it into a check: a function from an exchange (the reply and what
it answers) to hits. A check never sees a file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import ClassVar, Literal, Protocol

import msgspec

from webcare_lint.checks.exchange import Exchange
from webcare_lint.checks.gate import Gate
from webcare_lint.errors import Text
from webcare_lint.model import Hit
from webcare_lint.patterns.anchor import Ways
from webcare_lint.patterns.finders import make_finder
from webcare_lint.patterns.notation import entries
from webcare_lint.patterns.passage import Passage
from webcare_lint.patterns.several import together
from webcare_lint.patterns.specs import Finder, FinderSpec
from webcare_lint.text import Span

Lists = Mapping[str, Sequence[str]]
Scope = Literal["clause", "sentence", "reply", "before", "after", "customer", "earlier"]


class Struct(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """Data of a rule file: unknown keys are errors, ``a_b`` is written ``a-b``."""


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
    when: list[str | FinderSpec] = msgspec.field(default_factory=list)
    """What it is about: one of these must stand in the reply or in the customer's message."""
    unless: list[str | FinderSpec] = msgspec.field(default_factory=list)
    """None of these may stand in the reply, nor in what the organisation said just before: words that are used up."""


class Part(Bilingual, frozen=True, kw_only=True):
    """Something that a whole statement has, and by what words it shows."""

    find: list[str | FinderSpec]


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


class Condition(Struct, frozen=True, kw_only=True):
    """Words that must (``only-if``) or must not (``unless``) stand in some scope around a finding."""

    find: list[str | FinderSpec]
    in_: Scope = msgspec.field(default="sentence", name="in")


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
            NotationError, BadPattern: for a pattern that cannot be read.
        """
        raise NotImplementedError


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
            return any(exchange.found(finder, passage) for passage in around if passage for finder in self.finders)
        region = exchange.reply.scope(span, self.scope)
        return any(region.contains(found) for finder in self.finders for found in exchange.found(finder, exchange.reply))


def _parses(spec: str | FinderSpec) -> bool:
    """Whether an entry looks as if it needs the parse; it is not read for that, and only the order of conditions hangs on it."""
    return "<" in spec or any(word.isupper() for word in spec.split()) if isinstance(spec, str) else spec.regex is None


def ways_of(specs: Iterable[str | FinderSpec], lists: Lists) -> Ways | None:
    """What a text holds in which any of these finds something; None when that may be anything."""
    return Ways.of(finder.anchors for finder in _each(specs, lists))


def make_finders(specs: Iterable[str | FinderSpec], lists: Lists) -> list[Finder]:
    """Finders for these entries, all that need no parse in one, the others in another."""
    return together(_each(specs, lists))


def _each(specs: Iterable[str | FinderSpec], lists: Lists) -> list[Finder]:
    """One finder for each entry; a whole ``@list`` becomes one for each of its own, most of which need not look at a text."""
    lines = (entries(spec, lists) if isinstance(spec, str) else [spec] for spec in specs)
    return [make_finder(entry, lists) for each in lines for entry in each]


def spans(finders: Iterable[Finder], exchange: Exchange, passage: Passage) -> Iterator[Span]:
    """What any of the finders finds, in order, the longer of two that overlap."""
    found = {span for finder in finders for span in exchange.found(finder, passage)}
    last: Span | None = None
    for span in sorted(found, key=lambda s: (s.start, -s.end)):
        if last is None or not last.overlaps(span):
            yield span
            last = span
