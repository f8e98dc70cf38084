"""Words as UD Dutch has them, and no character lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webcare_lint.nl.lexical import norm
from webcare_lint.nl.tokenizer import split


def words(text: str) -> list[str]:
    return [text[start:end] for start, end, _ in split(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hoi {{naam}}, wat fijn!!", "Hoi|{{naam}}|,|wat|fijn|!!"),
        ("Heeeel leuk... toch?!", "Heeeel|leuk|...|toch|?!"),
        ("m’n zo'n foto's 's avonds", "m’n|zo'n|foto's|'s|avonds"),
        ("z.s.m. t/m 24/7 om 19:30", "z.s.m.|t/m|24/7|om|19:30"),
        ("€20 of € 20,50 (13.00-15.00)", "€|20|of|€|20,50|(|13.00-15.00|)"),
        ("Bijv. op 3 nov. om 9 uur.", "Bijv.|op|3|nov.|om|9|uur|."),
        ("Dat kost max. 20. Ok", "Dat|kost|max.|20|.|Ok"),
        ("Dhr. J. Jansen belt.", "Dhr.|J.|Jansen|belt|."),
        ("Klaar.Dan gaan we", "Klaar|.|Dan|gaan|we"),
        ("in- en uitschrijven, e-mail", "in-|en|uitschrijven|,|e-mail"),
        ("'Mooi', zei \"ze\".", "'|Mooi|'|,|zei|\"|ze|\"|."),
        ("Top👍🏽! ^EK", "Top|👍🏽|!|^EK"),
        ("Bel 0900-1234.", "Bel|0900-1234|."),
    ],
)
def test_words(text: str, expected: str) -> None:
    assert words(text) == expected.split("|")


@pytest.mark.parametrize(
    ("form", "read"),
    [("Heeeel", "heel"), ("ff", "even"), ("m’n", "mijn"), ("!!", "!"), ("😊", "@emoji"), ("[naam]", "sanne"),
     ("^EK", "@ondertekening"), ("idd", "inderdaad"), ("Sanne", "sanne")],
)  # fmt: skip
def test_norms(form: str, read: str) -> None:
    assert norm(form) == read


@given(st.one_of(st.text(), st.text(alphabet=st.sampled_from("aB 1.:/@#^~{}[]%$'’()-_😊👍🏽\u200d\ufe0f\n\t\xa0!?…"))))
def test_only_whitespace_between_words(text: str) -> None:
    at = 0
    for start, end, _ in split(text):
        assert start < end
        assert not text[at:start].strip()
        at = end
    assert not text[at:].strip()
