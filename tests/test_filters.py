"""One finding of a commandment in a sentence: the heaviest, then the first."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webcare_lint.filters import without_doubles
from webcare_lint.model import Diagnostic, Level
from webcare_lint.patterns.passage import Passage
from webcare_lint.text import Position, Span

TEXT = "Bel even met onze winkel op 0900-1234. Of mail ons."


def finding(quote: str, code: str, level: Level = "error", commandment: int | None = 2) -> Diagnostic:
    """A finding of words in ``TEXT``, or with an empty quote one about all of it."""
    start = TEXT.index(quote)
    span = Span(start, start + len(quote or TEXT))
    places = [Position(1, at + 1, at) for at in (span.start, span.end)]
    return Diagnostic(code, "n", commandment, level, "m", "w", "-", "1", None, *places, span, quote)


def kept(*found: Diagnostic) -> list[str]:
    passage = Passage(TEXT)
    return [d.code for d in without_doubles(found, lambda span: passage.scope(span, "sentence"))]


BEL, NUMMER, MAIL = finding("Bel even", "WC201"), finding("0900-1234", "WC202"), finding("mail ons", "WC203")


@pytest.mark.parametrize("order", [(BEL, NUMMER, MAIL), (MAIL, NUMMER, BEL)])
def test_the_first_of_a_sentence_is_kept_and_sentences_stay_apart(order: tuple[Diagnostic, ...]) -> None:
    assert kept(*order) == ["WC201", "WC203"]


def test_the_heaviest_goes_before_the_first() -> None:
    assert kept(finding("Bel even", "WC201", "advice"), NUMMER) == ["WC202"]


def test_other_commandments_and_codes_beside_the_ten_are_left_alone() -> None:
    assert kept(BEL, finding("0900-1234", "WC701", commandment=7)) == ["WC201", "WC701"]
    assert kept(*(finding(q, "WC1101", commandment=None) for q in ("Bel even", "0900-1234"))) == ["WC1101", "WC1101"]


def test_what_is_about_the_whole_reply_is_the_only_one_of_its_commandment_or_gives_way_to_a_heavier() -> None:
    whole = finding("", "WC205")
    assert kept(whole, finding("", "WC206"), BEL, finding("mail ons", "WC901", commandment=9)) == ["WC205", "WC901"]
    assert kept(finding("", "WC205", "warning"), MAIL) == ["WC203"]


def test_overlapping_words_are_one_finding_without_sentences() -> None:
    assert [d.code for d in without_doubles([finding("even met onze", "WC202"), finding("Bel even met", "WC201")])] == ["WC201"]


def test_the_linter_says_it_once(linter: Any) -> None:
    found = linter.check_text("Bel even met onze klantenservice op 0900-1234.").diagnostics
    assert [(d.code, d.quote) for d in found if d.commandment == 2] == [("WC201", "Bel even met onze klantenservice")]


def at(start: int, length: int, code: str = "WC201") -> Diagnostic:
    places = [Position(1, offset + 1, offset) for offset in (start, start + length)]
    return Diagnostic(code, "n", 2, "error", "m", "w", "-", "1", None, *places, Span(start, start + length), "")


def test_a_long_reply_asks_once_for_each_sentence() -> None:
    line = "Bel ons even. "
    text = line * (40_000 // len(line))
    found = [at(start, len("Bel ons")) for start in range(0, len(text), len(line))]
    passage = Passage(text)
    asked = []

    def sentence(span: Span) -> Span:
        asked.append(span)
        return passage.scope(span, "sentence")

    assert without_doubles(found, sentence) == found
    assert len(asked) == len(found)


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(1, 9)), max_size=12))
def test_one_is_kept_of_those_that_share_words_or_a_sentence(places: list[tuple[int, int]]) -> None:
    def sentence(span: Span) -> Span:
        return Span(span.start // 5 * 5, span.start // 5 * 5 + 5)

    def one_place(here: Span, there: Span) -> bool:
        return here.overlaps(there) or sentence(here) == sentence(there)

    expected: list[Span] = []
    for here in sorted((Span(start, start + length) for start, length in places), key=lambda span: (span.start, -span.end)):
        if not any(one_place(here, there) for there in expected):
            expected.append(here)
    assert [d.reply_span for d in without_doubles([at(*each) for each in places], sentence)] == expected
