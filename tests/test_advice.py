"""What a finding suggests: by topic, in the form of address of the reply, with words not yet used; what a promise lacks."""

from __future__ import annotations

import json
from typing import Any

import pytest

from webcare_lint.model import Message
from webcare_lint.nl.register import register


@pytest.mark.parametrize(
    ("text", "spoken"),
    [("Stuur je foto", "je"), ("Uw foto is er", "u"), ("Om 14 u of 14u30", None), ("Je foto en uw bon", None), ("Hoi", None),
     ("Jullie zijn welkom", "je"), ("een u-bocht", None)],
)  # fmt: skip
def test_register(text: str, spoken: str | None) -> None:
    assert register(text) == spoken


def suggestions(linter: Any, code: str, text: str, **around: Any) -> tuple[str, ...]:
    return next(d.suggestions for d in linter.check_text(text, **around).diagnostics if d.code == code)


def test_a_redirect_names_what_to_ask_for(linter: Any) -> None:
    parcel = suggestions(linter, "WC201", "Bel ons even.", customer="Waar blijft mijn pakket?")
    assert "ordernummer" in parcel[0]
    invoice = suggestions(linter, "WC201", "Bel ons even.", customer="Er is dubbel afgeschreven")
    assert "factuurnummer" in invoice[0]
    assert suggestions(linter, "WC201", "Bel ons even.")[0].startswith("Stuur me je klantnummer")


def test_in_the_form_of_address_of_the_reply_or_else_of_the_customer(linter: Any) -> None:
    for around in ({"text": "Belt u ons even."}, {"text": "Bel ons even.", "customer": "Kunt u mijn pakket zoeken?"}):
        shown = suggestions(linter, "WC201", **around)
        assert shown
        assert {register(text) for text in shown} <= {"u", None}
    assert {register(text) for text in suggestions(linter, "WC201", "Bel ons even, dan help ik je.")} <= {"je", None}


def test_in_the_form_of_address_of_the_conversation(linter: Any) -> None:
    said = (Message("organisation", "Wat is uw nummer?"),)
    shown = suggestions(linter, "WC201", "Bel ons even.", customer="Heb je dat niet?", history=said)
    assert {register(text) for text in shown} <= {"u", None}


def test_a_topic_is_that_of_the_customer(linter: Any) -> None:
    shown = suggestions(linter, "WC201", "Bel ons even over uw pakket.", customer="Waar blijft mijn factuur?")
    assert "factuurnummer" in shown[0]
    assert not any("ordernummer" in text for text in shown)
    assert "ordernummer" in suggestions(linter, "WC201", "Bel ons even over uw pakket.")[0]


@pytest.mark.parametrize(
    ("asked", "word"),
    [("Rijdt de bus naar Broek nog?", "halte"), ("Hoe krijg ik dit geregeld?", "klantnummer"), ("Nog een tafel?", "klantnummer"),
     ("Krijg ik mijn geld nog terug?", "factuurnummer"), ("De blender ging meteen stuk", "foto")],
)  # fmt: skip
def test_a_redirect_asks_what_fits_the_message(linter: Any, asked: str, word: str) -> None:
    assert word in suggestions(linter, "WC201", "Bel ons even.", customer=asked)[0]


@pytest.mark.parametrize(
    ("code", "text"),
    [("WC204", "Mail ons even."), ("WC207", "Loop even langs bij de balie."), ("WC208", "Kijk op onze website."),
     ("WC213", "Kijk op voorbeeld.nl voor de tijden.")],
)  # fmt: skip
def test_nobody_is_asked_what_it_is_about_who_just_said_so(linter: Any, code: str, text: str) -> None:
    assert not any("Waar gaat het" in shown for shown in suggestions(linter, code, text, customer="Hoe laat is de zaal open?"))


def test_on_a_private_channel_nothing_moves_to_a_private_message(linter: Any) -> None:
    assert "in een privébericht" in suggestions(linter, "WC201", "Bel ons even.")[0]
    assert "klantnummer hier" in suggestions(linter, "WC201", "Bel ons even.", channel="whatsapp")[0]


def test_empathy_offers_words_not_yet_used(linter: Any) -> None:
    shown = " ".join(suggestions(linter, "WC501", "Wat jammer voor je! Ik baal ervan, wat een tegenvaller. Heel jammer."))
    assert shown
    assert not any(word in shown for word in ("jammer", "baal", "tegenvaller"))


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("Ik geef het door aan de afdeling.", "Wat nog ontbreekt: wanneer en hoe de klant de uitkomst hoort."),
        ("We nemen dit mee.", "Wat nog ontbreekt: wie het doet, wanneer en hoe de klant de uitkomst hoort."),
        ("U hoort van ons.", "Wat nog ontbreekt: wie het doet en wanneer."),
    ],
)
def test_a_promise_says_what_it_lacks(linter: Any, text: str, missing: str) -> None:
    assert any(d.message.endswith(missing) for d in linter.check_text(text).diagnostics if d.commandment == 7)


def test_what_is_kept_tells_the_same(run: Any, tmp_path: Any) -> None:
    path = tmp_path / "a.txt"
    path.write_text("We nemen dit mee. Bel ons even over je pakket.", "utf-8")
    first = run("check", path).stdout
    assert "Wat nog ontbreekt" in first
    assert "ordernummer" in first
    assert run("check", path).stdout == first


def test_beside_the_ten_only_when_asked_for(run: Any) -> None:
    said = ("check", "--customer", "Kunt u helpen?", "--text", "Geachte heer, ik help je graag.")
    assert "WC11" not in run(*said).stdout
    for wanted in ("11", "WC11", "WC1111", "scripttaal"):
        assert "WC1111" in run(*said, "--select", wanted).stdout
    assert "WC1121" in run(*said, "--select", "WC112").stdout


def said(linter: Any, code: str, text: str) -> str:
    return next(d.message for d in linter.check_text(text).diagnostics if d.code == code)


def test_what_is_read_aloud_has_no_emoji(linter: Any) -> None:
    found = next(d for d in linter.check_text("Dat staat er gewoon bij 🙂 ;-)").diagnostics if d.code == "WC603")
    assert found.echo == "Dat staat er gewoon bij, sukkel"


def test_a_service_is_somebody_who_does_it(linter: Any) -> None:
    assert "wie het doet" in said(linter, "WC704", "Er wordt zo snel mogelijk geveegd.")
    assert "wie het doet" not in said(linter, "WC704", "De buitendienst veegt zo snel mogelijk.")


@pytest.mark.parametrize(
    ("code", "customer", "reply", "word"),
    [
        ("WC703", "Idee: zet er een bankje neer", "We nemen dit mee.", "idee"),
        ("WC703", "De lantaarnpaal brandt niet", "We nemen dit mee.", "bespreek het vandaag"),
        ("WC1005", "14 euro voor een pannenkoek, veel te duur", "Wij werken met biologisch meel.", "prijs"),
        ("WC1005", "Ik vind het belachelijk dat jullie nog brieven sturen", "Dat is de afspraak.", "Wij doen het zo omdat"),
        ("WC904", "Mijn man is overleden, ik wil stoppen", "De krant is gestopt.", "Gecondoleerd"),
        ("WC904", "Mijn buurvrouw is gevallen over een tegel", "De tegels worden rechtgelegd.", "Hoe gaat het nu?"),
        ("WC501", "Mijn vader is overleden", "Vervelend. Heel vervelend.", "verdriet"),
        ("WC501", "Ik wacht al een uur", "Vervelend. Heel vervelend.", "Zo lang wachten"),
    ],
)
def test_advice_fits_what_the_customer_wrote(linter: Any, code: str, customer: str, reply: str, word: str) -> None:
    assert word in suggestions(linter, code, reply, customer=customer)[0]


@pytest.mark.parametrize(
    ("message", "word"),
    [
        ("Complimenten voor de monteurs, hij doet het weer", "fijn"),
        ("Die man aan de telefoon was heel lomp", "niet mogen gebeuren"),
    ],
)
def test_a_compliment_left_lying_asks_for_thanks_and_a_complaint_for_help(
    run: Any, tmp_path: Any, message: str, word: str
) -> None:
    path = tmp_path / "a.json"
    said = [("customer", "Wanneer komt er iemand?"), ("organisation", "Om 9 uur."), ("customer", message)]
    path.write_text(json.dumps({"id": "1", "messages": [{"author": a, "text": t} for a, t in said]}), "utf-8")
    found = json.loads(run("check", path, "--format", "json").stdout)["diagnostics"]
    assert word in next(d["suggestions"][0] for d in found if d["code"] == "WC407")


def test_a_promise_that_the_reader_finds_says_what_it_lacks_too(linter: Any) -> None:
    told = linter.check_text("De veegploeg is ermee bekend.", customer="Er ligt nog steeds glas op het fietspad").diagnostics
    message = next(d.message for d in told if d.code == "WC790")
    assert message.endswith("Wat nog ontbreekt: wanneer en hoe de klant de uitkomst hoort.")


def test_repeated_empathy_is_quoted_as_it_stands(linter: Any) -> None:
    assert said(linter, "WC501", "Wat jammer! Heel jammer.") == (
        "Eerder in dit antwoord staat al “jammer”. Kies hier een ander woord dan “jammer”."
    )


def test_not_every_reply_is_told_the_same_word_of_sympathy(linter: Any) -> None:
    def first(name: str) -> str:
        return suggestions(linter, "WC501", f"Wat vervelend, {name}! Heel vervelend dat de trein uitviel.")[0]

    names = ("Sanne", "Bo", "Kim", "Ruud", "Fatima", "Joris", "Mo", "Lies", "Ahmed", "Greet", "Wim", "Noor")
    assert len({first(name) for name in names}) >= 3
    assert [first(name) for name in names] == [first(name) for name in names]


def test_what_fits_the_subject_comes_before_what_fits_all(linter: Any) -> None:
    text = "Wat vervelend! Heel vervelend dat de lift nog stuk is."
    assert "wachten" in suggestions(linter, "WC501", text, customer="Ik heb een uur staan wachten")[0]
