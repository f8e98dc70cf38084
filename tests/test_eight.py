"""De 8: which stations a reply reaches, and where that is shown."""

from __future__ import annotations

import json
from typing import Any

import pytest

from webcare_lint import Linter
from webcare_lint.eight import Eight
from webcare_lint.model import Reply
from webcare_lint.names import STATIONS
from webcare_lint.rulebook.load import load_rulebook

EIGHT = Eight(load_rulebook().lists)
REPLIES = [
    ("Wat vervelend dat je kast beschadigd is! Morgen tussen 9 en 11 uur komt er een nieuwe.", "luisteren helpen"),
    ("De winkel is zondag open van 12 tot 17 uur.", "helpen"),
    ("We nemen dit mee.", ""),
    ("Dank je voor je tip over de fietsenstalling. We passen de tekst op de site aan.", "luisteren helpen leren"),
    ("Wat een schrik! Welke foutmelding zie je op je scherm?", "luisteren helpen"),
    ("Ik heb je bestelling omgezet naar maat 39. Fijne dag!", "helpen plus"),
    ("Sorry voor het wachten.", "luisteren"),
    ("Ja hoor, dat mag. Veel plezier in het park!", "helpen plus"),
    ("Je hebt gelijk, dat bord hangt verkeerd. Vanaf nu hangt het bij de ingang, en je krijgt van ons een bon.",
     "luisteren helpen plus leren"),
    ("Bel ons even.", ""),
    ("Wat leuk om te lezen! We geven het compliment door aan de bakker. Tot snel!", "luisteren plus"),
    ("Tik rechtsboven op Instellingen en kies Meldingen. Kan ik nog iets voor je doen?", "helpen plus"),
    ("Bedankt voor uw eerlijke review.", "luisteren leren"),
    ("Er wordt zo snel mogelijk contact met u opgenomen.", ""),
    ("Het bedrag is vanmorgen teruggestort en staat donderdag op uw rekening.", "helpen"),
    ("Gecondoleerd met het verlies van uw vader. U hoeft niets te regelen, het abonnement is stopgezet.", "luisteren helpen"),
    ("😊", ""),
]  # fmt: skip


@pytest.mark.parametrize(("text", "reached"), REPLIES, ids=[text[:40] for text, _ in REPLIES])
def test_stations(text: str, reached: str) -> None:
    found = EIGHT.reached(Reply(text))
    assert [name for name, on in found.items() if on] == reached.split()
    assert list(found) == list(STATIONS)


def test_only_when_asked_for() -> None:
    assert Linter().check_text("Ja hoor.").eight is None
    reached = Linter(eight=True).check_text("Ja hoor, dat mag.").eight
    assert reached is not None
    assert [r.stations["helpen"] for r in reached] == [True]


def test_shown_under_every_reply(run: Any, tmp_path: Any) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("een: Bel ons even.\ntwee: Sorry voor het wachten. Hij komt morgen om 9 uur.\n", "utf-8")
    shown = run("check", "--de-acht", "--select", "2", path).stdout
    assert shown.index("WC201") < shown.index("De 8 · een") < shown.index("De 8 · twee")
    assert "De 8 · twee  ● luisteren  ● helpen  ○ plus  ○ leren" in shown
    assert "De 8" not in run("check", "--select", "2", path).stdout
    assert "● listening" in run("check", "--de-acht", "--lang", "en", path).stdout


def test_in_json(run: Any) -> None:
    report = json.loads(run("check", "--de-acht", "--format", "json", "--text", "Ja hoor, dat mag.").stdout)
    assert report["replies"] == [
        {"path": "-", "reply_id": "1", "message_index": None,
         "de_acht": {"luisteren": False, "helpen": True, "plus": False, "leren": False}}
    ]  # fmt: skip
    assert "replies" not in json.loads(run("check", "--format", "json", "--text", "Ja hoor.").stdout)


def test_a_message_that_nobody_answered_has_no_stations(run: Any, tmp_path: Any) -> None:
    path = tmp_path / "a.json"
    messages = [{"author": "organisation", "text": "Ja hoor, dat mag."}, {"author": "customer", "text": "En mag mijn hond mee?"}]
    path.write_text(json.dumps([{"id": "K1", "messages": messages}]), "utf-8")
    report = json.loads(run("check", "--de-acht", "--format", "json", path).stdout)
    assert [r["message_index"] for r in report["replies"]] == [0]
    shown = run("check", "--de-acht", path).stdout
    assert shown.count("De 8") == 1


def test_served(server: str) -> None:
    import httpx

    answer = httpx.post(f"{server}/lint", json={"reply": "Sorry! Hij komt morgen om 9 uur."}).json()
    assert answer["de_acht"] == {"luisteren": True, "helpen": True, "plus": False, "leren": False}
