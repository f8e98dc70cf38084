"""A reply as rules and the reader take it: composed letters, and nothing that does not show.

Whatever the text holds instead (*é* in two characters, a soft hyphen) is no word of the writer's and must
not change the outcome. Every character knows where it stands in the text itself.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from webcare_lint.nl.lazy import Lazy
from webcare_lint.text import SourceMap

_MARKS = "\u0300-\u036f"
_UNSEEN = "\u00ad\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
"""Soft hyphens, spaces without width and signs of direction."""
_JOINER = "\u200d"
"""Makes one emoji of several; between letters it does nothing."""
_SPACES = "\u00a0\u2000-\u200a\u202f\u205f\u3000"
_FORMS = "\u0132\u0133\ufb00-\ufb06\uff01-\uff5e\U0001d400-\U0001d7ff"
"""Letters in another form: *ĳ* in one, ligatures out of a PDF, full width, and the bold ones of mathematics."""
_SIGNS = dict(zip("\u02bc\u201b\u2032\u201f\u2033\u2010\u2011", "'''\"\"--", strict=True))
"""Apostrophes, quotes and hyphens that look like others."""
_ODD = re.compile(f"[{_MARKS}{_UNSEEN}{_JOINER}{_SPACES}{_FORMS}{''.join(_SIGNS)}]")
_EACH = Lazy(
    rf"(?P<marks>.?[{_MARKS}]+) | (?P<unseen>[{_UNSEEN}]+|(?<=\w){_JOINER}|{_JOINER}(?=\w)) | (?P<space>[{_SPACES}])"
    rf"| (?P<form>[{_FORMS}]) | (?P<sign>[{''.join(_SIGNS)}])",
    verbose=True,
)
_MARK = re.compile(f"[{_MARKS}]")
_Cut = tuple[int, int, str]
"""A stretch, and what is read there instead."""


def clear(text: str) -> SourceMap | None:
    """What to read instead of ``text``, with where each character of it stands; None where that is the text itself."""
    cuts = _letters(text)
    return _cut(text, cuts) if cuts else None


def cleared(text: str) -> str:
    """The words alone."""
    made = clear(text)
    return made.text if made else text


def _cut(text: str, cuts: Iterable[_Cut]) -> SourceMap:
    made, at = SourceMap(), 0
    for start, end, instead in cuts:
        made.add(text[at:start], at, start, verbatim=True)
        made.add(instead, start, end, verbatim=len(instead) == end - start)  # as long: each character where it stood
        at = end
    made.add(text[at:], at, len(text), verbatim=True)
    return made


def _letters(text: str) -> list[_Cut]:
    if text.isascii() or not _ODD.search(text):
        return []
    found = ((*match.span(), _instead(match.group(), match.lastgroup)) for match in _EACH.finditer(text))
    return [cut for cut in found if cut[2] != text[cut[0] : cut[1]]]


def _instead(odd: str, kind: str | None) -> str:
    match kind:
        case "marks":  # a mark that no letter takes, as on the j of "blíj́f", changes no word
            return _MARK.sub("", unicodedata.normalize("NFC", odd))
        case "unseen":
            return ""
        case "space":
            return " "
        case "form":
            return unicodedata.normalize("NFKC", odd)
    return _SIGNS[odd]
