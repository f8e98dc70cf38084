"""Placeholders in the linter: broken ones are reported unasked, and nothing else is said about what stands inside one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from webcare_lint import Linter
from webcare_lint.channels import Counting
from webcare_lint.checks.exchange import Exchange
from webcare_lint.config import Config, load_config
from webcare_lint.nl.placeholders import by_name
from webcare_lint.patterns.passage import Passage

RULE = """\
title: {nl: Titel, en: Title}
rules:
  - code: CODE
    name: proef
    level: error
    kind: match
    message: {nl: m, en: m}
    why: {nl: w, en: w}
    suggestions: {nl: [s], en: [s]}
    find:
      - regex: klant\\w*
    examples: {bad: [a], good: [b]}
"""


def own(folder: Path, code: str, *, select: bool = False) -> Linter:
    (folder / "eigen.yaml").write_text(RULE.replace("CODE", code), "utf-8")
    config = folder / "config.yaml"
    config.write_text("extend_rules: [eigen.yaml]\n" + (f"select: [{code}]\n" if select else ""), "utf-8")
    return Linter(load_config(config), config)


def codes(linter: Any, text: str) -> list[tuple[str, str]]:
    return [(d.code, d.quote) for d in linter.check_text(text, channel="forum").diagnostics]


def test_source_codes_and_own_ones_are_on_and_ours_beside_the_ten_are_not(tmp_path: Path) -> None:
    assert codes(Linter(), "Hoi {{naam}, het pakket ligt klaar.") == [("WC001", "{{naam}")]
    assert codes(Linter(), "Uw pakket ligt morgen om 10 uur klaar. Tevens ontvangt u dan de factuur.") == []
    assert codes(own(tmp_path, "WC1191"), "Hoi klant, je pakket komt morgen.") == [("WC1191", "klant")]
    assert codes(own(tmp_path, "WC1191", select=True), "Hoi klant, je pakket komt morgen.") == [("WC1191", "klant")]


def test_nothing_is_found_inside_a_placeholder(tmp_path: Path) -> None:
    linter = own(tmp_path, "WC1191", select=True)
    text = "Hoi {{klantnaam}} en [klant] en klantje, {%klant.naam,fallback=klant%}!"
    assert codes(linter, text) == [("WC1191", "klantje")]


def test_an_unknown_placeholder_names_the_one_that_was_meant(linter: Any) -> None:
    check = linter.loaded.all_rules.rules["WC004"].check
    passage = Passage("Hoi {{vornaam}}, je order {{ordernummer}} en [zie bijlage]")
    hits = list(check(Exchange(passage, counting=Counting(placeholders=by_name({"voornaam": None, "ordernummer": 9})))))
    assert [(passage.text[hit.span.start : hit.span.end], hit.values["known"]) for hit in hits] == [("{{vornaam}}", "voornaam")]
    assert list(check(Exchange(passage))) == []


def test_an_unknown_placeholder_asks_whether_another_was_meant() -> None:
    known = dict.fromkeys(("eindtijd", "naam", "order", "plaats", "straat", "winkel"))
    report = Linter(Config(placeholders=known, select=["WC004"], cache=False)).check_text("Om {tijd} of {qqqqqq}?")
    assert [d.message.partition(". ")[2] for d in report.diagnostics] == [
        "Bedoel je eindtijd?", "Bedoel je eindtijd, naam, order, plaats, straat, …?"
    ]  # fmt: skip
