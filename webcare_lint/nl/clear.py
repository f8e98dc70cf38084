"""A reply as rules and the reader take it: composed letters, nothing that does not show, and no signs of Markdown around words.

Whatever the text holds instead (*é* in two characters, a soft hyphen, a bracket of a link) is no word of the writer's and must
not change the outcome. Every character knows where it stands in the text itself.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from webcare_lint.nl.lazy import Lazy
from webcare_lint.nl.mask import find_masks
from webcare_lint.text import SourceMap, Span

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
_LINK = Lazy(
    r"""(?i)(?<![!\\\]])(?P<open>\[)(?=[^\]\n]*\w)[^\[\]\n]{1,300}(?P<between>\]\(\s?<?(?:(?:tel|mailto):(?://)?)?)
        (?=[a-z][a-z\d+.\-]*:|[+\d/#{%$]|[\w.\-]+[.@]\w)(?:\{\{[^{}\n]*\}\}|\([^\s()<>]*\)|[^\s()<>])*
        (?P<close>>?(?:\s+"[^"\n]*")?\s?\))""",
    verbose=True,
)
_EMPHASIS = Lazy(r"(?<![\w*_])(?P<sign>\*\*|__|\*|_)(?=\S)(?P<words>[^*_\n]+?)(?<=\S)(?P=sign)(?![\w*_])")
_Cut = tuple[int, int, str]
"""A stretch, and what is read there instead."""


def clear(text: str) -> SourceMap | None:
    """What to read instead of ``text``, with where each character of it stands; None where that is the text itself."""
    made = None
    for cuts_of in (_letters, _links, _emphasis):
        now = made.text if made else text
        if cuts := cuts_of(now):
            made = _cut(made, now, cuts)
    return made


def cleared(text: str) -> str:
    """The words alone."""
    made = clear(text)
    return made.text if made else text


def composed(text: str) -> str:
    """The text without its odd characters, and with all signs of Markdown."""
    cuts = _letters(text)
    return _cut(None, text, cuts).text if cuts else text


def _cut(source: SourceMap | None, text: str, cuts: Iterable[_Cut]) -> SourceMap:
    made, at = SourceMap(), 0
    source = source or SourceMap.verbatim(text)
    for start, end, instead in cuts:
        source.copy(text, at, start, made)
        place = source.to_source(Span(start, end))
        made.add(instead, *place, verbatim=len(instead) == place.end - place.start)  # as long: each character where it stood
        at = end
    source.copy(text, at, len(text), made)
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


def _links(text: str) -> list[_Cut]:
    """The signs around the words of a link and around its target, of which those stay: they tell that there is one."""
    if "](" not in text:
        return []
    return [
        (*match.span(part), " " if part == "between" else "")
        for match in _LINK.finditer(text)
        for part in ("open", "between", "close")
    ]


def _emphasis(text: str) -> list[_Cut]:
    """The signs of bold and slanted words."""
    if "*" not in text and "_" not in text:
        return []
    signs = [
        (*span, "")
        for match in _EMPHASIS.finditer(text)
        for span in ((match.start(), match.start("words")), (match.end("words"), match.end()))
    ]
    masks = find_masks(text) if signs else []
    return [cut for cut in signs if not any(mask.start < cut[1] and cut[0] < mask.end for mask in masks)]
