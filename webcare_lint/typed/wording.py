"""What does not fit its type, in plain words and in both languages, with what was meant where that can be guessed."""

from __future__ import annotations

import re
from collections.abc import Sequence

from webcare_lint.errors import Text
from webcare_lint.located import nearest

LACKS = "Object missing required field"
"""How msgspec begins to say that a key is missing."""
_TYPES = {
    "array": Text("een lijst (zet er [ ] omheen)", "a list (put [ ] around it)"),
    "object": Text("sleutels met waarden", "keys with values"),
    "str": Text("een tekst", "a text"),
    "int": Text("een getal", "a number"),
    "float": Text("een getal", "a number"),
    "bool": Text("true of false", "true or false"),
    "null": Text("niets", "nothing"),
}
"""What msgspec calls a kind of value, in plain words."""
_BROKEN = Text("een getal met een punt; schrijf een heel getal", "a number with a point; write a whole number")
"""A number where another was expected: 1.000, which to YAML is one."""
_MEANT = {
    "aan": "select", "antwoord": "reply", "bericht": "message", "code": "code", "drempel": "threshold", "fout": "bad",
    "gebod": "commandment", "gewicht": "level", "goed": "good", "handtekening": "signature", "kanaal": "channel",
    "klant": "customer", "merk": "brand", "naam": "name", "negeer": "ignore", "niveau": "level", "niveaus": "levels",
    "regel": "rules", "regels": "rules", "soort": "kind", "suggesties": "suggestions", "taal": "lang",
    "titel": "title", "uitleg": "why", "voorbeelden": "examples", "waarom": "why", "woorden": "words", "zoek": "find",
}  # fmt: skip
"""The key that somebody looks for who writes it in Dutch."""
_MEANT_VALUES = {
    "aandeel": "share", "aanspreking": "address", "achter": "after", "advies": "advice", "allebei": "any",
    "altijd": "any", "antwoord": "reply", "bericht": "message", "bibliotheek": "library", "deelzin": "clause",
    "dubbel": "duplicate", "eerder": "earlier", "engels": "en", "enkelvoud": "singular", "fout": "error", "gegeven": "given",
    "gesprek": "conversation", "herhaling": "repetition", "iedereen": "anyone", "invulveld": "placeholder", "klant": "customer",
    "lengte": "length", "let op": "warning", "lezer": "reader", "meervoud": "plural", "na": "after", "nederlands": "nl",
    "nooit": "never", "nu": "now", "ontbreekt": "missing", "organisatie": "organisation", "veilig": "safe", "voor": "before",
    "vóór": "before", "vraag": "question", "waarschuwing": "warning", "zin": "sentence",
}  # fmt: skip
"""The value that somebody looks for who writes it in Dutch."""
_OFF = ("false", "geen", "never", "no", "none", "nee", "nooit", "off", "uit")
"""What people write to switch something off."""
_EXPECTED = re.compile(r"Expected `([^`]+)`(?:, got `([^`]+)`)?")
_VALUE = re.compile(r"Invalid (?:enum )?value '(.*)'", re.DOTALL)


def unknown_key(key: str, known: set[str], here: Sequence[str], *, bare: bool) -> Text:
    """What is wrong with a key that may not stand here; ``bare`` is whether no value comes with it."""
    if key in known:
        return Text(f"sleutel {key!r} hoort hier niet, maar elders in het bestand", f"key {key!r} belongs elsewhere in the file")
    if bare and " " in key:
        return Text(f"onbekende sleutel {key!r}; een tekst met een komma hoort tussen aanhalingstekens",
                    f"unknown key {key!r}; a text with a comma belongs in quotes")  # fmt: skip
    near = _MEANT[key] if _MEANT.get(key) in known else nearest(key, list(known))
    nl, en = f"onbekende sleutel {key!r}", f"unknown key {key!r}"
    if near:
        return Text(f"{nl}; bedoel je {near!r}?", f"{en}; did you mean {near!r}?")
    names = ", ".join(here)
    return Text(f"{nl}; hier kan: {names}", f"{en}; here may stand: {names}") if here else Text(nl, en)


def misfit(message: str, allowed: Sequence[str] = (), shape: str = "") -> Text:
    """What msgspec says, in both languages; ``allowed`` are the words to choose from, ``shape`` shows what is wanted."""
    found = _EXPECTED.fullmatch(message)
    wanted = found and [_TYPES[name] for name in found[1].split(" | ") if name in _TYPES and name != "null"]
    if found and wanted:
        got = _TYPES.get(found[2] or "")
        nl, en = " of ".join(t.nl for t in wanted), " or ".join(t.en for t in wanted)
        hint = Text(f"; schrijf {shape}", f"; write {shape}") if shape else Text("", "")
        if _TYPES["str"] in wanted and got not in wanted and not allowed and found[2] in ("int", "float", "bool"):
            hint = Text("; zet er aanhalingstekens omheen", "; put quotes around it")
        if found[2] == "bool":
            hint = _switched_off("false", allowed) or hint
        if got in wanted:
            got = _BROKEN
        return Text(
            f"verwacht {nl}" + (f", gevonden {_bare(got.nl)}" if got else "") + hint.nl,
            f"expected {en}" + (f", found {_bare(got.en)}" if got else "") + hint.en,
        )
    return _translated(message, allowed)


def _translated(message: str, allowed: Sequence[str]) -> Text:
    dutch = message
    for english, translated in (
        (LACKS, "verplichte sleutel ontbreekt:"),
        ("Invalid value", "onbekende waarde"),
        ("Invalid enum value", "onbekende waarde"),
        ("Expected", "verwacht"),
        (", got", ", gevonden"),
        ("of length", "van lengte"),
    ):
        dutch = dutch.replace(english, translated)
    words, near = ", ".join(allowed), _meant(message, allowed)
    nl, en = (f"; kies uit {words}", f"; choose from {words}") if allowed else ("", "")
    if near:
        nl, en = f"; bedoel je {near!r}?", f"; did you mean {near!r}?"
    elif told := _switched_off(_given(message), allowed):
        nl, en = told
    return Text(dutch + nl, message[:1].lower() + message[1:] + en)


def _meant(message: str, allowed: Sequence[str]) -> str | None:
    """The word of ``allowed`` that an unknown value may have been meant to be."""
    word = _given(message)
    meant = _MEANT_VALUES.get(word)
    return meant if meant in allowed else nearest(word, allowed)


def _given(message: str) -> str:
    """The unknown value that msgspec tells of."""
    found = _VALUE.fullmatch(message)
    return found[1].strip().lower() if found else ""


def _switched_off(word: str, allowed: Sequence[str]) -> Text | None:
    """What to do where somebody switches something off by a level."""
    if word not in _OFF or "advice" not in allowed:
        return None
    if "never" in allowed:
        return Text("; bedoel je 'never'?", "; did you mean 'never'?")
    return Text("; uitzetten doe je met ignore", "; to switch it off use ignore")


def _bare(text: str) -> str:
    """A kind of value without the advice that comes with it."""
    return text.partition(" (")[0]
