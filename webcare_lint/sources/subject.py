"""What a message is about, as far as that goes without a parse: which words come back, and where it turns to something else."""

from __future__ import annotations

import re
from typing import Literal

WORD = re.compile(r"(?<!\^)\b[^\W\d_]{3,}|(?<=[\d_])[^\W\d_]{3,}")
"""Of letters alone; a name behind ``^`` is that of whoever signs."""
_NUMBER = re.compile(r"\b[^\W\d_]*\d[\w-]+")
"""Numbers of orders, streets and sizes; one figure alone says little."""
_TELLING = 7
"""Letters from which a word that comes back shows that it is the same subject."""
_TOUCHING = 4
"""Letters of a word that are enough where one of two subjects is meant for sure."""
_TURN = re.compile(
    r"""\W* (?:(?:o|oh|oja|ja|ok|oke|en|wel|maar|dan|nu|ook) \b\W*)*
    (?:trouwens | daarnaast | (?:(?:ff|even|nog|heel) [ ])* (?:iets|wat) [ ] anders
    | nog [ ] (?:iets | e?e?n [ ] (?:vraag|vraagje|ding|dingetje|puntje)) | een [ ] ander\w* [ ] \w+) \b
    | \W* (?:o|oh|oja) \W (?:ja \W+)? en \b""",
    re.IGNORECASE | re.VERBOSE,
)
"""How a message begins that comes to another subject than the one before."""
_ASIDE = re.compile(
    r"(?![^.?!]*\b(?:dat|dit|hij|ie|ze|daar|er)\b) [^.?!]{0,60} \b(?:trouwens|eigenlijk)\b", re.IGNORECASE | re.VERBOSE
)
"""A sentence that may come to another subject; *hoe lang duurt dat eigenlijk* stays with it."""
_SAYS_LITTLE = frozenset(
    "alle allemaal andere anders bent beste daar daarvoor deze dinsdag doen donderdag door echt eens eigenlijk even gaan "
    "gaat gewoon goed graag hallo hebben hebt heeft heel helemaal hier iets jullie krijg krijgen krijgt kunnen kunt later "
    "maandag maar meer misschien moet moeten morgen naar netjes niet niks nodig over prima staat super toch trouwens "
    "vanavond vandaag vanmiddag voor vrijdag waar wanneer want week weekend weer weken woensdag worden wordt zaterdag zijn "
    "zondag".split()
)


def telling(text: str) -> frozenset[str]:
    """The long words of a text: where one of them comes back, the subject does."""
    return frozenset(word for word in WORD.findall(text.lower()) if len(word) >= _TELLING)


def touching(text: str) -> frozenset[str]:
    """Its words by their beginnings, and its numbers: where none comes back, the subject does not."""
    words = (word for word in WORD.findall(text.lower()) if word not in _SAYS_LITTLE)
    return frozenset(word[:_TOUCHING] for word in words if len(word) >= _TOUCHING).union(_NUMBER.findall(text.lower()))


def turns(text: str) -> Literal["surely", "perhaps"] | None:
    """Whether a message comes to another subject than the one before it."""
    return "surely" if _TURN.match(text) else "perhaps" if _ASIDE.match(text) else None
