"""What is masked, as what, and what is left alone."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webcare_lint.nl.mask import find_masks

FIELDS = {f"placeholder{kind}" for kind in ("", "-name", "-number", "-link", "-date")}
KINDS = {*FIELDS, "url", "email", "phone", "mention", "hashtag", "emoji", "emoticon", "signature"}


def masked(text: str) -> list[tuple[str, str]]:
    return [(text[m.start : m.end], m.kind) for m in find_masks(text)]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("{{naam}}", "placeholder-name"),
        ("{{ticket.requester.first_name}}", "placeholder-name"),
        ('{{user.name|fallback:"there"}}', "placeholder-name"),
        ("#{ticket.customer.firstname}", "placeholder-name"),
        ("%{ticket.name.first}", "placeholder-name"),
        ("{%customer.firstName%}", "placeholder-name"),
        ("%NAAM%", "placeholder-name"),
        ("%((voornaam))%", "placeholder-name"),
        ("[naam]", "placeholder-name"),
        ("[voornaam klant]", "placeholder-name"),
        ("{klantnaam}", "placeholder-name"),
        ("$contact.name", "placeholder-name"),
        ('<attribute key="user.name" default="there"/>', "placeholder-name"),
        ("{{ ticket.id }}", "placeholder-number"),
        ("{$ordernummer}", "placeholder-number"),
        ("[[link]]", "placeholder-link"),
        ("{{datum}}", "placeholder-date"),
        ("{% if open %}", "placeholder"),
        ("https://www.voorbeeld.nl/a?b=1", "url"),
        ("www.voorbeeld.be", "url"),
        ("nu.nl/x", "url"),
        ("nu.nl", "url"),
        ("wa.me/31612345678", "url"),
        ("hulp@voorbeeld.nl", "email"),
        ("0900-1234", "phone"),
        ("088 123 45 67", "phone"),
        ("+31 6 12345678", "phone"),
        ("06-12345678", "phone"),
        ("0470 12 34 56", "phone"),
        ("(020) 123 45 67", "phone"),
        ("14 030", "phone"),
        ("@ns_online", "mention"),
        ("#dtv", "hashtag"),
        ("👍🏽", "emoji"),
        ("👩‍👩‍👧", "emoji"),
        ("🇳🇱", "emoji"),
        ("1️⃣", "emoji"),
        ("❤️", "emoji"),
        (":-)", "emoticon"),
        (";)", "emoticon"),
        (":P", "emoticon"),
        ("<3", "emoticon"),
        ("^EK", "signature"),
        ("^webcare", "signature"),
        ("~Tom", "signature"),
    ],
)
def test_one_span(text: str, kind: str) -> None:
    assert masked(text) == [(text, kind)]
    assert masked(f"Kijk {text}") == [(text, kind)]


@pytest.mark.parametrize(
    "text",
    [
        "Om 19:30 of 13.00-15.00 uur, voor € 20,00 (ca. 50%).",
        "Op 06-12-2025 en 6 december.",
        "Bestelling #1234 kost 100% minder dan 30% van 1.000,50.",
        "Je pakket is klaar.de monteur komt morgen.",
        "Het duurt ~5 minuten ^ of zo.",
        "Dat is 1/2, [1/2] en (8) of a/b.",
        "Voor 2025 belden we 3 keer: bel 3 uur later terug.",
    ],
)
def test_nothing_masked(text: str) -> None:
    assert masked(text) == []


def test_punctuation_stays_outside() -> None:
    assert masked("Zie https://voorbeeld.nl/a, of (www.voorbeeld.nl).") == [
        ("https://voorbeeld.nl/a", "url"),
        ("www.voorbeeld.nl", "url"),
    ]


def test_short_numbers_only_behind_a_verb_of_calling() -> None:
    assert masked("Bel 14030 of bel even met 1700.") == [("14030", "phone"), ("1700", "phone")]
    assert masked("Order 14030 kwam in 1700.") == []


def test_many_signatures_take_no_longer_than_as_many_words() -> None:
    started = time.process_time()
    for text in ("^A " * 30_000, "😀^A " * 30_000, "~Tom " * 30_000):
        assert len(find_masks(text)) >= 30_000
    assert time.process_time() - started < 10  # a second; by looking ahead from each it would be minutes


def test_a_signature_signs() -> None:
    assert masked("Komt goed! ^EK 😊") == [("^EK", "signature"), ("😊", "emoji")]
    assert masked("Komt goed. ^Sanne 1/2") == [("^Sanne", "signature")]
    assert masked("Reken op 2 ^Tien van ons") == []


@given(st.text(alphabet=st.sampled_from("aB 1.:/@#^~{}[]%$<>()-_😊👍🏽\u200d\ufe0f\nnl|+0;")))
def test_sorted_without_overlap(text: str) -> None:
    at = 0
    for mask in find_masks(text):
        assert at <= mask.start < mask.end <= len(text)
        assert mask.kind in KINDS
        at = mask.end


def test_the_emergency_number_is_a_word() -> None:
    assert find_masks("Ruikt u gas? Bel 112.") == []
