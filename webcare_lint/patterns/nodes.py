"""What a pattern line says, once ``notation`` has read it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Word:
    """A word form; ``*`` is any run of letters."""

    form: str


@dataclass(frozen=True)
class Lemma:
    lemmas: tuple[str, ...]
    features: tuple[str, ...] = ()


@dataclass(frozen=True)
class Tag:
    upos: str
    features: tuple[str, ...] = ()


@dataclass(frozen=True)
class Class:
    name: str


@dataclass(frozen=True)
class Mark:
    sign: str


@dataclass(frozen=True)
class Gap:
    words: int
    crosses_commas: bool


@dataclass(frozen=True)
class Choice:
    options: tuple[tuple[Item, ...], ...]


Node = Word | Lemma | Tag | Class | Mark | Gap | Choice


@dataclass(frozen=True)
class Item:
    node: Node
    optional: bool = False
    negated: bool = False


@dataclass(frozen=True)
class Pattern:
    """A pattern line, read."""

    items: tuple[Item, ...]
    at_clause_start: bool = False
    at_sentence_end: bool = False

    @property
    def needs_parse(self) -> bool:
        return _needs_parse(self.items)


def _needs_parse(items: Sequence[Item]) -> bool:
    for item in items:
        if isinstance(item.node, Lemma | Tag):
            return True
        if isinstance(item.node, Choice) and any(_needs_parse(option) for option in item.node.options):
            return True
    return False
