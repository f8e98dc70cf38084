"""Every reader: what it takes as a reply, what it skips, what it refuses, and that each character keeps its place."""

from __future__ import annotations

import json

import pytest

from webcare_lint.errors import SourceError
from webcare_lint.model import Document
from webcare_lint.sources import decode, read_document
from webcare_lint.text import Span


def read(text: str, path: str) -> Document:
    return read_document(text.encode("utf-8", "surrogatepass"), path)


def test_text_is_one_reply_without_its_margins() -> None:
    document = read("\ufeff\n  Bel ons.  \n", "a.txt")
    assert [r.text for r in document.replies] == ["Bel ons."]
    assert document.replies[0].source.to_source(Span(0, 3)) == Span(4, 7)


def test_markdown_sections_quotes_and_front_matter() -> None:
    text = "---\nkanaal: facebook\n---\n# Bibliotheek\nUitleg.\n\n## Storing\n"
    text += "> Mijn internet doet het niet\n> al dagen\n\nBel <!-- x -->ons.\n\n## Dank\nTop!\n"
    document = read(text, "a.md")
    first, second = document.replies
    assert (first.id, first.channel, first.customer) == ("Storing", "facebook", "Mijn internet doet het niet\nal dagen")
    assert first.text == "Bel ons."
    assert text[slice(*first.source.to_source(Span(4, 7)))] == "ons"
    assert (second.id, second.text, second.customer) == ("Dank", "Top!", None)


def test_markdown_without_sections_is_one_reply() -> None:
    assert [r.text for r in read("# Titel\n\nBel ons.\n", "a.md").replies] == ["Bel ons."]


def test_records_in_every_shape() -> None:
    document = read(
        '{"id": 7, "reply": "Bel \\u00e9\\ud83d\\ude00 ons", "customer": "Hoi", "channel": "whatsapp"}\n\n{"antwoord": "Top"}\n',
        "a.jsonl",
    )
    first, second = document.replies
    assert (first.id, first.text, first.customer, first.channel) == ("7", "Bel é😀 ons", "Hoi", "whatsapp")
    assert document.text[slice(*first.source.to_source(Span(4, 6)))] == "\\u00e9\\ud83d\\ude00"
    assert second.id == "2"
    assert [r.text for r in read('[{"reply": "a"}, {"text": "b"}]', "a.json").replies] == ["a", "b"]
    assert [(r.id, r.text) for r in read("T1: Bel ons\nT2: |\n  Regel een\n  regel twee\n", "a.yaml").replies] == [
        ("T1", "Bel ons"), ("T2", "Regel een\nregel twee")]  # fmt: skip
    rows = read('\ufeffID;Antwoord;Kanaal\n1;"Bel ""ons"";\nnu";x\n2;Top;\n', "a.csv").replies
    assert [(r.id, r.text, r.channel) for r in rows] == [("1", 'Bel "ons";\nnu', "x"), ("2", "Top", None)]
    assert [r.text for r in read("id\ttekst\n1\tBel, ons\n", "a.tsv").replies] == ["Bel, ons"]


def test_other_languages_and_inactive_records_are_skipped_and_counted() -> None:
    document = read("- {lang: en, reply: Call us}\n- {actief: nee, reply: Bel}\n- {lang: nl-BE, reply: Bel}\n", "a.yaml")
    assert [r.text for r in document.replies] == ["Bel"]
    assert document.skipped == {"language": 1, "inactive": 1}


def test_conversations_give_one_reply_per_message_of_the_organisation() -> None:
    messages = [
        ("customer", "Hoi?"),
        ("customer", "Hallo?"),
        ("organisation", "Hoi!"),
        ("customer", "En?"),
        ("organisation", "Ja."),
    ]
    record = {"id": "C1", "channel": "x", "messages": [{"author": a, "text": t} for a, t in messages]}
    first, second = read(json.dumps(record), "a.jsonl").replies
    assert (first.message_index, first.text, first.customer, first.history) == (2, "Hoi!", "Hoi?\nHallo?", ())
    assert (second.message_index, second.customer, len(second.history)) == (4, "En?", 3)


@pytest.mark.parametrize(
    ("name", "text", "line", "column"),
    [
        ("a.yaml", "- reply: 'x\n", 2, 1),
        ("a.yaml", "zomaar tekst\n", 1, 1),
        ("a.json", '[{"reply": "a"},\n {"reply" "b"}]', 2, 11),
        ("a.json", '"tekst"', 1, 1),
        ("a.csv", 'id;tekst\n1;"open\n', 2, 3),
        ("a.csv", 'id;tekst\n1;"dicht" los\n', 2, 10),
        ("a.csv", "id;naam\n1;x\n", 1, 1),
        ("a.csv", "\ufeffid;Antwoord;antwoord\n1;x;y\n", 1, 14),
        ("a.yaml", "- id: 1\n  antwoord: Bel ons.\n  antwoord: Top\n", 3, 3),
        ("a.yaml", "\ufeff- id: 1\n  antwoord: Bel ons.\n  id: 2\n  antwoord: Top\n", 3, 3),
        ("a.yaml", "T1: Bel ons\nT1: Top\n", 2, 1),
    ],
)
def test_broken_files_say_where(name: str, text: str, line: int, column: int) -> None:
    with pytest.raises(SourceError) as caught:
        read(text, name)
    assert (caught.value.line, caught.value.column) == (line, column)


def test_columns_that_are_not_read_and_keys_of_an_anchor_may_be_there_twice() -> None:
    assert [r.text for r in read("Label;antwoord;Label\na;Bel ons;b\n", "a.csv").replies] == ["Bel ons"]
    merged = "- &eerste {lang: nl, antwoord: Bel ons}\n- {<<: *eerste, antwoord: Top}\n"
    assert [r.text for r in read(merged, "a.yaml").replies] == ["Bel ons", "Top"]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.txt", "\ufeff “Bel ons.”\n"),
        ("a.txt", "# webcare-lint: negeer WC201 – proef\n„Bel ons.”\n"),
        ("a.md", "## Een\n«Bel ons.»\n"),
        ("a.csv", 'id;antwoord\n1;"""Bel ons."""\n'),
        ("a.json", '[{"reply": "\\"Bel ons.\\""}]'),
        ("a.yaml", "- antwoord: '‘Bel ons.’'\n"),
    ],
)
def test_quotes_around_a_whole_reply_are_none_of_it(name: str, text: str) -> None:
    (reply,) = read(text, name).replies
    assert reply.text == "Bel ons."
    assert text[slice(*reply.source.to_source(Span(0, 7)))] == "Bel ons"


@pytest.mark.parametrize(
    "text", ['" "', '"Bel ons" of "mail ons"', "‘Bel ons’ of ‘mail ons’", "'t Kan, 'k zie 'm'", '"', '""', "“Bel ons.” 😊"]
)
def test_other_quotes_stay(text: str) -> None:
    assert [r.text for r in read(text, "a.txt").replies] == [text]


@pytest.mark.parametrize(
    ("name", "text", "places"),
    [
        ("a.jsonl", '{"reply": "a"}\n{"reply": }\n{"id": 3}\n[1]\n{"reply": 5}\n', [(2, 11), (3, 1), (4, 1), (5, 1)]),
        ("a.yaml", "- reply: a\n- id: 2\n- reply: [1]\n", [(2, 3), (3, 3)]),
        ("a.csv", "id;tekst\n1;a;te veel\n2;goed\n", [(2, 1)]),
        ("a.jsonl", '{"messages": [{"author": "wie", "text": "a"}]}\n', [(1, 1)]),
    ],
)
def test_a_bad_record_does_not_stop_the_others(name: str, text: str, places: list[tuple[int, int]]) -> None:
    document = read(text, name)
    assert [(f.line, f.column) for f in document.failures] == places


def test_what_is_no_utf_8_is_refused_with_its_place() -> None:
    with pytest.raises(SourceError) as caught:
        decode("Hoi\nBelgi\xeb".encode("latin-1"), "a.txt")
    assert (caught.value.line, caught.value.column) == (2, 6)
    for data in (b"a\x00b", "Hoi".encode("utf-16")):
        with pytest.raises(SourceError):
            decode(data, "a.txt")
