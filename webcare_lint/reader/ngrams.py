"""A table of hashed n-grams: what a reply breaks, judged by its phrases alone. Plain Python and small, so it comes first.

A reply counts as its worst sentence; what only the whole can tell, and the customer's message, is weighed beside it.
"""

from __future__ import annotations

import math
import re
from array import array
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from zlib import crc32

BUCKETS = 1 << 16
_WORD = re.compile(r"[\w']+|[^\w\s]")
_DIGIT = re.compile(r"\d")
_SENTENCE = re.compile(r"(?<=[.!?…])\s+|\n+")
_CHARS = 4
_FACTOR = 0x01000193
_BEGIN, _END, _ALONE = crc32(b"^"), crc32(b"$"), crc32(b"alone") % BUCKETS
_SALTS = {"s": 0, "r": 0x9E37, "c": 0x85EB}
"""A phrase has a bucket of its own in a sentence, in a whole reply and in a customer's message."""


def sentences(text: str) -> list[str]:
    """The sentences of a text, by their end marks."""
    return [part for part in _SENTENCE.split(text) if part and not part.isspace()] or [""]


def features(text: str, kind: str) -> list[int]:
    """The buckets of the words of a text, of two and three in a row, and of the letters within them."""
    return _buckets(_hashes(text), kind)


def exchange_features(reply: str, customer: str | None) -> tuple[list[list[int]], list[int], list[int]]:
    """Of every sentence of the reply, of the reply as a whole and of the customer's message."""
    parts = [_hashes(sentence) for sentence in sentences(reply)]
    asked = _buckets(_hashes(customer), "c") if customer else [_ALONE]
    return [_buckets(part, "s") for part in parts], _buckets(set().union(*parts), "r"), asked


def _hashes(text: str) -> set[int]:
    words = [_of_word(word) for word in _WORD.findall(_DIGIT.sub("0", text.lower().replace("’", "'")))]
    found = {each for word in words for each in word}
    row = [_BEGIN, *(word[0] for word in words), _END]
    pairs = [a * _FACTOR ^ b for a, b in pairwise(row)]
    found.update(pairs)
    found.update(pair * _FACTOR ^ c for pair, c in zip(pairs[1:-1], row[3:], strict=False))
    return found


@lru_cache(maxsize=10_000)
def _of_word(word: str) -> tuple[int, ...]:
    """The hash of a word, and those of the letters within it."""
    framed = f"_{word}_"
    letters = {crc32(f"{framed[i : i + _CHARS]}~".encode()) for i in range(max(1, len(framed) - _CHARS + 1))}
    return crc32(word.encode()), *sorted(letters)


def _buckets(hashes: Iterable[int], kind: str) -> list[int]:
    salt = _SALTS[kind]
    return sorted({(each ^ salt) % BUCKETS for each in hashes})


class Ngrams:
    """Weights of one byte per bucket and head."""

    def __init__(self, weights: Sequence[int], scales: Sequence[float], biases: Sequence[float]) -> None:
        self._heads = len(scales)
        self._weights = weights
        self._scales = scales
        self._biases = biases

    @classmethod
    def load(cls, path: Path, scales: Sequence[float], biases: Sequence[float]) -> Ngrams:
        weights = array("b")
        weights.frombytes(path.read_bytes())
        return cls(weights, scales, biases)

    def logits(self, reply: str, customer: str | None) -> list[float]:
        """One logit per head."""
        parts, whole, asked = exchange_features(reply, customer)
        worst = [max(column) for column in zip(*map(self._sum, parts), strict=True)]
        rest = [a + b for a, b in zip(self._sum(whole), self._sum(asked), strict=True)]
        return [(w + r) * scale + bias for w, r, scale, bias in zip(worst, rest, self._scales, self._biases, strict=True)]

    def _sum(self, buckets: Iterable[int]) -> list[float]:
        heads, weights = self._heads, self._weights
        rows = [weights[b * heads : (b + 1) * heads] for b in buckets]
        if not rows:
            return [0.0] * heads
        length = math.sqrt(len(rows))
        return [sum(column) / length for column in zip(*rows, strict=True)]
