"""What someone sees who writes rules in an editor."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

pytest.importorskip("pygls")
from lsprotocol import types

from webcare_lint.lsp import rule_files
from webcare_lint.lsp.keys import CLASSES_TOLD, KEYS, SLOTS_TOLD, VALUES
from webcare_lint.lsp.places import Places
from webcare_lint.patterns.nodes import CLASSES
from webcare_lint.rulebook import Rulebook, shipped_rules
from webcare_lint.rulebook.load import load_rulebook
from webcare_lint.rulebook.schema import rule_schema
from webcare_lint.rulebook.single import check_rule_file, is_rule_file, lists_for
from webcare_lint.rulebook.validate import SLOTS

if TYPE_CHECKING:
    from tests.lsp.conftest import Editor

RULE = """\
commandment: 2
title: {nl: Titel, en: Title}
words:
  loket: [balie, "@dag"]
rules:
  - code: WC297
    name: naar-de-balie
    level: error
    kind: match
    message: {nl: "“{quote}” stuurt weg.", en: "“{quote}” sends off."}
    why: {nl: Daarom., en: Because.}
    suggestions: {nl: [Ik help je hier.], en: [I help you here.]}
    find:
      - "ga naar .. @loket"
    unless:
      - {in: clause, find: [niet]}
    examples:
      bad: ["**Ga naar de balie**."]
      good: ["Ik ga naar de balie."]
"""
LISTS = {"loket": ["balie"], "dag": ["maandag*", "vandaag"]}


@pytest.fixture(scope="module")
def known() -> Rulebook:
    return load_rulebook()


def complete(text: str) -> dict[str, types.CompletionItem]:
    """What is offered at the ``‸`` in a text."""
    offset = text.index("‸")
    places = Places(text.replace("‸", ""))
    return {item.label: item for item in rule_files.complete(places, places.position(offset), LISTS, "nl")}


def hover(text: str) -> str:
    offset = text.index("‸")
    places = Places(text.replace("‸", ""))
    return rule_files.hover(places, places.position(offset), LISTS, "nl") or ""


def test_every_key_is_explained() -> None:
    keys = [entry for node in rule_schema()["$defs"].values() for entry in node.get("properties", {}).items()]
    assert {name for name, _ in keys} == KEYS.keys()
    assert {word for _, key in keys for node in (key, *key.get("anyOf", ())) for word in node.get("enum", ())} == VALUES.keys()
    assert set(CLASSES) == CLASSES_TOLD.keys()
    assert SLOTS_TOLD.keys() == SLOTS


def test_what_is_a_rule_file() -> None:
    assert is_rule_file(RULE, "/team/regels.yaml")
    assert is_rule_file("words:\n  a: [b]\n", "/team/rules/words.yaml")
    assert is_rule_file("", "/team/rules/nieuw.yaml")
    assert not is_rule_file("- reply: Hoi\n", "/team/rules/antwoorden.yaml")
    assert not is_rule_file("rules: Lees onze regels.\n", "/team/antwoorden.yaml")
    assert not is_rule_file(RULE, "/team/rules/lees.md")


def test_the_shipped_rules_are_right(known: Rulebook) -> None:
    path = shipped_rules() / "04-reageer-altijd.yaml"
    assert list(check_rule_file(path.read_text("utf-8"), str(path), known)) == []


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        ("level: error", "level: fout", 8, "onbekende waarde"),
        ("unless:", "unles:", 15, "unless"),
        ('@loket"', '@loke"', 14, "loke"),
        ("WC297", "WC397", 6, "ander gebod"),
        ("WC297", "WC201", 6, "al gebruikt"),
        ("{quote}” stuurt", "{quot}” stuurt", 10, "onbekende plek"),
        ("words:", "words: [", 5, "YAML"),
    ],
)
def test_a_mistake_is_told_at_its_place(known: Rulebook, old: str, new: str, line: int, says: str) -> None:
    (error,) = check_rule_file(RULE.replace(old, new, 1), "/team/regels.yaml", known)
    assert error.line == line
    assert says in error.text.nl


def test_a_right_file_has_nothing_wrong(known: Rulebook) -> None:
    assert list(check_rule_file(RULE, "/team/regels.yaml", known)) == []


def test_all_wrong_rules_are_told(known: Rulebook) -> None:
    second = (
        RULE[RULE.index("  - code") :]
        .replace("WC297", "WC298")
        .replace("@loket", "@weg")
        .replace("naar-de-balie", "naar-de-balie-twee")
    )
    errors = list(check_rule_file(RULE.replace("@loket", "@kwijt") + second, "/team/regels.yaml", known))
    assert [error.line for error in errors] == [14, 28]


def test_lists_are_known_while_the_file_is_broken(known: Rulebook) -> None:
    lists = lists_for(RULE.replace("level: error", "level: [error"), "/team/regels.yaml", known)
    assert {"loket", "dag"} <= lists.keys()
    assert lists_for(RULE, "/team/regels.yaml", known)["loket"] == ["balie", "@dag"]


def test_keys_are_completed() -> None:
    top = complete("‸")
    assert {"commandment", "title", "rules", "words"} <= top.keys()
    assert top["rules"].detail == KEYS["rules"].nl
    assert "rules" not in complete("rules:\n  - code: WC201\n‸")
    rule = complete(RULE.replace("    why:", "    ‸why:", 1).replace("why: {nl: Daarom., en: Because.}\n", "\n"))
    assert "why" in rule
    assert "level" not in rule
    assert "find" not in rule
    assert rule["why"].text_edit
    assert rule["why"].text_edit.new_text == "why: "


def test_the_kind_decides_which_keys_there_are() -> None:
    assert "groups" in complete("rules:\n  - code: WC501\n    kind: repetition\n    ‸\n")
    assert "groups" not in complete("rules:\n  - kind: match\n    ‸\n")
    assert "groups" in complete("rules:\n  - code: WC501\n    ‸\n")
    assert "groups" in complete("rules:\n- code: WC501\n  gr‸\n")


def test_a_new_item_is_completed() -> None:
    assert "code" in complete("rules:\n  - code: WC201\n    find: [a]\n  - ‸")
    assert {"in", "find"} == complete("rules:\n  - kind: match\n    unless:\n      - ‸").keys()
    assert {"find"} == complete("rules:\n  - kind: match\n    unless:\n      - {in: clause, ‸").keys()
    assert {"who", "does", "with", "tense"} == complete("rules:\n  - kind: match\n    find:\n      - action: {‸").keys()
    assert {"who", "does", "with", "tense"} == complete("rules:\n  - kind: match\n    find:\n      - action:\n          ‸").keys()


def test_values_are_completed() -> None:
    assert complete("rules:\n  - level: ‸").keys() == {"error", "warning", "advice"}
    assert "match" in complete("rules:\n  - code: WC201\n    kind: ‸")
    scopes = complete("rules:\n  - kind: match\n    unless:\n      - {in: ‸")
    assert {"clause", "sentence", "reply", "before", "after", "customer"} <= scopes.keys()
    assert "organisation" in complete("rules:\n  - kind: match\n    find:\n      - action: {who: org‸")


def test_names_are_completed() -> None:
    item = complete('rules:\n  - kind: match\n    find:\n      - "ga naar @lo‸"')["@loket"]
    assert item.text_edit
    assert isinstance(item.text_edit, types.TextEdit)
    assert item.text_edit.range.start.character == len('      - "ga naar ')
    assert "{phone}" in complete('rules:\n  - find: ["bel {‸"]')
    closed = complete('rules:\n  - find: ["bel {‸}"]')["{phone}"].text_edit
    assert isinstance(closed, types.TextEdit)
    assert closed.range.end.character == len('  - find: ["bel {}')
    assert "{quote}" in complete('rules:\n  - message: {nl: "{‸')
    assert complete('rules:\n  - why: {nl: "mail @‸') == {}


def test_hover_tells_what_a_key_is_for() -> None:
    assert KEYS["unless"].nl in hover(RULE.replace("unless:", "unl‸ess:"))
    told = hover("rules:\n  - kind: match\n    unless:\n      - {i‸n: clause}")
    assert "`sentence`" in told
    assert "verplicht" in hover("rules:\n  - le‸vel: error\n")
    assert "`maandag*`" in hover('rules:\n  - find:\n      - "op @da‸g"')
    assert hover("rules:\n  - onz‸in: 1\n") == ""


def test_a_rule_file_in_the_editor(edit: Callable[..., None], tmp_path: Path) -> None:
    async def session(editor: Editor) -> None:
        (found,) = await editor.open("regels.yaml", RULE.replace("@loket", "@loke"), "yaml")
        assert found.range.start.line == 13
        at = types.Position(13, len('      - "ga naar .. @loke'))
        names = [item.label for item in await editor.complete(at)]
        assert "@loket" in names
        editor.type(types.TextEdit(types.Range(at, at), "t"))
        assert await editor.underlined() == []
        assert "Hoe zwaar" in await editor.hover(editor.place("level", 2))

        # A team's own rule holds in the next window once both files are saved.
        (tmp_path / "regels.yaml").write_text(editor.text)
        (tmp_path / ".webcare-lint.yaml").write_text("extend_rules: [regels.yaml]\nselect: [WC297]\n")
        (reply,) = await editor.open("a.txt", "Ga naar de balie.", "plaintext")
        assert reply.code == "WC297"

    edit(session)
