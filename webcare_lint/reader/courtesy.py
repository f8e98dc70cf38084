"""Replies that say nothing but courtesies ("Graag gedaan, Sanne!"): nothing is broken there, and no model is loaded."""

from __future__ import annotations

import re

COURTESIES = frozenset(
    """graag gedaan geen dank dankjewel dankje bedankt thanks merci dank je jij u jullie wel fijne fijn prettige mooie leuke goede
    dag avond ochtend middag weekend week vakantie feestdagen nog veel heel plezier succes geluk groet groeten groetjes liefs tot
    ziens snel straks morgen hoi hallo hey hi dag goedemorgen goedemiddag goedenavond oké ok oke top leuk super prima mooi een de
    het alvast sterkte beterschap gefeliciteerd proficiat hartelijk hartelijke welkom met van en ook voor natuurlijk
    zeker""".split()
)
_MOST_WORDS = 8
_MOST_NAMES = 2
_WORD = re.compile(r"[^\W\d_]+")


def only_courtesies(text: str) -> bool:
    """Whether a reply, its links and signatures masked, has nothing but courtesies and names; any digit says more."""
    words = _WORD.findall(text)
    if not words or len(words) > _MOST_WORDS or any(char.isdigit() for char in text) or "?" in text:
        return False
    others = [(place, word) for place, word in enumerate(words) if word.lower() not in COURTESIES]
    return len(others) <= _MOST_NAMES and all(place and word[0].isupper() for place, word in others)
