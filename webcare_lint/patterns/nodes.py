"""What a pattern line says, once ``notation`` has read it."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct


class Word(Struct, frozen=True):
    """A word form; ``*`` is any run of letters."""

    form: str


class Lemma(Struct, frozen=True):
    lemmas: tuple[str, ...]
    features: tuple[str, ...] = ()


class Tag(Struct, frozen=True):
    upos: str
    features: tuple[str, ...] = ()


class Class(Struct, frozen=True):
    name: str


class Mark(Struct, frozen=True):
    sign: str


class Gap(Struct, frozen=True):
    words: int
    crosses_commas: bool


class Choice(Struct, frozen=True):
    options: tuple[tuple[Item, ...], ...]


Node = Word | Lemma | Tag | Class | Mark | Gap | Choice


class Item(Struct, frozen=True):
    node: Node
    optional: bool = False
    negated: bool = False


class Pattern(Struct, frozen=True):
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
