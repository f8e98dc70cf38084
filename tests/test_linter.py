"""The linter as a library: what its report tells, what it shows of its rules, and how it travels."""

from __future__ import annotations

import json
import pickle
import unicodedata

import pytest

from webcare_lint import Linter
from webcare_lint.config import Config, Override, WordChanges
from webcare_lint.nl.clear import composed
from webcare_lint.patterns import passage
from webcare_lint.sources import read_document


def test_a_report_names_the_rules_of_its_own_run() -> None:
    linter = Linter(Config(select=["2"], overrides=[Override(paths=["*.md"], select=["4"])], cache=False))
    first, second = (linter.check_documents([read_document(b"Graag gedaan.", name)]).rules for name in ("a.txt", "a.md"))
    assert "WC201" in first
    assert "WC402" in second
    assert not {"WC201"} & second.keys()


def test_a_linter_travels_as_it_was_made() -> None:
    come = pickle.loads(pickle.dumps(Linter(Config(cache=False), eight=True, jobs=3)))
    assert come.jobs == 3
    assert come.check_text("Ja hoor, dat mag.").eight


def test_the_rules_are_the_same_from_the_cache() -> None:
    config = Config(words=WordChanges(add={"merk": ["Voorbeeldwinkel"]}))
    cold, warm = (Linter(config) for _ in range(2))
    books = [linter.rulebook for linter in (cold, warm)]
    assert "all_rules" not in vars(warm.loaded)
    assert books[1].lists == books[0].lists
    assert books[1].files == books[0].files
    assert "Voorbeeldwinkel" in books[0].lists["merk"]


SAID = "Wat vervelend, Zoë! Bel onze cliëntenservice even, op 0800-1234 één keer."
FOUND = "Bel onze cliëntenservice even, op 0800-1234"
APART = [unicodedata.normalize("NFD", SAID), SAID.replace(" ", "\u00a0"), SAID.replace("enten", "en\u00adten\u200b")]


@pytest.mark.parametrize("said", [SAID, *APART])
@pytest.mark.parametrize(
    ("name", "around"),
    [
        ("a.txt", "@"),
        ("a.csv", "id;antwoord\n1;@\n"),
        ("a.csv", "id;\u200bantwoord\u00a0medewerker\n1;@\n"),
        ("a.yaml", "# é\n- reply: |\n    @\n"),
        ("a.jsonl", '{"messages": [{"author": "klant", "text": "Help"}, {"author": "agent", "text": "@"}]}'),
    ],
)
def test_how_letters_are_encoded_changes_no_finding(name: str, around: str, said: str) -> None:
    document = read_document(around.replace("@", said).encode(), name)
    (finding,) = Linter(Config(select=["WC201"], cache=False)).check_documents([document]).diagnostics
    assert composed(finding.quote) == FOUND
    assert document.text[finding.start.offset : finding.end.offset] == finding.quote
    assert document.replies[-1].text[slice(*finding.reply_span)] == finding.quote


def test_a_length_is_that_of_what_is_written() -> None:
    linter = Linter(Config(select=["WC801"], cache=False))
    assert not linter.check_text("a" * 279 + "e\u0301").diagnostics  # X counts composed letters
    (finding,) = linter.check_text("\u200bab" * 94).diagnostics
    assert finding.quote == "ab"
    (finding,) = linter.check_text("é " * 139 + "[x](https://a.example) e\u0301e\u0301n" + "\u200b" * 9).diagnostics
    assert finding.quote == "](https://a.example) e\u0301e\u0301n"


def test_a_reply_is_cut_into_sentences_once_for_all_its_findings(monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[str] = []
    monkeypatch.setattr(passage, "find_masks", lambda text: looked.append(text) or [])
    linter = Linter(Config(select=["6"], cache=False), reads=False)

    def looks(sentences: int) -> int:
        text = " ".join(f"Dat staat gewoon op de site hoor, bij punt {number}." for number in range(sentences))
        looked.clear()
        assert len(linter.check_text(text).diagnostics) == sentences
        return looked.count(text)

    assert looks(8) == looks(2)


def test_earlier_messages_are_looked_at_once_for_all_replies_of_a_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[str] = []
    monkeypatch.setattr(passage, "find_masks", lambda text: looked.append(text) or [])
    said = [{"author": side, "text": f"{side} zegt iets op dag {day}."} for day in range(9) for side in ("klant", "medewerker")]
    document = read_document(json.dumps({"messages": said}).encode(), "a.json")
    assert Linter(Config(cache=False), reads=False).check_documents([document]).replies == 9
    # As earlier messages, and as the reply or the message that it answers.
    assert max(looked.count(each["text"]) for each in said) <= 2


@pytest.mark.parametrize("blank", ["", " \n", "\u200b"])
def test_a_blank_message_of_the_customer_is_none(blank: str) -> None:
    found = Linter(Config(cache=False)).check_text("Fijne dag!", customer=blank).diagnostics
    assert [each.code for each in found] == ["WC403"]
