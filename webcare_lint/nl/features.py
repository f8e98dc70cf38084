"""The numbers that stand for a word at the network's input, from its form alone."""

from __future__ import annotations

from functools import lru_cache
from zlib import crc32

from webcare_lint.nl.lexical import norm, read_as

WORD_ROWS = 12_000
"""Rows of the table for the word, its affixes and its shape."""
GRAM_ROWS = 10_000
"""Rows of the table for character sequences, which carry unknown words, compounds and typos."""
_GRAM_LIMIT = 40


def shape(form: str) -> str:
    """``Xxxx`` for letters and digits, runs cut at four: ``Stuur`` is ``Xxxxx``, ``06-12`` is ``dd-dd``."""
    out: list[str] = []
    for char in form:
        kind = "X" if char.isupper() else "x" if char.isalpha() else "d" if char.isdigit() else char
        if len(out) < 4 or any(c != kind for c in out[-4:]):
            out.append(kind)
    return "".join(out[:12])


@lru_cache(maxsize=10_000)
def features(form: str) -> tuple[str, tuple[int, ...], tuple[int, ...]]:
    """The vocabulary key, the rows of the word table (always seven), and the rows of the character table."""
    seen, low = read_as(form), norm(form)
    whole = (
        "w" + low, "p" + seen[:1], "q" + low[:3], "2" + low[-2:], "3" + low[-3:], "4" + low[-4:], "S" + shape(seen),
    )  # fmt: skip
    padded = f"<{low}>"
    grams = [padded[i : i + n] for n in (3, 4, 5) for i in range(len(padded) - n + 1)][:_GRAM_LIMIT] or [padded]
    return (
        low,
        tuple(crc32(f.encode()) % WORD_ROWS for f in whole),
        tuple(crc32(g.encode()) % GRAM_ROWS for g in grams),
    )
