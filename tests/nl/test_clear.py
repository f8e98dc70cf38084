"""A reply without what must not change the outcome, every character in its place."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webcare_lint.nl.clear import clear, cleared, composed
from webcare_lint.text import Span


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("E\u0301e\u0301n cafe\u0301, hè?", "Één café, hè?"),
        ("bli\u0301j\u0301f", "blíjf"),
        ("Bel onze klan\u00adten\u00adservice\u200b.", "Bel onze klantenservice."),
        ("Bel\u00a0ons\u202fop \u202a0800\u20111234\u202c", "Bel ons op 0800-1234"),
        ("zĳn oﬃcieel 𝗕𝗲𝗹 Ｂel！ ʼs avonds", "zijn officieel Bel Bel! 's avonds"),
        ("a\u200db 👩\u200d👩\u200d👧 👍🏽", "ab 👩\u200d👩\u200d👧 👍🏽"),
        ("[Bel ons](https://a.example/b_c) even.", "Bel ons https://a.example/b_c even."),
        ("[bel ons](tel:0800-1234), [mail](mailto:wij@a.example)", "bel ons 0800-1234, mail wij@a.example"),
        ('[hier]({{ link }}) en [daar](<https://a.example> "titel")', "hier {{ link }} en daar https://a.example"),
        ("[**Bel** ons](/contact)", "Bel ons /contact"),
        ("[Wiki](https://a.example/x_(y)).", "Wiki https://a.example/x_(y)."),
        ("**Bel ons** even, en _niet_ *later*.", "Bel ons even, en niet later."),
        ("\u200b", ""),
    ],
)
def test_what_is_read(text: str, read: str) -> None:
    assert cleared(text) == read


@pytest.mark.parametrize(
    "text",
    [
        "Gewoon één zin – met een streepje, 14 °C, € 5 en “een” citaat…",
        "[naam](optioneel) [naam] (zie onder) ![foto](https://a.example/b.png) [[naam]](https://a.example)",
        "3 * 4 is 12 en snake_case_naam blijft, ook * los.",
        "Kijk op https://a.example/a_b_c of mail a_b@a.example. 👩\u200d👩\u200d👧 ☎\ufe0f",
        "",
    ],
)
def test_what_is_read_as_it_is(text: str) -> None:
    assert clear(text) is None


ODD = ["e\u0301", "u\u0308", "j\u0301", "\u0301", "\u00ad", "\u200b", "\u200d", "\u00a0", "ĳ", "ﬃ", "𝗕", "ʼ", "👩\u200d👧"]
SIGNS = ["[", "](https://a.example)", "](tel:0800-1234)", "**", "*", "_"]


@given(st.lists(st.sampled_from(["Bel ons", " ", "é", "🙂", ".", "\n", "{{naam}}", *ODD, *SIGNS]), max_size=12).map("".join))
def test_every_character_stands_where_it_came_from(text: str) -> None:
    made = clear(text)
    last = 0
    for at, character in enumerate(made.text if made else ""):
        assert made
        place = made.to_source(Span(at, at + 1))
        assert last <= place.start < place.end <= len(text)
        assert character in composed(text[slice(*place)]) or text[slice(*place)].startswith("]")
        last = place.start


@given(st.text(st.characters(categories=["L", "P", "Zs", "Nd"]), max_size=20))
def test_decomposed_letters_are_read_as_composed_ones(text: str) -> None:
    apart, whole = (composed(unicodedata.normalize(form, text)) for form in ("NFD", "NFC"))
    assert unicodedata.normalize("NFD", apart) == unicodedata.normalize("NFD", whole)
