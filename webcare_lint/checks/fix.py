"""How a rule mends what it finds: declared in its YAML, worked out here in offsets of the reply.

A mend is offered only where it cannot break the sentence: the words around stay as they are, so what replaces them must fit
the same place. Whether the reply is better for it is tried afterwards, by checking it again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Literal

from webcare_lint.checks.exchange import Exchange
from webcare_lint.model import Edit, Fix
from webcare_lint.nl.register import register
from webcare_lint.patterns.passage import Passage
from webcare_lint.patterns.specs import Finder, Struct
from webcare_lint.text import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

Safety = Literal["safe", "review"]
Mend = Callable[[Exchange, Span], Fix | None]


class Phrase(Struct, frozen=True, kw_only=True):
    """A phrase that goes with one form of address only."""

    text: str
    register: Literal["je", "u"]


class Vary(Struct, tag_field="kind", tag="vary", frozen=True, kw_only=True):
    """Another phrase that fits the same place and uses no group of the rule that the reply has already."""

    slots: list[list[str | Phrase]]
    """Lists of phrases that can stand for each other, word for word; the first that fits is taken."""
    safety: Safety = "review"

    def compile(self, groups: Mapping[str, Sequence[Finder]]) -> Mend:
        slots = [[_Option(phrase, groups) for phrase in slot] for slot in self.slots]

        def mend(exchange: Exchange, span: Span) -> Fix | None:
            text = exchange.reply.text
            used = {name for name, finders in groups.items() if exchange.has(finders, exchange.reply)}
            here = [(option.at(text, span), slot) for slot in slots for option in slot]
            found = [(place, slot) for place, slot in here if place is not None]
            if not found:
                return None
            place, slot = max(found, key=lambda pair: pair[0].end - pair[0].start)
            spoken = register(text) or "je"
            for option in slot:
                if option.register in (None, spoken) and not option.groups(exchange) & used:
                    return _replaced(text, place, option.text, self.safety)
            return None

        return mend


class Swap(Struct, tag_field="kind", tag="swap", frozen=True, kw_only=True):
    """One word for another, within what was found."""

    words: dict[str, str]
    """What each word becomes."""
    number: Literal["plural"] | None = None
    """``plural``: only where the word is the subject of a verb in the plural, so that the verb stays right."""
    safety: Safety = "review"

    def compile(self) -> Mend:
        words = {word.lower(): other for word, other in self.words.items()}
        longest_first = sorted(words, key=len, reverse=True)  # *niet meer* before *niet*
        pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)", re.IGNORECASE)

        def mend(exchange: Exchange, span: Span) -> Fix | None:
            text = exchange.reply.text
            match = pattern.search(text, span.start, span.end)
            if match is None:
                return None
            place, other = Span(*match.span()), words.get(match.group().lower())
            if other is None or (self.number == "plural" and not _plural_subject(exchange.reply, place)):
                return None  # an İ counts as an i for the expression, and is none in lower case
            return _replaced(text, place, other, self.safety)

        return mend


class _Option:
    def __init__(self, phrase: str | Phrase, groups: Mapping[str, Sequence[Finder]]) -> None:
        self.text = phrase if isinstance(phrase, str) else phrase.text
        self.register = None if isinstance(phrase, str) else phrase.register
        words = r"\s+".join(map(re.escape, self.text.split()))
        self._pattern = re.compile(rf"(?<!\w){words}(?!\w)", re.IGNORECASE)
        self._groups = groups
        # Kept, so that a parse that a group asks for is made once and found again.
        self._passage = Passage(self.text)

    def at(self, text: str, span: Span) -> Span | None:
        """Where the phrase stands around what was found."""
        places = (Span(*match.span()) for match in self._pattern.finditer(text))
        return next((place for place in places if place.overlaps(span)), None)

    def groups(self, exchange: Exchange) -> set[str]:
        return {name for name, finders in self._groups.items() if exchange.has(finders, self._passage)}


def _replaced(text: str, place: Span, other: str, safety: Safety) -> Fix | None:
    old = text[place.start : place.end]
    if len(old) > 1 and old.isupper():
        return None  # shouting stays the writer's own
    if other and old[0].isupper():
        first = 2 if other.startswith("ij") else 1  # one letter in Dutch
        other = other[:first].upper() + other[first:]
    return Fix(safety, (Edit(place, other),)) if other else _removed(text, place, safety)


def _removed(text: str, place: Span, safety: Safety) -> Fix | None:
    """The word and the space before it; not where a sentence would lose its capital."""
    if place.start == 0 or text[place.start - 1] != " " or text[place.start].isupper():
        return None
    return Fix(safety, (Edit(Span(place.start - 1, place.end), ""),))


def _plural_subject(passage: Passage, place: Span) -> bool:
    token = next((token for token in passage.doc if token.idx == place.start), None)
    if token is None or not token.dep_.startswith("nsubj"):
        return False
    verbs = [verb for verb in (token.head, *token.head.children) if _finite(verb)]
    return bool(verbs) and all("Number=Plur" in str(verb.morph) for verb in verbs)


def _finite(token: Token) -> bool:
    return token.pos_ in ("VERB", "AUX") and "VerbForm=Fin" in str(token.morph)
