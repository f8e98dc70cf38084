"""What a pattern line says, once ``notation`` has read it, and the names that may stand in one."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

UPOS = frozenset("ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X".split())
FEATURES = frozenset(
    "Abbr Case Definite Degree Foreign Gender Mood Number Person Polarity Poss PronType Reflex Tense VerbForm".split()
)
"""The names of the features that the parse gives words; any other one would never be found."""
CLASSES = (
    "url", "email", "phone", "mention", "hashtag", "emoji", "emoticon", "placeholder", "signature", "number", "time", "date",
)  # fmt: skip
MARKS = frozenset(",;:.?!")


class Word(Struct, frozen=True):
    """A word form; ``*`` is any run of letters."""

    form: str


class Lemma(Struct, frozen=True):
    lemmas: tuple[str, ...]
    features: tuple[str, ...] = ()


class Tag(Struct, frozen=True):
    """A word class, one of ``UPOS``."""

    upos: str
    features: tuple[str, ...] = ()


class Class(Struct, frozen=True):
    """What is no word, one of ``CLASSES``."""

    name: str


class Mark(Struct, frozen=True):
    """One of ``MARKS``, standing alone."""

    sign: str


class Gap(Struct, frozen=True):
    """Up to so many words that may be anything."""

    words: int
    crosses_commas: bool


class Choice(Struct, frozen=True):
    """One sequence or the other."""

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
