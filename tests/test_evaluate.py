"""``webcare-lint evaluate``: counted by hand on a corpus of a few lines."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from support import Run

from webcare_lint.evaluation import Evaluation, Score, read_labelled

RULES = """\
commandment: 2
title: {nl: t, en: t}
rules:
  - {code: WC297, name: proef, level: error, kind: match, find: [bel ons], message: {nl: m, en: m}, why: {nl: w, en: w},
     suggestions: {nl: [s], en: [s]}, examples: {bad: ["**bel ons**", "a **bel ons**", "**bel ons** b"], good: [a, b, c]}}
"""
CORPUS = [
    {"id": "raak", "reply": "Bel ons even.", "labels": [{"commandment": 2, "quote": "Bel ons even"}]},
    {"id": "elders", "reply": "Bel ons, of mail.", "labels": [{"commandment": 2, "quote": "mail"}]},
    {"id": "gemist", "reply": "Mail ons.", "customer": "Hoi?", "labels": [{"commandment": 2, "quote": "Mail ons"}]},
    {"id": "vals", "reply": "Bel ons niet meer.", "labels": []},
    {"id": "goed", "reply": "Ja hoor, dat kan.", "labels": []},
]  # fmt: skip


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    (tmp_path / "regels.yaml").write_text(RULES, "utf-8")
    (tmp_path / ".webcare-lint.yaml").write_text("extend_rules: [regels.yaml]\nselect: [WC297]\n", "utf-8")
    path = tmp_path / "eigen.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in CORPUS) + "\n\n", "utf-8")
    return path


def measured(run: Run, *arguments: str | Path) -> dict[str, Any]:
    done = run("evaluate", *arguments, "--json")
    assert done.returncode == 0, done.stderr
    made: dict[str, Any] = json.loads(done.stdout)
    return made


def test_counts_scores_and_places(run: Run, corpus: Path) -> None:
    made = measured(run, corpus)
    assert (made["replies"], made["clean"], made["flagged"]) == (5, 2, 1)
    two = made["commandments"]["2"]
    assert (two["n"], two["hits"], two["alarms"], two["misses"]) == (3, 2, 1, 1)
    assert (two["precision"], two["recall"], two["f1"]) == (0.6667, 0.6667, 0.6667)
    assert (two["spans"], two["with_span"]) == (1, 2)
    assert made["micro"] == two
    assert made["macro_f1"] == 0.6667
    assert made["misses"] == [{"id": "gemist", "commandment": 2}]
    assert made["alarms"] == [{"id": "vals", "code": "WC297", "quote": "Bel ons"}]


def test_an_option_beats_the_config(run: Run, corpus: Path) -> None:
    config = corpus.with_name(".webcare-lint.yaml")
    config.write_text(config.read_text("utf-8") + "ignore: [WC297]\n", "utf-8")
    assert measured(run, corpus)["commandments"]["2"]["hits"] == 0
    assert measured(run, corpus, "--ignore", "WC201")["commandments"]["2"]["hits"] == 2


def test_several_corpora_are_measured_apart_and_together(run: Run, corpus: Path) -> None:
    other = corpus.with_name("tweede.jsonl")
    other.write_text(json.dumps(CORPUS[0]), "utf-8")
    made = measured(run, corpus, other)
    assert made["replies"] == 6
    assert [part["replies"] for part in made["corpora"].values()] == [5, 1]
    assert made["corpora"][str(other)]["micro"]["f1"] == 1.0
    table = run("evaluate", corpus, other).stdout
    assert "tweede.jsonl" in table
    assert "alles samen" in table
    assert "1 daarvan met een melding (50,0 %)" in table
    assert "micro     1     1      0      0     1,00    1,00   1,00" in table
    assert "(50.0 %)" in run("evaluate", corpus, other, "--lang", "en").stdout


def test_misses_and_alarms_are_shown_with_their_text(run: Run, corpus: Path) -> None:
    shown = run("evaluate", corpus, "--show", "misses", "--show", "alarms").stdout
    assert "- gemist [2] Mail ons\n    < Hoi?\n    > Mail ons." in shown
    assert "+ vals WC297 “Bel ons” (gelabeld: goed)\n    > Bel ons niet meer." in shown


def test_patterns_and_reader_are_measured_apart(run: Run, corpus: Path) -> None:
    assert measured(run, corpus, "--without-reader")["micro"]["hits"] == 2
    alone = measured(run, corpus, "--only-reader", "--select", "WC290", "--select", "WC297")
    assert all(alarm["code"] == "WC290" for alarm in alone["alarms"])
    done = run("evaluate", corpus, "--without-reader", "--only-reader")
    assert done.returncode == 2
    assert "--only-reader" in done.stderr


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ('{"reply": "x" "labels": []}', ":15: dit is geen geldige JSON (hier hoort een komma)"),
        ("id;antwoord;labels", ": evaluate leest JSONL, en geen CSV"),
        ("[]", ": evaluate leest JSONL, en geen CSV"),
        ('{"reply": "x"}', ": veld 'labels' ontbreekt\n"),
        ('{"reply": "x", "labels": [], "chanel": "x"}', ": veld 'channel' ontbreekt; bedoel je dat met 'chanel'?"),
        ('{"reply": "x", "labels": [], "klant": "Hoi"}', ": veld 'customer' ontbreekt; bedoel je dat met 'klant'?"),
        (
            '{"reply": "Bel ons", "labels": [{"commandment": 2, "quot": "Bel"}]}',
            ": veld 'quote' ontbreekt; bedoel je dat met 'quot'?",
        ),
        ('{"reply": "Bel ons", "labels": [{"commandment": 2, "quote": "bel"}]}', ": het antwoord bevat 'bel' niet letterlijk"),
        ('{"reply": "x", "label": []}', ": veld 'labels' ontbreekt; bedoel je dat met 'label'?"),
        ('{"antwoord": "x", "labels": []}', ": veld 'reply' ontbreekt; bedoel je dat met 'antwoord'?"),
        ('{"reply": null, "labels": []}', ": veld 'reply' is geen tekst"),
        ('{"reply": "x", "labels": [], "customer": ["y"]}', ": veld 'customer' is geen tekst"),
        ('{"reply": "x", "labels": [], "customer": false}', ": veld 'customer' is geen tekst"),
        ('{"reply": "x", "labels": [], "channel": []}', ": veld 'channel' is geen tekst"),
        ('{"reply": "x", "labels": null}', ": veld 'labels' is geen lijst"),
        ('{"reply": "x", "labels": [2]}', ": een label hoort te zijn:"),
        ('{"reply": "x", "labels": [{"gebod": 2}]}', ": veld 'commandment' ontbreekt; bedoel je dat met 'gebod'?"),
        ('{"reply": "x", "labels": [{"commandment": 13}]}', ": gebod 13 bestaat niet"),
    ],
)
def test_a_line_that_is_no_labelled_reply_is_shown_with_its_place(run: Run, corpus: Path, line: str, says: str) -> None:
    corpus.write_text(json.dumps(CORPUS[0]) + "\n" + line, "utf-8")
    done = run("evaluate", corpus)
    assert (done.returncode, done.stdout) == (2, "")
    assert f"{corpus}:2{says}" in done.stderr


def test_half_a_character_is_read_as_none(run: Run, corpus: Path) -> None:
    halves = {"reply": "Bel ons \ud83d even.", "customer": "Hoi \ud83d", "labels": [{"commandment": 2, "quote": "ons \ud83d"}]}
    corpus.write_text(json.dumps({**halves, "id": "1", "channel": None}), "utf-8")
    assert measured(run, corpus, "--select", "2")["commandments"]["2"]["spans"] == 1


def test_a_file_that_is_not_there_or_has_no_replies_is_named(run: Run, corpus: Path) -> None:
    assert "nergens.jsonl: dit bestand bestaat niet\n" in run("evaluate", "nergens.jsonl").stderr
    corpus.write_text("\n", "utf-8")
    done = run("evaluate", corpus)
    assert (done.returncode, done.stdout) == (2, "")
    assert f"{corpus}: hier staat geen enkel gelabeld antwoord\n" in done.stderr


def test_two_outcomes_add_up() -> None:
    one = Evaluation({2: Score(hits=1, alarms=2, spans=1, with_span=1)}, replies=4, clean=2, flagged=1)
    both = one + Evaluation({2: Score(hits=2, misses=3)}, replies=5, clean=1)
    assert both.scores[2] == Score(hits=3, alarms=2, misses=3, spans=1, with_span=1)
    assert (both.replies, both.clean, both.flagged) == (9, 3, 1)
    assert both.micro.f1 == pytest.approx(2 * 0.6 * 0.5 / 1.1)


def test_labels_are_read_without_quotes_too(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"reply": "Hoi", "labels": [{"commandment": 9}]}', "utf-8")
    (item,) = read_labelled(path)
    assert (item.reply.id, item.commandments) == ("1", frozenset({9}))


def test_a_reply_may_hold_what_ends_a_line_elsewhere(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    replies = ["Hoi\u2028daar", "Dag\x85hoor", "Groet"]
    path.write_text("".join(json.dumps({"reply": r, "labels": []}, ensure_ascii=False) + "\r\n" for r in replies), "utf-8")
    assert [item.reply.text for item in read_labelled(path)] == replies
