"""Regular Dutch inflection backwards: the lemmas that a form may have by the rules of spelling.

A table of rules that a network picks from holds ``rde>ren`` only for the verbs it has seen; spelling holds for all:
``scoorde`` is of ``scoren`` as ``faalde`` is of ``falen``. Most of what comes out is no word: ask a word list.
"""

from __future__ import annotations

from collections.abc import Iterator

_VOWELS = frozenset("aeiouy")
_LONG = frozenset("aeou")
_HARDENED = {"v": "f", "z": "s"}
_SOFTENED = {"f": "v", "s": "z"}
_DIMINUTIVES = ("etje", "pje", "kje", "tje", "je")


def lemmas(form: str, upos: str) -> Iterator[str]:
    """Possible lemmas of the lower-cased ``form`` tagged ``upos``, the likeliest first; none for closed classes."""
    if upos == "NOUN":
        yield from _noun(form)
    elif upos in ("VERB", "AUX"):
        yield from _verb(form)
    elif upos == "ADJ":
        yield from _adjective(form)


def _noun(form: str) -> Iterator[str]:
    yield form
    for diminutive in _DIMINUTIVES:
        for ending in (diminutive, diminutive + "s"):
            if form.endswith(ending):
                yield from _closed(form[: -len(ending)])
    if form.endswith(("'s", "en", "ën")):
        yield from _closed(form[:-2])
        yield form[:-1] if form.endswith("en") else form[:-2] + "e"
    if form.endswith("heden"):
        yield form[:-5] + "heid"
    if form.endswith("s"):
        yield form[:-1]


def _verb(form: str) -> Iterator[str]:
    if form.endswith(("end", "ende")):
        yield form.removesuffix("e")[:-1]
    if form.endswith("n"):
        yield form
    for ending in ("den", "ten", "de", "te", "d", "t", ""):
        if form.endswith(ending):
            stem = form.removesuffix(ending)
            yield from _infinitives(stem)
            if stem.startswith("ge"):
                yield from _infinitives(stem[2:])
    if form.endswith(("d", "t")):
        yield from _infinitives(form)
    if form.startswith("ge") and form.endswith("en"):
        yield form[2:]


def _adjective(form: str) -> Iterator[str]:
    yield form
    for ending in ("e", "er", "ere", "st", "ste", "s"):
        if form.endswith(ending):
            yield from _closed(form.removesuffix(ending))


def _closed(stem: str) -> Iterator[str]:
    """What stands before an ending, as a word of its own: ``zak`` of ``zakk``, ``baan`` of ``ban``, ``brief`` of ``briev``."""
    if len(stem) < 2:
        return
    before, last = stem[-2], stem[-1]
    if last == before and last not in _VOWELS:
        yield stem[:-1]
        return
    hard = _HARDENED.get(last, last)
    if before in _LONG and last not in _VOWELS and stem[-3:-2] not in _VOWELS:
        yield stem[:-1] + before + hard
    yield stem[:-1] + hard
    yield stem


def _infinitives(stem: str) -> Iterator[str]:
    """Of a verb's stem: ``zakken`` of ``zak``, ``falen`` of ``faal``, ``geven`` of ``geef``, ``gaan`` of ``ga``."""
    if len(stem) < 2:
        return
    before, last = stem[-2], stem[-1]
    if last in _VOWELS:
        yield from (stem + "n", stem + "en", stem + last + "n")
        return
    for consonant in (_SOFTENED[last], last) if last in _SOFTENED else (last,):
        if before in _LONG and stem[-3:-2] == before:
            yield stem[:-2] + consonant + "en"
        elif before in _VOWELS and stem[-3:-2] not in _VOWELS:
            yield stem[:-1] + last + last + "en"
            yield stem[:-1] + consonant + "en"
        else:
            yield stem[:-1] + consonant + "en"
