"""From a pattern to a regular expression, for plain text or for a parsed one.

Both read the same pattern. The plain dialect matches letters; the parsed dialect matches a line in which every token is written
as ``form·lemma·tag·|features|`` (see ``passage.Passage.annotated``). What words a text must hold for a pattern to have a chance
is worked out too, so that most patterns are never compiled and most texts never parsed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from webcare_lint.patterns.notation import Choice, Class, Gap, Item, Lemma, Mark, Node, Pattern, Tag, Word

FIELD = "\x1f"
"""Stands between the fields of an annotated token."""

# Masked stretches are overwritten, letter by letter, with a private character per class.
FILLERS = {
    name: chr(0xE000 + number)
    for number, name in enumerate(("url", "email", "phone", "mention", "hashtag", "emoticon", "placeholder", "signature"))
}
EMOJI = (
    "[\u2300-\u23ff\u2600-\u27bf\u2b00-\u2bff\u3030\u303d\u3297\u3299\ufe0f\u200d\u20e3"
    "\U0001f000-\U0001faff\U000e0020-\U000e007f]"
)
"""The characters that emoji are made of; emoji are not overwritten, so that a list can name them."""
_OPEN = {
    "number": r"\d[\d.,:]*",
    "time": r"\d{1,2}(?:[.:]\d\d|[uh](?:\d\d)?)",
    "date": r"\d{1,2}[-/]\d{1,2}(?:[-/]\d{2,4})?",
    "emoji": f"{EMOJI}+",
}


def _form(word: str) -> str:
    if word == "*":
        return r"[^\W_]+"  # any word
    return re.escape(word).replace(r"\*", r"[\w'\-]*")


class Dialect(Protocol):
    """What differs between plain and parsed text."""

    separator: str
    after_gap: str

    def word(self, form: str) -> str: ...
    def lemma(self, node: Lemma) -> str: ...
    def tag(self, node: Tag) -> str: ...
    def mark(self, sign: str) -> str: ...
    def gap(self, node: Gap) -> str: ...


class PlainText:
    """Letters, spaces and punctuation as they were written."""

    separator = r"\s+"
    after_gap = r"[\s,;:()\-–—\"']+"
    _word = r"(?:(?![.!?…]+(?:\s|$))[^\s,;:()])+"

    def word(self, form: str) -> str:
        return rf"(?<![\w@#\-']){form}(?!\w|-\w)"

    def lemma(self, node: Lemma) -> str:
        raise TypeError("a lemma needs the parse")

    def tag(self, node: Tag) -> str:
        raise TypeError("a word class needs the parse")

    def mark(self, sign: str) -> str:
        return re.escape(sign)

    def gap(self, node: Gap) -> str:
        if node.crosses_commas:
            return rf"(?:[\s,;:()\-–—\"']+{self._word}){{0,{node.words}}}?"
        return rf"(?:\s+{self._word}){{0,{node.words}}}?"


class ParsedText:
    """Tokens with their lemma, tag and features, a space between them."""

    separator = " "
    after_gap = r" (?:[,;:()\-–—\"']+\x1f[^ ]* )*"

    def word(self, form: str) -> str:
        return rf"(?<![^ ]){form}\x1f[^ ]*"

    def lemma(self, node: Lemma) -> str:
        lemmas = "|".join(_form(lemma) for lemma in node.lemmas)
        return rf"(?<![^ ])[^ \x1f]*\x1f(?:{lemmas})\x1f{self._features(node.features)}[^ ]*"

    def tag(self, node: Tag) -> str:
        return rf"(?<![^ ])[^ \x1f]*\x1f[^ \x1f]*\x1f{node.upos}\x1f{self._features(node.features)}[^ ]*"

    def mark(self, sign: str) -> str:
        return rf"(?<![^ ])[{re.escape(sign)}]+\x1f[^ ]*"

    def gap(self, node: Gap) -> str:
        stops = r".!?…" if node.crosses_commas else r".!?…,;:()"
        return rf"(?: (?![{stops}]+\x1f)[^ ]+){{0,{node.words}}}?"

    @staticmethod
    def _features(pairs: Iterable[str]) -> str:
        return "".join(rf"(?=[^ ]*\|{re.escape(pair)}\|)" for pair in pairs)


def _atom(node: Node, dialect: Dialect) -> str:
    match node:
        case Word():
            return dialect.word(_form(node.form.lower()))
        case Lemma():
            return dialect.lemma(node)
        case Tag():
            return dialect.tag(node)
        case Class():
            return dialect.word(_OPEN.get(node.name) or f"{FILLERS[node.name]}+")
        case Mark():
            return dialect.mark(node.sign)
        case Choice():
            return "(?:" + "|".join(_sequence(option, dialect) for option in node.options) + ")"
        case Gap():
            return dialect.gap(node)
    raise AssertionError(node)


def _sequence(items: Sequence[Item], dialect: Dialect) -> str:
    made = ""
    started = False  # an item that is surely there stands before this one
    after_gap = False
    pending = ""  # what must not follow
    for item in items:
        atom = _atom(item.node, dialect)
        if isinstance(item.node, Gap):
            made += atom
            after_gap = True
            continue
        separator = dialect.after_gap if after_gap else dialect.separator
        if isinstance(item.node, Mark) and isinstance(dialect, PlainText):
            separator = r"\s*"
        if item.negated:
            # The look-ahead stands before the next item, whatever separates the two.
            pending = rf"(?!{separator}{atom})" if started else rf"(?!{atom}{dialect.separator})"
            made += pending
            continue
        if not started:
            made += rf"(?:{atom}{dialect.separator})?" if item.optional else atom
            started = not item.optional
        else:
            made += rf"(?:{separator}{atom})?" if item.optional else separator + atom
            after_gap = after_gap and item.optional
    return made


def to_regex(pattern: Pattern, *, parsed: bool) -> re.Pattern[str]:
    """The regular expression of a pattern, for ``Passage.plain`` or for ``Passage.annotated``."""
    return re.compile(_sequence(pattern.items, ParsedText() if parsed else PlainText()))


@dataclass(frozen=True)
class Anchor:
    """Words of which a text must hold at least one; ``affixes`` are (prefix, suffix) of forms with a ``*``."""

    words: frozenset[str]
    affixes: tuple[tuple[str, str], ...]
    fillers: frozenset[str]

    def holds(self, words: frozenset[str], plain: str) -> bool:
        return (
            not self.words.isdisjoint(words)
            or any(filler in plain for filler in self.fillers)
            or any(w.startswith(a) and w.endswith(b) for a, b in self.affixes for w in words)
        )


def anchors(pattern: Pattern) -> tuple[Anchor, ...]:
    """All of these hold in every text in which the pattern can match."""
    return tuple(a for item in pattern.items if (a := _anchor(item)) is not None)


def _anchor(item: Item) -> Anchor | None:
    if item.optional or item.negated:
        return None
    match item.node:
        case Word(form):
            form = form.lower()
            if form.count("*") == 1 and form != "*":
                prefix, suffix = form.split("*")
                return Anchor(frozenset(), ((prefix, suffix),), frozenset())
            return None if "*" in form else Anchor(frozenset([form]), (), frozenset())
        case Class(name) if name in FILLERS:
            return Anchor(frozenset(), (), frozenset([FILLERS[name]]))
        case Choice(options):
            chosen = []
            for option in options:
                found = [a for inner in option if (a := _anchor(inner)) is not None]
                if not found:
                    return None
                # Whole words say most; among those the smallest choice.
                chosen.append(min(found, key=lambda a: (len(a.affixes) + len(a.fillers), len(a.words))))
            return Anchor(
                frozenset().union(*(a.words for a in chosen)),
                tuple({affix for a in chosen for affix in a.affixes}),
                frozenset().union(*(a.fillers for a in chosen)),
            )
    return None
