"""The rules as data that loads a hundred times faster than their YAML; made from checked rules, so nothing is checked again."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path

import msgspec

from webcare_lint.checks import Rule
from webcare_lint.checks.conditions import Condition
from webcare_lint.checks.gate import Gate
from webcare_lint.located import Located
from webcare_lint.model import RuleInfo
from webcare_lint.patterns.anchor import Anchor, Ways
from webcare_lint.rulebook.book import CompiledRule, Rulebook
from webcare_lint.rulebook.files import read_located


class StoredRule(msgspec.Struct, array_like=True, frozen=True):
    """A rule, the number of its word lists, and where it came from."""

    rule: Rule
    commandment: int | None
    lists: int
    path: str
    index: int
    own: bool
    exempt: tuple[Condition, ...]


class StoredBook(msgspec.Struct, array_like=True, frozen=True):
    """A rulebook without the places in its files."""

    rules: list[StoredRule]
    lists: list[dict[str, list[str]]]
    """Those that all rules share, and then the ones that some rules have."""

    @classmethod
    def of(cls, book: Rulebook) -> StoredBook:
        each = {id(lists): lists for lists in (book.lists, *(rule.lists for rule in book))}
        numbers = {key: number for number, key in enumerate(each)}
        rules = [StoredRule(r.rule, r.commandment, numbers[id(r.lists)], r.located.path, r.index, r.own, r.exempt) for r in book]
        return cls(rules, [{name: list(entries) for name, entries in lists.items()} for lists in each.values()])

    def book(self) -> Rulebook:
        made = (
            CompiledRule(r.rule, r.commandment, self.lists[r.lists], _Unread(r.path), r.index, r.own, r.exempt)
            for r in self.rules
        )
        return Rulebook({rule.code: rule for rule in made}, lists=self.lists[0])


Known = Mapping[str, tuple[RuleInfo, Gate]]
"""Enough of every rule to tell where it has a chance, by code."""
_Numbers = tuple[tuple[int, ...], ...]


class StoredGate(msgspec.Struct, array_like=True, frozen=True):
    """What is known of a rule; the anchors of its gate by their numbers."""

    info: RuleInfo
    gate: Gate
    reply: _Numbers | None
    customer: tuple[_Numbers, ...]


class StoredGates(msgspec.Struct, array_like=True, frozen=True):
    """``Known`` with every anchor once: half of them stand in several ways, and reading them takes most of a short run."""

    anchors: list[Anchor]
    gates: dict[str, StoredGate]

    @classmethod
    def of(cls, known: Known) -> StoredGates:
        numbers: dict[Anchor, int] = {}

        def numbered(ways: Ways) -> _Numbers:
            return tuple(tuple(numbers.setdefault(anchor, len(numbers)) for anchor in way) for way in ways.each)

        gates = {
            code: StoredGate(
                info,
                msgspec.structs.replace(gate, reply=None, customer=()),
                numbered(gate.reply) if gate.reply else None,
                tuple(map(numbered, gate.customer)),
            )
            for code, (info, gate) in known.items()
        }
        return cls(list(numbers), gates)

    def known(self) -> Known:
        def ways(numbers: _Numbers) -> Ways:
            return Ways(tuple(tuple(self.anchors[number] for number in way) for way in numbers))

        return {
            code: (
                stored.info,
                msgspec.structs.replace(
                    stored.gate,
                    reply=None if stored.reply is None else ways(stored.reply),
                    customer=tuple(map(ways, stored.customer)),
                ),
            )
            for code, stored in self.gates.items()
        }


class _Unread(Located):
    """A rule file that is read when an error has to point into it."""

    def __init__(self, path: str) -> None:
        self.path = path

    @cached_property
    def _read(self) -> Located:
        return read_located(Path(self.path))

    def __getattr__(self, name: str) -> object:
        return getattr(self._read, name)
