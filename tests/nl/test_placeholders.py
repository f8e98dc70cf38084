"""Placeholders: their names and fallbacks, and what is broken and what is just a bracket."""

from __future__ import annotations

import time

import pytest

from webcare_lint.nl.mask import find_masks
from webcare_lint.nl.placeholders import broken, by_name, fallback, name


def found(text: str) -> list[str]:
    return [text[span.start : span.end] for span in broken(text, find_masks(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('{{user.name|fallback:"there"}}', "there"),
        ("{{user.name | fallback: 'daar'}}", "daar"),
        ("{%customer.firstName,fallback=x%}", "x"),
        ("{%customer.firstName,fallback=%}", ""),
        ('<attribute key="user.name" default="caf&eacute;"/>', "café"),
        ("{{ contact.first_name || 'daar' }}", "daar"),
        ('{{ contact.name | default: "beste klant" }}', "beste klant"),
        ('{{ naam|default("klant") }}', "klant"),
        ("{{naam}}", None),
        ("[naam]", None),
    ],
)
def test_a_fallback_is_read(text: str, expected: str | None) -> None:
    assert fallback(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{{ Ticket.id }}", "ticket.id"),
        ("{%customer.firstName,fallback=x%}", "customer.firstname"),
        ('<attribute key="user.name" default="x"/>', "user.name"),
        ("#{ticket.customer.firstname}", "ticket.customer.firstname"),
        ("%((voornaam))%", "voornaam"),
        ("{$ordernummer}", "ordernummer"),
        ("[voornaam klant]", "voornaam klant"),
        ("[[winkel]]", "winkel"),
        ("%NAAM%", "naam"),
        ("$contact.name", "contact.name"),
        ("{% if order %}", None),
        ("{% endif %}", None),
        ("[zie de bijlage]", None),
    ],
)
def test_a_name_is_read(text: str, expected: str | None) -> None:
    assert name(text) == expected


def test_names_are_listed_with_brackets_or_without() -> None:
    assert by_name({"{{ Naam }}": 12, "order.id": None}) == {"naam": 12, "order.id": None}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hoi {{naam}, dag", ["{{naam}"]),
        ("Hoi {{naam, dag", ["{{naam"]),
        ("Hoi {{ naam}} en {{datum} en naam}}", ["{{datum}", "naam}}"]),
        ("Hoi {naam}} dag", ["{naam}}"]),
        ("Hoi {{{naam}} dag", ["{{{naam}}"]),
        ("Hoi {naam, dag", ["{naam"]),
        ("Hoi {{}}!", ["{{}}"]),
        ("Hoi [[naam] en [naam]] dag", ["[[naam]", "[naam]]"]),
        ("Hoi [Klantnaam, dag", ["[Klantnaam"]),
        ("Hoi voornaam], dag", ["voornaam]"]),
        ("Hoi %((naam, dag", ["%((naam"]),
        ("Hoi %naam, dag", ["%naam"]),
        ("Hoi %{signature", ["%{signature"]),
        ("Hoi {%customer.firstName}", ["{%customer.firstName}"]),
        ("Dat is zo %} dag", ["%}"]),
        ("{% if a %}x{% for b in c %}y{% endif %}", ["{% if a %}", "{% for b in c %}", "{% endif %}"]),
        ("{{naam}} {{ {{naam}}", ["{{"]),
        ("12naam}} a$naam}} .naam}} #a.b}}", ["naam}}", "$naam}}", "naam}}", "b}}"]),
    ],
)
def test_broken_ones_are_found(text: str, expected: list[str]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Hoi :-{ en :{ of }:) en 8-] of =[ naam",
        "[zie bijlage 1/2], a[0] en (zie [1]).",
        "[naam van de klant\nop twee regels] en [Naam (verplicht)]",
        "50% korting, 100% gratis, nog 30 %link",
        "{{naam}} [naam] {naam} #{x.y} %{signature} %NAAM% %((naam))% {$x} [[y]] {{{z}}}",
        "{% if a %}x{% elsif b %}z{% else %}y{% endif %}",
        "¯\\_(ツ)_/¯ {Hoi|Hallo|Hey} {dit is een (bijzin)} { a } b}",
        "[naam](https://voorbeeld.nl) https://voorbeeld.nl/?q={{code}}",
        '<attribute key="user.name" default="there"/> {{user.name|fallback:"there"}}',
        "{{ 'now' | date: \"%Y\" }} {{ticket.comments[0].body}}",
    ],
)
def test_ordinary_brackets_are_left_alone(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize("piece", ["é", "aa.", "1a", "_", "$", "a "])
def test_a_long_word_is_looked_through_in_no_time(piece: str) -> None:
    text = piece * 30_000
    begun = time.process_time()
    assert list(broken(text + "}}", [])) != []
    assert time.process_time() - begun < 2  # a hundredth of a second; by trying from each letter a quarter of a minute
