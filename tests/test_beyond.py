"""Beyond one reply: whole conversations and whole libraries, judged against their labels."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

from webcare_lint.config import Config
from webcare_lint.linter import Linter
from webcare_lint.sources import thread
from webcare_lint.sources.conversation import Conversation
from webcare_lint.sources.placed import Placed
from webcare_lint.sources.thread import People, Waiting, answered

HERE = Path(__file__).parent / "beyond"
CORPUS = Path(__file__).parents[1] / "training" / "corpus"
CONVERSATIONS = [HERE / "conversations.jsonl", CORPUS / "conversations.jsonl"]
SEEN_WHOLE = {4, 9, 10}
"""Commandments that these files label completely, with the codes of the fifth that look across replies."""


@pytest.fixture(scope="module")
def whole() -> Linter:
    return Linter(msgspec.structs.replace(Config(), select=["4", "9", "10", "WC551", "WC552"]))


@pytest.fixture(scope="module")
def patterns(whole: Linter) -> Linter:
    """Without the reader, which judges replies and not conversations."""
    return Linter(whole.config, reads=False)


@pytest.mark.parametrize("path", CONVERSATIONS, ids=lambda path: path.parent.name)
def test_every_label_of_the_conversations_and_nothing_else(path: Path, patterns: Linter) -> None:
    labelled = set()
    for line in path.read_text("utf-8").splitlines():
        record = json.loads(line)
        numbers = {(label["message"], label["commandment"]) for label in record["labels"]}
        labelled |= {(record["id"], message, number) for message, number in numbers if number in {5, *SEEN_WHOLE}}
    report = patterns.check_paths([path])
    assert not report.failures
    found = {(d.reply_id, d.message_index, d.commandment) for d in report.diagnostics if d.level != "advice"}
    assert found == labelled


def _about_library(whole: Linter, path: Path) -> list[tuple[str, str]]:
    report = whole.check_paths([path])
    return [(d.code, d.reply_id) for d in report.diagnostics if d.code in ("WC552", "WC1007")]


def test_libraries(whole: Linter) -> None:
    assert sorted(_about_library(whole, HERE / "kapot.yaml")) == [("WC1007", "K08"), ("WC552", "K07")]
    assert _about_library(whole, HERE / "heel.yaml") == []
    assert sorted(_about_library(whole, CORPUS / "library.yaml")) == [("WC1007", "T15"), ("WC552", "T21")]


def test_the_finding_stands_at_the_message_without_a_reply(whole: Linter, tmp_path: Path) -> None:
    path = tmp_path / "gesprek.jsonl"
    record = {
        "id": "G",
        "messages": [
            {"author": "customer", "text": "Storing?"},
            {"author": "organisation", "text": "Ja, om acht uur klaar."},
            {"author": "customer", "text": "En krijg ik iets terug?"},
        ],
    }
    path.write_text(json.dumps(record), "utf-8")
    report = whole.check_paths([path])
    (finding,) = report.diagnostics
    assert (finding.code, finding.message_index, finding.quote) == ("WC406", 2, "")
    assert path.read_text("utf-8")[finding.start.offset : finding.end.offset] == "En krijg ik iets terug?"
    assert report.replies == 1  # what the customer wrote is no reply


def test_a_reply_to_one_customer_of_a_thread_leaves_the_other_waiting(whole: Linter, tmp_path: Path) -> None:
    path = tmp_path / "draad.jsonl"

    def unanswered(last: str) -> set[int | None]:
        said = [("customer", "@Dineke_V", "Rijdt lijn 53 nog?"), ("organisation", "Bus", "Ja, Dineke, om 17.48 uur."),
                ("customer", "@tjerk83", "En de andere kant op?"), ("customer", "@Dineke_V", "Hij komt eraan, thx"),
                ("organisation", "Bus", last)]  # fmt: skip
        messages = [{"author": author, "name": name, "text": text} for author, name, text in said]
        path.write_text(json.dumps({"id": "G", "messages": messages}), "utf-8")
        return {d.message_index for d in whole.check_paths([path]).diagnostics if d.code == "WC406"}

    assert unanswered("Fijn, Dineke, een veilige rit!") == {2}
    assert unanswered("Fijn, Dineke! Tjerk, die kant op rijdt hij om 18.02 uur.") == set()
    assert unanswered("Die kant op rijdt hij om 18.02 uur.") == set()


@pytest.mark.parametrize(
    ("reply", "to"),
    [
        ("Hoi Marjolein! Ja hoor, elke dag van elf tot één. ^Bas", {"Marjolein Tuk"}),
        ("hoi marjolein, elke dag van elf tot één", {"Marjolein Tuk"}),
        ("@wesley_b aan de lijn mag het", {"wesley_b"}),
        ("Elke dag van elf tot één, en aan de lijn mag het.", {"Marjolein Tuk", "wesley_b"}),
        ("Dag Kees, tot morgen!", set()),  # wie er al eerder was
        ("Zeker Wesley, aan de lijn mag het", {"wesley_b"}),
        ("Aan de lijn mag het, Wesl", {"wesley_b"}),
        ("Wes weet het: aan de lijn mag het", {"Marjolein Tuk", "wesley_b"}),  # te kort om een naam te zijn
        ("Ja hoor, elke dag, en aan de lijn mag het. ^Marjolein", {"Marjolein Tuk", "wesley_b"}),  # wie tekent
        ("Daarvan kijkt niemand op, want dat ligt aan de wit geverfde stal.", {"Marjolein Tuk", "wesley_b"}),
    ],
)
def test_whom_a_reply_calls_it_answers(reply: str, to: set[str]) -> None:
    waiting = [Waiting(1, "Is de babygiraf buiten te zien?", "Marjolein Tuk"), Waiting(2, "Mogen honden mee?", "wesley_b")]
    meant, left = answered(waiting, People(("Marjolein Tuk", "wesley_b", "Kees van de Wit")), reply)
    assert {said.name for said in meant} == to
    assert [said.number for said in left if said.passed] == [said.number for said in waiting if said.name not in to]


def test_who_was_passed_over_waits_until_a_reply_is_for_them() -> None:
    passed = Waiting(1, "Mogen labradors mee? Krijgt die dan ook een kaartje", "Wesley", passed=True)
    both = People(("Wesley", "Marjolein"))

    def left(reply: str, *since: Waiting) -> list[str]:
        return [said.name for said in answered([passed, *since], both, reply)[1]]

    assert left("🧡", Waiting(3, "Super dankjewel!!", "Marjolein")) == ["Wesley"]
    assert left("Labradors blijven buiten, al mogen ze op het plein.", Waiting(3, "Top!", "Marjolein")) == []
    assert left("Die krijgt u zaterdag.", Waiting(3, "En mijn foto?", "Marjolein")) == ["Wesley"]
    assert left("Aangelijnde honden mogen mee", Waiting(3, "Mogen die honden aangelijnd mee?", "Wesley")) == []
    assert answered([passed], People(["Wesley"]), "Ja")[1] == []


@pytest.mark.parametrize(
    ("reply", "left"),
    [
        ("Ja, altijd, ook op de training.", ["Ferry"]),  # Thijs praatte met Priscilla
        ("Ja, altijd. En de kantine is open vanaf 9 uur.", []),
        ("De kantine? Vanaf 9 uur, Ferry.", ["Priscilla"]),
    ],
)
def test_a_reply_without_a_name_goes_on_with_whom_it_was_talking_to(reply: str, left: list[str]) -> None:
    waiting = [
        Waiting(2, "kantine open vanaf hoe laat?", "Ferry"),
        Waiting(3, "Top! Moet hij scheenbeschermers om?", "Priscilla"),
    ]
    assert [said.name for said in answered(waiting, People(("Priscilla", "Ferry")), reply, "Priscilla")[1]] == left


def test_a_reply_without_a_name_answers_all_when_it_was_talking_to_nobody() -> None:
    waiting = [Waiting(2, "kantine open vanaf hoe laat?", "Ferry"), Waiting(3, "Moet hij scheenbeschermers om?", "Priscilla")]
    assert answered(waiting, People(("Priscilla", "Ferry")), "Ja, altijd, ook op de training.") == (waiting, [])


def test_the_begin_of_a_name_calls_everybody_whose_name_begins_so() -> None:
    waiting = [Waiting(i, "?", name) for i, name in enumerate(("Annemarie Bos", "@anne_k", "Ann", "Anton", "Jo"))]
    people = People(said.name for said in waiting)

    def called(reply: str) -> list[str]:
        return [said.name for said in answered(waiting, people, reply)[0]]

    assert called("Dag Anne, morgen!") == ["Annemarie Bos", "@anne_k"]
    assert called("Dag Ann, morgen!") == ["Ann"]
    assert called("Dag Annemarie en Anton, morgen!") == ["Annemarie Bos", "Anton"]


@pytest.mark.parametrize(
    ("greeted", "name"),
    [
        ("Henny", "Hennie Bos"),
        ("Hennie", "henny_b"),
        ("Tineke", "Tieneke"),
        ("Matijs", "Matthijs"),
        ("Karin", "Carin"),
        ("Stefan", "Stephan"),
    ],
)
def test_a_name_is_heard_as_it_sounds(greeted: str, name: str) -> None:
    waiting = [Waiting(1, "Komt er een spiegel?", name), Waiting(2, "En de bladkorven?", "Petra")]
    assert answered(waiting, People((name, "Petra")), f"Beste {greeted}, maandag.") == ([waiting[0]], [waiting[1]])


@pytest.mark.parametrize(
    ("first", "then", "reply", "left"),
    [
        ("Mag mijn vouwfiets mee?", "Heel wat anders: de lift in Bergen is stuk", "De lift is donderdag weer in orde.", [1]),
        ("wekker is gezet", "o en ff iets anders, waar blijft mn retour?", "Slim, die wekker! Tot donderdag", [2]),
        ("De sleutel van mijn kluisje, waar moet die heen?", "Oh en mag mijn broertje meedoen", "Je broertje is welkom!", [1]),
        ("die buren hebben het niet", "trouwens, kan PK90177 naar zaterdag?", "PK90177 komt zaterdag.", [1]),
        ("Welke maat heeft de hoodie?", "En nog een vraagje: krimpt hij", "De hoodie valt ruim, en krimpen doet hij niet.", []),
        (
            "Welke maat heeft de hoodie?",
            "En nog een vraagje: krimpt hij",
            "Neem maar een S. Nee hoor!",
            [],
        ),  # van geen van beide een woord
        ("5577, staat op die foto", "Wanneer krijg ik eigenlijk de eindafrekening? Die vloer", "Gas 5577 staat erin.", [2]),
        ("Mijn 06 loopt tot 30 november", "Krijg ik trouwens een esim of een kaartje", "Op 30 november gaat hij over.", [2]),
        (
            "Mijn fiets ligt bij de balie",
            "Hoe lang duurt dat eigenlijk?",
            "De fiets is vrijdag klaar.",
            [],
        ),  # nog steeds de fiets
        ("ja", "iets anders, mag ik ibuprofen naast de spuiten nemen? knie doet zeer", "De koerier komt om 19.00 uur.", [2]),
        ("Gaat hij aanbellen?", "Ge moet op het raam kloppen", "Hij klopt op het raam.", []),  # geen ander onderwerp
        (
            "Mag mijn vouwfiets mee?",
            "En wanneer gaat de bus",
            "De bus gaat om 10 uur.",
            [],
        ),  # een tweede vraag is nog geen ander onderwerp
    ],
)
def test_a_reply_to_one_of_two_subjects_leaves_the_other_waiting(first: str, then: str, reply: str, left: list[int]) -> None:
    waiting = [Waiting(1, first, "Bo"), Waiting(2, then, "Bo")]
    assert [said.number for said in answered(waiting, People(["Bo"]), reply)[1]] == left


@pytest.mark.parametrize(
    ("text", "among"),
    [
        ("@noud_v had ik vorig jaar ook", True),
        ("@noud_v @Dienst waar blijft de mijne?", False),
        ("@Dienst waar blijft ie?", False),
        ("@ria_w ik zelf", False),
        ("had ik ook @noud_v", False),
        ("@noud_v onder Rekeningen. Complimenten trouwens aan de bank, zelden zo'n vlotte site gezien", False),
    ],
)
def test_what_customers_say_to_each_other_waits_for_nobody(text: str, among: bool) -> None:
    assert thread.is_among_customers(Waiting(1, text, "@ria_w"), People(("@noud_v", "@ria_w"))) is among


def test_a_subject_that_was_passed_over_waits_for_words_about_it() -> None:
    passed = Waiting(1, "De sleutel van mijn kluisje, waar moet die heen?", "Bo", passed=True)

    def left(reply: str, *since: Waiting) -> list[int]:
        return [said.number for said in answered([passed, *since], People(["Bo"]), reply)[1]]

    assert left("Daan staat op de lijst.", Waiting(3, "Hij heet Daan", "Bo")) == [1]
    assert left("Daan staat op de lijst, en de sleutel mag in de bus.", Waiting(3, "Hij heet Daan", "Bo")) == []
    assert left("Die mag in de bus.") == []  # wie uit zichzelf nog eens schrijft, komt erop terug


def test_a_long_thread_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    monkeypatch.setattr(thread, "composed", lambda text: read.append(text) or text)
    conversation = Conversation("G", None, ())
    for i in range(40):
        conversation.ask(Waiting(i, f"Waar blijft bestelling {i}?", f"Klant{chr(97 + i)}"))
    for i in range(40):
        conversation.answer(i, Placed.verbatim(f"Hoi, we kijken even mee naar nummer {i}", 0))
    assert len(read) <= 3 * 40  # each name, message and reply


def test_a_file_with_customers_is_no_library(whole: Linter, tmp_path: Path) -> None:
    twins: list[dict[str, Any]] = [{"reply": "Stuur je ordernummer in een DM, dan zoek ik het vandaag uit."}] * 6
    path = tmp_path / "antwoorden.jsonl"
    path.write_text("".join(json.dumps(record) + "\n" for record in twins), "utf-8")
    assert {d.code for d in whole.check_paths([path]).diagnostics} == {"WC1007"}
    twins[0] = {**twins[0], "customer": "Waar blijft mijn pakket over de dijk?"}
    path.write_text("".join(json.dumps(record) + "\n" for record in twins), "utf-8")
    assert "WC1007" not in {d.code for d in whole.check_paths([path]).diagnostics}


def test_the_reader_adds_nothing_to_the_conversations_of_the_corpus(whole: Linter, patterns: Linter) -> None:
    def found(linter: Linter) -> set[tuple[str, int | None, int | None]]:
        return {(d.reply_id, d.message_index, d.commandment)
                for d in linter.check_paths([CORPUS / "conversations.jsonl"]).diagnostics if d.level != "advice"}  # fmt: skip

    assert found(whole) == found(patterns)
