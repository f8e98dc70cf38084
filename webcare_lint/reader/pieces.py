"""Cuts text into the word pieces that the encoder knows, each with its place in the text.

A unigram model: of all ways to cut a word, the one with the likeliest pieces. Words are few and come back often, so what was
cut once is remembered.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

BOS, PAD, EOS, UNK = 0, 1, 2, 3
_SPACE = "▁"
_UNKNOWN_COST = 10.0
_LONGEST_WORD = 64
_INVISIBLE = frozenset("\ufe0e\ufe0f\u200b\u200c\u200d\u2060\ufeff\u00ad")


class Piece(NamedTuple):
    """A piece by number, and the characters ``start:end`` that it stands for."""

    id: int
    start: int
    end: int


class Pieces:
    """The vocabulary: pieces with their log probabilities, numbered from 0 in the order given."""

    def __init__(self, scored: Iterable[tuple[str, float]]) -> None:
        self._known = {piece: (number, score) for number, (piece, score) in enumerate(scored)}
        self._longest = max(map(len, self._known))
        self._unknown = min(score for _, score in self._known.values()) - _UNKNOWN_COST
        self._of_word = lru_cache(maxsize=10_000)(self._cut)

    def __len__(self) -> int:
        return len(self._known)

    @classmethod
    def load(cls, path: Path) -> Pieces:
        """From a file with a piece, a tab and its score on every line."""
        lines = path.read_text("utf-8").split("\n")
        return cls((piece, float(score)) for piece, _, score in (line.rpartition("\t") for line in lines if line))

    def cut(self, text: str) -> list[Piece]:
        """The pieces of ``text`` in order; spaces belong to none."""
        found = []
        for word, places in _words(text):
            for number, start, end in self._of_word(word):
                found.append(Piece(number, places[max(start - 1, 0)][0], places[max(end - 2, 0)][1]))
        return found

    def _cut(self, word: str) -> tuple[tuple[int, int, int], ...]:
        """The likeliest cut of a word, as (piece, start, end) in the word with its space mark before it."""
        marked = _SPACE + word
        best: list[tuple[float, int, int]] = [(0.0, 0, UNK)]
        for end in range(1, len(marked) + 1):
            choice = (best[end - 1][0] + self._unknown, end - 1, UNK)
            for start in range(max(0, end - self._longest), end):
                piece = self._known.get(marked[start:end])
                if piece is not None and best[start][0] + piece[1] > choice[0]:
                    choice = (best[start][0] + piece[1], start, piece[0])
            best.append(choice)
        path, end = [], len(marked)
        while end:
            _, start, number = best[end]
            path.append((number, start, end))
            end = start
        # The space mark alone carries no character.
        return tuple((number, start, end) for number, start, end in reversed(path) if end > 1 or number != UNK)


def _words(text: str) -> Iterator[tuple[str, list[tuple[int, int]]]]:
    """Words in compatibility form, with the place in ``text`` of each of their characters."""
    chars: list[str] = []
    places: list[tuple[int, int]] = []
    for at, char in enumerate(text):
        if char.isspace() or len(chars) >= _LONGEST_WORD:
            if chars:
                yield "".join(chars), places
            chars, places = [], []
        if char.isspace() or char in _INVISIBLE:
            continue
        for part in char if char < "\x80" else unicodedata.normalize("NFKC", char):
            if not part.isspace():
                chars.append(part)
                places.append((at, at + 1))
    if chars:
        yield "".join(chars), places
