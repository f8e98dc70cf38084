"""The shipped examples: each commandment is broken somewhere, and what is good is clean."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from webcare_lint.names import COMMANDMENTS

EXAMPLES = Path(__file__).parent.parent / "examples"


def test_each_commandment_is_found_and_nothing_fails(run: Any) -> None:
    done = run("check", EXAMPLES, "--format", "json")
    report = json.loads(done.stdout)
    assert (done.returncode, report["failures"]) == (1, [])
    assert {d["commandment"] for d in report["diagnostics"]} >= set(COMMANDMENTS)
    assert [d["code"] for d in report["diagnostics"] if Path(d["path"]).name == "goed.txt"] == []
