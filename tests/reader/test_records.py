"""The labelled replies that the reader is trained on."""

from __future__ import annotations

from pathlib import Path

import pytest

from training.reader.records import COMMANDMENTS, CORPUS, read
from webcare_lint.errors import SourceError


def test_own_replies_are_read_as_evaluate_reads_them(tmp_path: Path) -> None:
    own = tmp_path / "onze.jsonl"
    own.write_text(
        '\ufeff{"reply": "Bel ons\u2028even.", "labels": [{"commandment": "2", "quote": "Bel ons"}, {"commandment": 4}]}\n'
        '\n{"id": "K001", "customer": "Waar blijft het?", "reply": "Morgen.", "labels": []}\n',
        "utf-8",
    )
    first, second = read([], [own])
    assert first.broken == {COMMANDMENTS.index(2): ((0, 7),), COMMANDMENTS.index(4): ()}
    assert (first.id, first.reply, first.family) == ("onze.jsonl:1", "Bel ons\u2028even.", "onze")
    assert (second.id, second.customer, second.broken) == ("onze.jsonl:K001", "Waar blijft het?", {})


def test_own_replies_stay_apart_from_those_of_the_corpus(tmp_path: Path) -> None:
    file = sorted((CORPUS / "train").glob("*.jsonl"))[0]
    corpus = read([file])
    own = tmp_path / "onze.jsonl"
    own.write_text(f'{{"id": "{corpus[0].id}", "reply": "Morgen.", "labels": []}}\n', "utf-8")
    *before, last = read([file], [own])
    assert before == corpus
    assert last.group == last.id == f"onze.jsonl:{corpus[0].id}"


def test_a_slip_in_own_replies_is_told_with_its_line(tmp_path: Path) -> None:
    own = tmp_path / "onze.jsonl"
    own.write_text('{"reply": "Bel.", "labels": []}\n{"reply": "Bel.", "labels": [{"commandment": 2, "quote": "Mail"}]}\n')
    with pytest.raises(SourceError) as caught:
        read([], [own])
    assert (caught.value.path, caught.value.line) == (str(own), 2)
