"""The shipped rules: their examples hold, their texts are whole, and their suggestions are clean themselves."""

from __future__ import annotations

import re
from typing import Any

import pytest

from webcare_lint.checks.reader import Reads
from webcare_lint.names import COMMANDMENTS
from webcare_lint.nl.register import register
from webcare_lint.rulebook import CompiledRule
from webcare_lint.rulebook.examples import test_examples as try_examples
from webcare_lint.rulebook.load import load_rulebook

RULES = load_rulebook()
EACH = pytest.mark.parametrize("rule", list(RULES), ids=lambda rule: rule.code)


@pytest.fixture(scope="module")
def patterns() -> Any:
    """The linter without its reader, which knows replies and not what is said about them."""
    from webcare_lint import Linter
    from webcare_lint.config import Config

    return Linter(Config(ignore=[rule.code for rule in RULES if isinstance(rule.rule, Reads)]))


@EACH
def test_examples_hold(rule: CompiledRule, linter: Any) -> None:
    outcome = try_examples(RULES.restrict([rule.code]), linter.loaded.parse, linter.loaded.read)
    assert [failure.describe("nl") for failure in outcome.failures] == []
    assert outcome.examples >= 6


def test_every_commandment_has_rules_and_names_are_unique() -> None:
    assert {rule.commandment for rule in RULES} >= set(COMMANDMENTS)
    names = [rule.rule.name for rule in RULES]
    assert len(names) == len(set(names))


@EACH
def test_texts_are_there_in_both_languages(rule: CompiledRule) -> None:
    spec = rule.rule
    for text in (spec.message, spec.why, *([spec.echo] if spec.echo else [])):
        assert text.nl.strip()
        assert text.en.strip()
        assert set(re.findall(r"\{\w+\}", text.nl)) == set(re.findall(r"\{\w+\}", text.en))
    assert spec.suggestions.nl
    assert len(spec.suggestions.nl) == len(spec.suggestions.en)
    if rule.commandment == 6:
        assert spec.echo is not None


@EACH
def test_suggestions_break_nothing_themselves(rule: CompiledRule, patterns: Any) -> None:
    for suggestion in rule.rule.suggestions.nl:
        found = patterns.check_text(suggestion, channel="forum").diagnostics
        assert [(d.code, d.quote) for d in found if d.level != "advice"] == [], suggestion


@EACH
def test_messages_are_no_komma_sukkel(rule: CompiledRule, patterns: Any) -> None:
    for text in (rule.rule.message.nl, rule.rule.why.nl):
        plain = re.sub(r"[“\"'‘«].*?[”\"'’»]|\{\w+\}|\*[^*]+\*", "…", text)
        found = patterns.check_text(plain, channel="forum").diagnostics
        assert [(d.code, d.quote) for d in found if d.commandment in (3, 6, 10) and d.quote] == [], plain


@EACH
def test_advice_and_u_forms_break_nothing_and_keep_their_register(rule: CompiledRule, patterns: Any) -> None:
    spec = rule.rule
    for text in (*spec.suggestions.nl_u, *(each.nl_u for each in spec.advice if each.nl_u)):
        assert register(text) in (None, "u"), text
    for text in (*spec.suggestions.nl_u, *(form for each in spec.advice for form in (each.nl, each.nl_u) if form)):
        found = patterns.check_text(text, channel="forum").diagnostics
        assert [(d.code, d.quote) for d in found if d.level != "advice"] == [], text
    for each in spec.advice:
        assert register(each.nl) in (None, "je"), each.nl
        assert bool(each.nl_u) == (register(each.nl) == "je"), each.nl
