"""A reply with ordinary words where a template has fields: as the reader learnt to read."""

from __future__ import annotations

import re

from webcare_lint.nl.mask import find_masks
from webcare_lint.text import SourceMap

_WORDS = {
    "placeholder-date": "vrijdag",
    "placeholder-number": "48113",
    "placeholder-name": "Sanne",
    "placeholder-link": "https://voorbeeld.example/hier",
}
_FIELDS = frozenset((*_WORDS, "placeholder"))
_CLOCK = re.compile(r"tijd|time(?!r)|uur|\W(?:van|tot|begin|eind|einde)\W")
_NAMED = re.compile(r"[^\W\d_]+(?:[ _-][^\W\d_]+)*")


def readable(text: str) -> SourceMap:
    """What to read instead of ``text``, with where each character of it stands."""
    fields = (mask for mask in find_masks(text) if mask.kind in _FIELDS)
    return SourceMap.replacing(text, ((m.start, m.end, _word(text[m.start : m.end], m.kind)) for m in fields))


def _word(field: str, kind: str) -> str:
    """What a field is read as: a moment, a number, a name, or else by its own name: ``{{product}}`` as *product*."""
    if kind in ("placeholder", "placeholder-date") and _CLOCK.search(field.lower()):
        return "14.00 uur"
    if kind in _WORDS:
        return _WORDS[kind]
    named = _NAMED.search(field)
    return named.group().replace("_", " ") if named else field
