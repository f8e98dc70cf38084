"""Every reader: what it takes as a reply, what it skips, what it refuses, and that each character keeps its place."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest

from webcare_lint.errors import SourceError
from webcare_lint.model import Document
from webcare_lint.sources import decode, read_document
from webcare_lint.sources.names import is_dutch
from webcare_lint.text import Span

COLON = "een dubbele punt staat hier verkeerd"
ENDS = "stopt hier al"
DOUBLE = "of schrijf een ' in de tekst dubbel"


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


def test_what_is_commented_out_in_markdown_is_neither_reply_nor_customer() -> None:
    text = "## a\n> Waar blijft het?\nMorgen.\n<!--\n> Oude vraag\n\n## oud\nBel ons.\n--> Tot dan!\n\n## b\nTop!\n"
    first, second = read(text, "a.md").replies
    assert (first.id, first.text, first.customer) == ("a", "Morgen.\n Tot dan!", "Waar blijft het?")
    assert (second.id, second.text, second.customer) == ("b", "Top!", None)
    assert [r.id for r in read("## a\nTop!\n<!-- open\n## b\n> Hoi\nJa.\n", "a.md").replies] == ["a", "b"]


def test_markdown_without_sections_is_one_reply() -> None:
    assert [r.text for r in read("# Titel\n\nBel ons.\n", "a.md").replies] == ["Bel ons."]


@pytest.mark.parametrize(("text", "at"), [
    ("## een\nBel ons.\n\n## twee\n\n", 25), ("## een\nBel ons.\n\n## twee", 17), ("## een\n<!-- x -->\n## twee\nTop!\n", 17),
])  # fmt: skip
def test_an_empty_section_of_markdown_has_its_place(text: str, at: int) -> None:
    (empty,) = (reply for reply in read(text, "a.md").replies if not reply.text)
    assert empty.source.to_source(Span(0, 0)) == Span(at, at)


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


@pytest.mark.parametrize(
    ("header", "reply", "customer"),
    [
        ("Bericht;Antwoord medewerker", "b", "a"),
        ("Bericht;Reactie webcare", "b", "a"),
        ("Naam;Standaardtekst", "b", None),
        ("Sjabloon;Tekst", "b", None),
        ("Naam;Sjabloon", "b", None),
        ("Onderwerp;Inhoud:", "b", None),
    ],
)
def test_headers_of_dutch_help_desks(header: str, reply: str, customer: str | None) -> None:
    (found,) = read(f"{header}\na;b\n", "a.csv").replies
    assert (found.text, found.customer) == (reply, customer)
    assert [r.text for r in read("sjabloon: a\ninhoud: b\n", "a.yaml").replies] == ["a", "b"]


def test_a_table_without_a_header_shows_no_words_of_a_reply() -> None:
    with pytest.raises(SourceError) as caught:
        read("a1;Bel ons even, dan kijken we samen.\n", "a.csv")
    assert caught.value.text.nl.endswith("response, …)")


def test_a_record_without_a_reply_shows_its_fields() -> None:
    document = read("- id: a\n  antwrd: Bel ons.\n- Wij helpen je graag, bel ons maar even: 1\n", "a.yaml")
    said = [failure.message.nl for failure in document.failures]
    assert said[0].endswith("response, …), wel 'id', 'antwrd'")
    assert said[1].endswith("response, …)"), "words of a reply that YAML takes for a key"


@pytest.mark.parametrize(("reply", "advice"), [("5", "; zet er aanhalingstekens omheen"), ("[Bel ons]", ""), ("{a: b}", "")])
def test_a_reply_that_is_no_text_is_told_what_to_do(reply: str, advice: str) -> None:
    (failure,) = read(f"- reply: {reply}\n", "a.yaml").failures
    assert failure.message.nl == f"record 1: reply is geen tekst{advice}"


def test_other_languages_and_inactive_records_are_skipped_and_counted() -> None:
    document = read("- {lang: en, reply: Call us}\n- {actief: nee, reply: Bel}\n- {lang: nl-BE, reply: Bel}\n", "a.yaml")
    assert [r.text for r in document.replies] == ["Bel"]
    assert document.skipped == {"language": 1, "inactive": 1}
    assert read("Actief?;Tekst\nnee;Bel\nja;Bel\n", "a.csv").skipped == {"inactive": 1}


@pytest.mark.parametrize(
    ("language", "dutch"),
    [("nl_NL", True), ("Dutch (Belgium)", True), ("Nederlands (NL)", True), ("NL/BE", True), (" Flemish", True),
     ("nl;q=0.9", True), ("nn-NO", False), ("en-NL", False), ("(onbekend)", False), ("German", False)],
)  # fmt: skip
def test_dutch_has_many_names(language: str, dutch: bool) -> None:
    assert is_dutch(language) == dutch


def test_a_conversation_may_speak_dutch() -> None:
    messages = ('auteur: "Klant ", naam: Noor, tekst: Hoi?', "Auteur: medewerker, Tekst: Hoi!", "auteur: klant, tekst: En?")
    text = "berichten:\n" + "".join(f"- {{{message}}}\n" for message in messages)
    reply, unanswered = read(text, "a.yaml").replies
    assert (reply.text, reply.customer, reply.unanswered) == ("Hoi!", "Hoi?", False)
    assert (unanswered.text, unanswered.unanswered) == ("En?", True)


def test_where_a_message_cannot_be_read_none_is_called_unanswered() -> None:
    messages = [{"author": "klant", "text": "Hoi?"}, {"author": "Wij", "text": "Hoi!"}, {"author": "klant", "text": "En?"}]
    document = read(json.dumps({"messages": messages}), "a.jsonl")
    assert document.replies == ()
    (failure,) = document.failures
    assert failure.message.nl == (
        "gesprek 1, bericht 1: author 'wij' is onbekend; "
        "kies customer (klant, user, client) of organisation (organisatie, agent, brand, medewerker)"
    )


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


def test_a_conversation_with_html_is_read_as_it_shows() -> None:
    said = [("customer", "<p>Hoi &amp; dag</p>"), ("organisation", "<p>Hoi</p>"), ("customer", "<p>En &lt;nu&gt;?</p>")]
    record = {"messages": [{"author": a, "text": t} for a, t in said]}
    reply, last = read(json.dumps(record), "a.jsonl").replies
    assert (reply.text, reply.customer) == ("Hoi", "Hoi & dag")
    assert (last.text, last.history[0].text) == ("En <nu>?", "Hoi & dag")


@pytest.mark.parametrize(
    ("name", "text", "line", "column"),
    [
        ("a.yaml", "- reply: 'x\n", 1, 10),
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
        ("a.json", '[{"reply": "Bel ons.",\n  "reply": "Top"}]', 2, 3),
        ("a.json", '\ufeff{"x": {"a": 1, "\\u0061": 2}, "reply": "Top"}', 1, 17),
        ("-", '{"reply": "Bel ons.", "reply": "Top"}', 1, 23),
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
        ("a.yaml", "a: Dank je wel.\nb: 5\nc:\n", [(2, 4), (3, 3)]),
        ("a.jsonl", '{"reply": "a"}\n{"reply": "a", "reply": "b"}\n', [(2, 16)]),
        ("-", '{"reply": "a"}\n{"reply": "a", "reply": "b"}\n', [(2, 16)]),
        ("a.json", '[{"reply": "a",\n "Reply": "b"}, {"text": "c"}]', [(2, 11)]),
        ("a.yaml", "- Antwoord: a\n  antwoord: b\n- tekst: c\n", [(2, 13)]),
        ("a.jsonl", '{"messages": [{"author": "wie", "text": "a"}]}\n', [(1, 1)]),
    ],
)
def test_a_bad_record_does_not_stop_the_others(name: str, text: str, places: list[tuple[int, int]]) -> None:
    document = read(text, name)
    assert [(f.line, f.column) for f in document.failures] == places


@pytest.mark.parametrize(
    "record",
    [
        {"antwoord": "Bel ons", "Antwoord": " "}, {"reply": None, "antwoord": "Bel ons"}, {"reply": "", "text": "Bel ons"},
        {"body": "<p>Bel <i>ons</i></p>", "body_html": "<p>Bel ons</p>", "text": 5},
        {"bericht": "Waar blijft het?", "antwoord": "Bel ons"}, {"text": "Waar blijft het?", "reply": "Bel ons"},
    ],
)  # fmt: skip
def test_of_several_names_of_the_reply_the_one_with_a_text_is_read(record: dict[str, Any]) -> None:
    assert [r.text for r in read(json.dumps([record]), "a.json").replies] == ["Bel ons"]


@pytest.mark.parametrize(
    ("record", "customer"),
    [
        ({"message": "Waar blijft het?", "response": "Bel ons"}, "Waar blijft het?"),
        ({"Bericht": "Waar blijft het?", "Reactie": "Bel ons"}, "Waar blijft het?"),
        ({"bericht": "Bel ons"}, None),
        ({"bericht": "Bel ons", "klant": "Waar blijft het?"}, "Waar blijft het?"),
        ({"message": "Hoi", "reply": "Bel ons", "customer": "Waar blijft het?"}, "Waar blijft het?"),
        ({"text": "Bel ons", "bericht": "Waar blijft het?"}, None),
        ({"text": "Waar blijft het?", "reply": "Bel ons"}, None),
    ],
)
def test_a_message_beside_an_answer_is_the_customers(record: dict[str, str], customer: str | None) -> None:
    assert [(r.text, r.customer) for r in read(json.dumps([record]), "a.json").replies] == [("Bel ons", customer)]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.csv", "id,name,subject,body,reply\n1,Sanne,Pakket,Waar blijft het?,Bel ons\n"),
        ("a.csv", "id,name,subject,body,response\n1,Sanne,Pakket,Waar blijft het?,Bel ons\n"),
        ("a.jsonl", '{"name": "Sanne", "subject": "Pakket", "body": "Waar blijft het?", "Antwoord": "Bel ons"}\n'),
        ("a.yaml", "- {short_code: a, content: Bel ons}\n- {short_code: b, content: Hoi, reply: Bel ons}\n"),
    ],
)
def test_a_record_with_a_reply_of_its_own_is_no_entry_of_an_export(name: str, text: str) -> None:
    assert {r.text for r in read(text, name).replies} == {"Bel ons"}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.jsonl", '{bad}\n\n{"reply": "Bel ons"}\n'),
        ("-", '{bad}\n{"reply": "Bel ons"}\n'),
        ("a.csv", "reply;x\na;b;te veel\n\nBel ons;\n"),
        ("a.json", '[5, {"reply": "Bel ons"}]'),
    ],
)
def test_a_record_keeps_its_number_behind_a_broken_one(name: str, text: str) -> None:
    document = read(text, name)
    assert [(r.id, r.text) for r in document.replies] == [("2", "Bel ons")]
    assert len(document.failures) == 1


@pytest.mark.parametrize(
    "ident", ["010", "007", "1_000", "0x1F", "1:30", "yes", "2024-01-01T00:00:00Z", "1.50", "true", "&x 010"]
)
def test_an_id_is_what_is_written(ident: str) -> None:
    (reply,) = read(f"- {{ID: {ident}, reply: Bel ons}}", "a.yaml").replies
    assert reply.id == ident.removeprefix("&x ")


@pytest.mark.parametrize("field", ["customer", "Klant", "bericht"])
def test_a_word_is_no_yes_or_no(field: str) -> None:
    (reply,) = read(f"- {{{field}: yes, kanaal: NO, reply: Bel ons}}", "a.yaml").replies
    assert (reply.customer, reply.channel) == ("yes", "NO")


def test_ids_in_json_and_ids_that_are_none() -> None:
    written = (
        '[{"id": true, "reply": "a"}, {"id": 1e3, "reply": "b"}, {"code" :\t7.0 , "reply": "c"}, {"id": null, "reply": "d"}]'
    )
    assert [r.id for r in read(written, "a.json").replies] == ["true", "1e3", "7.0", "4"]
    assert [r.id for r in read("- {id: , reply: a}\n- {id: ~, reply: b}\n", "a.yaml").replies] == ["1", "2"]
    assert [r.text for r in read("id: 5\nb: Bel ons\n", "a.yaml").replies] == ["Bel ons"]  # an id is no text to check


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.yaml", "macros:\n  bel: {reply: a}\n  dank: {id: T7, reply: b}\n  top: {title: c, content: c, folder_id: 3}\n"),
        ("a.yaml", "macros:\n  bel: a\n  T7: b\n  top: c\n"),
        ("a.json", '{"macros": {"bel": {"reply": "a"}, "dank": {"id": "T7", "reply": "b"}, "top": {"reply": "c"}}}'),
    ],
)
def test_a_record_without_an_id_is_called_by_its_key(name: str, text: str) -> None:
    assert [(reply.id, reply.text) for reply in read(text, name).replies] == [("bel", "a"), ("T7", "b"), ("top", "c")]


@pytest.mark.parametrize(
    ("text", "idents"),
    [
        ("welkom: Hoi!\nbericht: Fijn!\nbellen: Bel ons\n", ["welkom", "bericht", "bellen"]),
        ("welkom: Hoi!\nantwoord: Fijn!\n", ["welkom", "antwoord"]),
        ("id: a\nbericht: Fijn!\nnotitie: x\n", ["a"]),
        ("titel: Hulp\nkanaal: x\nTags: [a]\nbericht: Fijn!\n", ["1"]),
        ("title: Hulp\nnotes: x\nresponse: Fijn!\n", ["1"]),
    ],
)
def test_an_id_may_be_called_as_a_field_is(text: str, idents: list[str]) -> None:
    assert [r.id for r in read(text, "a.yaml").replies] == idents


@pytest.mark.parametrize("text", ["---\nid: a\nreply: Top\n---\n", "---\n---\n- {id: a, reply: Top}\n--- # leeg\n...\n"])
def test_empty_documents_are_none(text: str) -> None:
    document = read(text, "a.yaml")
    assert [(r.id, r.text, document.failures) for r in document.replies] == [("a", "Top", ())]


def test_what_is_no_record_is_called_by_its_name() -> None:
    for name, text in (("a.yaml", "a: Top\nb: 5\n"), ("a.json", '["Top", 5]')):
        (failure,) = read(text, name).failures
        called = "b" if name == "a.yaml" else "2"
        assert failure.message.nl == f"record {called} is geen tekst, en geen record met een antwoord"


@pytest.mark.parametrize(
    ("name", "text", "why"),
    [
        ("a.json", "[" * 50_000, "te diep genest"),
        ("a.jsonl", '{"a":' * 50_000, "te diep genest"),
        ("a.json", "9" * 5000, "een getal van te veel cijfers"),
        ("a.yaml", "- " * 50_000, "te diep genest"),
        ("a.yaml", "- reply: {{naam}} hoi\n", "zet deze tekst tussen aanhalingstekens"),
        ("a.yaml", "- id: b\n   reply: Hoi\n", "de inspringing klopt niet"),
        ("a.yaml", "- id:a\n  reply: Hoi\n", "zet op regel 1 een spatie achter de dubbele punt"),
        ("a.yaml", "- id: a\n  reply:Hoi\n  channel: x\n", "zet op regel 2 een spatie achter de dubbele punt"),
        ("a.yaml", "-id: a\n reply: Hoi\n", "zet op regel 1 een spatie achter het streepje"),
        ("a.yaml", "- id: a\n\n-id: b\n", "zet op regel 3 een spatie achter het streepje"),
        ("a.yaml", "- reply: Dit is\n   een zin: met punt\n", f"{COLON}; zet de tekst tussen aanhalingstekens"),
        ("a.yaml", "- reply: Wij zijn\n   10:30 uur: open\n", f"{COLON}; zet de tekst tussen aanhalingstekens"),
        ("a.yaml", "a: foto's\nb: 'Dat is 'm, bel ons.'\n", f"de tekst tussen ' {ENDS}; zet er \" omheen, {DOUBLE}"),
        ("a.yaml", "- ['Dat is 'm', b]\n", f"de tekst tussen ' {ENDS}; zet er \" omheen, {DOUBLE}"),
        ("a.yaml", '- "Zeg "ja" nu"\n', f'de tekst tussen " {ENDS}; zet er \' omheen, of schrijf een " in de tekst als \\"'),
        ("a.yaml", "- ['a' 'b']\n", "hier hoort een komma of ]"),
        ("a.yaml", "- ['a'", "hier hoort een komma of ]"),
        ("a.yaml", "a: - Bel ons\n", "zet een tekst die met - begint tussen aanhalingstekens"),
        ("a.yaml", "a: ? Bel ons\n", "zet een tekst die met ? begint tussen aanhalingstekens"),
        ("a.yaml", "a: > Bel ons\n", "zet een tekst die met > begint tussen aanhalingstekens"),
        ("a.yaml", "a: | Bel ons\n", "zet een tekst die met | begint tussen aanhalingstekens"),
        ("a.yaml", "a: *Hoi* bel ons.\n", "zet een tekst die met * begint tussen aanhalingstekens"),
        ("a.yaml", "a: & bel ons.\n", "zet een tekst die met & begint tussen aanhalingstekens"),
        ("a.yaml", "a: !{x} bel ons.\n", "zet een tekst die met ! begint tussen aanhalingstekens"),
        ("a.yaml", "%hoi: bel ons.\n", "zet een tekst die met % begint tussen aanhalingstekens"),
        ("a.yaml", "a: [naam], bel ons even.\n", "zet een tekst die met [ begint tussen aanhalingstekens"),
        ("a.yaml", "- {naam}, bel ons even.\n", "zet een tekst die met { begint tussen aanhalingstekens"),
        ("a.yaml", "- [*bel]\n", "dit anker bestaat niet; zet een tekst die met * begint tussen aanhalingstekens"),
        ("a.yaml", 'a: "\\x1"\n', "na deze backslash hoort een hexadecimaal getal"),
        ("a.yaml", 'a: "b\n---\nc"\n', "de tekst tussen aanhalingstekens die op regel 1 begint, wordt niet afgesloten"),
    ],
)
def test_why_a_file_cannot_be_read_is_said_in_dutch(name: str, text: str, why: str) -> None:
    try:
        (told,) = [failure.message.nl for failure in read(text, name).failures]
    except SourceError as error:
        told = error.text.nl
    assert told.endswith(f"({why})")


@pytest.mark.parametrize("reply", ["!niet bellen", "! Bel ons", "!Top", "!!Bel ons", "&a !niet bellen"])
def test_a_text_that_yaml_takes_for_a_tag_is_refused(reply: str) -> None:
    with pytest.raises(SourceError) as caught:
        read(f"- id: a\n  reply: {reply}\n", "a.yaml")
    assert (caught.value.line, caught.value.column) == (2, 10)
    assert caught.value.text.nl == "zet een tekst die met ! begint tussen aanhalingstekens"


@pytest.mark.parametrize("reply", ["!!str Bel ons", "! 'Bel ons'", '!x "Bel ons"', "!x |\n    Bel ons"])
def test_a_tag_that_was_meant_changes_nothing(reply: str) -> None:
    assert [r.text for r in read(f"- id: a\n  reply: {reply}\n", "a.yaml").replies] == ["Bel ons"]


def test_what_is_no_utf_8_is_refused_with_its_place() -> None:
    with pytest.raises(SourceError) as caught:
        decode("Hoi\nBelgi\xeb".encode("latin-1"), "a.txt")
    assert (caught.value.line, caught.value.column) == (2, 6)
    for data in (b"a\x00b", "Hoi".encode("utf-16"), b"a" * 70_000 + b"\x00"):
        with pytest.raises(SourceError):
            decode(data, "a.txt")


@pytest.mark.parametrize("rest", ["", '- id: b\n  reply: "Dag"\n', "---\n"])
def test_a_quote_that_is_left_open_is_marked_where_it_opens(rest: str) -> None:
    with pytest.raises(SourceError) as caught:
        read(f'\ufeff- id: a\n  reply: "Hoi\n{rest}', "a.yaml")
    assert (caught.value.line, caught.value.column, caught.value.source_line) == (2, 10, '  reply: "Hoi')


def test_only_yaml_waits_for_its_parser() -> None:
    probe = (
        "import sys\nfrom webcare_lint.sources import read_document\n"
        'read_document(b\'{"reply": "Hoi", "negeer": "WC201"}\', \'a.jsonl\'); print(\'yaml\' in sys.modules)\n'
        "read_document(b'- reply: Hoi', 'a.yaml'); print('yaml' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "True"]
