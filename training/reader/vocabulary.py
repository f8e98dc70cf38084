"""The vocabulary cut to Dutch: of the 250,000 pieces of the encoder, those that Dutch is written with.

Counted over the training replies, the customers' messages and the most frequent words of Dutch (``wordfreq``), in lower case and
with a capital. Single characters and emoji stay whatever their count, so that nothing which Dutch writes is unknown.
"""

from __future__ import annotations

import gzip
import importlib.util
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import srsly

from training.e5 import E5File
from webcare_lint.reader.pieces import Pieces

_WORDS = 120_000
_SPECIAL = 4


def dutch_words() -> dict[str, float]:
    """Words of Dutch with their frequency, the commonest first."""
    spec = importlib.util.find_spec("wordfreq")
    if spec is None or not spec.submodule_search_locations:
        raise FileNotFoundError("pip install --no-deps wordfreq: the vocabulary is counted over its Dutch words")
    path = Path(spec.submodule_search_locations[0]) / "data" / "large_nl.msgpack.gz"
    words: dict[str, float] = {}
    # The first item is a header; of the others, item n holds the words with a frequency of 10 ** (-n / 100).
    for centibels, group in enumerate(srsly.msgpack_loads(gzip.decompress(path.read_bytes()))[1:]):
        for word in group:
            words[word] = 10 ** (-centibels / 100)
            if len(words) >= _WORDS:
                return words
    return words


def choose(file: E5File, texts: Iterable[str], size: int) -> list[int]:
    """The numbers of the pieces to keep, in the order of the full vocabulary."""
    full = Pieces(file.pieces)
    counts: dict[int, float] = defaultdict(float)
    for text in texts:
        for piece in full.cut(text):
            counts[piece.id] += 1
    for word, frequency in dutch_words().items():
        weight = frequency * 2e5
        for form, share in ((word, 0.7), (word.capitalize(), 0.3)):
            for piece in full.cut(form):
                counts[piece.id] += weight * share
    kept = set(range(_SPECIAL)) | {n for n, (piece, _) in enumerate(file.pieces) if _always(piece)}
    for number in sorted(counts, key=lambda n: (-counts[n], n)):
        if len(kept) >= size:
            break
        kept.add(number)
    return sorted(kept)


def _always(piece: str) -> bool:
    bare = piece.removeprefix("▁")
    return not bare or (len(bare) == 1 and (ord(bare) < 0x180 or 0x2010 <= ord(bare) < 0x2C00 or ord(bare) >= 0x1F000))
