"""Rule files: what is wrong in them is shown with its place, and nothing is swallowed."""

from __future__ import annotations

import json
import shutil
import unicodedata
from pathlib import Path

import jsonschema
import pytest
import yaml

from webcare_lint.errors import RuleError
from webcare_lint.nl.pipeline import model_path
from webcare_lint.patterns.nodes import FEATURES
from webcare_lint.rulebook import shipped_rules
from webcare_lint.rulebook.examples import test_examples as try_examples
from webcare_lint.rulebook.load import load_rulebook
from webcare_lint.rulebook.schema import rule_schema

GOOD = """\
commandment: 2
title: {nl: Titel, en: Title}
rules:
  - code: WC297
    name: proef
    level: error
    kind: match
    message: {nl: "{quote}", en: "{quote}"}
    why: {nl: w, en: w}
    suggestions: {nl: [s], en: [s]}
    find:
      - "bel ons"
    examples:
      bad: ["**bel ons**", "a **bel ons**", "**bel ons** b"]
      good: [a, b, c]
"""


def write(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "eigen.yaml"
    path.write_text(text, "utf-8")
    return path


def test_a_good_file_loads_beside_the_shipped_rules(tmp_path: Path) -> None:
    rules = load_rulebook([write(tmp_path, GOOD)])
    assert "WC297" in rules.rules
    assert len(rules) > 1
    assert not try_examples(rules.restrict(["WC297"]), lambda _: []).failures


@pytest.mark.parametrize(
    ("old", "new", "line", "column", "says"),
    [
        ("level: error", "levle: error", 6, 5, "bedoel je 'level'"),
        ("level: error", "level: hoog", 6, 12, "onbekende waarde 'hoog'; kies uit error, warning, advice\n"),
        ("level: error", "level: fout", 6, 12, "onbekende waarde 'fout'; bedoel je 'error'?"),
        ("level: error", "level: Let op", 6, 12, "bedoel je 'warning'?"),
        ("level: error", "level: waring", 6, 12, "bedoel je 'warning'?"),
        ("find:", "unless: [{in: zin, find: [a]}]\n    find:", 11, 19, "bedoel je 'sentence'?"),
        ("level: error", "level: uit", 6, 12, "onbekende waarde 'uit'; uitzetten doe je met ignore"),
        ('- "bel ons"', "- 112", 12, 9, "gevonden een getal; zet er aanhalingstekens omheen"),
        ("kind: match", "kind: mach", 7, 11, "onbekende waarde 'mach'; bedoel je 'match'?"),
        ("kind: match", "kind: xyz", 7, 11, "onbekende waarde 'xyz'; kies uit match, missing, "),
        ("why: {nl: w, en: w}", "why: waarom", 9, 10, 'gevonden een tekst; schrijf {nl: "…"}'),
        (
            "why: {nl: w, en: w}",
            "why: {nl: Wie boos is, wil wat}",
            9,
            28,
            "een tekst met een komma hoort tussen aanhalingstekens",
        ),
        ('find:\n      - "bel ons"', "find: bel ons", 11, 11, "verwacht een lijst (zet er [ ] omheen)"),
        ("commandment: 2", "commandment: 11", 1, 14, "een getal van 1 tot en met 10"),
        ("rules:", "regels:", 3, 1, "bedoel je 'rules'"),
        ("    name: proef\n", "", 4, 5, "name"),
        ("    why: {nl: w, en: w}\n    suggestions: {nl: [s], en: [s]}\n", "", 4, 5, "sleutels ontbreken: `why`, `suggestions`"),
        ("{nl: w, en: w}", "{title: w}", 9, 11, "'title' hoort hier niet, maar op het hoogste niveau van het bestand"),
        ("level: error", "level: error\n    commandment: 7", 7, 5, "hoort hier niet, maar bovenaan het bestand, één gebod per"),
        ("kind: match", "kind: missing\n    at-least: 3", 8, 5, "'at-least' hoort hier niet, maar bij kind: match\n"),
        ("kind: match", "kind: missing\n    groups: {}", 8, 5, "'groups' hoort hier niet, maar bij kind: repetition, share\n"),
        ("{nl: w, en: w}", "{nl: w, level: error}", 9, 18, "'level' hoort hier niet, maar elders in het bestand"),
        ("level: error", "level: error\n    level: error", 7, 5, "twee keer"),
        ("code: WC297", "code: WC397", 4, 11, "ander gebod"),
        ("code: WC297", "code: 201", 4, 11, "verwacht"),
        ("code: WC297", "code: XX201", 4, 11, "geen code zoals WC201: WC, het gebod en twee cijfers die vrij zijn"),
        ("name: proef", "name: Proef regel", 5, 11, "kleine letters, cijfers en streepjes, zoals bel-ons"),
        ("{nl: w, en: w}", "{en: w}", 9, 10, "nl"),
        ('nl: "{quote}"', 'nl: "{qoute}"', 8, 19, "qoute"),
        ("    kind: match", "    kindd: match", 7, 5, "onbekende sleutel 'kindd'; bedoel je 'kind'?"),
        ('- "bel ons"', '- "bel (ons"', 12, 9, "niet gesloten"),
        ('- "bel ons"', '- "bel @nergens"', 12, 9, "onbekende lijst"),
        ('- "bel ons"', '- "bel @momment"', 12, 9, "bedoel je @moment?"),
        ('- "bel ons"', "- regex: '(uniek'", 12, 16, "niet te lezen bij teken 7: een ( wordt niet gesloten"),
        ('- "bel ons"', "- VERB[Mod=Imp]", 12, 9, "onbekend kenmerk Mod; bekend: Abbr, "),
        ('- "bel ons"', "- bel ...? ons", 12, 9, "hoort geen ? of !"),
        ('- "bel ons"', "- bel ons\n    unless: [{find: [^bel]}]", 13, 22, "achter ^ hoort een spatie"),
        ('- "bel ons"', "- bel ons\n    beyond-doubt: [bel…ons]", 13, 20, "schrijf drie punten"),
        ('- "bel ons"', "- (ik|wij) (net <GEBELD>)?", 12, 9, "'GEBELD' is geen grondvorm; bedoel je <bellen>?"),
        ('- "bel ons"', "- <bellen|opgestuurd>", 12, 9, "'opgestuurd' is geen grondvorm; bedoel je <opsturen>?"),
        ('- "bel ons"', "- action: {does: [belt]}", 12, 17, "'belt' in does is geen heel werkwoord zoals bellen"),
        ('find:\n      - "bel ons"', "find: []", 11, 11, "hier ontbreekt een patroon"),
        ("find:", "unless: [{find: []}]\n    find:", 11, 21, "hier ontbreekt een patroon"),
        ("find:", "at-least: 0\n    find:", 11, 15, "at-least is minstens 1"),
        ('- "bel ons"', "- @merk bellen", 12, 9, "YAML (zet deze tekst tussen aanhalingstekens)"),
        ('- "bel ons"', "- {{naam}} hoi", 12, 18, "YAML (zet deze tekst tussen aanhalingstekens)"),
        ('- "bel ons"', "- {{naam}}", 12, 10, "een sleutel moet een woord zijn; zet een tekst die met {"),
        ('- "bel ons"', "- [naam]: hoi", 12, 9, "een sleutel moet een woord zijn; zet een tekst die met [ begint"),
        ('- "bel ons"', "- !niet bel", 12, 9, "zet een tekst die met ! begint tussen aanhalingstekens"),
        ('- "bel ons"', "- &a !niet bel", 12, 9, "zet een tekst die met ! begint tussen aanhalingstekens"),
        ("commandment: 2", "commandment: !!int twee", 1, 14, "zet een tekst die met ! begint tussen aanhalingstekens"),
        ("name: proef", "name: proef\n    !niet level: error", 6, 5, "een sleutel moet een woord zijn; zet een tekst die met !"),
        ('- "bel ons"', "\t- bel", 12, 7, "YAML (een tab; spring in met spaties)"),
        ('- "bel ons"', "- 'bel ons", 12, 9, "aanhalingstekens die op regel 12 begint, wordt niet afgesloten"),
        (
            '- "bel ons"',
            '- "bel ons\n      - "mail ons"',
            12,
            9,
            "aanhalingstekens die op regel 12 begint, wordt niet afgesloten",
        ),
        (
            '- "bel ons"',
            "- 'bel ons\n      - 'mail ons'",
            12,
            9,
            "aanhalingstekens die op regel 12 begint, wordt niet afgesloten",
        ),
        ('- "bel ons"', "- 'bel ons' even", 12, 19, "de tekst tussen ' stopt hier al"),
        ("    level: error", "     level: error", 6, 11, "YAML (de inspringing klopt niet)"),
        ("  - code: WC297", "  - code:WC297", 5, 9, "zet op regel 4 een spatie achter de dubbele punt"),
        ("    level: error", "    level:error", 7, 5, "zet op regel 6 een spatie achter de dubbele punt"),
        ("  - code: WC297", "  -code: WC297", 5, 9, "zet op regel 4 een spatie achter het streepje"),
        ("    level: error", "    level error", 7, 5, "op regel 6 ontbreekt een dubbele punt achter de sleutel"),
        ('- "bel ons"', "- tokens: [{LOWR: bel}]", 12, 17, "LOWR"),
        ('- "bel ons"', "- {regex: a, tokens: [{LOWER: a}]}", 12, 17, "precies één van"),
        ('- "bel ons"', '- action: {does: ["@nergens"]}', 12, 17, "onbekende lijst @nergens"),
        ('- "bel ons"', '- tokens: [{LOWER: {IN: "@nergens"}}]', 12, 17, "onbekende lijst @nergens"),
        ('- "bel ons"', "- {regex: a, only-with: [a]}\n      - action: {does: [a]}\n        only-with: [a]", 13, 17, "only-with"),
        ("{nl: w, en: w}", "{nl: w, zzz: w}", 9, 18, "onbekende sleutel 'zzz'; hier kan: nl, en"),
        ("bad: [", "bad: [{repply: a}, ", 14, 14, "repply"),
        ("find:", "find: [", 12, 7, "YAML"),
        ("title:", "title: a: b\ntitel:", 2, 9, "een dubbele punt staat hier verkeerd"),
        ("title:", "titel: x\ntitle:", 2, 1, "titel"),
    ],
)
def test_what_is_wrong_is_shown_with_its_place(tmp_path: Path, old: str, new: str, line: int, column: int, says: str) -> None:
    path = write(tmp_path, GOOD.replace(old, new, 1))
    with pytest.raises(RuleError) as caught:
        load_rulebook([path])
    error = caught.value
    assert (error.path, error.line) == (str(path), line), error.describe("nl")
    assert error.column == column, error.describe("nl")
    assert says in error.describe("nl")
    assert error.describe("en") != error.describe("nl")


def test_the_name_of_a_list_has_no_spaces(tmp_path: Path) -> None:
    text = GOOD.replace("rules:", "words: {verboden woorden: [bel]}\nrules:").replace('"bel ons"', '"@verboden woorden"')
    with pytest.raises(RuleError) as caught:
        load_rulebook([write(tmp_path, text)])
    assert (caught.value.line, caught.value.column) == (13, 9)
    assert caught.value.text.nl.endswith(
        "onbekende lijst @verboden; een naam heeft geen spaties: noem de lijst 'verboden-woorden'"
    )


@pytest.mark.parametrize("encoding", ["utf-16", "cp1252"])
def test_a_rule_file_that_is_no_utf_8_gets_its_cure(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "eigen.yaml"
    path.write_text(GOOD.replace("bel ons", "bel één"), encoding)
    with pytest.raises(RuleError, match=r"this is not UTF-8 .* save it as UTF-8"):
        load_rulebook([path])


def test_a_byte_order_mark_shifts_no_place(tmp_path: Path) -> None:
    with pytest.raises(RuleError) as caught:
        load_rulebook([write(tmp_path, "\ufeff" + GOOD.replace("commandment: 2", "commandment: elf"))])
    assert (caught.value.line, caught.value.column) == (1, 14)


@pytest.mark.parametrize("entry", ["@nergens", "@kring", "(open"])
@pytest.mark.parametrize("key", ["ignore", "opens"])
def test_the_words_of_a_comparison_are_checked_too(tmp_path: Path, key: str, entry: str) -> None:
    text = GOOD.replace("kind: match", "kind: coverage\n    of: question").replace(
        '    find:\n      - "bel ons"\n', "    ignore: [de]\n"
    )
    text = text.replace("    ignore: [de]\n", f"    {key}: [de, {entry!r}]\n" + ("    ignore: [de]\n" if key == "opens" else ""))
    text = text.replace("rules:", "words: {kring: ['@kring']}\nrules:")
    with pytest.raises(RuleError) as caught:
        load_rulebook([write(tmp_path, text)])
    assert caught.value.line == (3 if entry == "@kring" else 13), caught.value.describe("nl")


@pytest.mark.parametrize(
    ("kind", "line", "column", "says"),
    [
        ("reader\n    threshold: 65", 8, 16, "65 is geen deel of kans van 0 tot 1"),
        ("reader\n    threshold: 0.5\n    advice-from: -1", 9, 18, "-1 is geen deel"),
        ("share\n    groups: {a: [b]}\n    over: 40", 9, 11, "40 is geen deel"),
    ],
)
def test_a_share_is_from_0_to_1(tmp_path: Path, kind: str, line: int, column: int, says: str) -> None:
    text = GOOD.replace("match", kind).replace('    find:\n      - "bel ons"\n', "")
    with pytest.raises(RuleError) as caught:
        load_rulebook([write(tmp_path, text)])
    assert (caught.value.line, caught.value.column) == (line, column), caught.value.describe("nl")
    assert says in caught.value.describe("nl")


def test_a_rule_takes_no_code_of_webcare_lint_itself(tmp_path: Path) -> None:
    text = GOOD.replace("commandment: 2\n", "").replace("WC297", "WC1201")
    with pytest.raises(RuleError, match="code WC1201 is taken by webcare-lint itself"):
        load_rulebook([write(tmp_path, text)])


def test_a_code_is_used_once(tmp_path: Path) -> None:
    with pytest.raises(RuleError, match="WC401"):
        load_rulebook([write(tmp_path, GOOD.replace("commandment: 2", "commandment: 4").replace("WC297", "WC401"))])


@pytest.mark.parametrize(("code", "number"), [("WC131", 1), ("WC1095", 10)])
def test_a_rule_beside_the_ten_takes_no_code_of_theirs(tmp_path: Path, code: str, number: int) -> None:
    with pytest.raises(RuleError, match=f"{code} belongs to commandment {number}: put commandment: {number} at the top"):
        load_rulebook([write(tmp_path, GOOD.replace("commandment: 2\n", "").replace("WC297", code))])


def test_a_name_is_used_once(tmp_path: Path) -> None:
    taken = GOOD.replace("proef", "bel-ons")
    with pytest.raises(RuleError, match=r"the name bel-ons is that of WC201 in .*02-geen-ander-kanaal.yaml already") as caught:
        load_rulebook([write(tmp_path, taken)])
    assert (caught.value.line, caught.value.column) == (5, 11)
    second = GOOD.partition("rules:\n")[2].replace("WC297", "WC296")
    with pytest.raises(RuleError, match=r"the name proef is that of WC297 in .*eigen.yaml already") as caught:
        load_rulebook([write(tmp_path, GOOD + second)])
    assert caught.value.line == 17
    with pytest.raises(RuleError, match="the name spelling is taken by webcare-lint itself"):
        load_rulebook([write(tmp_path, GOOD.replace("proef", "spelling"))])


@pytest.mark.parametrize(("name", "place"), [("moment", (2, 3)), ("merk", (2, 3))])
def test_own_words_replace_no_list_that_is_there(tmp_path: Path, name: str, place: tuple[int, int]) -> None:
    write(tmp_path, GOOD)
    words = tmp_path / "words.yaml"
    words.write_text(f"words:\n  {name}: [straks]\n", "utf-8")
    with pytest.raises(RuleError) as caught:
        load_rulebook([tmp_path])
    error = caught.value
    assert (error.path, error.line, error.column) == (str(words), *place)
    assert f"de lijst '{name}' bestaat al; kies een andere naam" in error.describe("nl")
    assert f"the list '{name}' exists already; choose another name" in error.describe("en")


@pytest.mark.parametrize("use", ["@kanaal", "met @kanaal", "@groep", "met @groep"])
@pytest.mark.parametrize("shared", [False, True])
def test_a_pattern_of_a_list_is_shown_in_that_list(tmp_path: Path, use: str, *, shared: bool) -> None:
    lists = "words:\n  groep: ['@kanaal']\n  kanaal:\n    - winkel\n    - bel…ons\n"
    path = write(tmp_path, GOOD.replace("bel ons", use, 1).replace("rules:", lists * (not shared) + "rules:", 1))
    if shared:
        path = tmp_path / "words.yaml"
        path.write_text(lists, "utf-8")
    with pytest.raises(RuleError) as caught:
        load_rulebook([tmp_path])
    assert (caught.value.path, caught.value.line, caught.value.column) == (str(path), 5 if shared else 7, 7)


def test_two_folders_give_no_list_the_same_name(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "words.yaml").write_text("words: {filiaal: [winkel]}\n", "utf-8")
    with pytest.raises(RuleError, match="'filiaal' exists already"):
        load_rulebook([tmp_path])


def test_the_shipped_files_may_be_named_as_own() -> None:
    named = load_rulebook([shipped_rules() / "words.yaml", shipped_rules() / "04-reageer-altijd.yaml"]).own
    assert {code[:3] for code in named.rules} == {"WC4"}


@pytest.mark.parametrize("named", ["", "04-reageer-altijd.yaml", "extra/11-sorry.yaml"])
def test_the_shipped_files_of_another_checkout_are_refused_as_such(tmp_path: Path, named: str) -> None:
    shutil.copytree(shipped_rules(), tmp_path / "rules")
    with pytest.raises(RuleError) as caught:
        load_rulebook([tmp_path / "rules" / named])
    assert f"met die in {shipped_rules()}; doe eerst: python -m pip install -e {tmp_path}" in caught.value.text.nl


def test_a_good_example_of_what_is_missing(tmp_path: Path) -> None:
    text = GOOD.replace("kind: match", "kind: missing").replace("good: [a, b, c]", "good: [a, bel ons, bel ons]")
    text = text.replace('bad: ["**bel ons**", "a **bel ons**", "**bel ons** b"]', "bad: [a, b, c]")
    (failure,) = try_examples(load_rulebook([write(tmp_path, text)], shipped=False), lambda _: []).failures
    assert "WC297 meldt hier dat er iets ontbreekt, maar dit is een goed voorbeeld: a" in failure.describe("nl")


def test_the_features_of_a_pattern_are_those_of_the_parse() -> None:
    tags = json.loads((model_path() / "webcare_parser" / "labels.json").read_text("utf-8"))["tags"]
    features = {pair.partition("=")[0] for tag in tags for pair in tag.partition(" ")[2].split("|")} - {"_"}
    assert features == FEATURES


def test_examples_that_fail_are_reported_in_their_place(tmp_path: Path) -> None:
    text = (
        GOOD.replace('"a **bel ons**"', '"**a bel** ons"')
        .replace("good: [a,", "good: [bel ons nu,")
        .replace('"**bel ons** b"', "b")
    )
    outcome = try_examples(load_rulebook([write(tmp_path, text)], shipped=False), lambda _: [])
    assert [(e.line, e.column) for e in outcome.failures] == [(14, 28), (14, 45), (15, 14)]


def test_accents_that_were_taken_apart_are_put_together(tmp_path: Path) -> None:
    text = unicodedata.normalize("NFD", GOOD.replace("bel ons", "één café"))
    rules = load_rulebook([write(tmp_path, text)], shipped=False)
    assert not try_examples(rules, lambda _: []).failures
    assert "één café" in rules.rules["WC297"].rule.find


def test_examples_are_read_as_replies_are(tmp_path: Path) -> None:
    text = GOOD.replace('"a **bel ons**"', '"zo_n _**bel ons**_ nu"').replace('"**bel ons** b"', '"**bel\u00a0o\u00adns** b"')
    text = text.replace("good: [a,", 'good: [{reply: bel ons, customer: "b\u00adel mij"},')
    text = text.replace("kind: match", "kind: match\n    unless: [{find: [bel mij], in: customer}]")
    assert not try_examples(load_rulebook([write(tmp_path, text)], shipped=False), lambda _: []).failures


def test_too_few_examples_fail(tmp_path: Path) -> None:
    path = write(tmp_path, GOOD.replace("good: [a, b, c]", "good: [a]"))
    assert len(try_examples(load_rulebook([path], shipped=False), lambda _: []).failures) == 1


def test_the_schema_accepts_the_shipped_files_and_refuses_a_typo() -> None:
    schema = rule_schema()
    json.dumps(schema)
    validator = jsonschema.Draft202012Validator(schema)
    files = [p for p in shipped_rules().rglob("*.yaml") if p.name not in ("words.yaml", "de-acht.yaml")]
    assert len(files) >= 10
    for path in files:
        data = yaml.safe_load(path.read_text("utf-8"))
        assert list(validator.iter_errors(data)) == [], path
        data["rules"][0]["levle"] = "error"
        assert list(validator.iter_errors(data)), path
