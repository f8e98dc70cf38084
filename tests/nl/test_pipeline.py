"""The shipped pipeline on replies as they come: quick checks, not the accuracy (training/evaluate.py has that)."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from webcare_lint.nl.pipeline import PipelineError, load, model_path, parse


@pytest.fixture(scope="module")
def nlp() -> Any:
    return load()


def test_size() -> None:
    assert sum(f.stat().st_size for f in model_path().rglob("*") if f.is_file()) <= 12_000_000


def test_no_spacy_until_loaded() -> None:
    code = (
        "import sys, webcare_lint.nl.mask, webcare_lint.nl.tokenizer, webcare_lint.nl.pipeline;"
        "sys.exit('spacy' in sys.modules or 'numpy' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_spacy_finds_the_pipeline_by_its_entry_points() -> None:
    code = f"import webcare_lint, spacy; spacy.load({str(model_path())!r})"
    assert subprocess.run([sys.executable, "-c", code], check=False, cwd="/").returncode == 0


def test_unknown_pipeline() -> None:
    with pytest.raises(PipelineError, match="nl_bestaat_niet"):
        load("nl_bestaat_niet")


def test_split_verb_and_imperative(nlp: Any) -> None:
    doc = nlp("Hoi {{naam}}, stuur me je postcode in een DM 😊 Dan zet ik het voor je door. ^EK")
    by_form = {t.text: t for t in doc}
    assert "Mood=Imp" in str(by_form["stuur"].morph)
    assert by_form["zet"].lemma_ == "door_zetten"
    assert by_form["ik"].dep_ == "nsubj"
    assert by_form["ik"].head.text == "zet"
    assert [s.text for s in doc.sents][-1] == "^EK"
    assert by_form["{{naam}}"].pos_ == "PROPN"


@pytest.mark.parametrize(
    ("text", "verb", "lemma"),
    [("Bel ons even op 0900-1234.", "Bel", "bellen"), ("Stuur een mail naar hulp@voorbeeld.nl!", "Stuur", "sturen"),
     ("Geef je postcode door", "Geef", "door_geven"), ("Kijk op onze site 👍", "Kijk", "kijken")],
)  # fmt: skip
def test_imperatives(nlp: Any, text: str, verb: str, lemma: str) -> None:
    token = next(t for t in nlp(text) if t.text == verb)
    assert (token.pos_, str(token.morph)) == ("VERB", "Mood=Imp|VerbForm=Fin")
    assert token.lemma_ == lemma


def test_line_breaks_end_sentences(nlp: Any) -> None:
    doc = nlp("Wat vervelend!! 😕\n\nIk zoek het uit\nGroetjes Sanne")
    assert [s.text.strip() for s in doc.sents] == ["Wat vervelend!! 😕", "Ik zoek het uit", "Groetjes Sanne"]


def test_batches_keep_their_order(nlp: Any) -> None:
    texts = ["Hoi!", "", " ", "Stuur me een DM. " * 40, "Ok"] * 30
    assert [d.text for d in parse(nlp, texts)] == texts


def test_a_long_text_is_cut_in_windows(nlp: Any) -> None:
    doc = nlp("woord " * 2000)
    assert all(t.pos_ for t in doc)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(st.one_of(st.text(max_size=60), st.text(st.sampled_from("aB 1.:/@#^{}'’-😊👍🏽\u200d\ufe0f\n\t\xa0!?"), max_size=40)))
def test_no_character_is_lost(nlp: Any, text: str) -> None:
    doc = nlp(text)
    assert doc.text == text
    for sentence in doc.sents:
        assert sum(t.head.i == t.i for t in sentence) == 1
