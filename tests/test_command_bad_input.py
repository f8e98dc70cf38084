"""Whatever is wrong with the input or the rules: one clear line on stderr, exit status 2, and the rest is checked."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from support import Run

from webcare_lint.files import _Again, read_inputs
from webcare_lint.sources import LARGEST_FILE

RULE = """\
title: {nl: Titel, en: Title}
rules:
  - code: WC1398
    name: proef
    level: error
    kind: match
    message: {nl: m, en: m}
    why: {nl: w, en: w}
    suggestions: {nl: [s], en: [s]}
    find:
      - bel ons
    examples: {bad: [a], good: [b]}
"""


UNANSWERED = {"id": "c", "messages": [{"author": "customer", "text": "Waar blijft mijn pakket?"}]}
FULL = pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full device here")
MANY_TWOS = "2, " * 2000
BUG = """
from webcare_lint.cli import main
from webcare_lint.linter import Linter

def broken(linter, documents, *rest):
    raise KeyError(documents[0].text)

Linter.check_documents = broken
main()
"""


@pytest.mark.parametrize("content", ["", "- {actief: nee, antwoord: Bel ons}\n"])
def test_where_nothing_was_checked_nothing_is_praised(run: Run, tmp_path: Path, content: str) -> None:
    (tmp_path / "a.yaml").write_text(content, "utf-8")
    assert run("check", "a.yaml").stdout == "Niets gecontroleerd.\n"
    assert run("check", "a.yaml", "--lang", "en").stdout == "Nothing was checked.\n"


def test_where_nothing_was_looked_for_nothing_is_praised(run: Run) -> None:
    done = run("check", "--text", "Bel ons even.", "--select", "2", "--ignore", "2")
    assert done.stdout == "Nergens naar gezocht: select en ignore laten geen enkele regel over.\n"


def test_languagetool_alone_without_languagetool(run: Run) -> None:
    done = run("check", "--text", "Bel ons even.", "--select", "12", "--select", "WC1201")
    said = "webcare-lint: --select 12 WC1201 zoekt alleen met LanguageTool; zet er --languagetool bij"
    assert (done.returncode, done.stdout, complaints(done.stderr)) == (2, "", [said])
    assert run("check", "--text", "Bel ons even.", "--select", "2,12").returncode == 1


def test_languagetool_alone_in_the_configuration(run: Run, tmp_path: Path) -> None:
    (tmp_path / ".webcare-lint.yaml").write_text("select: [12]\n", "utf-8")
    done = run("check", "--text", "Bel ons even.")
    said = ".webcare-lint.yaml: select: 12 zoekt alleen met LanguageTool; zet er --languagetool bij"
    assert (done.returncode, done.stdout) == (2, "")
    assert complaints(done.stderr)[0].endswith(said)
    (tmp_path / ".webcare-lint.yaml").write_text("select: [12]\noverrides: [{paths: ['*.txt'], select: [2]}]\n", "utf-8")
    (tmp_path / "a.txt").write_text("Bel ons even.", "utf-8")
    assert run("check", "a.txt").returncode == 1


@pytest.mark.parametrize("name", [".webcare-lint.yaml", ".webcare-lint-baseline.json", ".pre-commit-config.yaml", "bekend.json"])
def test_settings_are_no_replies(run: Run, tmp_path: Path, name: str) -> None:
    (tmp_path / "bekend.json").write_text('{"version": 1, "findings": {}}', "utf-8")
    (tmp_path / ".webcare-lint.yaml").write_text("baseline: bekend.json\n", "utf-8")
    (tmp_path / "goed.txt").write_text("Dank je wel voor je bericht, Sanne!", "utf-8")
    for paths in ([name], [f"./{name}", "goed.txt"]):
        done = run("check", *paths)
        assert (done.returncode, done.stderr) == (0, "webcare-lint: overgeslagen: 1 met instellingen of regels\n")
    assert run("check", ".").stderr == ""


def test_a_config_and_a_baseline_of_any_name_are_no_replies(run: Run, tmp_path: Path) -> None:
    (tmp_path / "bekend.json").write_text('{"version": 1, "findings": {}}', "utf-8")
    (tmp_path / "instellingen.yaml").write_text("channel: x\n", "utf-8")
    (tmp_path / "goed.txt").write_text("Dank je wel voor je bericht, Sanne!", "utf-8")
    done = run("check", ".", "--config", "instellingen.yaml", "--baseline", "bekend.json")
    assert (done.returncode, done.stderr) == (0, "")


def complaints(stderr: str) -> list[str]:
    """The lines of the command itself, without the line of the file that may stand below."""
    assert "Traceback" not in stderr
    return [line for line in stderr.splitlines() if line.startswith("webcare-lint: ")]


def own_rule(folder: Path, text: str) -> Path:
    (folder / "eigen.yaml").write_text(text, "utf-8")
    config = folder / "config.yaml"
    config.write_text("extend_rules: [eigen.yaml]\n", "utf-8")
    return config


@pytest.mark.parametrize(
    ("name", "content", "place", "says"),
    [
        ("weg.txt", None, "weg.txt", "bestaat niet"),
        ("x" * 300 + ".txt", None, "xxx", "niet te lezen"),
        ("foto.txt", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "foto.txt", "binair"),
        ("utf16.txt", "Bel ons".encode("utf-16"), "utf16.txt", "UTF-16"),
        ("latin.txt", "Hoi\nBelgi\xeb".encode("latin-1"), "latin.txt:2:6", "UTF-8"),
        ("a.yaml", b"- reply: a\n  - b: [\n", "a.yaml:2:3", "geldige YAML"),
        ("a.yaml", b"- reply: 'open\n", "a.yaml:1:10", "aanhalingstekens"),
        ("a.yaml", b"- reply: a\x07b\n", "a.yaml:1:11", "teken"),
        ("a.yaml", b"- id: 1\n- reply: Top, komt eraan!\n", "a.yaml:1:3", "geen antwoord"),
        ("a.yaml", b"42\n", "a.yaml:1:1", "lijst van records"),
        ("a.json", b'[{"reply": "a"},\n {"reply" "b"}]', "a.json:2:11", "dubbele punt"),
        ("a.json", b"", "a.json:1:1", "geldige JSON"),
        ("a.json", b"[" * 100_000, "a.json:1:1", "geldige JSON"),
        ("a.json", b'{"name": "webcare", "version": "1"}', "a.json:1:1", "geen antwoord"),
        ("a.jsonl", b'{"reply": "Top, komt eraan!"}\n{"reply": }\n', "a.jsonl:2:11", "geldige JSON"),
        ("a.jsonl", b'{"reply": 5}\n', "a.jsonl:1:1", "geen tekst"),
        ("a.csv", b'id;tekst\n1;"open\n', "a.csv:2:3", "niet gesloten"),
        (
            "a.csv",
            b"id;naam\n1;x\n",
            "a.csv:1:1",
            "geen kolom met het antwoord (reply, antwoord, reactie, response, …), wel 'id', 'naam'",
        ),
        ("a.csv", b"", "a.csv:1:1", "geen kolom"),
        ("a.csv", b"id;tekst\n1;Top;te veel\n", "a.csv:2:1", "zet een cel met het scheidingsteken erin tussen aanhalingstekens"),
        ("a.csv", b"tekst;tekst\nTop;Bel ons\n", "a.csv:1:7", "de kolom 'tekst' staat er twee keer"),
        ("a.yaml", b"- antwoord: Bel ons\n  antwoord: Top\n", "a.yaml:2:3", "de sleutel 'antwoord' staat er twee keer"),
        ("a.md", b"---\nkanaal: [x\n---\nHoi\n", "a.md:3:1", "YAML"),
        ("a.md", b"---\na: " + b"[" * 900 + b"]" * 900 + b"\n---\nHoi\n", "a.md:2:104", "te diep genest"),
    ],
)
def test_a_bad_file_is_one_clear_line(run: Run, tmp_path: Path, name: str, content: bytes | None, place: str, says: str) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    done = run("check", name)
    assert done.returncode == 2
    lines = complaints(done.stderr)
    assert len(lines) == 1, done.stderr
    assert f" {place}" in lines[0]
    assert says in lines[0]
    english = complaints(run("check", "--lang", "en", name).stderr)
    assert english != lines


def test_a_folder_without_anything_to_check(run: Run, tmp_path: Path) -> None:
    (tmp_path / "leeg").mkdir()
    (tmp_path / "leeg" / "a.py").write_text("x = 1")
    done = run("check", "leeg")
    assert done.returncode == 2
    assert "leeg: deze map bevat niets om te controleren" in complaints(done.stderr)[0]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "dicht.txt"
    path.write_text("Hoi")
    path.chmod(0)
    done = run("check", "dicht.txt")
    assert (done.returncode, complaints(done.stderr)) == (2, ["webcare-lint: dicht.txt: geen recht om dit te lezen"])


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_folder_without_permission(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Hoi")
    (tmp_path / "dicht").mkdir(mode=0)
    for asked in (".", "dicht"):
        done = run("check", asked)
        assert (done.returncode, complaints(done.stderr)) == (2, ["webcare-lint: dicht: geen recht om dit te lezen"])


def test_a_folder_that_goes_while_others_are_read(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / "map" / name[0]).mkdir(parents=True)
        (tmp_path / "map" / name[0] / name).write_text("Hoi")
    documents = read_inputs([str(tmp_path / "map")])
    assert not next(documents).failures
    shutil.rmtree(tmp_path / "map" / "b")
    ((failure,),) = (document.failures for document in documents)
    assert failure.path == str(tmp_path / "map" / "b")


def test_one_bad_file_does_not_stop_the_others(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text("[")
    (tmp_path / "b.txt").write_text("Hoi {{naam}, ik zoek het nu voor je uit.")
    (tmp_path / "c.yaml").write_text("- 'x\n")
    done = run("check", ".", "weg.txt")
    assert done.returncode == 2
    assert [line.split(":")[1].strip() for line in complaints(done.stderr)] == ["a.json", "c.yaml", "weg.txt"]
    assert "WC001" in done.stdout


def test_a_reply_that_is_too_long_is_told_in_the_figures_of_each_language(run: Run, tmp_path: Path) -> None:
    (tmp_path / "lang.txt").write_text("Hoi. " * 24_000)
    (dutch,) = complaints(run("check", "lang.txt").stderr)
    (english,) = complaints(run("check", "lang.txt", "--lang", "en").stderr)
    assert re.findall(r"\d+[.,]\d+", dutch + english) == ["119.999", "100.000", "119,999", "100,000"]


def test_what_is_too_large_is_refused_unread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.yaml"
    with path.open("wb") as file:
        file.truncate(LARGEST_FILE + 1)
    monkeypatch.setattr(_Again, "whole", lambda *_: pytest.fail("it was read"))
    (document,) = read_inputs([str(path)])
    assert [failure.message.nl for failure in document.failures] == ["groter dan 256 MB; splits het bestand"]


def test_a_reply_of_ten_megabytes(run: Run, tmp_path: Path) -> None:
    (tmp_path / "groot.txt").write_text("Hoi daar. " * 1_000_000)
    (tmp_path / "groot.jsonl").write_text(
        '{"id": "A", "reply": "' + "Hoi\\n<b>daar</b> " * 600_000 + '"}\n{"reply": "Hoi {{naam}"}\n'
    )
    done = run("check", "groot.txt", "groot.jsonl")
    lines = complaints(done.stderr)
    assert done.returncode == 2
    assert [line.split(": ", 1)[1].split(": ")[0] for line in lines] == ["groot.txt:1:1", "groot.jsonl:1:23"]
    assert all("100.000" in line for line in lines)
    assert "WC001" in done.stdout


def test_bytes_that_are_no_text_on_the_command_line(run: Run) -> None:
    bad = os.fsdecode(b"\xff")
    done = run("check", "--text", f"Hoi {bad}, bel ons even op 0900-1234.")
    assert (done.returncode, "WC201" in done.stdout, done.stderr) == (1, True, "")
    done = run("check", "-", "--customer", f"Waar blijft het {bad}?", stdin="Bel ons even op 0900-1234.")
    assert (done.returncode, "WC201" in done.stdout, done.stderr) == (1, True, "")


def test_nothing_to_check(run: Run) -> None:
    assert run("check", "--text", "Hoi", "a.txt").returncode == 2
    done = run("check", "--input-format", "csv", stdin="tekst\n")
    assert (done.returncode, complaints(done.stderr)) == (2, ["webcare-lint: hier is niets te controleren"])


@pytest.mark.parametrize(
    ("options", "status", "says"),
    [
        ([], 1, "1 fout in 1 bericht zonder antwoord."),
        (["--fail-on", "never", "--lang", "en"], 0, "1 error in 1 message without a reply."),
        (["--select", "2"], 0, "1 bericht zonder antwoord, niets op aan te merken."),
    ],
)
def test_a_conversation_that_nobody_answered_is_checked(
    run: Run, tmp_path: Path, options: list[str], status: int, says: str
) -> None:
    (tmp_path / "a.json").write_text(json.dumps([UNANSWERED]))
    done = run("check", "a.json", *options)
    assert (done.returncode, done.stdout.splitlines()[-1], done.stderr) == (status, says, "")


def test_what_nobody_answered_can_be_known(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(json.dumps([UNANSWERED]))
    assert run("check", "a.json", "--write-baseline").returncode == 0
    done = run("check", "a.json", "--baseline", ".webcare-lint-baseline.json")
    assert (done.returncode, done.stderr) == (0, "")


def test_nothing_in_a_file_drives_the_terminal(run: Run, tmp_path: Path) -> None:
    records = [
        {"id": ident, **reply} for ident in ("\x1b[31mX\x1b[2J", "a\nb", "c\u202ed") for reply in ({"reply": "Bel ons."}, {})
    ]
    (tmp_path / "a\x1b[1m.json").write_text(json.dumps(records))
    (tmp_path / "b\x1b[1m.yaml").write_text('- {id: "\x85", \'')
    for more in ([], ["--de-acht"]):
        done = run("check", ".", *more)
        assert done.returncode == 2
        assert "·  [31mX [2J" in done.stdout
        assert "· a b" in done.stdout
        assert "a [1m.json:1:55: record  [31mX [2J heeft geen" in done.stderr
        assert len(complaints(done.stderr)) == 4
        assert all(c.isprintable() or c == "\n" for c in done.stdout + done.stderr)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["check", "--input-format", "csv"], "nothing to check here"),
        (["check", "--select", "WC2O1"], "select: unknown code 'WC2O1'; did you mean WC201?"),
        (["check", "--select", "WC2O1", "--lang", "nl"], "select: onbekende code 'WC2O1'; bedoel je WC201?"),
        (["explain", "²"], "unknown code '²'; commandments are 1 to 10, guidelines 11, LanguageTool 12"),
    ],
)
def test_trouble_is_told_in_the_language_of_the_config(run: Run, tmp_path: Path, arguments: list[str], says: str) -> None:
    (tmp_path / ".webcare-lint.yaml").write_text("lang: en\n")
    done = run(*arguments, stdin="tekst\n")
    assert (done.returncode, complaints(done.stderr)) == (2, [f"webcare-lint: {says}"])
    assert " · error\n" in run("explain", "WC201").stdout
    assert f"lang: en  # {tmp_path / '.webcare-lint.yaml'}:1" in run("config", "show").stdout


@pytest.mark.parametrize(
    "records", ['[{"reply": "Hoi"}, {"reply": "Dag", "customer": "Waar?"}]', '{"reply": "a"}\n{"reply": "b"}']
)
def test_one_message_goes_with_one_reply(run: Run, records: str) -> None:
    done = run("check", "--customer", "Waar blijft het?", stdin=records)
    said = "--customer hoort bij één antwoord (--text, een .txt, of een pipe met één antwoord)"
    assert (done.returncode, complaints(done.stderr)) == (2, [f"webcare-lint: {said}"])
    assert run("check", "--customer", "Waar?", "--select", "2", stdin='[{"reply": "Bel ons."}]').returncode == 1


def test_a_pipe_is_read_once(run: Run) -> None:
    done = run("check", "-", "-", stdin="Bel ons even.")
    assert (done.returncode, done.stdout.splitlines()[-1]) == (1, run("check", stdin="Bel ons even.").stdout.splitlines()[-1])


def test_a_file_is_read_once(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "a.txt").write_text("Wat vervelend! Heel vervelend dat je pakket weg is. Bel ons even.")
    once, twice = run("check", "a", cwd=tmp_path), run("check", "a", "a/a.txt", "./a/a.txt", ".", cwd=tmp_path)
    assert (twice.returncode, twice.stdout, twice.stderr) == (1, once.stdout, once.stderr)
    assert run("check", "--diff", "a", "a/a.txt", cwd=tmp_path).stdout.count("+++") == 1


def test_a_typo_in_the_input_format(run: Run) -> None:
    done = run("check", "--input-format", "zendeks", "a.json")
    assert (done.returncode, complaints(done.stderr)) == (
        2,
        ["webcare-lint: onbekend invoerformaat 'zendeks'; bedoel je 'zendesk'?"],
    )


def test_a_named_format_that_is_not_in_the_file(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('[{"reply": "Hoi"}]')
    done = run("check", "--input-format", "zendesk", "a.json")
    assert done.returncode == 2
    assert complaints(done.stderr) == ["webcare-lint: a.json:1:1: hierin staat niets van zendesk"]


def test_a_pipe_may_hold_an_export(run: Run) -> None:
    record = '{"macros": [{"id": 7, "actions": [{"field": "comment_value", "value": "Hoi {{naam}!"}]}]}'
    done = run("check", "--format", "json", stdin=record)
    assert (done.returncode, '"reply_id": "7"' in done.stdout) == (1, True)


@pytest.mark.parametrize("option", ["select", "ignore"])
@pytest.mark.parametrize(
    ("code", "hint"),
    [("WC2O1", "bedoel je WC201?"), ("WC9999", "`webcare-lint rules list` toont ze allemaal"),
     ("99", "geboden zijn 1 tot en met 10, richtlijnen 11, LanguageTool 12")],
)  # fmt: skip
def test_an_unknown_code(run: Run, option: str, code: str, hint: str) -> None:
    done = run("check", f"--{option}", code, "--text", "Hoi")
    said = f"webcare-lint: {option}: onbekende code '{code}'; {hint}"
    assert (done.returncode, complaints(done.stderr)) == (2, [said])


@pytest.mark.parametrize(
    ("old", "new", "place", "says", "shown"),
    [
        ("level: error", "levle: error", "5:5", "bedoel je 'level'", "    ►levle: error"),
        ("level: error", "level: error\n    level: advice", "6:5", "twee keer", "    ►level: advice"),
        ("- bel ons", "- tokens: [{LOWR: bel}]", "11:17", "LOWR", "      - tokens: ►[{LOWR: bel}]"),
        ("- bel ons", "- regex: '('", "11:16", "patroon", "      - regex: ►'('"),
        ("WC1398", "WC001", "3:11", "al gebruikt", "  - code: ►WC001"),
    ],
)
def test_a_bad_rule_is_shown_with_its_line(
    run: Run, tmp_path: Path, old: str, new: str, place: str, says: str, shown: str
) -> None:
    config = own_rule(tmp_path, RULE.replace(old, new, 1))
    done = run("check", "--config", config, "--text", "Hoi")
    assert (done.returncode, done.stdout) == (2, "")
    said, line = done.stderr.splitlines()
    assert f"eigen.yaml:{place}: " in said
    assert says in said
    assert line == f"    {shown}"


@pytest.mark.parametrize(
    ("before", "after", "begin", "end"),
    [
        ("", "", "    ►pieplijn", "►pieplijn: 1"),
        ("lang: nl, ", f", select: [{MANY_TWOS}]", "    {lang: nl, ►pieplijn", "…"),
        (f"select: [{MANY_TWOS}], ", "", "    …", "2, ], ►pieplijn: 1}"),
        (f"select: [{MANY_TWOS}], ", f", ignore: [{MANY_TWOS}]", "    …", "…"),
    ],
)  # fmt: skip
def test_of_a_long_line_the_part_around_the_place_is_shown(
    run: Run, tmp_path: Path, before: str, after: str, begin: str, end: str
) -> None:
    text = f"{before}pieplijn: 1{after}"
    (tmp_path / "config.yaml").write_text(f"{{{text}}}" if before else text, "utf-8")
    _, line = run("check", "--config", "config.yaml", "--text", "Hoi").stderr.splitlines()
    assert line.startswith(begin)
    assert line.endswith(end)
    assert "►pieplijn" in line
    assert len(line) <= 160


@pytest.mark.parametrize("arguments", [["check", "--text", "Hoi", "--config", "weg.yaml"], ["rules", "test", "weg.yaml"]])
def test_a_file_that_is_not_there(run: Run, arguments: list[str]) -> None:
    done = run(*arguments)
    assert (done.returncode, complaints(done.stderr)) == (2, ["webcare-lint: weg.yaml: dit bestand bestaat niet"])
    done = run(*arguments, "--lang", "en")
    assert complaints(done.stderr) == ["webcare-lint: weg.yaml: this file does not exist"]


def test_a_regular_expression_without_end_is_stopped(run: Run, tmp_path: Path) -> None:
    config = own_rule(tmp_path, RULE.replace("- bel ons", "- regex: '(a|aa)+$'"))
    (tmp_path / "a.txt").write_text("Hoi " + "a" * 200 + "!")
    done = run("check", "--config", config, "--select", "WC1398", "a.txt")
    assert done.returncode == 2
    lines = complaints(done.stderr)
    assert len(lines) == 1
    assert "a.txt:1:1: regel WC1398 proef is gestopt" in lines[0]


def test_a_code_page_of_excel_gets_its_cure(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes("reply\nCafé is open\n".encode("cp1252"))
    done = run("check", "a.csv", cwd=tmp_path)
    assert done.returncode == 2
    assert "Excel: CSV UTF-8" in complaints(done.stderr)[0]
    (tmp_path / "a.xlsx").write_bytes(b"PK\x03\x04\x00")
    assert "Excel: CSV UTF-8" in complaints(run("check", "a.xlsx", cwd=tmp_path).stderr)[0]
    for encoding in ("utf-16", "cp1252"):
        (tmp_path / "a.txt").write_text("Café is open\n", encoding)
        assert complaints(run("check", "a.txt", cwd=tmp_path).stderr)[0].endswith("sla het op als UTF-8")


def test_a_message_of_a_conversation_under_other_names(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"id": "g", "messages": [{"from": "klant", "body": "Hoi"}]}\n', "utf-8")
    done = run("check", "a.jsonl", cwd=tmp_path)
    assert done.returncode == 2
    assert "en er staat from, body" in complaints(done.stderr)[0]


@pytest.mark.parametrize("columns", ["0", "000", "²", "٣", "-1", "", "9" * 5000])
def test_columns_that_are_no_width_change_nothing(run: Run, monkeypatch: pytest.MonkeyPatch, columns: str) -> None:
    plain = run("check", "--text", "Bel ons even.")
    monkeypatch.setenv("COLUMNS", columns)
    monkeypatch.setenv("LINES", columns)
    done = run("check", "--text", "Bel ons even.")
    assert "WC201" in plain.stdout
    assert (done.returncode, done.stdout, done.stderr) == (plain.returncode, plain.stdout, plain.stderr)


def test_a_narrow_report_says_it_all(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "1")
    done = run("check", "--text", "Bel ons even.")
    assert (done.returncode, "WC201" in done.stdout, done.stderr) == (1, True, "")


def test_a_file_that_fails_is_in_the_report_with_a_message_too(run: Run) -> None:
    plain = run("check", "weg.txt", "--format", "json")
    done = run("check", "weg.txt", "--customer", "Waar blijft het?", "--format", "json")
    assert (done.returncode, done.stdout, done.stderr) == (2, plain.stdout, plain.stderr)
    assert json.loads(done.stdout)["failures"][0]["path"] == "weg.txt"


@pytest.mark.parametrize(
    ("output", "says"),
    [
        ("weg/r.html", "de map van dit bestand bestaat niet"),
        ("a.txt/r.html", "de map van dit bestand bestaat niet"),
        (".", "dit is een map en geen bestand"),
        ("a.txt", "dit bestand wordt gecontroleerd en zou door het verslag verdwijnen; kies een andere --output"),
        pytest.param("/dev/full", "hier is geen ruimte meer", marks=FULL),
    ],
)
def test_a_report_that_cannot_be_written_says_why_in_dutch(run: Run, tmp_path: Path, output: str, says: str) -> None:
    (tmp_path / "a.txt").write_text("Bel ons even.", "utf-8")
    done = run("check", "a.txt", "--output", output)
    assert (done.returncode, complaints(done.stderr)) == (2, [f"webcare-lint: {output}: {says}"])
    assert (tmp_path / "a.txt").read_text("utf-8") == "Bel ons even."


@pytest.mark.parametrize("asked", [["--format", "json"], ["--output", "r.json"], ["--format", "json", "--output", "r.json"]])
def test_a_baseline_is_no_report(run: Run, tmp_path: Path, asked: list[str]) -> None:
    (tmp_path / "a.txt").write_text("Bel ons even.", "utf-8")
    done = run("check", "a.txt", "--write-baseline", *asked)
    assert (done.returncode, done.stdout, [path.name for path in tmp_path.iterdir()]) == (2, "", ["a.txt"])
    assert complaints(done.stderr) == [
        "webcare-lint: --write-baseline maakt geen verslag en gaat niet samen met --format of --output"
    ]
    assert "makes no report" in run("check", "a.txt", "--write-baseline", *asked, "--lang", "en").stderr


@pytest.mark.parametrize("quoted", ["“Bel ons even.”", ' "Bel ons even." ', "„Bel ons even.”"])
def test_a_reply_in_quotes_is_a_reply(run: Run, tmp_path: Path, quoted: str) -> None:
    (tmp_path / "a.txt").write_text(quoted, "utf-8")
    (typed,), (read,) = (
        [d for d in json.loads(run("check", *given, "--format", "json").stdout)["diagnostics"] if d["code"] == "WC201"]
        for given in (["--text", quoted], ["a.txt"])
    )
    assert typed == {**read, "path": "-"}
    assert quoted[typed["start"]["offset"] : typed["end"]["offset"]] == typed["quote"]


@pytest.mark.parametrize("entry", ["7", "WC7", "wc7"])
def test_explain_of_a_commandment_lists_its_rules(run: Run, entry: str) -> None:
    done = run("explain", entry)
    assert done.returncode == 0
    codes = {line.split()[0] for line in done.stdout.splitlines()[1:]}
    assert {"WC701", "WC790"} <= codes
    assert all(code.startswith("WC7") for code in codes)


@pytest.mark.parametrize("entry", ["0", "11"])
def test_explain_keeps_the_order_of_the_list(run: Run, entry: str) -> None:
    lines = run("explain", entry).stdout.splitlines()
    assert lines == [line for line in run("rules", "list").stdout.splitlines() if line in lines]


@pytest.mark.parametrize(("debug", "quoted"), [([], False), (["--debug"], True)])
def test_a_bug_quotes_no_reply_until_asked_for(debug: list[str], quoted: bool) -> None:
    command = [sys.executable, "-c", BUG, "check", "--text", "Hoi Sanne", *debug]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "webcare-lint: onverwachte fout (KeyError); draai opnieuw met --debug" in done.stderr
    assert ("Sanne" in done.stderr) == quoted


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["frobnicate"], "opdracht 'frobnicate' bestaat niet"),
        (["check", "--kanaal", "x"], "optie --kanaal bestaat niet"),
        (["check", "--chanel", "x"], "bedoel je --channel of --help?"),
        (["check", "--format"], "na '--format' hoort een waarde"),
        (["check", "--format", "pdf"], "kies uit 'human', 'json'"),
        (["check", "--no-cache=1"], "bij '--no-cache' hoort geen waarde"),
        (["check", "--jobs", "veel"], "hoort een getal, geen 'veel'"),
        (["serve", "--port", "70000"], "'--port' kan niet 70000 zijn"),
        (["explain"], "er ontbreekt iets: 'code'"),
        (["explain", "1", "2"], "dit is te veel: 2"),
        (["chek"], "opdracht 'chek' bestaat niet; bedoel je 'check' of 'cache'?"),
        (["rules", "lst"], "opdracht 'lst' bestaat niet; bedoel je 'list'?"),
    ],
)
def test_a_wrong_call_is_told_in_dutch(run: Run, arguments: list[str], says: str) -> None:
    result = run(*arguments)
    assert result.returncode == 2
    assert says in result.stderr
    assert len(complaints(result.stderr)) == 1


def test_a_wrong_call_is_told_in_english_to_who_asks(run: Run) -> None:
    assert "No such option: --chanel" in run("check", "--lang", "en", "--chanel", "x").stderr


@pytest.mark.parametrize(
    ("variable", "options", "spoken"),
    [
        ("en", ["--lang", "nl"], "bestaat niet"),
        ("en", ["--lang=nl"], "bestaat niet"),
        ("en", ["--lang", "en", "--lang", "nl"], "bestaat niet"),
        ("en", [], "No such option"),
        ("nl", ["--lang", "nl", "--lang=en"], "No such option"),
    ],
)
def test_an_option_beats_the_environment(
    run: Run, monkeypatch: pytest.MonkeyPatch, variable: str, options: list[str], spoken: str
) -> None:
    monkeypatch.setenv("WEBCARE_LINT_LANG", variable)
    assert spoken in run("check", *options, "--chanel", "x").stderr


@pytest.mark.parametrize("arguments", [["-h"], ["check", "-h"], ["rules", "list", "-h"], ["config", "show", "-h"]])
def test_help_is_dutch_throughout(run: Run, arguments: list[str]) -> None:
    text = run(*arguments).stdout
    assert "Opties" in text
    assert "Toon deze uitleg." in text
    assert not [word for word in ("Usage", "Options", "Arguments", "default:", "Show this", "Install ") if word in text]


def test_every_command_takes_what_an_unexpected_error_advises(run: Run) -> None:
    assert run("rules", "schema", "--debug").returncode == 0
    assert run("explain", "WC201", "--debug").returncode == 0
