"""A text in the forms that finders read, each made once and only when asked for."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import cached_property
from typing import TYPE_CHECKING

from webcare_lint.nl.mask import Mask, find_masks
from webcare_lint.patterns.anchor import CAPITALS_SEEN, DIGIT_SEEN, EMOJI, EMOJI_SEEN
from webcare_lint.patterns.compile import FIELD, FILLERS, LONGEST_END
from webcare_lint.patterns.fold import fold
from webcare_lint.patterns.segments import clauses, sentences
from webcare_lint.text import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_WORD = re.compile(rf"[\w']+(?:-[\w']+)*|{EMOJI}|[\ue000-\ue00f]")
_CAPITALS = re.compile("[A-Z][A-Z]")
_DIGIT = re.compile(r"\d")


class NeedsParse(Exception):
    """A finder asked for the parse of a passage that has none yet; carries the passage, or all that are known to need one.

    Whoever raises it keeps the passages: the parse is put into them, and they are looked at again.
    """

    def __init__(self, *passages: Passage) -> None:
        super().__init__("needs the parse")
        self.passages = passages


class Passage:
    """A reply or a customer's message, as finders see it.

    The parse is set from outside (``doc``), for many passages at once; a finder that wants one that is not there raises
    ``NeedsParse``, and the engine comes back with it.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self._doc: Doc | None = None

    @cached_property
    def masks(self) -> list[Mask]:
        """Links, mentions, placeholders and the like."""
        return find_masks(self.text)

    @cached_property
    def shape(self) -> str:
        """The text with its masks overwritten, capitals kept."""
        if not self.masks:
            return self.text
        parts, at = [], 0
        for mask in self.masks:
            filler = FILLERS.get(mask.kind.partition("-")[0])
            if filler:
                parts += [self.text[at : mask.start], filler * (mask.end - mask.start)]
                at = mask.end
        return "".join([*parts, self.text[at:]])

    @cached_property
    def plain(self) -> str:
        """What plain patterns read: folded, masks overwritten, offsets as in the text."""
        return fold(self.shape)

    @cached_property
    def folded(self) -> str:
        """The text folded, masks and all."""
        return self.plain if not self.masks else fold(self.text)

    @cached_property
    def words(self) -> frozenset[str]:
        """The folded words, hyphenated ones also in their parts."""
        found = set(_WORD.findall(self.plain))
        for word in [w for w in found if "-" in w or "'" in w]:
            found.update(re.split(r"[-']", word))
        if any(word > "\u22ff" and not "\ue000" <= word <= "\ue00f" for word in found):
            found.add(EMOJI_SEEN)
        if _DIGIT.search(self.plain):
            found.add(DIGIT_SEEN)
        if _CAPITALS.search(self.text):
            found.add(CAPITALS_SEEN)
        return frozenset(found)

    @cached_property
    def starts(self) -> frozenset[str]:
        """All beginnings of the words, as far as any anchor is long."""
        return frozenset(word[:end] for word in self.words for end in range(1, min(len(word), LONGEST_END) + 1))

    @cached_property
    def ends(self) -> frozenset[str]:
        """All ends of the words, as far as any anchor is long."""
        return frozenset(word[start:] for word in self.words for start in range(max(0, len(word) - LONGEST_END), len(word)))

    @cached_property
    def sentences(self) -> list[Span]:
        return sentences(self.shape)

    @cached_property
    def clauses(self) -> list[Span]:
        return [clause for sentence in self.sentences for clause in clauses(self.shape, sentence)]

    @property
    def doc(self) -> Doc:
        """The parse.

        Raises:
            NeedsParse: when it was not given yet.
        """
        if self._doc is None:
            raise NeedsParse(self)
        return self._doc

    @doc.setter
    def doc(self, doc: Doc) -> None:
        self._doc = doc

    @cached_property
    def by_lemma(self) -> dict[str, list[Token]]:
        """The tokens of the parse by lemma, written as one word: ``doorzetten`` for *zet … door*."""
        found: dict[str, list[Token]] = {}
        for token in self.doc:
            found.setdefault(fold(token.lemma_.replace("_", "")), []).append(token)
        return found

    @cached_property
    def annotated(self) -> tuple[str, list[int], list[int]]:
        """The parse in one line for patterns; with where each token starts and ends in that line."""
        parts, starts, ends, at = [], [], [], 0
        for token in self.doc:
            form = self.plain[token.idx : token.idx + len(token.text)].replace(" ", "_")
            if token.is_space:
                form = "\n"
            lemma = fold(token.lemma_.replace("_", "")).replace(" ", "")
            shown = FIELD.join((form, lemma, token.pos_, f"|{token.morph}|"))
            starts.append(at)
            at += len(shown)
            ends.append(at)
            parts.append(shown)
            at += 1
        return " ".join(parts), starts, ends

    def scope(self, span: Span, name: str) -> Span:
        """The clause or sentence that ``span`` stands in, what comes ``before`` or ``after`` it, or the whole reply.

        A span over several clauses or sentences has them all as its scope.
        """
        if name == "before":
            return Span(0, span.start)
        if name == "after":
            return Span(span.end, len(self.text))
        if name in ("clause", "sentence"):
            around = self.clauses if name == "clause" else self.sentences
            first = bisect_right(around, span.start, key=lambda region: region.end)
            behind = bisect_left(around, span.end, key=lambda region: region.start)
            return Span(around[first].start, around[behind - 1].end) if first < behind else span
        return Span(0, len(self.text))

    def sentence(self, span: Span) -> str:
        """The text of the sentence around ``span``."""
        region = self.scope(span, "sentence")
        return self.text[region.start : region.end]
