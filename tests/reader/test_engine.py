"""How the engine comes by readings: once a batch, after all rules that do without, and only when one is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from webcare_lint.engine import Engine
from webcare_lint.model import Reply
from webcare_lint.reader.read import Reading
from webcare_lint.reader.vote import Voices, Weights
from webcare_lint.rulebook import Rulebook
from webcare_lint.rulebook.load import load_rulebook
from webcare_lint.rulebook.stored import StoredBook
from webcare_lint.text import LineIndex, SourceMap

RULES = """\
commandment: 2
title: {nl: t, en: t}
rules:
  - code: WC290
    name: lezer
    level: error
    kind: reader
    threshold: 0.6
    advice-from: 0.3
    message: &text {nl: m, en: m}
    why: *text
    suggestions: {nl: [s], en: [s]}
    examples: &none {bad: [], good: []}
"""
PATTERN = """\
  - {code: WC299, name: patroon, level: LEVEL, kind: match, find: [FIND], message: *text, why: *text,
     suggestions: {nl: [s], en: [s]}, examples: *none}
"""


class Reads:
    """Stands in for the reader: keeps what it was asked, and says the same of every reply."""

    def __init__(self, logit: float) -> None:
        self.asked: list[list[tuple[str, str | None]]] = []
        self._logit = logit

    def __call__(self, exchanges: Sequence[tuple[str, str | None]]) -> list[Reading]:
        self.asked.append(list(exchanges))
        weights = {2: Weights(encoder=1.0, ngrams=0.0, others=0.0, advised=2.0, sure=2.0, bias=0.0)}
        return [Reading(len(reply), 0, {2: Voices(self._logit, 0.0, 0.0)}, weights) for reply, _ in exchanges]


def no_parse(_: Sequence[str]) -> list[Any]:
    raise AssertionError("nothing asks for a parse")


def book(tmp_path: Path, text: str) -> Rulebook:
    path = tmp_path / "regels.yaml"
    path.write_text(text, "utf-8")
    made = load_rulebook([path], shipped=False)
    return Rulebook({code: replace(rule, own=False) for code, rule in made.rules.items()})


def run(rules: Rulebook, reads: Reads, *texts: str) -> list[list[tuple[str, str, str]]]:
    replies = tuple(Reply(text, str(n), "Vraag?", source=SourceMap.verbatim(text)) for n, text in enumerate(texts))
    checked = Engine(rules, no_parse, reads).check(replies, "-", LineIndex(""))
    return [
        [(code, hit.level or rules.rules[code].rule.level, reply.text[hit.span.start : hit.span.end]) for code, hit in found]
        for reply, found, _ in checked
    ]


def test_a_batch_is_read_at_once(tmp_path: Path) -> None:
    reads = Reads(2.0)
    found = run(book(tmp_path, RULES), reads, "Ja hoor.", "Nee hoor.")
    assert found == [[("WC290", "error", "")], [("WC290", "error", "")]]
    assert reads.asked == [[("Ja hoor.", "Vraag?"), ("Nee hoor.", "Vraag?")]]


def test_a_less_certain_finding_is_advice(tmp_path: Path) -> None:
    assert run(book(tmp_path, RULES), Reads(-0.5), "Ja hoor.") == [[("WC290", "advice", "")]]
    assert run(book(tmp_path, RULES), Reads(-3.0), "Ja hoor.") == [[]]


def test_nothing_is_read_where_no_rule_asks_for_it_and_nothing_is_found(tmp_path: Path) -> None:
    reads = Reads(2.0)
    text = RULES + PATTERN.replace("FIND", "bel ons").replace("LEVEL", "error")
    assert run(book(tmp_path, text).restrict(["WC299"]), reads, "Ja hoor.", "Bel ons.") == [[], [("WC299", "error", "Bel ons")]]
    assert reads.asked == [[("Bel ons.", "Vraag?")]]


def test_nothing_is_read_where_what_was_found_is_beyond_doubt(tmp_path: Path) -> None:
    reads, text = Reads(-5.0), RULES + PATTERN.replace("[FIND]", "[bel], beyond-doubt: [bel]").replace("LEVEL", "error")
    made = book(tmp_path, text).restrict(["WC299"])
    assert run(made, reads, "Bel ons.") == [[("WC299", "error", "Bel")]]
    assert reads.asked == []


@pytest.mark.parametrize("logit", [2.0, -3.0, -5.0])
def test_the_rules_in_play_change_nothing_about_what_is_doubted(tmp_path: Path, logit: float) -> None:
    made = book(tmp_path, RULES + PATTERN.replace("FIND", "bel ons").replace("LEVEL", "error"))
    assert run(made.restrict(["WC299"]), Reads(logit), "Bel ons even.") == run(made, Reads(logit), "Bel ons even.")


@pytest.mark.parametrize(("level", "logit", "expected"), [
    ("error", 2.0, [("WC299", "error", "Bel ons")]),
    ("error", -2.0, [("WC299", "error", "Bel ons")]),
    ("error", -3.0, [("WC299", "advice", "Bel ons")]),  # the reader doubts it
    ("error", -5.0, []),  # and here dismisses it
    ("advice", -1.0, [("WC299", "advice", "Bel ons"), ("WC290", "error", "")]),
    ("advice", -3.0, [("WC299", "advice", "Bel ons")]),
    ("advice", -5.0, []),
])  # fmt: skip
def test_what_rules_found_is_weighed(tmp_path: Path, level: str, logit: float, expected: list[tuple[str, str, str]]) -> None:
    text = RULES + PATTERN.replace("FIND", "bel ons").replace("LEVEL", level)
    assert run(book(tmp_path, text), Reads(logit), "Bel ons even.") == [expected]


def test_a_rule_of_the_team_is_never_doubted(tmp_path: Path) -> None:
    made = book(tmp_path, RULES + PATTERN.replace("FIND", "bel ons").replace("LEVEL", "error"))
    own = Rulebook({code: replace(rule, own=True) for code, rule in made.rules.items()})
    assert run(own, Reads(-5.0), "Bel ons even.") == [[("WC299", "error", "Bel ons")]]
    stored = StoredBook.of(own).book()
    assert run(stored, Reads(-5.0), "Bel ons even.") == [[("WC299", "error", "Bel ons")]]


@pytest.mark.parametrize(("missing", "reply", "level"), [("hoor", "Bel ons.", "advice"), ("'*'", "🙂", "error")])
def test_a_reply_without_words_is_beyond_doubt(tmp_path: Path, missing: str, reply: str, level: str) -> None:
    lacking = PATTERN.replace("kind: match, find: [FIND]", f"kind: missing, find: [{missing}]").replace("LEVEL", "error")
    assert run(book(tmp_path, RULES + lacking), Reads(-3.0), reply) == [[("WC299", level, "")]]
