"""Find what is no Dutch in a reply: placeholders, links, phone numbers, mentions, emoji, signatures.

Such spans derail a tagger and confuse rules, so both look them up here. Offsets are code points into the text
as given; nothing is replaced. Times and amounts are ordinary tokens and stay unmasked.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct

from webcare_lint.nl.lazy import Lazy


class Mask(Struct, frozen=True, order=True):
    """A span ``start:end`` (end exclusive), and what it is.

    A ``placeholder`` (or, where its name tells, ``placeholder-name``, ``-number``, ``-link``, ``-date``), ``url``, ``email``,
    ``phone``, ``mention``, ``hashtag``, ``emoji``, ``emoticon`` or ``signature``.
    """

    start: int
    end: int
    kind: str


# Top-level domains that end a bare domain (nu.nl). Those that are also Dutch words (de, in, me, to) count only
# with a path behind them: "klaar.de monteur" misses a space, "wa.me/31612345678" is a link.
_TLD = "nl|be|com|org|net|eu|info|io|uk|gov|edu|app|shop|online|frl|amsterdam|vlaanderen|brussels|example"
_TLD_WITH_PATH = r"[a-z]{2,6}"
_LABEL = r"[\p{L}\d](?:[\p{L}\d-]*[\p{L}\d])?"
_URL_END = r"""[^\s<>"'’”»)\]},.;:!?…\p{Extended_Pictographic}]"""
_URL_FIELD = r"\{\{[^{}\n]*\}\}"
_URL_REST = rf"""(?:(?:{_URL_FIELD}|(?!\{{\{{)[^\s<>"”»\p{{Extended_Pictographic}}])*(?:{_URL_FIELD}|{_URL_END}/?)|/)"""

_PLACEHOLDER = r"""
    \{{2,3}[^{}\n]{1,200}\}{2,3} | \{%[^{}\n]{1,200}?%\} | \#\{[^{}\n]{1,200}\} | %\{[^{}\n]{1,200}\}
  | %\(\([^()\n]{1,200}\)\)% | \{\$[^{}\n]{1,200}\} | \[\[[^\[\]\n]{1,200}\]\]
  | %[\p{L}][\p{L}\d_.\-]{1,60}% | \{[\p{L}_][\p{L}\d_ .|:"'\-]{0,60}\}
  | \[[\p{L}_][\p{L}\d_ .|/\-]{1,60}\](?!\() | (?<![\w$])\$[a-z_]+(?:\.[a-z_]+)+\b
  | <attribute\b[^<>\n]{1,200}/?>
  | \{\{[ ]?[\p{L}_][\p{L}\d_.]*[ ]?\}? | \{%[ ]?[\p{L}_][\p{L}\d_.]*(?:(?:,[\p{L}\d_]+)?=[\p{L}\d_]*)?[%}]?
"""  # the last line: half ones, that the parse holds for those too
_EMOJI_BASE = (
    r"(?:(?![©®™‼⁉ℹ\u2194-\u21aa〰〽])\p{Extended_Pictographic}|[©®™‼⁉ℹ\u2194-\u21aa〰〽](?=\ufe0f))"
    r"[\ufe0e\ufe0f\U0001F3FB-\U0001F3FF]*"
)
_EMOJI = rf"""
    [\U0001F1E6-\U0001F1FF]{{2}} | [0-9\#*]\ufe0f?\u20e3
  | {_EMOJI_BASE}[\U000E0020-\U000E007F]*(?:\u200d{_EMOJI_BASE})*
"""
_PHONE = r"""
    (?:\+|\b00)3[12](?:[ .\-/]?\(0\))?(?:[ .\-/]?\d){8,9}\b
  | \b0[89]00(?:[ .\-]?\d{4}|[ .\-]?\d{3}[ .\-]?\d{2}[ .\-]?\d{2}|[ .\-]?\d{2}[ .\-]?\d{2})\b
  | \b0\d(?:[ .\-]\d\d){4}\b
  | (?<![\d\-.])0\d{1,3}(?:[ ]?[\-/.][ ]?|[ ])\d{2,8}(?:[ .]\d{2,4}){0,3}\b(?![\-/]\d)
  | \(0\d{1,3}\)[ ]?\d{2,4}(?:[ .\-]?\d{2,4}){1,2}\b
  | \b0[1-9]\d{8}\b | \b14[ ]0\d{2,3}\b
  | (?:(?i:\b(?:bel|bellen|belt|gebeld|tel\.?|telefoonnummer)[ ](?:(?:even|gratis|ons|op|via|met|naar)[ ]){0,3})\K
      (?:140\d{2,3}|1\d{2}|1\d{3}|[7-9]\d{3}))\b(?![:.,]?\d|[ ]?(?:uur|euro|%|keer|x\b))
"""
_EMOTICON = r"""
    (?<![\p{L}\d(:]) [:;=] ['´]? [\-o]? [)(DPpOoSsXx|/\\3*$\]\[]{1,3} (?![\p{L}\d/])
  | [:;=]['´]?-[)(DPpOo|/*]+(?![\p{L}\d/]) | (?<=\p{L})[:;]\)(?![\p{L}\d])
  | (?<![\p{L}\d])(?:<3+|[xX]D+|\^_?\^|-_-)(?![\p{L}\d])
"""
_SIGNATURE = r"""
    (?<![^\s.!?…)\]}\p{Extended_Pictographic}\ufe0f])
    (?:\^[ ]?\p{L}[\p{L}\d.\-]{0,20}(?:[ ]?[&+/][ ]?\p{Lu}[\p{L}\d]{0,15})? | ~[ ]?\p{Lu}\p{L}{0,20})
"""
_MASKS = Lazy(
    rf"""
    (?P<placeholder>{_PLACEHOLDER})
  | (?P<email>(?<![\w.+\-@])[\w+\-](?:[\w.+\-]*[\w+\-])?@{_LABEL}(?:\.{_LABEL})+)
  | (?P<url>(?i:https?://|\bwww\.){_URL_REST}
      | (?<![\w.@\-/])(?:{_LABEL}\.)+(?:(?:{_TLD})(?![\p{{L}}\d\-]|\.\p{{L}})(?:[/?\#]{_URL_REST})?|{_TLD_WITH_PATH}/{_URL_REST}))
  | (?P<signature>{_SIGNATURE})
  | (?P<mention>(?<![\w@.])@\w(?:[\w.]*\w)?)
  | (?P<emoji>{_EMOJI})
  | (?P<hashtag>(?<![\w&\#])\#(?=\d*\p{{L}})\w+)
  | (?P<phone>{_PHONE})
  | (?P<emoticon>{_EMOTICON})
    """,
    verbose=True,
)
_PERHAPS = re.compile(r"[\d@#$%^~<>{}\[\]=:;_/©®\u203c-\U0010ffff]|\w\.\w|-_-|www\.|[xX]D")
"""Stands in every text with a mask; most texts have none, and the patterns above take long to compile."""


# What a placeholder stands for, by the words in it; the first family that fits decides.
_FAMILIES = (
    ("placeholder-link", Lazy(r"link|url|https?|website|pagina")),
    ("placeholder-date", Lazy(r"datum|date|(?<![a-z])dag|tijd|time|maand|month|year|jaar|moment")),
    ("placeholder-number", Lazy(
        r"nummer|number|(?<![a-z])nr|(?<![a-z])id(?![a-z])|code|bedrag|amount|aantal|prijs|price|total|order|"
        r"tel(?![a-z])|telefoon|phone|postcode|kenmerk|(?<![a-z])uur|count"
    )),
    ("placeholder-name", Lazy(
        r"naam|name|klant|customer|contact|agent|user|medewerker|collega|afzender|voornaam|aanhef|requester|signature"
    )),
)  # fmt: skip
_LETTER = re.compile(r"[^\W\d_]")
_DIGIT = re.compile(r"\d")
_SENTENCE_END = frozenset(".!?…)]}\n")


def placeholder_kind(text: str) -> str:
    """The kind of a placeholder from the words inside it: ``{{order.id}}`` is a placeholder-number."""
    inside = text.lower()
    if inside.startswith("{%") and "name" not in inside and "naam" not in inside:
        return "placeholder"
    for kind, pattern in _FAMILIES:
        if pattern.search(inside):
            return kind
    return "placeholder"


def _is_signature(text: str, start: int, ends_line: bool) -> bool:
    """Whether ``^EK`` or ``~Tom`` signs: at the end of its line, or (for ``^``) behind a finished sentence."""
    if ends_line:
        return True
    if text[start] == "~":
        return False
    end = start
    while end and text[end - 1] == " ":
        end -= 1
    before = text[max(0, end - 8) : end]
    return not before or before[-1] in _SENTENCE_END or _ENDS_IN_EMOJI.search(before) is not None


_ENDS_IN_EMOJI = Lazy(r"[\p{Extended_Pictographic}\ufe0f\U0001F3FB-\U0001F3FF]$")


def find_masks(text: str) -> list[Mask]:
    """All masks in ``text``, sorted and without overlaps."""
    if _PERHAPS.search(text) is None:
        return []
    masks: list[Mask] = []
    signatures: list[int] = []
    for match in _MASKS.finditer(text):
        kind = match.lastgroup or "placeholder"
        start, end = match.span(kind)
        if kind == "phone":
            # \K moves the match's start but not the group's; the number begins behind the verb.
            start = match.start()
            if not _plausible_phone(text[start:end]):
                continue
        elif kind == "placeholder":
            kind = placeholder_kind(text[start:end])
        elif kind == "signature":
            signatures.append(len(masks))
        masks.append(Mask(start, end, kind))
    if signatures:
        ending = _ending_lines(text, masks)
        dropped = {i for i in signatures if not _is_signature(text, masks[i].start, ending[i])}
        masks = [mask for i, mask in enumerate(masks) if i not in dropped]
    return masks


def _plausible_phone(number: str) -> bool:
    """Dutch and Belgian numbers have 8 to 13 digits; the short ones were found by the words before them, and 07.40 is a time.

    112 is no number of an organisation, and rules look for it as a word.
    """
    if number == "112":
        return False
    digits = len(_DIGIT.findall(number))
    return (digits <= 5 and number[0] != "0") or digits in (8, 9, 10, 11, 12, 13)


def _ending_lines(text: str, masks: Sequence[Mask]) -> list[bool]:
    """Of each mask, whether no letter but those in masks stands between it and the end of its line."""
    made: list[bool] = []
    ends, following = True, len(text)
    for mask in reversed(masks):
        newline = text.find("\n", mask.end, following)
        ends = (ends or newline >= 0) and not _LETTER.search(text, mask.end, following if newline < 0 else newline)
        following = mask.start
        made.append(ends)
    return made[::-1]
