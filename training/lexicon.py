"""The lemma tables that are shipped beside the network."""

from __future__ import annotations

import gzip
import importlib.util
import json
from collections import Counter, defaultdict
from pathlib import Path

from data import Document

from webcare_lint.nl.lemmas import apply_rule
from webcare_lint.nl.lexical import read_as

_CLASSES = {"noun": "N", "verb": "V", "adj": "A"}
_CLASS_OF = {"NOUN": "N", "PROPN": "N", "VERB": "V", "AUX": "V", "ADJ": "A", "ADV": "A"}


def write_lexicon(folder: Path, news: list[Document], ours: list[Document]) -> None:
    """``lemmas.tsv.gz``: form, tag and lemma where the gold is of one mind; ``known.txt.gz``: lemmas by word class.

    Webcare documents count three times; compounds that only the news writes with underscores stay with the rules.
    """
    counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    known: dict[str, set[str]] = {kind: set(words) for kind, words in _dictionary().items()}
    for documents, weight in ((news, 1), (ours, 3)):
        for words in documents:
            for w in words:
                lemma = apply_rule(w.form, w.rule) or w.lemma
                if ";C;" not in w.rule:
                    counts[read_as(w.form).lower(), w.upos][lemma] += weight
                if w.upos in _CLASS_OF and " " not in lemma:
                    known[_CLASS_OF[w.upos]].add(lemma.replace("_", ""))
    lines = []
    for (form, upos), lemmas in sorted(counts.items()):
        (lemma, most), total = lemmas.most_common(1)[0], sum(lemmas.values())
        if most / total >= 0.75 and (most >= 2 or upos not in ("PROPN", "X")) and "\t" not in form:
            lines.append(f"{form}\t{upos}\t{lemma}")
    _write(folder / "lemmas.tsv.gz", "\n".join(lines))
    _write(folder / "known.txt.gz", "\n".join(f"{k}\t{' '.join(sorted(v))}" for k, v in sorted(known.items())))


def _dictionary() -> dict[str, list[str]]:
    """Dutch lemmas by class, from ``spacy-lookups-data`` (training time only)."""
    spec = importlib.util.find_spec("spacy_lookups_data")
    if spec is None or not spec.submodule_search_locations:
        raise FileNotFoundError("pip install spacy-lookups-data: the lemma lists come from it")
    file = Path(spec.submodule_search_locations[0]) / "data" / "nl_lemma_index.json.gz"
    index = json.loads(gzip.decompress(file.read_bytes()))
    return {
        kind: [w for w in index[name] if w.replace("-", "").isalpha() and 2 <= len(w) <= 24] for name, kind in _CLASSES.items()
    }


def _write(path: Path, text: str) -> None:
    # A fixed time stamp keeps the file the same from run to run.
    path.write_bytes(gzip.compress(text.encode("utf-8"), 9, mtime=0))
