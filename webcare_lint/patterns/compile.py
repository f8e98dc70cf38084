"""From a pattern to a regular expression, for plain text or for a parsed one.

Both read the same pattern. The plain dialect matches letters; the parsed dialect matches a line in which every token is written
as ``form·lemma·tag·|features|`` (see ``passage.Passage.annotated``). What words a text must hold for a pattern to have a chance
is worked out too, so that most patterns are never compiled and most texts never parsed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Protocol

from webcare_lint.patterns.anchor import DIGIT_SEEN, EMOJI, EMOJI_SEEN, PART, Anchor, best, either
from webcare_lint.patterns.fold import fold
from webcare_lint.patterns.nodes import Choice, Class, Gap, Item, Lemma, Mark, Node, Pattern, Tag, Word

FIELD = "\x1f"
"""Stands between the fields of an annotated token."""

# Masked stretches are overwritten, letter by letter, with a private character per class.
FILLERS = {
    name: chr(0xE000 + number)
    for number, name in enumerate(("url", "email", "phone", "mention", "hashtag", "emoticon", "placeholder", "signature"))
}
_OPEN = {
    "number": r"\d[\d.,:]*",
    "time": r"\d{1,2}(?:[.:]\d\d|[uh](?:\d\d)?)",
    "date": r"\d{1,2}[-/]\d{1,2}(?:[-/]\d{2,4})?",
    "emoji": f"{EMOJI}+",
}


def _form(word: str) -> str:
    """A word as texts are read: folded."""
    if word == "*":
        return r"[^\W_]+"  # any word
    return re.escape(fold(word)).replace(r"\*", r"[\w'\-]*")


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
    # Whole words that begin with no dash or quote: a line of dashes is cut in one way, and not in all ways there are.
    _word = r"(?:(?![.!?…]{1,40}(?:\s|$))[^\s,;:()])+(?![^\s,;:().!?…])"

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
            return rf"(?:{self.after_gap}(?![\-–—\"']){self._word}){{0,{node.words}}}?"
        return rf"(?:\s+{self._word}){{0,{node.words}}}?"


class ParsedText:
    """Tokens with their lemma, tag and features, a space between them."""

    separator = " "
    _rest = r"[^ ]*(?![^ ])"  # of a token, to its end: what must not follow is looked for there
    after_gap = r" (?:[,;:()\-–—\"']+\x1f[^ ]* )*"

    def word(self, form: str) -> str:
        return rf"(?<![^ ]){form}\x1f{self._rest}"

    def lemma(self, node: Lemma) -> str:
        lemmas = "|".join(_form(lemma) for lemma in node.lemmas)
        return rf"(?<![^ ])[^ \x1f]*\x1f(?:{lemmas})\x1f{self._features(node.features)}{self._rest}"

    def tag(self, node: Tag) -> str:
        return rf"(?<![^ ])[^ \x1f]*\x1f[^ \x1f]*\x1f{node.upos}\x1f{self._features(node.features)}{self._rest}"

    def mark(self, sign: str) -> str:
        return rf"(?<![^ ])[{re.escape(sign)}]+\x1f{self._rest}"

    def gap(self, node: Gap) -> str:
        stops = r".!?…" if node.crosses_commas else r".!?…,;:()"
        return rf"(?: (?![{stops}]+\x1f)[^ ]+){{0,{node.words}}}?"

    @staticmethod
    def _features(pairs: Iterable[str]) -> str:
        return "".join(rf"(?=[^ ]*\|{re.escape(pair)}\|)" for pair in pairs)


def _atom(node: Node, dialect: Dialect) -> str:
    match node:
        case Word():
            return dialect.word(_form(node.form))
        case Lemma():
            return dialect.lemma(node)
        case Tag():
            return dialect.tag(node)
        case Class():
            return dialect.word(_OPEN.get(node.name) or f"{FILLERS[node.name]}+")
        case Mark():
            return dialect.mark(node.sign)
        case Choice():
            return "(?:" + "|".join(_options(node.options, dialect)) + ")"
        case Gap():
            return dialect.gap(node)
    raise AssertionError(node)


def _options(options: Sequence[tuple[Item, ...]], dialect: Dialect) -> Iterator[str]:
    """The options in order; single words side by side share what stands around them, which is tried once for all."""
    for alone, run in groupby(options, key=_is_word):
        if alone:
            forms = [_form(option[0].node.form) for option in run if isinstance(option[0].node, Word)]
            yield dialect.word(forms[0] if len(forms) == 1 else f"(?:{'|'.join(forms)})")
        else:
            yield from (_sequence(option, dialect) for option in run)


def _is_word(option: tuple[Item, ...]) -> bool:
    return len(option) == 1 and isinstance(option[0].node, Word) and not option[0].optional and not option[0].negated


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


def anchors(pattern: Pattern) -> tuple[Anchor, ...]:
    """All of these hold in every text in which the pattern can match."""
    return tuple(a for item in pattern.items if (a := _anchor(item)) is not None)


def _anchor(item: Item) -> Anchor | None:
    if item.optional or item.negated:
        return None
    match item.node:
        case Word(form):
            return _of_form(fold(form))
        case Class(name):
            return Anchor(words=frozenset([FILLERS.get(name) or (EMOJI_SEEN if name == "emoji" else DIGIT_SEEN)]))
        case Choice(options):
            chosen = [best(a for inner in option if (a := _anchor(inner)) is not None) for option in options]
            return either(chosen)
    return None


LONGEST_END = 32
"""Letters of an anchor at the beginning or the end of a word. Of a longer one they are the part that touches the edge: it stands
wherever the whole does, and nobody has to keep all beginnings of a word of a hundred thousand letters."""


def _of_form(form: str) -> Anchor | None:
    """What a form leaves in ``Passage.words``: of *z.s.m.* and *q&a* its longest part, of *aan\\*vraag* one of its ends."""
    prefix, star, suffix = form.partition("*")
    if not star:
        parts = PART.findall(form)
        return Anchor(words=frozenset([max(parts, key=len)])) if parts else None
    if "*" in suffix:
        return None
    # The part that touches the star goes on; those beyond it are whole.
    begins, ends = PART.findall(prefix), PART.findall(suffix)
    if begins and prefix.endswith(begins[-1]) and len(begins[-1]) >= (len(ends[0]) if ends else 0):
        return Anchor(starts=frozenset([begins[-1][:LONGEST_END]]))
    if ends and suffix.startswith(ends[0]):
        return Anchor(ends=frozenset([ends[0][-LONGEST_END:]]))
    return Anchor(words=frozenset([begins[0]])) if begins else None


ANY_WORD = re.compile(PlainText().word(_form("*")))
