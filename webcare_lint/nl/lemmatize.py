"""Choose a lemma: what the treebanks say of a form, else the first rule that gives a known word, else what spelling allows."""

from __future__ import annotations

import gzip
from collections.abc import Sequence
from pathlib import Path

from webcare_lint.nl.inflection import lemmas
from webcare_lint.nl.lemmas import apply_rule, particle_of
from webcare_lint.nl.lexical import read_as, stand_in

_AS_IT_STANDS = frozenset(("PUNCT", "SYM", "X"))
_CLASS = {"PROPN": "N", "NOUN": "N", "VERB": "V", "AUX": "V", "ADJ": "A", "ADV": "A"}
_LINKS = ("", "s", "en", "e", "er", "-")
_SEPARABLE = frozenset("aan af bij binnen in klaar los mee neer op samen stil tegen terug uit vast weg".split())
"""Particles that part from nearly every verb they open; *over*, *door*, *voor* as often stay, *toe* opens *toeteren*."""
_CACHE_SIZE = 50_000


class Lemmatizer:
    """Tables of one pipeline folder: ``lemmas.tsv.gz`` (form, tag, lemma) and ``known.txt.gz`` (class, lemma)."""

    def __init__(self, folder: Path, rules: Sequence[str]) -> None:
        self._rules = rules
        self._table: dict[tuple[str, str], str] = {}
        for line in _lines(folder / "lemmas.tsv.gz"):
            form, upos, lemma = line.split("\t")
            self._table[form, upos] = lemma
        self._known: dict[str, frozenset[str]] = {}
        for line in _lines(folder / "known.txt.gz"):
            kind, _, words = line.partition("\t")
            self._known[kind] = frozenset(words.split(" "))
        self._cache: dict[tuple[str, str, int, int, int], str] = {}

    def lemma(self, form: str, upos: str, rules: Sequence[int]) -> str:
        """The lemma of ``form`` tagged ``upos``; ``rules`` are rule numbers, best first."""
        key = (form, upos, int(rules[0]), int(rules[1]), int(rules[2]))
        found = self._cache.get(key)
        if found is None:
            if len(self._cache) > _CACHE_SIZE:
                self._cache.clear()
            found = self._cache[key] = self._look_up(form, upos, key[2:])
        return found

    def meant(self, word: str) -> str:
        """The lemma that ``word`` is another form of, as one word; nothing where it is a lemma itself or may be one."""
        word = word.lower()
        if any(word in words for words in self._known.values()):
            return ""
        if any(word == lemma.replace("_", "").lower() for lemma in self._table.values()):
            return ""
        found = next((lemma for (form, _), lemma in self._table.items() if form == word), "")
        for upos in ("VERB", "NOUN", "ADJ"):
            found = found or self._spelled(word, upos, self._known[_CLASS[upos]])
        return found.replace("_", "")

    def _look_up(self, form: str, upos: str, rules: Sequence[int]) -> str:
        if upos in _AS_IT_STANDS or stand_in(form) is not None:
            return form
        seen = read_as(form)
        tabled = self._table.get((seen.lower(), upos))
        if tabled is not None and not self._rules[rules[0]].startswith("l;C"):
            return tabled
        known = self._known.get(_CLASS.get(upos, ""), frozenset())
        first, compound = "", False
        for number in rules:
            rule = self._rules[number]
            made = apply_rule(seen, rule)
            if not made or not made.strip("_"):
                continue
            if not first:
                first, compound = made, ";C;" in rule
            if not known or upos == "PROPN":
                break
            if made.replace("_", "") in known or made in known:
                return self._parts(made) if ";C;" in rule else self._parted(made, upos)
        if upos != "PROPN" and seen.isalpha():
            spelled = self._spelled(seen.lower(), upos, known)
            if spelled:
                return self._parts(spelled) if compound else spelled
        return (self._parts(first) if compound else first) or seen.lower()

    def _spelled(self, form: str, upos: str, known: frozenset[str]) -> str:
        """The first known word that ``form`` is a regular form of, or nothing."""
        for lemma in lemmas(form, upos):
            if len(lemma) > 2 and lemma in known:
                return self._parted(lemma, upos)
        particle = particle_of(form) if upos == "VERB" else ""
        if particle:
            for lemma in lemmas(form.removeprefix(particle), upos):
                if len(lemma) > 3 and lemma in known:
                    return f"{particle}_{lemma}"
        return ""

    def _parted(self, lemma: str, upos: str) -> str:
        """``opvolgen`` as ``op_volgen``, where the particle parts from the verb; else as it is."""
        particle = particle_of(lemma) if upos == "VERB" and "_" not in lemma else ""
        verb = lemma.removeprefix(particle)
        latin = particle == "in" and verb.endswith("eren")  # informeren, installeren
        if particle in _SEPARABLE and not latin and verb in self._known.get("V", frozenset()):
            return f"{particle}_{verb}"
        return lemma

    def _parts(self, compound: str) -> str:
        """``ontwikkelingsland`` as ``ontwikkeling_land``, where both parts are known; else as it is."""
        nouns = self._known.get("N", frozenset())
        if "-" in compound.strip("-"):
            return "_".join(compound.split("-"))
        best = ""
        for at in range(3, len(compound) - 2):
            right = compound[at:]
            if right not in nouns:
                continue
            left = compound[:at]
            for link in _LINKS:
                stem = left[: len(left) - len(link)] if link else left
                if left.endswith(link) and len(stem) >= 3 and stem in nouns:
                    return f"{stem}_{right}"
            best = best or f"{left}_{right}"
        return best or compound


def _lines(path: Path) -> list[str]:
    if not path.exists():
        return []
    return gzip.decompress(path.read_bytes()).decode("utf-8").splitlines()
