"""Templates read as replies: ordinary words for fields, and every character in its place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webcare_lint.nl.readable import readable
from webcare_lint.text import Span


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Je pakket komt {{datum}} bij je aan.", "Je pakket komt vrijdag bij je aan."),
        ("Om {{tijd}} weet je meer, [naam]!", "Om 14.00 uur weet je meer, Sanne!"),
        ("Hij komt tussen {{van}} en {{tot}}.", "Hij komt tussen 14.00 uur en 14.00 uur."),
        ("Je {{product}} ligt bij {{afdeling_retour}}.", "Je product ligt bij afdeling retour."),
        ("Nummer {{order.id}}, zie {{link}}.", "Nummer 48113, zie https://voorbeeld.example/hier."),
        ("Gewoon een zin.", "Gewoon een zin."),
        ("", ""),
    ],
)
def test_what_is_read(text: str, read: str) -> None:
    assert readable(text).text == read


PARTS = st.sampled_from(
    ["Bel ons", " ", "{{datum}}", "{{naam}}", "[tijd]", "**", "*", "_", "é", "🙂", ".", "vrijdag", "https://a.example/b", "\n"]
)


@given(st.lists(PARTS, max_size=12).map("".join))
def test_every_character_stands_where_it_came_from(text: str) -> None:
    made = readable(text)
    last = 0
    for at, character in enumerate(made.text):
        place = made.to_source(Span(at, at + 1))
        assert 0 <= place.start < place.end <= len(text)
        assert last <= place.start
        assert text[place.start] == character or place.end - place.start > 1
        last = place.start
