"""The parts of the check kinds that compare texts: questions, likeness, twins in a library."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webcare_lint.checks.coverage import _questions
from webcare_lint.checks.duplicate import _twins, alike, words
from webcare_lint.model import Document, Library, Reply, with_library
from webcare_lint.patterns.passage import Passage

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
    assert _twins(library, 0.8, 6) == {"C": "A", "D": "A"}
    assert _twins(library, 1.0, 6) == {}


def test_a_document_of_five_canned_replies_is_a_library() -> None:
    replies = tuple(Reply(f"Antwoord {number}", str(number)) for number in range(5))
    made = with_library(Document("-", "", replies))
    assert {id(reply.library) for reply in made.replies} == {id(made.replies[0].library)}
    assert made.replies[0].library is not None
    assert with_library(Document("-", "", replies[:4])).replies[0].library is None
    answering = (*replies, Reply("Ja", "6", customer="Mag dat?"))
    assert with_library(Document("-", "", answering)).replies[0].library is None
