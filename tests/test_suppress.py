"""Suppressions in every format, by code, name and commandment; what is in vain is reported, and words of a reply are words."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from webcare_lint import Linter
from webcare_lint.config import Config
from webcare_lint.model import Report
from webcare_lint.sources import read_document
from webcare_lint.text import Span


def check(name: str, text: str, config: Config | None = None) -> Report:
    return Linter(config).check_documents([read_document(text.encode(), name)])


def left(report: Report) -> list[tuple[str, str, int]]:
    return [(d.code, d.reply_id, d.start.line) for d in report.diagnostics]


FOR_ONE = "- id: a\n  reply: 👍\n- id: b\n  reply: 👍\n"


@pytest.mark.parametrize(
    ("name", "text", "expected", "suppressed"),
    [
        ("a.txt", "# webcare-lint: negeer WC402 – mag hier\n👍\n", [], 1),
        ("a.txt", "👍\n#webcare-lint: ignore alleen-een-emoji\n", [], 1),
        ("a.txt", "👍\n# webcare-lint negeer gebod 4\n", [], 1),
        ("a.md", "👍\n\n<!-- webcare-lint negeer WC402 en WC401 -->\n", [("WC002", "1", 3)], 1),
        ("a.yaml", "a: 👍 # webcare-lint ignore rule WC402\nb: 👍\n", [("WC402", "b", 2)], 1),
        ("a.csv", "id;antwoord;negeer\na;👍;negeer regel WC402\n", [], 1),
        ("a.txt", "👍\r\n# Webcare-Lint: negeer: 4 (omdat)\r\n", [], 1),
        ("a.txt", "# webcare-lint: negeer WC401\n👍", [("WC002", "1", 1), ("WC402", "1", 2)], 0),
        ("a.txt", "\ufeff# webcare-lint: negeer WC402\n👍\n", [], 1),
        ("a.md", "\ufeff<!-- webcare-lint: negeer WC402 -->\n👍\n", [], 1),
        ("a.yaml", "\ufeff# webcare-lint: negeer WC402\n" + FOR_ONE, [("WC402", "b", 5)], 1),
        (
            "a.yaml",
            "\ufeff" + FOR_ONE.replace("id: a", "id: a # webcare-lint: negeer WC401"),
            [("WC002", "a", 1), ("WC402", "a", 2), ("WC402", "b", 4)],
            0,
        ),
        ("a.md", "👍\n\n<!-- webcare-lint: negeer WC4 -- kort -->\n", [], 1),
        ("a.md", "## a\n<!-- webcare-lint: negeer 4 -->\n👍\n## b\n👍\n", [("WC402", "b", 5)], 1),
        ("a.md", "<!-- webcare-lint: negeer 4 -->\n## a\n👍\n## b\n👍\n", [], 2),
        ("a.md", "---\n## vast\n---\n## a\n<!-- webcare-lint: negeer 4 -->\n👍\n## b\n👍\n", [("WC402", "b", 8)], 1),
        ("a.md", "## a\n<!-- webcare-lint: negeer 4 -->\n👍\n ## b\n👍\n", [("WC402", "b", 5)], 1),
        ("a.md", "## a\n<!--\n## oud\n👍\n-->\n<!-- webcare-lint: negeer 4 -->\n👍\n## b\n👍\n", [("WC402", "b", 9)], 1),
        ("a.md", "<!-- webcare-lint: negeer 4 -->\n## a\nDank je wel!\n", [("WC002", "a", 1)], 0),
        ("a.yaml", "# webcare-lint: negeer WC402\n" + FOR_ONE, [("WC402", "b", 5)], 1),
        ("a.yaml", FOR_ONE.replace("- id: b", "# iets\n# webcare-lint: negeer WC402\n\n- id: b"), [("WC402", "a", 2)], 1),
        ("a.yaml", FOR_ONE.replace("id: a", "id: a # webcare-lint: negeer WC402"), [("WC402", "b", 4)], 1),
        ("a.yaml", FOR_ONE + "  # webcare-lint: negeer WC402\n", [("WC402", "a", 2)], 1),
        ("a.yaml", FOR_ONE.replace("- id: b", "  # webcare-lint: negeer WC402\n- id: b"), [("WC402", "b", 5)], 1),
        ("a.yaml", "data:\n  - text: 👍\n  # webcare-lint: negeer WC402\n  - text: 👍\n", [("WC402", "1", 2)], 1),
        ("a.yaml", "a:\n  text: 👍\n  # webcare-lint: negeer WC402\n\nb:\n  text: 👍\n", [("WC402", "b", 6)], 1),
        ("a.yaml", "a: 👍 # webcare-lint: negeer 4\nb: 👍\n", [("WC402", "b", 2)], 1),
        ("a.yaml", "a: 👍\n# webcare-lint: negeer 4\nb: 👍\n", [("WC402", "a", 1)], 1),
        ("a.yaml", "templates:\n  # webcare-lint: negeer 4\n  a: 👍\n  b: 👍\n", [("WC402", "b", 4)], 1),
        (
            "a.yaml",
            "v: 2\nmacros:\n  # webcare-lint: negeer 4\n  a:\n    tekst: 👍\n  b:\n    tekst: 👍\n",
            [("WC402", "b", 7)],
            1,
        ),
        ("a.yaml", "# webcare-lint: negeer 4\ntemplates:\n  a: 👍\n  b: 👍\n", [], 2),
        ("a.yaml", "templates: # webcare-lint: negeer 4\n  a: 👍\n  b: 👍\n", [], 2),
        ("a.yaml", "- &a [*a]\n" + FOR_ONE.replace("id: a", "id: a # webcare-lint: negeer WC402"), [("WC402", "b", 5)], 1),
        ("a.yaml", "a: |\n  Dank je wel!\n  # webcare-lint: negeer 4\nb: 👍\n", [("WC402", "b", 4)], 0),
        ("a.yaml", "- negeer: [WC402]\n  reply: 👍\n", [], 1),
        ("a.jsonl", '{"reply": "👍", "negeer": "WC402 – hoort zo"}\n{"reply": "👍"}\n', [("WC402", "2", 2)], 1),
        ("a.jsonl", '{"reply": "👍", "ignore": 4}\n{"reply": "👍", "webcare-lint": ["alleen-een-emoji"]}\n', [], 2),
        ("a.jsonl", '{"reply": "👍", "ignore": false}\n', [("WC402", "1", 1)], 0),
        ("a.json", '[{"reply": "Dank je wel!", "negeer": "WC402, WC9999"}]', [("WC002", "1", 1), ("WC002", "1", 1)], 0),
        ("a.csv", "id;antwoord;negeer\na;👍;WC402\nb;👍;\nc;👍;nee\n", [("WC402", "b", 3), ("WC402", "c", 4)], 1),
    ],
)
def test_each_format(name: str, text: str, expected: list[Any], suppressed: int) -> None:
    report = check(name, text)
    assert report.suppressed == suppressed
    assert left(report) == expected


@pytest.mark.parametrize(
    ("entry", "codes"), [("WC201", ["WC202"]), ("WC202", ["WC201"]), ("2", []), ("WC204", ["WC002", "WC201"])]
)
def test_what_is_suppressed_silences_no_other_words_of_its_sentence(entry: str, codes: list[str]) -> None:
    text = json.dumps([{"reply": "Bel even met onze klantenservice op 0900-1234.", "negeer": entry}])
    report = check("a.json", text, Config(select=["2", "WC0"], cache=False))
    assert sorted(d.code for d in report.diagnostics) == codes
    assert report.suppressed == ("WC002" not in codes)


def test_a_conversation_asks_for_its_unanswered_messages_too() -> None:
    said = [("customer", "Hoi, werkt het?"), ("organisation", "Ja hoor!"), ("customer", "Waar blijft mijn pakket dan?")]
    talk = {"messages": [{"author": author, "text": text} for author, text in said]}
    assert [d.code for d in check("a.json", json.dumps([talk])).diagnostics] == ["WC406"]
    report = check("a.json", json.dumps([{**talk, "negeer": "WC4"}]))
    assert (report.diagnostics, report.suppressed) == ((), 1)


@pytest.mark.parametrize(
    ("entry", "codes"), [("WC201", []), ("WC202", ["WC201"]), ("WC201, WC202", []), ("WC202, WC201", []), ("2", [])]
)
def test_what_lies_behind_a_suppressed_finding_goes_with_it(entry: str, codes: list[str]) -> None:
    text = json.dumps([{"reply": "Je kunt ons even bellen op 0900-1234.", "negeer": entry}])
    report = check("a.json", text, Config(select=["2", "WC0"], cache=False))
    assert sorted(d.code for d in report.diagnostics) == codes
    assert report.suppressed == 1


def test_words_behind_the_reply_are_words() -> None:
    (reply,) = read_document(b"Dank je # webcare-lint: negeer WC402", "a.txt").replies
    assert (reply.text, reply.suppressions) == ("Dank je # webcare-lint: negeer WC402", ())


def test_the_comment_of_a_text_file_is_no_part_of_the_reply() -> None:
    asked = "# webcare-lint: negeer WC801"
    for text in (f"\ufeffHoi Sanne,\n{asked}\nik bel je morgen.\n", f"\ufeff{asked}\nHoi Sanne,\nik bel je morgen.\n"):
        (reply,) = read_document(text.encode(), "a.txt").replies
        assert reply.text == "Hoi Sanne,\nik bel je morgen."
        for at, char in enumerate(reply.text):
            assert text[reply.source.to_source(Span(at, at + 1)).start] == char
        assert text[slice(*reply.suppressions[0].span)] == asked


def test_what_is_in_vain_is_shown_where_it_stands() -> None:
    text = '[{"reply": "Dank je wel!", "negeer": "WC402"}]'
    (found,) = check("a.json", text).diagnostics
    assert (found.code, found.level, found.quote) == ("WC002", "warning", "")
    assert text[found.start.offset : found.end.offset] == "WC402"
    assert "WC402" in found.message


def test_a_reason_without_its_dash_is_told_so() -> None:
    (found,) = check("a.txt", "# webcare-lint: negeer WC201 gaslucht\nBel ons even.").diagnostics
    assert found.code == "WC002"
    assert found.message.endswith("zet er dan een streepje voor: negeer WC201 – gaslucht.")


@pytest.mark.parametrize(
    ("name", "text", "entry"),
    [
        ("a.txt", "# webcare-lint: negeer\nDank je wel!", "negeer"),
        ("a.md", "<!-- webcare-lint: -->\nDank je wel!", "webcare-lint"),
        ("a.csv", "antwoord;negeer\nDank je wel!;ja\n", "ja"),
        ("a.jsonl", '{"reply": "Dank je wel!", "negeer": true}', "True"),
    ],
)
def test_who_does_not_say_what_to_ignore_is_told_so(name: str, text: str, entry: str) -> None:
    (found,) = check(name, text).diagnostics
    assert (found.code, found.message) == (
        "WC002", f"“{entry}” zegt niet wat er genegeerd moet worden; noem een code of gebod, zoals WC201."
    )  # fmt: skip
    assert check("a.csv", "antwoord;ignore\nDank je wel!;ja\n").diagnostics == ()


def test_what_is_not_looked_for_is_not_in_vain() -> None:
    text = '[{"reply": "Dank je wel!", "negeer": "WC402"}]'
    assert check("a.json", text, Config(ignore=["WC402"])).diagnostics == ()
    assert check("a.json", text, Config(ignore=["WC002"])).diagnostics == ()


def test_nothing_is_known_to_be_in_vain_in_a_reply_that_was_not_checked() -> None:
    record = {"reply": "Bel ons even. " * 8000, "negeer": "WC201, gaslucht"}
    report = check("a.jsonl", json.dumps(record))
    assert len(report.failures) == 1
    assert ["gaslucht" in d.message for d in report.diagnostics] == [True]


def test_the_report_counts(run: Any, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("# webcare-lint: negeer WC402 – emoji volstaat\n👍\n", "utf-8")
    done = run("check", "a.txt", "--format", "json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["summary"]["suppressed"] == 1
