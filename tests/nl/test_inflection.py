"""Forms lead back to their lemma by spelling, and the lemmatizer asks the word list which of them is a word."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from webcare_lint.nl.inflection import lemmas
from webcare_lint.nl.lemmas import make_rule
from webcare_lint.nl.lemmatize import Lemmatizer

FORMS = {
    "VERB": "scoorde scoren, faalden falen, reageert reageren, verraste verrassen, geeft geven, reisde reizen, gaat gaan, "
    "gemaild mailen, gebeld bellen, wachtende wachten, gelopen lopen",
    "NOUN": "nederlagen nederlaag, pakketten pakket, brieven brief, prijzen prijs, mogelijkheden mogelijkheid, foto's foto, "
    "mailtjes mail, ronden ronde",
    "ADJ": "grotere groot, haalbare haalbaar, snelste snel",
}


@pytest.mark.parametrize(("upos", "form", "lemma"), [(u, *pair.split()) for u, row in FORMS.items() for pair in row.split(", ")])
def test_spelling_leads_back(upos: str, form: str, lemma: str) -> None:
    assert lemma in list(lemmas(form, upos))


@pytest.mark.parametrize("upos", ["ADP", "PRON", "PROPN", "PUNCT"])
def test_closed_classes_have_no_regular_forms(upos: str) -> None:
    assert list(lemmas("namen", upos)) == []


RULES = ["l;;>;>", make_rule("maakt", "maken"), make_rule("zakken", "zak")]


@pytest.fixture
def lemmatizer(tmp_path: Path) -> Lemmatizer:
    known = (
        "V\tscoren falen aanvallen vallen toeteren teren overleggen leggen lossen informeren formeren meegaan gaan uiten\n"
        "N\tnederlaag kemphaan\nA\thaalbaar\n"
    )
    (tmp_path / "known.txt.gz").write_bytes(gzip.compress(known.encode()))
    return Lemmatizer(tmp_path, RULES)


@pytest.mark.parametrize(
    ("form", "upos", "lemma"),
    [
        ("scoorde", "VERB", "scoren"),
        ("Kemphanen", "NOUN", "kemphaan"),
        ("aanvallend", "VERB", "aan_vallen"),
        ("afgelost", "VERB", "af_lossen"),
        ("aanvallen", "VERB", "aan_vallen"),
        ("meegaan", "VERB", "mee_gaan"),
        ("uiten", "VERB", "uiten"),  # nothing of a verb is left behind the particle
        ("toeteren", "VERB", "toeteren"),  # a word of its own
        ("informeerden", "VERB", "informeren"),  # Latin
        ("overleggen", "VERB", "overleggen"),  # "over" often stays
        ("appte", "VERB", "appte"),  # no known word: the first rule decides
        ("Faalde", "PROPN", "faalde"),  # names are not inflected
    ],
)
def test_known_words_first(lemmatizer: Lemmatizer, form: str, upos: str, lemma: str) -> None:
    assert lemmatizer.lemma(form, upos, (0, 1, 2)) == lemma
