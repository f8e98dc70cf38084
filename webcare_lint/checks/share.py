"""``kind: share``: one word that carries too much of a library."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple

from webcare_lint.checks.base import Check, RuleBase
from webcare_lint.checks.conditions import Conditions
from webcare_lint.checks.exchange import Exchange
from webcare_lint.checks.gate import Gate
from webcare_lint.model import Hit, Library
from webcare_lint.nl.clear import cleared
from webcare_lint.patterns.notation import Lists
from webcare_lint.patterns.passage import NeedsParse, Passage
from webcare_lint.patterns.several import make_finders, ways_of
from webcare_lint.patterns.specs import Patterns
from webcare_lint.text import Span


class _Use(NamedTuple):
    total: int
    places: tuple[int, ...]
    """The replies that use the word, by their place in the library: ids may be shared."""


class Share(RuleBase, tag="share", frozen=True, kw_only=True):
    """Marks a word in the last reply that uses it, when too many of the replies that use any of the groups use that one.

    ``{word}`` is the name of its group, ``{count}`` of ``{total}`` replies use it, ``{share}`` is that in per cent, and
    ``{others}`` are their ids.
    """

    groups: dict[str, Patterns]
    """Words that count as the same, by the name that the message calls them by."""
    over: float
    """The part of the replies above which it is too much: 0.4 is 40 %."""
    from_replies: int = 5
    """Say nothing when fewer replies use any of the groups."""

    def _gate(self, lists: Lists) -> Gate:
        return Gate(ways_of([spec for specs in self.groups.values() for spec in specs], lists), around=("library",))

    def compile(self, lists: Lists) -> Check:
        groups = {name: make_finders(specs, lists) for name, specs in self.groups.items()}
        conditions = Conditions(self, lists)

        def uses(exchange: Exchange, name: str) -> list[Span]:
            return [s for s in exchange.spans(groups[name], exchange.reply) if conditions.allow(exchange, s)]

        half_parsed: dict[Library, list[Exchange]] = {}

        @lru_cache(maxsize=8)
        def worn(library: Library) -> Mapping[str, _Use]:
            replies = half_parsed.pop(library, None) or [Exchange(Passage(cleared(text))) for _, text in library.replies]
            used: dict[str, list[int]] = {name: [] for name in groups}
            showing = 0
            unparsed: list[Passage] = []
            for place, exchange in enumerate(replies):
                try:
                    here = [name for name in groups if uses(exchange, name)]
                except NeedsParse as needs:  # all of them are asked for at once
                    unparsed += needs.passages
                    continue
                showing += bool(here)
                for name in here:
                    used[name].append(place)
            if unparsed:
                half_parsed[library] = replies
                raise NeedsParse(*unparsed)
            if showing < self.from_replies:
                return {}
            return {name: _Use(showing, tuple(places)) for name, places in used.items() if len(places) > self.over * showing}

        def check(exchange: Exchange) -> Iterable[Hit]:
            library = exchange.library
            if library is None:
                return
            for name, use in worn(library).items():
                if use.places[-1] == exchange.place:
                    count = len(use.places)
                    share = f"{100 * count / use.total:.0f}"
                    values = {"word": name, "count": str(count), "total": str(use.total), "share": share}
                    others = ", ".join(library.replies[place][0] for place in use.places)
                    yield Hit(uses(exchange, name)[0], {**values, "others": others})

        return check
