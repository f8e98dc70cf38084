"""The parts of the check kinds that compare texts: questions, likeness, twins in a library."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webcare_lint.cache import _key
from webcare_lint.checks.coverage import _questions
from webcare_lint.checks.duplicate import _COMMON, _twins, alike, words
from webcare_lint.engine import Engine
from webcare_lint.model import Document, Hit, Library, Reply, with_library
from webcare_lint.patterns.passage import Passage
from webcare_lint.rulebook import Rulebook
from webcare_lint.rulebook.examples import test_examples as try_examples
from webcare_lint.rulebook.load import load_rulebook
from webcare_lint.text import LineIndex, Span

OPENS = re.compile("kan|mag|hoe|wat|wanneer|zit|is|hebben")


@pytest.mark.parametrize(
    ("message", "questions"),
    [
        ("is de jas ook in maat 50 en zit er een capuchon aan", ["is de jas ook in maat 50", "zit er een capuchon aan"]),
        ("Kan dat? En hoe laat?", ["Kan dat?", "En hoe laat?"]),
        ("De lift is stuk. Wanneer komt er iemand?", ["Wanneer komt er iemand?"]),
        ("Kan niet inloggen. Mijn scherm is zwart", []),
        ("In 2024?", []),
        ("Hebben jullie ook glutenvrij en mag de hond mee", ["Hebben jullie ook glutenvrij", "mag de hond mee"]),
        ("ik kom zaterdag en dan is het druk", []),
    ],
)
def test_questions(message: str, questions: list[str]) -> None:
    assert _questions(Passage(message), OPENS) == questions


def test_names_placeholders_and_signatures_do_not_count_as_words() -> None:
    assert words(Passage("@piet Hoi {{naam}}, tot morgen! ^EK")) == ("hoi", "tot", "morgen")


@given(st.lists(st.sampled_from("de lift doet het morgen weer om negen uur".split()), min_size=1, max_size=12))
def test_a_text_is_like_itself(text: list[str]) -> None:
    assert alike(text, list(text), 1.0)


def test_twins_name_the_earlier_one() -> None:
    text = "Stuur je ordernummer in een DM, dan zoek ik het vandaag voor je uit."
    library = Library(
        (("A", text), ("B", "Ja hoor, dat kan."), ("C", text.replace("vandaag", "nu")), ("D", text + " Fijne dag!"))
    )
    assert _twins(library, 0.8, 6) == {2: "A", 3: "A"}
    assert _twins(library, 1.0, 6) == {}


def test_a_document_of_five_canned_replies_is_a_library() -> None:
    replies = tuple(Reply(f"Antwoord {number}", str(number)) for number in range(5))
    made = with_library(Document("-", "", replies))
    assert {id(reply.library) for reply in made.replies} == {id(made.replies[0].library)}
    assert made.replies[0].library is not None
    assert with_library(Document("-", "", replies[:4])).replies[0].library is None
    answering = (*replies, Reply("Ja", "6", customer="Mag dat?"))
    assert with_library(Document("-", "", answering)).replies[0].library is None


HEAD = """\
title: {nl: Titel}
words: {leeg: ["@klein"], klein: [broek]}
rules:
  - code: WC090
    name: proef
    level: advice
    message: {nl: "{word}{question}"}
    why: {nl: w}
    suggestions: {nl: [s]}
"""
TEXTS = ["Hij loopt.", "Ik bel je.", "Zij belt hem.", "Wij bellen u.", "Het regent.", "Bel me."]
SHARE = """\
    kind: share
    over: 0.5
    from-replies: 3
    groups: {bellen: ["<bellen>"]}
    examples:
      bad: [{reply: "**Bel** me.", library: [Hij loopt., Ik bel je., Wij bellen u.]}]
      good: [{reply: Hij loopt., library: [Ik bel je., Wij bellen u., Bel me.]}]
"""
COVERAGE = """\
    kind: coverage
    of: question
    ignore: ["@leeg", jullie]
    opens: [wanneer, kan]
    min-words: 1
    answers: [{asks: ["<leveren> jullie"], answer: [maandag]}]
    examples:
      bad:
        - reply: Dat is jammer van je broek.
          customer: Kan de jas terug? En wanneer leveren jullie de broek?
      good:
        - reply: Ja hoor, maandag.
          customer: Kan de jas terug? En wanneer leveren jullie de broek?
"""

ADDRESS = """\
    kind: address
    against: customer
    familiar: [je]
    asking: [je]
    formal: [u]
    unless: [{find: [voor je geduld], in: sentence}]
    examples:
      bad: [{reply: "We bellen **je**.", customer: Belt u mij?}]
      good: [{reply: We bellen u., customer: Belt u mij?}]
"""


def own(tmp_path: Path, body: str) -> Rulebook:
    path = tmp_path / "eigen.yaml"
    path.write_text(HEAD + body, "utf-8")
    return load_rulebook([path], shipped=False)


def found(book: Rulebook, linter: Any, replies: Sequence[Reply]) -> list[tuple[str, int, dict[str, str]]]:
    """What is found, each with the text and the number of its reply."""
    checked = Engine(book, linter.loaded.parse).check(replies, "-", LineIndex(""))
    return [
        (r.text[slice(*hit.span)], number, dict(hit.values)) for number, (r, hits, _) in enumerate(checked) for _, hit in hits
    ]


def test_a_library_whose_words_need_the_parse(tmp_path: Path, linter: Any) -> None:
    book = own(tmp_path, SHARE)
    library = with_library(Document("-", "", tuple(Reply(text, str(number)) for number, text in enumerate(TEXTS)))).replies
    values = {"word": "bellen", "count": "4", "total": "4", "share": "100", "others": "1, 2, 3, 5"}
    assert found(book, linter, library) == [("Bel", 5, values)]
    assert [str(each) for each in try_examples(book, linter.loaded.parse).failures if "minder dan" not in each.text.nl] == []


def test_a_question_whose_words_need_the_parse(tmp_path: Path, linter: Any) -> None:
    book = own(tmp_path, COVERAGE)
    asked = "Kan de jas terug? En wanneer leveren jullie de broek?"
    replies = [Reply("Dat is jammer van je broek.", customer=asked), Reply("Ja hoor, maandag.", customer=asked)]
    assert [number for _, number, _ in found(book, linter, replies)] == [0]
    assert [str(each) for each in try_examples(book, linter.loaded.parse).failures if "minder dan" not in each.text.nl] == []


def test_an_excepted_word_of_address_does_not_hide_the_next(tmp_path: Path, linter: Any) -> None:
    reply = "Bedankt voor je geduld. We bellen je morgen."
    book = own(tmp_path, ADDRESS)
    replies = [Reply(reply, customer="Kunt u mij bellen?"), Reply("Bedankt voor je geduld.", customer="Kunt u mij bellen?")]
    assert found(book, linter, replies) == [("je", 0, {"first": "u"})]
    (_, ((_, hit),), _), _ = Engine(book, linter.loaded.parse).check(replies, "-", LineIndex(""))
    assert hit.span.start == reply.rindex("je")


def test_a_rule_that_makes_its_passages_anew_is_stopped(tmp_path: Path, linter: Any) -> None:
    book = own(tmp_path, SHARE)
    rule = book.rules["WC090"]
    # What is cached stands before what the class gives.
    vars(rule)["check"] = lambda exchange: [Hit(Span(0, 0))] if Passage(exchange.reply.text).doc else []
    with pytest.raises(RuntimeError, match="WC090"):
        found(book, linter, [Reply("Ik bel je.")])


def test_replies_of_a_library_with_one_id_are_told_apart(tmp_path: Path, linter: Any) -> None:
    idents = ["wacht", "wacht", "bel", "bel", "bel"]
    texts = ["Het spijt ons zeer.", "Dat spijt ons zeer.", "Helaas spijt ons dat zeer.", "Ja hoor.", "Helaas, nee."]
    library = with_library(Document("-", "", tuple(map(Reply, texts, idents)))).replies
    book = own(tmp_path, SHARE.replace('bellen: ["<bellen>"]', "spijt: [spijt ons]"))
    values = {"word": "spijt", "count": "3", "total": "3", "share": "100", "others": "wacht, wacht, bel"}
    assert found(book, linter, library) == [("spijt ons", 2, values)]
    twice = "Stuur je ordernummer in een DM, dan zoek ik het vandaag voor je uit."
    twins = with_library(Document("-", "", tuple(map(Reply, [twice, texts[0], twice, texts[3], texts[4]], idents)))).replies
    duplicate = SHARE[: SHARE.index("    over")].replace("share", "duplicate") + SHARE[SHARE.index("    examples") :]
    book = own(tmp_path, duplicate.replace("    examples", "    across: library\n    examples"))
    assert found(book, linter, twins) == [("", 2, {"other": "wacht"})]


@given(st.lists(st.lists(st.sampled_from("abcd"), min_size=3, max_size=14), max_size=6), st.sampled_from([0.5, 0.72, 0.9, 1.0]))
def test_no_texts_that_are_alike_are_passed_over(texts: list[list[str]], likeness: float) -> None:
    runs = [set(zip(text, text[1:], text[2:], strict=False)) for text in texts]
    wanted = {
        other for one, other in combinations(range(len(texts)), 2)
        if runs[one] & runs[other] and alike(texts[one], texts[other], likeness)
    }  # fmt: skip
    assert _twins(Library(tuple((" ", " ".join(text)) for text in texts)), likeness, 1).keys() == wanted


def test_a_text_that_stands_there_often_is_no_set_phrase() -> None:
    text = "Stuur je ordernummer in een DM, dan zoek ik het vandaag voor je uit."
    often = [text] * (_COMMON + 2)
    replies = (*often, "Hoi!", text.replace("vandaag", "morgen"), "Hoi!")
    twins = _twins(Library(tuple((str(number), each) for number, each in enumerate(replies))), 0.9, 6)
    assert twins == dict.fromkeys((*range(1, len(often)), len(often) + 1), "0")


def test_what_is_kept_of_a_reply_is_not_taken_for_its_twin_with_the_same_id() -> None:
    one, other, *_ = with_library(Document("-", "", (Reply("Ja hoor.", "ja"),) * 5)).replies
    assert _key(one) != _key(other)
