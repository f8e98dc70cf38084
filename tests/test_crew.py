"""Several processes find what one finds, in the same order, with the same failures, also when one of them dies."""

from __future__ import annotations

import json
import pickle
import sys
from pathlib import Path
from typing import Any

import pytest

from webcare_lint import crew
from webcare_lint import run as run_module
from webcare_lint.config import Config
from webcare_lint.errors import ConfigError, Text
from webcare_lint.linter import Linter
from webcare_lint.model import Library, Reply

TEXTS = ("Bel ons even op 0900-1234.", "👍", "Graag gedaan, Sanne.", "x" * 100_001, "Dat had je kunnen lezen.")
RECORDS = [
    {"id": f"r{number}", "reply": text, **({"customer": "Waar blijft mijn pakket?"} if number % 2 else {})}
    for number, text in enumerate(TEXTS * 4)
]  # fmt: skip


@pytest.fixture(params=["a large file", "a folder of small ones"])
def log(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(run_module, "WORTH_IT", 10)
    if request.param == "a folder of small ones":
        monkeypatch.setattr(run_module, "HELD", 15)
        for record in RECORDS:
            (tmp_path / f"{record['id']}.txt").write_text(record["reply"], "utf-8")
        (tmp_path / "lib.yaml").write_text("".join(f"- Wat vervelend dat het je {n} keer overkwam.\n" for n in range(6)), "utf-8")
        (tmp_path / "z.jsonl").write_text("", "utf-8")
        return tmp_path
    path = tmp_path / "log.jsonl"
    path.write_text("".join(json.dumps(record, ensure_ascii=False) + "\n" for record in RECORDS), "utf-8")
    return path


def report(path: Path, jobs: int) -> tuple[Any, ...]:
    made = Linter(Config(cache=False), jobs=jobs).check_paths([path])
    assert made.diagnostics
    assert made.failures
    return made.diagnostics, made.failures, made.replies


def test_the_same_in_the_same_order(log: Path) -> None:
    assert report(log, 2) == report(log, 1)


def test_a_process_that_dies_loses_nothing(log: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crew, "_work", _die)
    assert report(log, 2) == report(log, 1)


def _die(*_: object) -> None:
    import os

    os._exit(1)


def test_an_error_comes_whole_from_another_process() -> None:
    error = ConfigError(Text("kapot", "broken"), path="a.yaml", line=3, column=2, source_line=" x: 1")
    come = pickle.loads(pickle.dumps(error))
    assert (type(come), come.text, come.describe("nl")) == (ConfigError, error.text, error.describe("nl"))


@pytest.mark.parametrize("jobs", [100, None])
def test_windows_waits_for_no_more_than_it_can(jobs: int | None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crew.os, "sched_getaffinity", lambda _: range(100), raising=False)
    assert crew.processes(jobs) == 100
    monkeypatch.setattr(sys, "platform", "win32")
    assert crew.processes(jobs) == 61


def test_portions_share_the_library_that_they_come_from(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crew, "_library", None)
    first, again, other = Library((("1", "Ja."),)), Library((("1", "Ja."),)), Library((("1", "Nee."),))
    shared = [crew._with_library([Reply("Ja.")], library)[0].library for library in (first, again, other)]
    assert shared[0] is shared[1] is first
    assert shared[2] is other
