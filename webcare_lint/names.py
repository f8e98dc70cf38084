"""What levels, commandments and stations are called, in both languages."""

from __future__ import annotations

from collections.abc import Mapping

from webcare_lint.errors import Text
from webcare_lint.model import Level

LEVEL_NAMES: Mapping[Level, Text] = {
    "error": Text("fout", "error"),
    "warning": Text("let op", "warning"),
    "advice": Text("advies", "advice"),
}
_COUNTED: Mapping[Level, tuple[Text, Text]] = {
    "error": (Text("fout", "error"), Text("fouten", "errors")),
    "warning": (Text("aandachtspunt", "warning"), Text("aandachtspunten", "warnings")),
    "advice": (Text("advies", "piece of advice"), Text("adviezen", "pieces of advice")),
}
"""One of them, and several."""

COMMANDMENTS: Mapping[int, Text] = {
    1: Text("help de klant eerst, maak dan pas een grap", "help first, joke later"),
    2: Text("verwijs nooit door naar een ander kanaal", "never redirect to another channel"),
    3: Text("spreek geen kwaad over je collega's", "no ill word about colleagues"),
    4: Text("reageer altijd", "always respond"),
    5: Text("varieer in empathie", "vary your empathy"),
    6: Text("vermijd de komma-sukkel", "no komma-sukkel tone"),
    7: Text("beloof niets waar de klant nooit meer wat van hoort", "no empty promises"),
    8: Text("een beeld zegt soms meer dan 280 tekens", "a picture says more than 280 characters"),
    9: Text("beantwoord de vraag achter de vraag", "answer the question behind the question"),
    10: Text("elk klantcontact is een feestje", "every contact is a party"),
}

STATIONS: Mapping[str, Text] = {
    "luisteren": Text("luisteren", "listening"),
    "helpen": Text("helpen", "helping"),
    "plus": Text("plus", "plus"),
    "leren": Text("leren", "learning"),
}
"""The stations of De 8, the conversation model, in the order in which a conversation goes round."""


def counted(count: int, level: Level) -> Text:
    """So many findings of a level."""
    named = _COUNTED[level][count != 1]
    return Text(f"{count} {named.nl}", f"{count} {named.en}")
