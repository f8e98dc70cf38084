"""Lemma rules bring back the lemma they were made from."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webcare_lint.nl.lemmas import apply_rule, make_rule, particle_of


@pytest.mark.parametrize(
    ("form", "lemma"),
    [("stuurt", "sturen"), ("opgestuurd", "op_sturen"), ("Doorgeven", "door_geven"), ("Sanne", "Sanne"), ("was", "zijn"),
     ("mailtje", "mail"), ("facturen", "factuur"), ("Wat", "wat"), ("idd", "inderdaad")],
)  # fmt: skip
def test_there_and_back(form: str, lemma: str) -> None:
    assert apply_rule(form, make_rule(form, lemma)) == lemma


def test_compounds_come_out_joined() -> None:
    rule = make_rule("ontwikkelingslanden", "ontwikkeling_land")
    assert ";C;" in rule
    assert apply_rule("ontwikkelingslanden", rule) == "ontwikkelingsland"


def test_a_rule_that_does_not_fit() -> None:
    assert apply_rule("huis", make_rule("opgestuurd", "op_sturen")) is None
    assert particle_of("huis") == ""


_LETTERS = st.text(alphabet="abdegnorstuvw", min_size=1, max_size=10)


@given(_LETTERS, _LETTERS)
def test_any_pair(form: str, lemma: str) -> None:
    assert apply_rule(form, make_rule(form, lemma)) == lemma
