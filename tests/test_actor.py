"""Who does it, on trees built by hand: no model is needed."""

from __future__ import annotations

import pytest
from support import make_doc

from webcare_lint.patterns.actor import actor, is_past

FIN = "Number=Sing|Tense=Pres|VerbForm=Fin"
IMP = "Mood=Imp|VerbForm=Fin"
TREES = {
    "Bel ons": [("Bel", "bellen", "VERB", IMP, 0, "ROOT"), ("ons", "ons", "PRON", "", 0, "obj")],
    "Ik bel je": [
        ("Ik", "ik", "PRON", "", 1, "nsubj"), ("bel", "bellen", "VERB", FIN, 1, "ROOT"), ("je", "je", "PRON", "", 1, "obj"),
    ],
    "Je kunt bellen": [
        ("Je", "je", "PRON", "", 2, "nsubj"), ("kunt", "kunnen", "AUX", FIN, 2, "aux"),
        ("bellen", "bellen", "VERB", "VerbForm=Inf", 2, "ROOT"),
    ],
    "U dient te bellen": [
        ("U", "u", "PRON", "", 1, "nsubj"), ("dient", "dienen", "VERB", FIN, 1, "ROOT"), ("te", "te", "ADP", "", 3, "mark"),
        ("bellen", "bellen", "VERB", "VerbForm=Inf", 1, "xcomp"),
    ],
    "Even bellen": [("Even", "even", "ADV", "", 1, "advmod"), ("bellen", "bellen", "VERB", "VerbForm=Inf", 1, "ROOT")],
    "Wordt gebeld": [("Wordt", "worden", "AUX", FIN, 1, "aux:pass"), ("gebeld", "bellen", "VERB", "VerbForm=Part", 1, "ROOT")],
    "Bel je voor": [
        ("Bel", "bellen", "VERB", FIN, 0, "ROOT"), ("voor", "voor", "ADP", "", 2, "case"), ("je", "je", "PRON", "", 0, "obl"),
    ],
    "Sanne belt": [("Sanne", "Sanne", "PROPN", "", 1, "nsubj"), ("belt", "bellen", "VERB", FIN, 1, "ROOT")],
    "Ga en bel": [
        ("Ga", "gaan", "VERB", IMP, 0, "ROOT"), ("en", "en", "CCONJ", "", 2, "cc"), ("bel", "bellen", "VERB", FIN, 0, "conj"),
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    ("words", "lemma", "expected"),
    [
        ("Bel ons", "bellen", "customer"),
        ("Ik bel je", "bellen", "organisation"),
        ("Je kunt bellen", "bellen", "customer"),
        ("U dient te bellen", "bellen", "customer"),
        ("Even bellen", "bellen", "customer"),
        ("Wordt gebeld", "bellen", "organisation"),
        ("Bel je voor", "bellen", "organisation"),
        ("Sanne belt", "bellen", "other"),
        ("Ga en bel", "bellen", "customer"),
    ],
)
def test_actor(words: str, lemma: str, expected: str) -> None:
    doc = make_doc(*TREES[words])
    assert actor(next(t for t in doc if t.lemma_ == lemma)) == expected


@pytest.mark.parametrize(
    ("morph", "auxiliary", "past"),
    [
        ("Tense=Past|VerbForm=Fin", None, True),
        ("Tense=Pres|VerbForm=Fin", None, False),
        ("VerbForm=Part", "hebben", True),
        ("VerbForm=Part", "worden", False),
    ],
)
def test_past(morph: str, auxiliary: str | None, past: bool) -> None:
    rows = [("x", "bellen", "VERB", morph, 0, "ROOT")]
    if auxiliary:
        rows.append(("y", auxiliary, "AUX", "", 0, "aux"))
    assert is_past(make_doc(*rows)[0]) is past
