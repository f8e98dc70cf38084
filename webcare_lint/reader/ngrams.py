"""A table of hashed n-grams: what a reply breaks, judged by its phrases alone. Plain Python and small, so it comes first.

A reply counts as its worst sentence; what only the whole can tell, and the customer's message, is weighed beside it.
"""

from __future__ import annotations

import math
import re
from array import array
from collections.abc import Iterable, Sequence
from pathlib import Path
from zlib import crc32

BUCKETS = 1 << 16
_WORD = re.compile(r"[\w']+|[^\w\s]")
_DIGIT = re.compile(r"\d")
_SENTENCE = re.compile(r"(?<=[.!?…])\s+|\n+")
_CHARS = 4


def sentences(text: str) -> list[str]:
    """The sentences of a text, by their end marks."""
    return [part for part in _SENTENCE.split(text) if part and not part.isspace()] or [""]


def features(text: str, kind: str) -> list[int]:
    """The buckets of the words of a text, of two and three in a row, and of the letters within them."""
    words = _WORD.findall(_DIGIT.sub("0", text.lower().replace("’", "'")))
    found = set(words)
    found.update(f"{a} {b}" for a, b in zip(["^", *words], [*words, "$"], strict=True))
    found.update(f"{a} {b} {c}" for a, b, c in zip(words, words[1:], words[2:], strict=False))
    for word in words:
        framed = f"_{word}_"
        found.update(f"{framed[i : i + _CHARS]}~" for i in range(max(1, len(framed) - _CHARS + 1)))
    return sorted({crc32(f"{kind}{feature}".encode()) % BUCKETS for feature in found})


def exchange_features(reply: str, customer: str | None) -> tuple[list[list[int]], list[int], list[int]]:
    """Of every sentence of the reply, of the reply as a whole and of the customer's message."""
    parts = [features(sentence, "s") for sentence in sentences(reply)]
    return parts, features(reply, "r"), features(customer, "c") if customer else [crc32(b"alone") % BUCKETS]


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
