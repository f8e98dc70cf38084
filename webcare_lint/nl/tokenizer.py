"""Split a reply into words as UD Dutch does, without losing a character.

No spaCy here: ``split`` gives offsets. ``language`` wraps it for spaCy. What ``mask`` finds is one word each;
whitespace is kept in the gaps, so the words and the gaps together are the text again.
"""

from __future__ import annotations

import regex

from webcare_lint.nl.mask import find_masks

# Abbreviations that keep their full stop. Those with a full stop inside (z.s.m., o.a.) need no list. Most are also
# words or end sentences, so they count only where a number or a lower-case word follows; titles go before names.
_TITLES = "dhr|dr|drs|fam|ing|ir|jhr|mej|mevr|mgr|mr|mrs|ms|mvr|mw|prof|st"
_SHORT = (
    "aanv|adm|afd|afl|afz|alg|apr|art|aug|bc|bijl|bijv|blz|bvb|ca|cf|corr|dec|dir|eig|event|evt|excl|feb|geb|gem|hfst|"
    "incl|inz|jan|jl|jr|lic|max|med|min|mld|mln|mnd|mrt|nl|nov|nr|nrs|okt|opm|pag|plm|pp|resp|sept|str|"
    "tel|temp|vb|verg|vgl|vnl|zgn"
)
_FINAL = "enz|etc|e\\.d|jl"

_WORD = r"[\p{L}\p{N}\p{M}_]"
_APOSTROPHE = r"['’‘`´]"
_PATTERN = regex.compile(
    rf"""
    (?P<ellipsis>\.{{2,}}|…+)
  | (?P<marks>[!?‼⁉]+)
  # Numbers with what belongs to them: 1.000,50  19:30  13.00-15.00  24/7  3e  14u30  50%  +5  06-12-2025
  | (?P<number>(?<!{_WORD})[+\-–±]?\d+(?:[.,:/\-–xX]\d+)*(?:\p{{L}}{{1,8}}\d*|-\p{{L}}+)?%?(?!{_WORD}))
  # Abbreviations and initials: z.s.m.  a.u.b.  J.W.  (at least two letters with full stops, or one capital)
  | (?P<dotted>(?<!{_WORD})(?:\p{{L}}{{1,4}}\.){{2,}}(?!{_WORD})|(?<!{_WORD})\p{{Lu}}\.(?=[ ]\p{{Lu}}))
  | (?P<abbreviation>(?i:(?<!{_WORD})(?:(?:{_TITLES})\.(?=\s?\p{{L}})|(?:{_SHORT})\.(?=[ ]?(?-i:[\p{{Ll}}\d€(]))|(?:{_FINAL})\.)))
  # 's avonds, 't, 'n, d'r: an apostrophe that opens a clipped word
  | (?P<clipped>(?<!{_WORD}){_APOSTROPHE}(?:s|t|n|k|m|r|ns|em|er|\d\d)(?!{_WORD}|{_APOSTROPHE}))
  # Words with hyphens, apostrophes, slashes and ampersands inside: e-mail  foto's  t/m  en/of  (ex-)klant  H&M
  | (?P<word>(?:\({_WORD}+-?\)-?)?{_WORD}+(?:(?:[\-–‑/&.+@]|{_APOSTROPHE}){_WORD}+|\({_WORD}{{1,4}}\)(?={_WORD}|\W|$))*
      (?:-(?!{_WORD}|-))?)
  | (?P<quotes>''|,,) | (?P<dashes>-{{2,}}|–+|—+) | (?P<repeat>(?P<char>[*_=~<>+\#|])(?P=char)*)
  | (?P<other>[^\s])
    """,
    regex.VERBOSE | regex.VERSION0,
)
# A full stop with no space behind it joins two sentences: "klaar.Dan".
_GLUED = regex.compile(r"(?<=\p{L}{2})\.(?=\p{L}{2})")


def split(text: str) -> list[tuple[int, int, str | None]]:
    """Words of ``text`` as ``(start, end, mask kind or None)``, in order; everything between them is whitespace."""
    words: list[tuple[int, int, str | None]] = []
    at = 0
    for mask in find_masks(text):
        if at < mask.start:
            _split_plain(text, at, mask.start, words)
        words.append((mask.start, mask.end, mask.kind))
        at = mask.end
    if at < len(text):
        _split_plain(text, at, len(text), words)
    return words


def _split_plain(text: str, start: int, end: int, words: list[tuple[int, int, str | None]]) -> None:
    for match in _PATTERN.finditer(text, start, end):
        at, to = match.span()
        if match.lastgroup == "word" and "." in match[0]:
            for dot in [m.start() for m in _GLUED.finditer(text, at, to)]:
                words.append((at, dot, None))
                words.append((dot, dot + 1, None))
                at = dot + 1
        words.append((at, to, None))
