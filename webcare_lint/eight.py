"""De 8, the conversation model: which of its four stations a reply reaches. What counts stands in ``rules/de-acht.yaml``."""

from __future__ import annotations

import msgspec

from webcare_lint.checks.conditions import Condition, Conditions
from webcare_lint.checks.exchange import Exchange
from webcare_lint.errors import RuleError
from webcare_lint.model import Reply
from webcare_lint.names import STATIONS
from webcare_lint.nl.clear import cleared
from webcare_lint.patterns.notation import Lists
from webcare_lint.patterns.passage import Passage
from webcare_lint.patterns.several import make_finders
from webcare_lint.patterns.specs import Patterns, Struct
from webcare_lint.rulebook.files import EIGHT_FILE, read_located, shipped_rules
from webcare_lint.typed import convert


class Station(Struct, frozen=True, kw_only=True):
    """What shows that a reply comes by here."""

    find: Patterns
    only_if: list[Condition] = msgspec.field(default_factory=list)
    unless: list[Condition] = msgspec.field(default_factory=list)


class EightFile(Struct, frozen=True, kw_only=True):
    """The stations by their Dutch names, and word lists of their own."""

    stations: dict[str, Station]
    words: dict[str, list[str]] = msgspec.field(default_factory=dict)


class Eight:
    """The conversation model; ``lists`` are the word lists that all rules share."""

    def __init__(self, lists: Lists) -> None:
        file = convert(read_located(shipped_rules() / EIGHT_FILE), EightFile, RuleError)
        known = {**lists, **file.words}
        stations = {name: file.stations[name] for name in STATIONS}
        self._stations = {name: (make_finders(s.find, known), Conditions(s, known)) for name, s in stations.items()}

    def reached(self, reply: Reply) -> dict[str, bool]:
        """The stations, each with whether the reply comes by."""
        exchange = Exchange(Passage(cleared(reply.text)), Passage(cleared(reply.customer)) if reply.customer else None)
        return {
            name: any(conditions.allow(exchange, s) for finder in finders for s in exchange.found(finder, exchange.reply))
            for name, (finders, conditions) in self._stations.items()
        }
