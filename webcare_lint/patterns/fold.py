"""How a text and the words of a pattern are written alike: capitals, accents and the kind of quote make no difference."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_QUOTES = str.maketrans("’‘`´“”„«»\u00a0\u2011", '\'\'\'\'""""" -')


@lru_cache(maxsize=4096)
def _fold(char: str) -> str:
    """Lower case without accents, always one character long."""
    plain = unicodedata.normalize("NFD", char)[0]
    lower = plain.lower()
    return lower if len(lower) == 1 else plain


def fold(text: str) -> str:
    """Lower case, straight quotes, no accents; every character keeps its place."""
    lowered = text.lower() if text.isascii() else "".join(map(_fold, text))
    return lowered.translate(_QUOTES)
