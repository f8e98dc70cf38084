"""One file per form, made by hand from the form's documentation: what is read, what is skipped, and where it stands."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from webcare_lint.sources import read_document
from webcare_lint.text import LineIndex, Span

DATA = Path(__file__).parent / "data"

# file → places (line, column) of "bel even", one for each reply that has it; what is skipped
EXPECTED: dict[str, tuple[list[tuple[str, int, int]], dict[str, int]]] = {
    "zendesk.json": (
        [("360111062754", 15, 102), ("360111062755", 25, 97)],
        {"internal": 1, "inactive": 1, "no-text": 1},
    ),
    "freshdesk.json": ([("5", 3, 52), ("6", 7, 46)], {}),
    "intercom.json": ([("123", 5, 54), ("124", 8, 74)], {}),
    "helpscout.json": ([("3", 4, 61), ("4", 6, 49)], {}),
    "chatwoot.json": ([("1", 6, 45)], {}),
    "zammad.json": ([("1", 3, 82)], {"inactive": 1}),
    "zammad.csv": ([("1", 3, 15)], {"inactive": 1}),
    "front.json": ([("rsp_42", 5, 52)], {}),
    "gorgias.json": ([("23453", 6, 72)], {"language": 1}),
    "osticket.yaml": ([("1", 11, 5)], {"inactive": 1}),
    "glpi.json": ([("4", 3, 79)], {"internal": 1}),
    "excel.csv": ([("1", 3, 1)], {"language": 1, "inactive": 1}),
    "lijst.tsv": ([("bel", 2, 17)], {}),
    "records.yaml": ([("blok", 4, 5), ("gevouwen", 7, 19), ("dubbel", 11, 18), ("enkel", 15, 5), ("bron", 17, 15)], {"alias": 1}),
    "bibliotheek.md": ([("Bellen", 12, 1)], {}),
    "antwoord.txt": ([("1", 2, 14)], {}),
    "records.jsonl": ([("A1", 1, 74)], {"language": 1}),
    "records.json": ([("B1", 2, 35)], {}),
}


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_a_file_is_read_as_its_system_means_it(name: str) -> None:
    document = read_document((DATA / name).read_bytes(), name)
    assert document.failures == ()
    places, lines = [], LineIndex(document.text)
    for reply in document.replies:
        at = reply.text.lower().find("bel even")
        if at >= 0:
            start = lines.position(reply.source.to_source(Span(at, at + len("bel even"))).start)
            places.append((reply.id, start.line, start.column))
            assert "klantenservice" in reply.text
    assert (places, document.skipped) == EXPECTED[name]


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_the_linter_finds_the_redirect_there(name: str, linter: Any) -> None:
    if not any(rule.commandment == 2 for rule in linter.loaded.all_rules):
        pytest.skip("no rules for commandment 2 yet")
    report = linter.check_paths([DATA / name])
    assert report.failures == ()
    found = [d for d in report.diagnostics if d.commandment == 2]
    for ident, line, column in EXPECTED[name][0]:
        here = [
            d
            for d in found
            if d.reply_id == ident and (d.start.line, d.start.column) <= (line, column) < (d.end.line, d.end.column)
        ]
        assert here, (ident, line, column, [(d.reply_id, d.start, d.quote) for d in found])
    assert {d.reply_id for d in found} == {ident for ident, _, _ in EXPECTED[name][0]}


def test_every_data_file_has_its_expectation() -> None:
    assert {path.name for path in DATA.iterdir()} == set(EXPECTED)
