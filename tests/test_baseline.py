"""The baseline: what is known stays silent, what is new is reported, and the file holds no words of replies."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from webcare_lint.linter import Linter

RULES = Path(__file__).parent / "data" / "fixes.yaml"
SETTINGS = f"extend_rules: ['{RULES}']\nselect: [WC402, WC599]\n"
OLD = '{"id": "a", "reply": "👍"}\n{"id": "b", "reply": "Hoi Sanne. Dat moet je gewoon even doen. Groet!"}\n'
MOVED = """\
{"id": "nieuw", "reply": "Dank je wel voor je bericht!"}

{"id": "b", "reply": "Dag Sanne! Dat moet je  gewoon even doen. Tot gauw, Eva"}
{"reply": "👍", "id": "a"}
"""


def test_known_findings_stay_silent_through_edits_elsewhere(run: Any, tmp_path: Path) -> None:
    (tmp_path / ".webcare-lint.yaml").write_text(SETTINGS, "utf-8")
    path = tmp_path / "a.jsonl"
    path.write_text(OLD, "utf-8")
    assert run("check", "a.jsonl").returncode == 1
    made = run("check", "a.jsonl", "--write-baseline", "--baseline", "bekend.json")
    assert made.returncode == 0
    assert "2 meldingen vastgelegd in bekend.json" in made.stderr
    written = (tmp_path / "bekend.json").read_text("utf-8")
    assert "gewoon" not in written
    assert "Sanne" not in written
    for text in (OLD, MOVED):
        path.write_text(text, "utf-8")
        done = run("check", "a.jsonl", "--baseline", "bekend.json", "--format", "json")
        assert done.returncode == 0, done.stdout
        assert json.loads(done.stdout)["summary"]["baselined"] == 2
    path.write_text(MOVED + '{"id": "c", "reply": "Gewoon nieuw."}\n', "utf-8")
    done = run("check", "a.jsonl", "--baseline", "bekend.json", "--format", "json")
    assert done.returncode == 1
    assert [d["reply_id"] for d in json.loads(done.stdout)["diagnostics"]] == ["c"]


def test_one_more_of_the_same_is_new(run: Any, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("👍", "utf-8")
    assert run("check", "a.txt", "--write-baseline").returncode == 0
    (tmp_path / "b.txt").write_text("👍", "utf-8")
    done = run("check", "a.txt", "b.txt", "--baseline", ".webcare-lint-baseline.json", "--format", "json")
    summary = json.loads(done.stdout)["summary"]
    assert (summary["baselined"], summary["errors"]) == (1, 1)


@pytest.mark.parametrize("written", ["{}", "[" * 100_000])
def test_what_is_none_is_told_so(run: Any, tmp_path: Path, written: str) -> None:
    (tmp_path / "oud.json").write_text(written, "utf-8")
    done = run("check", "--text", "Hoi", "--baseline", "oud.json")
    assert (done.returncode, done.stderr.splitlines()) == (
        2, ["webcare-lint: oud.json: dit is geen nulmeting van deze versie; maak een nieuwe met --write-baseline"])  # fmt: skip


def test_the_config_names_one(run: Any, tmp_path: Path) -> None:
    (tmp_path / ".webcare-lint.yaml").write_text("baseline: bekend.json\n", "utf-8")
    (tmp_path / "a.txt").write_text("👍", "utf-8")
    missing = run("check", "a.txt")
    assert missing.returncode == 2
    assert "bestaat niet" in missing.stderr
    assert run("check", "a.txt", "--write-baseline").returncode == 0
    shown = run("check", "a.txt")
    assert shown.returncode == 0
    assert shown.stdout == "Niets nieuws.\nNiet getoond: 1 al bekend.\n"
    (tmp_path / "bekend.json").write_text('{"version": 9}', "utf-8")
    assert run("check", "a.txt").returncode == 2


def test_what_a_new_one_forgets_of_the_old_one_is_said(run: Any, tmp_path: Path) -> None:
    (tmp_path / ".webcare-lint.yaml").write_text(SETTINGS + "baseline: bekend.json\n", "utf-8")
    (tmp_path / "a.jsonl").write_text(OLD, "utf-8")
    (tmp_path / "b.txt").write_text("👍", "utf-8")
    assert "nulmeting" not in run("check", "a.jsonl", "b.txt", "--write-baseline").stderr
    one = run("check", "a.jsonl", "b.txt", "--select", "WC402", "--write-baseline")
    assert "1 melding uit de oude nulmeting is er nu niet bij en vervalt; controleer alles in één keer" in one.stderr
    assert "nulmeting" not in run("check", "a.jsonl", "b.txt", "--write-baseline").stderr
    several = run("check", "b.txt", "--write-baseline")
    assert several.returncode == 0
    assert "2 meldingen uit de oude nulmeting zijn er nu niet bij en vervallen; controleer alles in één keer" in several.stderr


def test_a_diff_knows_it_too(run: Any, tmp_path: Path) -> None:
    (tmp_path / ".webcare-lint.yaml").write_text(SETTINGS + "baseline: bekend.json\n", "utf-8")
    (tmp_path / "a.txt").write_text("👍", "utf-8")
    assert run("check", "a.txt", "--write-baseline").returncode == 0
    assert run("check", "a.txt", "--diff").returncode == 0
    (tmp_path / "b.txt").write_text("👍", "utf-8")
    assert run("check", "a.txt", "b.txt", "--diff").returncode == 1


@pytest.mark.parametrize("option", [["--write-baseline"], ["--output", "uit.json"], ["--format", "json"]])
def test_what_a_diff_cannot_do_is_refused(run: Any, tmp_path: Path, option: list[str]) -> None:
    (tmp_path / "a.txt").write_text("👍", "utf-8")
    done = run("check", "a.txt", "--diff", *option)
    assert (done.returncode, done.stdout) == (2, "")
    assert option[0] in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]


def test_what_cannot_be_checked_leaves_the_known_as_it_is(run: Any, tmp_path: Path) -> None:
    (tmp_path / ".webcare-lint.yaml").write_text(SETTINGS + "baseline: bekend.json\n", "utf-8")
    path, known = tmp_path / "a.jsonl", tmp_path / "bekend.json"
    path.write_text(OLD, "utf-8")
    assert run("check", "a.jsonl", "--write-baseline").returncode == 0
    before = known.read_bytes()
    for text in ('{"reply": \n', ""):
        path.write_text(text, "utf-8")
        done = run("check", "a.jsonl", "--write-baseline")
        assert (done.returncode, known.read_bytes()) == (2, before)
    assert "vastgelegd" not in done.stderr


def test_the_baseline_is_the_same_each_time(tmp_path: Path) -> None:
    from webcare_lint.baseline import render

    path = tmp_path / "a.txt"
    path.write_text("👍", "utf-8")
    first, second = (render(Linter().check_paths([path]).diagnostics) for _ in range(2))
    assert first == second
