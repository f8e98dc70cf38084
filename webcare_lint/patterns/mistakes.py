"""What somebody meant who wrote a pattern line that cannot be read, or that would never find anything."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from webcare_lint.errors import Text
from webcare_lint.located import nearest
from webcare_lint.patterns.nodes import UPOS

if TYPE_CHECKING:
    from webcare_lint.nl.lemmatize import Lemmatizer

_DOTS = re.compile(r"\.\.|…")
_CURLY = re.compile(r"\s*[“„‘].*[”“’‘]\s*", re.DOTALL)

_REGEX_REASONS = {
    "missing )": "een ( wordt niet gesloten",
    "missing >": "een < wordt niet gesloten",
    "unbalanced parenthesis": "een ) zonder (",
    "unterminated character set": "een [ wordt niet gesloten",
    "nothing to repeat": "hier is niets om te herhalen",
    "multiple repeat": "twee herhalingen achter elkaar",
    "min repeat greater than max repeat": "het minimum is groter dan het maximum",
    "bad escape (end of pattern)": "achter de laatste \\ ontbreekt een teken",
    "bad character range": "een reeks begint na haar eind",
    "unknown group": "deze groep bestaat niet",
    "unknown property": "deze eigenschap bestaat niet",
    "unknown extension": "achter (? staat iets onbekends",
}
"""What the library says of an expression, in Dutch."""
Place = tuple[str, int] | None
"""The entry of a word list, by the name of the list and its number there; None for what comes from no list."""


class PatternError(ValueError):
    """A pattern that cannot be read, or would never find anything; ``entry`` is where in a word list it stands."""

    def __init__(self, text: Text, entry: Place = None) -> None:
        super().__init__(text.en)
        self.text, self.entry = text, entry


def meant(raw: str, rest: str) -> Text | None:
    """What somebody meant who wrote a word that no text holds; ``rest`` is what follows in the line."""
    if _DOTS.search(raw) and (rest[:1].isspace() or not re.fullmatch(r"[^.…]+[.…]+", raw)):
        if "…" in raw:
            return Text("schrijf drie punten (...) in plaats van het ene teken …, met spaties eromheen",
                        "write three full stops (...) and not the one character …, with spaces around them")  # fmt: skip
        return Text(".. en ... staan los, met spaties eromheen", ".. and ... stand alone, with spaces around them")
    if raw == "^":
        return Text("^ staat alleen vooraan in de regel", "^ stands at the start of the line only")
    if raw.startswith("^"):
        return Text(f"achter ^ hoort een spatie: '^ {raw[1:]}'; een handtekening zoals ^EK is {{signature}}",
                    f"a space belongs behind ^: '^ {raw[1:]}'; a signature such as ^EK is {{signature}}")  # fmt: skip
    if raw.endswith("$") and not rest:
        return Text("$ staat los en achteraan in de regel: 'bel $'; de munt is ($)",
                    "$ stands alone at the end of the line: 'bel $'; the currency is ($)")  # fmt: skip
    if re.search(r"\{\w|\w\}", raw):
        if "}" not in raw:
            return Text(f"deze {{ wordt niet gesloten: schrijf {raw}}}", f"this {{ is not closed: write {raw}}}")
        return Text("{…} staat los, met spaties eromheen", "{…} stands alone, with spaces around it")
    if len(raw) > 4 and raw[:-1] in UPOS:
        return Text(f"onbekende woordsoort {raw}; bedoel je {raw[:-1]}? Een gewoon woord schrijf je met kleine letters",
                    f"unknown word class {raw}; did you mean {raw[:-1]}? Write an ordinary word in small letters")  # fmt: skip
    return None


def no_list(name: str, lists: Mapping[str, object]) -> Text:
    """What is wrong with ``@name`` where it is unknown, or else stands in itself."""
    if name in lists:
        return Text(f"lijst @{name} bevat zichzelf", f"list @{name} contains itself")
    if spaced := next((known for known in lists if known.startswith(f"{name} ")), None):
        better = spaced.replace(" ", "-")
        return Text(f"onbekende lijst @{name}; een naam heeft geen spaties: noem de lijst {better!r}",
                    f"unknown list @{name}; a name has no spaces: call the list {better!r}")  # fmt: skip
    if near := nearest(name, list(lists)):
        return Text(f"onbekende lijst @{name}; bedoel je @{near}?", f"unknown list @{name}; did you mean @{near}?")
    known = ", ".join("@" + key for key in sorted(lists)) or "–"
    return Text(f"onbekende lijst @{name}; bekend: {known}", f"unknown list @{name}; known: {known}")


def no_regex(error: Any) -> Text:
    """What is wrong with a regular expression and where; the library, whose error this is, knows English only."""
    at, dutch = (error.pos or 0) + 1, _REGEX_REASONS.get(error.msg, error.msg)
    return Text(f"deze reguliere expressie is niet te lezen bij teken {at}: {dutch}",
                f"cannot read this regular expression at character {at}: {error.msg}")  # fmt: skip


def no_lemma(word: str) -> Text | None:
    """What is wrong with ``<word>`` where it is another form of a word, such as a participle."""
    meant = _lemmatizer().meant(word)
    if not meant:
        return None
    return Text(f"<{word}> vindt nooit iets, want {word!r} is geen grondvorm; bedoel je <{meant}>?",
                f"<{word}> never matches, for {word!r} is no lemma; did you mean <{meant}>?")  # fmt: skip


@cache
def _lemmatizer() -> Lemmatizer:
    from webcare_lint.nl.lemmatize import Lemmatizer  # only who checks a rule needs it
    from webcare_lint.nl.pipeline import model_path

    return Lemmatizer(model_path() / "webcare_parser", rules=())


def in_curly_quotes(line: str) -> Text | None:
    """What is wrong with a line in quotes that YAML takes for a part of it."""
    if not _CURLY.fullmatch(line):
        return None
    return Text("de gekrulde aanhalingstekens horen nu bij het patroon; zet er rechte om: ' of \"",
                "the curly quotes are part of the pattern now; use straight ones around it: ' or \"")  # fmt: skip
