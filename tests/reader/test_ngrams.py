"""The table of hashed n-grams: a reply counts as its worst sentence."""

from __future__ import annotations

from array import array

import pytest

from webcare_lint.reader.ngrams import BUCKETS, Ngrams, features, sentences
from webcare_lint.reader.vote import Voices, Weights, expected, probability


def table(*phrases: str, kind: str = "s") -> Ngrams:
    """A table of two heads, of which the first dislikes these phrases."""
    weights = array("b", bytes(BUCKETS * 2))
    for phrase in phrases:
        for bucket in features(phrase, kind):
            weights[bucket * 2] = 100
    return Ngrams(weights, [0.1, 0.1], [-1.0, -2.0])


def test_a_known_phrase_is_heard_whatever_case_and_digits() -> None:
    ngrams = table("bel ons op 0900")
    quiet, other = ngrams.logits("Je pakket komt morgen.", None)
    loud, same = ngrams.logits("BEL ONS op 0188", None)
    assert loud > quiet + 1
    assert other == same == -2.0


def test_a_bad_sentence_is_not_thinned_by_good_ones() -> None:
    ngrams = table("bel ons")
    alone = ngrams.logits("Bel ons", None)[0]
    among = ngrams.logits("Wat fijn dat alles werkt! Bel ons\nFijne dag verder en tot ziens.", None)[0]
    assert among == pytest.approx(alone)


def test_the_message_of_the_customer_weighs_too() -> None:
    ngrams = table("derde keer", kind="c")
    assert ngrams.logits("Ja hoor.", "Dit is de derde keer")[0] > ngrams.logits("Ja hoor.", "Hallo daar")[0]


def test_sentences_end_at_marks_and_lines() -> None:
    assert sentences("Hoi! Dat kan.\nGroet, Bo") == ["Hoi!", "Dat kan.", "Groet, Bo"]
    assert sentences("  ") == [""]


def test_what_is_expected_adds_up_over_the_commandments() -> None:
    assert expected([0.0, 0.0]) == pytest.approx(1.0)
    assert expected([-1e9, 1e9]) == pytest.approx(1.0)
    assert expected([]) == 0.0


def test_advice_of_a_rule_raises_the_vote() -> None:
    weights = Weights(encoder=1.0, ngrams=0.5, others=0.4, advised=1.0, sure=2.0, bias=0.0)
    assert probability(weights, Voices(0.0, 0.0, 0.0), None) == pytest.approx(0.5)
    assert probability(weights, Voices(0.0, 0.0, 0.0), "advice") > 0.7
    assert probability(weights, Voices(-1e9, 0.0, 0.0), "advice") < 1e-9


def test_another_break_raises_the_vote() -> None:
    weights = Weights(encoder=1.0, ngrams=0.5, others=0.4, advised=1.0, sure=2.0, bias=0.0)
    assert probability(weights, Voices(0.0, 0.0, 1.0), None) > 0.55
