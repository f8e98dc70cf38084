"""Configuration files: every mistake is shown in its place, in YAML as in TOML."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import msgspec
import pytest
import yaml

from webcare_lint.config import Config, effective, load_config, origins, settle
from webcare_lint.config.schema import Exemption
from webcare_lint.config.toml_places import load as load_toml
from webcare_lint.errors import ConfigError
from webcare_lint.linter import Linter
from webcare_lint.nl.pipeline import model_path


def in_yaml(folder: Path, text: str) -> Path:
    path = folder / ".webcare-lint.yaml"
    path.write_text(text, "utf-8")
    return path


def in_toml(folder: Path, text: str) -> Path:
    path = folder / "pyproject.toml"
    path.write_text(text, "utf-8")
    return path


@pytest.mark.parametrize(
    ("text", "line", "column", "says"),
    [
        ("chanel: x", 1, 1, "bedoel je 'channel'"),
        ("lang: fr", 1, 7, "kies uit nl, en"),
        ("kanaal: x", 1, 1, "bedoel je 'channel'"),
        ("fail_on: [error]", 1, 10, "verwacht"),
        ("levels:\n  WC401: fout", 2, 10, "bedoel je 'error'?"),
        ("exempt:\n- {code: 2, when: [x], in: klant}", 2, 28, "bedoel je 'customer'?"),
        (
            "exempt:\n- {code: 2, when: [gaslucht, 112]}",
            2,
            30,
            "verwacht een tekst, gevonden een getal; zet er aanhalingstekens om",
        ),
        ("select: [1.5]", 1, 10, "verwacht een getal of een tekst, gevonden een getal met een punt; schrijf een heel getal\n"),
        ("limits: {sms: 1.000}", 1, 15, "verwacht een getal, gevonden een getal met een punt; schrijf een heel getal\n"),
        ("levels: {WC201: off}", 1, 17, "onbekende waarde 'off'; uitzetten doe je met ignore"),
        ("levels: {WC201: false}", 1, 17, "gevonden true of false; uitzetten doe je met ignore"),
        ("fail_on: off", 1, 10, "onbekende waarde 'off'; bedoel je 'never'?"),
        ("fail_on: false", 1, 10, "gevonden true of false; bedoel je 'never'?"),
        ("limits:\n\tsms: 1", 2, 1, "YAML (een tab; spring in met spaties)"),
        ("brand: [`Jumbo`]", 1, 9, "YAML (zet deze tekst tussen aanhalingstekens)"),
        ("overrides:\n- paths: [*.txt]", 2, 12, "zet een tekst die met * begint tussen aanhalingstekens"),
        ("lang: nl\n channel: x", 2, 9, "de inspringing klopt niet"),
        ("lang:nl\nchannel: x", 2, 8, "zet op regel 1 een spatie achter de dubbele punt"),
        ("ignore: [!ja WC201]", 1, 10, "zet een tekst die met ! begint tussen aanhalingstekens"),
        ("overrides:\n- paths: ['*']\n  chanel: x", 3, 3, "bedoel je 'channel'"),
        ("overrides:\n- channel: x", 2, 3, "paths"),
        ("rules:\n  WC401: {levl: error}", 2, 11, "bedoel je 'level'"),
        ("rules: [map]", 1, 8, "extend_rules"),
        ("placeholder_lengths: {nam: 3}", 1, 23, "name"),
        ("limits: {sms: -1}", 1, 15, "geen lengte"),
        ("exempt:\n- {code: 2, when: [x], in: zin}", 2, 28, "zin"),
        ("select: [\n", 2, 1, "YAML"),
        ("lang: nl\nlang: nl", 2, 1, "twee keer"),
        ("fail-on: error\nlang: nl\nfail_on: never", 3, 1, "'fail_on' staat er twee keer, met - en met _"),
        ("select: &a [*a]", 1, 9, "anker"),
        ("select: " + "[" * 900 + "]" * 900, 1, 109, "te diep genest"),
        ('channel: "a\u2028b\u2028c"\nchanel: x', 2, 1, "bedoel je 'channel'"),
        ('channel: "a\u2028b"\nlang: "fr\x85"', 2, 7, "kies uit nl, en"),
        ('channel: "\u2028', 1, 10, "wordt niet afgesloten"),
        ("select: [\u2028", 1, 11, "YAML"),
    ],
)
def test_mistakes_in_yaml(tmp_path: Path, text: str, line: int, column: int, says: str) -> None:
    with pytest.raises(ConfigError) as caught:
        load_config(in_yaml(tmp_path, text))
    assert (caught.value.line, caught.value.column) == (line, column), caught.value.describe("nl")
    assert says in caught.value.describe("nl")


@pytest.mark.parametrize(
    ("text", "line", "column", "says"),
    [
        ("[tool.webcare-lint]\nchanel = 'x'", 2, 1, "bedoel je 'channel'"),
        ("[tool.webcare-lint]\nlang='fr'", 2, 6, "fr"),
        ("[tool]\nwebcare-lint.fail-on = 'x'", 2, 24, "x"),
        ("[tool.webcare-lint.levels]\nWC401 = 'fout'", 2, 9, "fout"),
        ("[[tool.webcare-lint.overrides]]\npaths=['a']\n[[tool.webcare-lint.overrides]]\nchanel='x'", 4, 1, "channel"),
        ("[tool.webcare-lint]\nrules = {'WC401' = {levl = 'error'}}", 2, 21, "bedoel je 'level'"),
        ("[tool.webcare-lint]\nlimits = { sms = -1 }", 2, 18, "geen lengte"),
        ("[tool.webcare-lint]\nselect = [ # een ]\n  '''a''', 1.5]", 3, 12, "verwacht"),
        ("[tool.webcare-lint]\nselect = [", 2, 11, "TOML"),
        ("[tool.webcare-lint]\nfail-on = 'error'\nfail_on = 'never'", 3, 1, "twee keer"),
        ("[tool.webcare-lint]\nignore = [WC201]", 2, 11, "TOML (hier hoort een waarde; zet een tekst tussen aanhalingstekens)"),
        ("[tool.webcare-lint]\nignore = ['WC201' 'WC202']", 2, 19, "TOML (hier hoort een komma of ])"),
        ("[tool.webcare-lint]\nlimits = {sms = 1", 2, 18, "TOML (hier hoort een komma of })"),
        ("[tool.webcare-lint]\nlang: 'nl'", 2, 5, "TOML (hier hoort een = achter de sleutel)"),
        ("[tool.webcare-lint]\nlang = 'nl", 2, 11, "TOML (deze tekst tussen aanhalingstekens wordt niet afgesloten)"),
        ('[tool.webcare-lint]\nlang = "nl\n', 2, 11, "TOML (deze tekst tussen aanhalingstekens wordt niet afgesloten)"),
        ("[tool.webcare-lint]\nlang = 'nl' x", 2, 13, "TOML (op deze regel staat hier te veel"),
        ("[tool.webcare-lint]\nlang = 'nl'\nlang = 'nl'", 3, 12, "TOML (dit staat er twee keer)"),
        ("[tool.webcare-lint\nlang = 'nl'", 1, 19, "TOML (hier wordt de kop niet afgesloten met ])"),
        ("[tool.webcare-lint]\nbrand = ['\\d', \"\\d\"]", 2, 19, "TOML (na een backslash mag dit teken niet"),
        ("[tool.webcare-lint]\r\nlang = 'nl'\r\nchanel = 'x'\r\n", 3, 1, "channel"),
    ],
)  # fmt: skip
def test_mistakes_in_toml_are_shown_as_well(tmp_path: Path, text: str, line: int, column: int, says: str) -> None:
    path = tmp_path / "pyproject.toml"
    path.write_bytes(text.encode())
    with pytest.raises(ConfigError) as caught:
        load_config(path)
    assert (caught.value.line, caught.value.column) == (line, column), caught.value.describe("nl")
    assert says in caught.value.describe("nl")
    assert caught.value.source_line


@pytest.mark.parametrize("text", ["channel = 'sms'", "[tool.webcare_lint]\nchannel = 'sms'", "tool = 1", ""])
def test_toml_without_our_table_is_no_configuration(tmp_path: Path, text: str) -> None:
    with pytest.raises(ConfigError) as caught:
        load_config(in_toml(tmp_path, text))
    assert caught.value.describe("nl").endswith(".toml: hierin staat geen tabel [tool.webcare-lint]")


def test_toml_without_end_is_refused(run: Any, tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text(f"[tool.webcare-lint]\nselect = {'[' * 5000}{']' * 5000}\n", "utf-8")
    done = run("check", "--text", "Hoi")
    assert (done.returncode, "te diep genest" in done.stderr) == (2, True)


def test_toml_places_agree_with_the_data() -> None:
    text = 'a.b = """x\n"y" """\n[t] # c\nk = [1, {z = "=,]"}, [2, 3]]\n"ü x" = 2020-01-01 10:00:00\n'
    text += "[[t.l]]\nq = true\n[[t.l]]\n[t.l.m]\nn = 1\n"
    located = load_toml(text, "p", ConfigError)

    def paths(value: Any, at: tuple[Any, ...]) -> list[tuple[Any, ...]]:
        items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
        return [path for key, inner in items for path in [(*at, key), *paths(inner, (*at, key))]]

    for path in paths(located.data, ()):
        assert path in located.places or path in located.keys, path
    assert located.places[("t", "k", 1, "z")] == (4, 14)
    assert located.places[("t", "l", 1, "m", "n")] == (10, 5)
    assert located.keys[("t", "ü x")] == (5, 1)


def test_both_forms_give_the_same(tmp_path: Path) -> None:
    toml = in_toml(tmp_path, '[tool.webcare-lint]\nfail-on = "error"\nselect = [2, "WC401"]\nlimits = {sms = 1}\n')
    from_yaml = load_config(in_yaml(tmp_path, "fail-on: error\nselect: [2, WC401]\nlimits: {sms: 1}\n"))
    assert load_config(toml) == from_yaml == Config(fail_on="error", select=[2, "WC401"], limits={"sms": 1})
    assert origins(toml) == {"fail_on": 2, "select": 3, "limits": 4}


def test_an_override_holds_for_its_paths_only(tmp_path: Path) -> None:
    config = load_config(
        in_yaml(
            tmp_path,
            """\
ignore: [9]
overrides:
  - {paths: ["fb/**"], channel: facebook, ignore: [8]}
  - {paths: ["*.x.yaml", "/top.txt"], channel: sms, select: [4], levels: {WC401: advice}}
  - {paths: ["café/*.md"], channel: mail}
""",
        )
    )

    def at(path: str) -> tuple[str, list[Any], list[Any]]:
        found = effective(config, str(tmp_path / path), tmp_path)
        return found.channel, found.ignore, found.select

    assert at("a.yaml") == ("x", [9], [])
    assert at("fb/deep/a.yaml") == ("facebook", [9, 8], [])
    assert at("fb/a.x.yaml") == ("sms", [9, 8], [4])
    assert at("top.txt")[0] == "sms"
    assert at("sub/top.txt")[0] == "x"
    assert at("cafe\u0301/a.md")[0] == "mail"  # as macOS may name it
    assert effective(config, "-", tmp_path) is config


@pytest.mark.parametrize(
    ("text", "line", "column", "says"),
    [
        ("select: [4, WC4001]", 1, 13, "WC401"),
        ("select: [WC2O1]", 1, 10, "bedoel je WC201?"),
        ("ignore: [13]", 1, 10, "geboden zijn 1 tot en met 10, richtlijnen 11"),
        ("select: [1-10]", 1, 10, "noem ze één voor één"),
        ("select: [WC299]", 1, 10, "onbekende code 'WC299'; `webcare-lint rules list` toont"),
        ("select: [ontzorgen]", 1, 10, "onbekende code 'ontzorgen'; `webcare-lint rules list` toont"),
        ("overrides:\n- {paths: [nergens], select: [4, WC499]}", 2, 34, "select: onbekende code 'WC499'"),
        ("overrides:\n- {paths: [a]}\n- {paths: [nergens], ignore: [WC2O1]}", 3, 31, "bedoel je WC201?"),
        ("overrides:\n- paths: [nergens]\n  levels: {WC499: error}", 3, 12, "levels: onbekende code 'WC499'"),
        ("reader: nergens", 1, 9, "de map 'nergens' bestaat niet"),
        ("lang: nl\nignore:\n- niets-gezgd", 3, 3, "bedoel je niets-gezegd"),
        ("levels:\n  WC499: error", 2, 3, "WC499"),
        ("rules:\n  WC499: {level: error}", 2, 3, "WC4"),
        ("words: {add: {klantje: [jou]}}", 1, 15, "bedoel je 'klant-je'"),
        ("words: {add: {klantenservice: [meldpunt]}}", 1, 15, "bekend: aankomst, "),
        ("words:\n  remove: {klant-je: [jij, jeu]}", 2, 28, "woord 'jeu'"),
        ("words: {add: {klant-je: ['a (b']}}", 1, 26, "niet gesloten"),
        ("exempt: [{code: 4, when: ['@nergens']}]", 1, 27, "onbekende lijst"),
        ("exempt: [{code: 4, when: [bel…ons]}]", 1, 27, "schrijf drie punten"),
        ("signature: [^EK]", 1, 13, "achter ^ hoort een spatie: '^ EK'; een handtekening zoals ^EK is {signature}"),
        ("brand: [Jumbo, 'Jumbo (NL']", 1, 16, "niet gesloten"),
        ("lang: nl\nsignature:\n- groetjes @nergens", 3, 3, "onbekende lijst"),
        ("exempt: [{code: 44, when: [x]}]", 1, 17, "44"),
        ("lang: nl\nextend_rules: [., weg.yaml]", 2, 19, "het bestand of de map 'weg.yaml' bestaat niet"),
    ],
)
def test_what_is_not_there_is_shown_in_its_place(tmp_path: Path, text: str, line: int, column: int, says: str) -> None:
    path = in_yaml(tmp_path, text)
    with pytest.raises(Exception) as caught:
        Linter(load_config(path), path).play()
    error: Any = caught.value
    assert (error.line, error.column) == (line, column), error.describe("nl")
    assert says in error.describe("nl")


OWN = """\
commandment: 2
title: {nl: Titel, en: Title}
words: {kanaal: [balie, winkel]}
rules:
  - code: WC297
    name: proef
    level: error
    kind: match
    message: {nl: "{quote}", en: "{quote}"}
    why: {nl: w, en: w}
    suggestions: {nl: [s], en: [s]}
    find: ["ga naar de @kanaal", "groet @merk"]
    examples:
      bad: ["**ga naar de balie**", "a **ga naar de balie**", "**ga naar de balie** b"]
      good: [a, b, c]
"""


def lint(folder: Path, config: str, text: str) -> list[tuple[str, str, str, str]]:
    (folder / "eigen.yaml").write_text(OWN, "utf-8")
    path = in_yaml(folder, f"extend_rules: [eigen.yaml]\nselect: [WC297]\n{config}")
    report = Linter(load_config(path), path).check_text(text)
    return [(d.code, d.level, d.message, d.quote) for d in report.diagnostics]


def test_a_rule_is_changed_without_copying_it(tmp_path: Path) -> None:
    text = "Hoi, ga naar de kassa. Of ga naar de balie."
    assert [quote for *_, quote in lint(tmp_path, "", text)] == ["ga naar de balie"]
    changes = (
        "rules: {WC297: {level: advice, message: Niet {quote}!, words: {add: {kanaal: [kassa]}, remove: {kanaal: [balie]}}}}"
    )
    changes = changes.replace("Niet {quote}!", '"Niet {quote}!"')
    assert lint(tmp_path, changes, text) == [("WC297", "advice", "Niet ga naar de kassa!", "ga naar de kassa")]
    assert lint(tmp_path, "words: {remove: {kanaal: [balie]}}", text) == []
    assert lint(tmp_path, "levels: {proef: warning}", text)[0][1] == "warning"


@pytest.mark.parametrize("level", ["error", "warning", "advice"])
def test_the_reader_leaves_the_level_that_a_team_wants(level: str) -> None:
    linter = Linter(Config(levels={"WC201": level}, cache=False))
    found = linter.check_text("Wat vervelend! Bel even met onze klantenservice.").diagnostics
    assert [d.level for d in found if d.code == "WC201"] == [level]


def test_a_linter_like_another_loads_nothing_anew() -> None:
    linter = Linter(Config(cache=False))
    text = "Bel even met onze klantenservice, dan wordt er naar gekeken."
    linter.check_text(text)
    other = linter.like(Config(lang="en", select=[2]))
    assert other.loaded is linter.loaded
    assert "reader" in vars(other.loaded)
    assert {d.commandment for d in other.check_text(text).diagnostics} == {2}


def test_exemptions_silence_a_commandment(tmp_path: Path) -> None:
    exempt = "exempt: [{code: 2, when: [gaslucht]}]"
    assert lint(tmp_path, exempt, "Ruik je een gaslucht? Dan ga naar de balie.") == []
    assert len(lint(tmp_path, exempt, "Ga naar de balie.")) == 1
    narrow = "exempt: [{code: [proef], when: [gaslucht], in: sentence}]"
    assert len(lint(tmp_path, narrow, "Ruik je een gaslucht? Dan ga naar de balie.")) == 1


def test_an_own_rule_takes_part_beside_the_ten(tmp_path: Path) -> None:
    own = OWN.replace("commandment: 2\n", "").replace("WC297", "WC1301")
    (tmp_path / "eigen.yaml").write_text(own, "utf-8")
    (tmp_path / "a.txt").write_text("Ga naar de balie.", "utf-8")

    def codes(config: str) -> list[str]:
        path = in_yaml(tmp_path, config)
        return [d.code for d in Linter(load_config(path), path).check_paths([tmp_path / "a.txt"]).diagnostics]

    extended = "extend_rules: [eigen.yaml]\n"
    assert "WC1301" in codes(extended)
    assert "WC1301" not in codes("{}"), "what the cache kept counts no more"
    assert "WC1301" not in codes(extended + "select: [1]")
    assert "WC1301" not in codes(extended + "ignore: [proef]")
    assert codes(extended + "select: [13]") == ["WC1301"]
    path = in_yaml(tmp_path, extended)
    assert "WC1111" not in Linter(load_config(path), path).play().infos, "a shipped one waits to be named"


@pytest.mark.parametrize("text", ["Je kunt ons even bellen op 0900-1234.", "Bel ons even."])
def test_what_lies_behind_an_exempt_finding_goes_with_it(text: str) -> None:
    exempt = [Exemption(code="WC201", when=["even"])]
    for config, codes in ((Config(cache=False), ["WC201"]), (Config(cache=False, exempt=exempt), [])):
        report = Linter(config).check_text(text, customer="Waar blijft mijn pakket?")
        assert [d.code for d in report.diagnostics if d.commandment == 2] == codes
        assert report.suppressed == 0


def test_an_exemption_leaves_other_words_to_other_rules() -> None:
    exempt = [Exemption(code="WC201", when=["even"], in_="sentence")]
    report = Linter(Config(cache=False, exempt=exempt)).check_text("Bel ons even. Of mail ons dan.")
    assert [d.quote for d in report.diagnostics if d.commandment == 2] == ["Of mail ons"]


def test_rules_know_the_brand(tmp_path: Path) -> None:
    assert lint(tmp_path, "", "Groet Webcareshop") == []
    assert [quote for *_, quote in lint(tmp_path, "brand: [Webcareshop]", "Groet Webcareshop")] == ["Groet Webcareshop"]


def test_a_brand_that_cannot_be_read_is_no_fault_of_a_rule(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        lint(tmp_path, "brand: ['Jumbo (NL']", "Groet Jumbo")
    assert (caught.value.path, caught.value.line) == (str(tmp_path / ".webcare-lint.yaml"), 3)


def test_the_examples_of_one_file_know_the_brand(run: Any, tmp_path: Path) -> None:
    (tmp_path / "eigen.yaml").write_text(OWN.replace("bad: [", 'bad: ["**groet Webcareshop**", '), "utf-8")
    in_yaml(tmp_path, "brand: [Webcareshop]\nextend_rules: [eigen.yaml]\n")
    done = run("rules", "test", "eigen.yaml")
    assert done.returncode == 0, done.stdout + done.stderr
    in_yaml(tmp_path, "extend_rules: [eigen.yaml]\n")
    assert run("rules", "test", "eigen.yaml").returncode == 1


def test_the_examples_of_one_file_know_the_words_beside_it(run: Any, tmp_path: Path) -> None:
    (tmp_path / "regels").mkdir()
    (tmp_path / "regels/words.yaml").write_text("words: {filiaal: [filiaal]}\n", "utf-8")
    own = OWN.replace("bad: [", 'bad: ["**filiaal**", ').replace("find: [", 'find: ["@filiaal", ')
    (tmp_path / "regels/eigen.yaml").write_text(own, "utf-8")
    done = run("rules", "test", "regels/eigen.yaml")
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_check_knows_the_words_beside_one_file(run: Any, tmp_path: Path) -> None:
    (tmp_path / "regels").mkdir()
    words = tmp_path / "regels/words.yaml"
    words.write_text("words: {filiaal: [filiaal]}\n", "utf-8")
    own = OWN.replace("find: [", 'find: ["@filiaal", ')
    (tmp_path / "regels/eigen.yaml").write_text(own, "utf-8")
    (tmp_path / "regels/a.txt").write_text("Ga naar ons filiaal.", "utf-8")
    in_yaml(tmp_path, "extend_rules: [regels/eigen.yaml]\nselect: [WC297]\n")
    done = run("check", "regels")
    assert (done.returncode, "WC297" in done.stdout, done.stderr) == (1, True, "")
    words.write_text("words: {filiaal: [kassa]}\n", "utf-8")
    assert run("check", "regels").returncode == 0, "what the cache kept counts no more"


def test_the_test_of_one_file_knows_the_codes_that_are_taken(run: Any, tmp_path: Path) -> None:
    (tmp_path / "eigen.yaml").write_text(OWN.replace("WC297", "WC201"), "utf-8")
    done = run("rules", "test", "eigen.yaml")
    assert done.returncode == 2
    assert "eigen.yaml:5:11: code WC201 is al gebruikt in " in done.stderr


def test_the_test_of_one_example_counts_one(run: Any, tmp_path: Path) -> None:
    own = OWN.partition("      bad:")[0] + '      bad: ["**ga naar de balie**"]\n      good: []\n'
    (tmp_path / "eigen.yaml").write_text(own, "utf-8")
    assert "1 regel, 1 voorbeeld: 2 mis." in run("rules", "test", "eigen.yaml").stdout


@pytest.mark.parametrize(
    "levels", [["WC705: error", "WC70: warning", "7: advice"], ["7: advice", "WC70: warning", "WC705: error"]]
)
def test_the_most_precise_level_wins(levels: list[str]) -> None:
    given: dict[str, Any] = dict(entry.split(": ") for entry in levels)
    infos = settle(Config(levels=given), Linter().loaded.infos, None).infos
    assert [infos[code].level for code in ("WC705", "WC701", "WC790")] == ["error", "warning", "advice"]


def test_a_code_beats_the_commandment_that_has_no_other() -> None:
    info = Linter().loaded.infos["WC705"]
    assert settle(Config(levels={"WC705": "error", "7": "advice"}), {"WC705": info}, None).infos["WC705"].level == "error"


def test_what_stands_beside_the_ten_is_off_until_asked_for() -> None:
    infos = Linter().loaded.infos
    assert "WC002" in settle(Config(), infos, None).infos
    assert "WC002" not in settle(Config(select=[4]), infos, None).infos
    assert "WC002" not in settle(Config(ignore=["negeert-niets"]), infos, None).infos


def test_init_writes_what_can_be_uncommented(run: Any, tmp_path: Path) -> None:
    for lang in ("nl", "en"):
        made = run("init", "--lang", lang)
        assert made.returncode == 0, made.stderr
        path = tmp_path / ".webcare-lint.yaml"
        text = path.read_text("utf-8")
        assert load_config(path) == Config()
        settings = re.sub(r"(?m)^# ?(?=\w+:|  |  *- )", "", text)
        path.write_text(settings, "utf-8")
        loaded = load_config(path)
        assert set(yaml.safe_load(settings)) == {field.name for field in msgspec.structs.fields(Config)}
        assert loaded.overrides
        assert loaded.lang == lang
        refused = run("init")
        assert refused.returncode == 2
        assert path.read_text("utf-8") == settings
        path.unlink()


def test_config_show_says_where_values_come_from(run: Any, tmp_path: Path) -> None:
    in_yaml(tmp_path, "lang: nl\nchannel: facebook\n")
    shown = run("config", "show", "--select", "4", "--json")
    rows = json.loads(shown.stdout)["settings"]
    assert rows["channel"]["value"] == "facebook"
    assert rows["channel"]["from"].endswith(".webcare-lint.yaml:2")
    assert rows["select"] == {"value": ["4"], "from": "optie --select"}
    assert rows["fail_on"] == {"value": "warning", "from": "standaard"}
    again = run("config", "show")
    assert yaml.safe_load(again.stdout)["channel"] == "facebook"


@pytest.mark.parametrize("encoding", ["utf-16", "cp1252"])
def test_a_config_that_is_no_utf_8_gets_its_cure(run: Any, tmp_path: Path, encoding: str) -> None:
    (tmp_path / ".webcare-lint.yaml").write_text("brand: [Café]\n", encoding)
    done = run("check", "--text", "Hoi")
    assert done.returncode == 2
    assert ".webcare-lint.yaml: dit is geen UTF-8 (UTF-16 of Windows-1252?); sla het op als UTF-8" in done.stderr


def test_a_bad_config_stops_the_run(run: Any, tmp_path: Path) -> None:
    in_yaml(tmp_path, "chanel: x\n")
    done = run("check", "--text", "Hoi")
    assert done.returncode == 2
    assert ".webcare-lint.yaml:1:1: onbekende sleutel 'chanel'; bedoel je 'channel'?" in done.stderr


@pytest.mark.parametrize(
    "name", ["webcare-lint.yaml", "webcare-lint.yml", ".webcare-lint.yml", ".webcare-lint.yaml.txt", ".webcarelint.yaml"]
)
def test_a_config_by_another_name_is_pointed_out(name: str, run: Any, tmp_path: Path) -> None:
    told = f"webcare-lint: {name} wordt niet gelezen als configuratie; noem dat bestand .webcare-lint.yaml\n"
    (tmp_path / name).write_text("channel: facebook\n", "utf-8")
    assert run("check", "--text", "Graag gedaan, Sanne.").stderr == told
    in_yaml(tmp_path, "channel: facebook\n")
    assert run("check", "--text", "Graag gedaan, Sanne.").stderr == ""


def test_a_pipeline_is_found_beside_the_config(run: Any, tmp_path: Path) -> None:
    folder, below = tmp_path / "modellen" / "nl-3.8", tmp_path / "sjablonen"
    below.mkdir()
    folder.parent.mkdir()
    folder.symlink_to(model_path())
    in_yaml(tmp_path, "pipeline: modellen/nl-3.8\n")
    assert run("inspect", "--model-path", cwd=below).stdout.strip() == str(folder)
    assert Linter(load_config(tmp_path / ".webcare-lint.yaml"), tmp_path / ".webcare-lint.yaml").loaded.world()
    folder.rename(tmp_path / "nl-3.8")
    in_yaml(tmp_path, "pipeline: nl-3.8\n")
    assert Linter(load_config(tmp_path / ".webcare-lint.yaml"), tmp_path / ".webcare-lint.yaml").loaded.world()


@pytest.mark.parametrize("named", ["./modellen/nl-3.8", "nl-3.8", "bestaat_niet", "bestaat.niet", "__main__"])
def test_a_pipeline_that_is_not_there_is_told_whatever_is_checked(run: Any, tmp_path: Path, named: str) -> None:
    in_yaml(tmp_path, f"channel: x\npipeline: {named}\n")
    place = f"{tmp_path / '.webcare-lint.yaml'}:2:11: "
    for asked in (["check", "--text", "👍"], ["check", "--no-cache", "--text", "👍"], ["inspect", "--model-path"]):
        done = run(*asked)
        told = f"webcare-lint: {place}het taalmodel {named!r} is geen map en ook niet geïnstalleerd"
        assert (done.returncode, done.stdout, done.stderr.splitlines()[0]) == (2, "", told)
    english = run("check", "--text", "👍", "--lang", "en").stderr
    assert f"{place}the language model {named!r} is no folder and not installed either" in english


def test_a_pipeline_that_is_none_is_told_with_its_place(run: Any, tmp_path: Path) -> None:
    (tmp_path / "leeg").mkdir()
    in_yaml(tmp_path, "pipeline: leeg\n")
    done = run("inspect", "Bel ons even.")
    told = f"webcare-lint: {tmp_path / '.webcare-lint.yaml'}:1:11: het taalmodel 'leeg' is niet te laden; spacy.load zegt waarom"
    assert (done.returncode, done.stderr.splitlines()[0]) == (2, told)


def test_options_beat_overrides(run: Any, tmp_path: Path) -> None:
    in_yaml(tmp_path, "overrides: [{paths: ['*.txt'], channel: sms, ignore: [4]}]\n")
    (tmp_path / "a.txt").write_text("👍", "utf-8")
    (tmp_path / "b.md").write_text("👍", "utf-8")
    assert run("check", "a.txt").returncode == 0
    assert run("check", "b.md").returncode == 1


OWN_RULE = """\
title: {nl: t}
rules:
  - code: WC1195
    name: proef
    level: error
    kind: match
    message: {nl: m}
    why: {nl: w}
    suggestions: {nl: [s]}
    find: [hoi]
    examples: {bad: [a], good: [b]}
"""


@pytest.mark.parametrize("asked", [".", "antwoorden.yaml regels/eigen.yaml", "antwoorden.yaml ./regels"])
def test_rules_of_the_team_are_not_read_as_replies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, asked: str) -> None:
    (tmp_path / "regels").mkdir()
    (tmp_path / "regels" / "eigen.yaml").write_text(OWN_RULE, "utf-8")
    (tmp_path / "antwoorden.yaml").write_text("- reply: Je pakket komt morgen.\n", "utf-8")
    (tmp_path / "anders").mkdir()
    config = in_yaml(tmp_path, "extend_rules: [anders/../regels]\ncache: false\n")
    monkeypatch.chdir(tmp_path)
    report = Linter(load_config(config), config).check_paths(asked.split())
    assert (report.replies, report.failures) == (1, ())
