"""What a word looks like to the tagger: its norm, and the stand-in that a placeholder or link is read as.

Norms depend on the form alone, so that they hold for any ``Doc``, however it was made.
"""

from __future__ import annotations

from functools import lru_cache

import regex

from webcare_lint.nl.mask import find_masks

# Read as a name, a number, a day; the rest are classes of their own that the treebank teaches.
STAND_INS = {
    "placeholder": "Sanne",
    "placeholder-name": "Sanne",
    "placeholder-number": "1234",
    "placeholder-link": "@url",
    "placeholder-date": "maandag",
    "url": "@url",
    "email": "@url",
    "phone": "@telefoon",
    "mention": "@naam",
    "hashtag": "@hashtag",
    "emoji": "@emoji",
    "emoticon": "@emoji",
    "signature": "@ondertekening",
}

# Clipped spellings of webcare and its customers, read as the word they stand for.
SHORT_FORMS = {
    "ff": "even", "effe": "even", "effen": "even", "efkes": "even", "ffies": "even", "ffjes": "even", "eventjes": "even",
    "idd": "inderdaad", "mss": "misschien", "miss": "misschien", "evt": "eventueel", "evt.": "eventueel",
    "nr": "nummer", "nr.": "nummer", "vd": "van", "vh": "van", "ipv": "in_plaats_van", "i.p.v.": "in_plaats_van",
    "ie": "hij", "m'n": "mijn", "mn": "mijn", "z'n": "zijn", "zn": "zijn", "d'r": "haar", "'t": "het", "'n": "een",
    "'k": "ik", "'s": "'s", "ben'k": "ben", "nie": "niet", "ni": "niet", "wrm": "waarom", "wnr": "wanneer",
    "vnv": "vanavond", "gwn": "gewoon", "egt": "echt", "morge": "morgen", "dr": "er", "bijv": "bijvoorbeeld",
    "bijv.": "bijvoorbeeld", "bv": "bijvoorbeeld", "bv.": "bijvoorbeeld", "tel": "tel", "tel.": "tel", "dhr": "heer",
    "dhr.": "heer", "mevr": "mevrouw", "mevr.": "mevrouw", "mvr": "mevrouw", "mw": "mevrouw", "mw.": "mevrouw",
    "aub": "alstublieft", "a.u.b.": "alstublieft", "ajb": "alsjeblieft", "svp": "alstublieft", "thx": "bedankt",
    "thanks": "bedankt", "tnx": "bedankt", "dankje": "dank", "ok": "oké", "oke": "oké", "okee": "oké", "okay": "oké",
    "vdg": "vandaag", "gr": "groet", "gr.": "groet", "mvg": "groet", "groetjes": "groeten", "kga": "ga",
}  # fmt: skip

_STRETCH = regex.compile(r"(\p{L})\1{2,}")
_PUNCT_RUN = regex.compile(r"[!?‼⁉]{2,}")
_QUOTES = str.maketrans({"’": "'", "‘": "'", "`": "'", "´": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"',
                         "–": "-", "—": "-", "‑": "-", "…": "…"})  # fmt: skip
_PLAIN = regex.compile(r"[\p{L}\-'’]+|\d+(?:[.,:]\d+)*|[.,!?:;()\"\-]")


def stand_in(form: str) -> str | None:
    """The word that a masked form is read as, or None for an ordinary word."""
    if _PLAIN.fullmatch(form):
        return None
    masks = find_masks(form)
    if len(masks) == 1 and (masks[0].start, masks[0].end) == (0, len(form)):
        return STAND_INS[masks[0].kind]
    return None


@lru_cache(maxsize=10_000)
def read_as(form: str) -> str:
    """The form that the tagger sees, in its own case: stand-ins, straight quotes, no stretched letters."""
    masked = stand_in(form)
    if masked is not None:
        return masked
    plain = form.translate(_QUOTES)
    if _PUNCT_RUN.fullmatch(plain):
        return "?" if "?" in plain else "!"
    if plain in ("..", "....", ".....", "…"):
        return "..."
    if _STRETCH.search(plain) and not plain.isupper():
        plain = _STRETCH.sub(r"\1\1", plain)
    return plain


def norm(form: str) -> str:
    """The lower-cased reading of ``form``, with clipped spellings written out."""
    lower = read_as(form).lower()
    return SHORT_FORMS.get(lower, lower)
