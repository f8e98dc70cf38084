"""The documentation is true: rule pages are fresh, links lead somewhere, and the README's commands are the ones CI runs."""

from __future__ import annotations

import importlib.util
import re
import shlex
from pathlib import Path

import pytest
from support import Run

ROOT = Path(__file__).parents[1]
PAGES = sorted(
    p
    for p in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "training").rglob("*.md")]
    if "/work/" not in str(p.relative_to(ROOT))
)


def test_rule_pages_are_fresh() -> None:
    spec = importlib.util.spec_from_file_location("rule_pages", ROOT / "docs/rule_pages.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    stale = [
        str(p)
        for p, text in module.pages().items()
        if (f := ROOT / "docs" / p, not f.exists() or f.read_text("utf-8") != text)[1]
    ]
    assert stale == [], "run: python docs/rule_pages.py"


@pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    text = re.sub(r"```.*?```", "", page.read_text("utf-8"), flags=re.DOTALL)
    for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", text):
        if "://" not in target and not target.startswith("mailto:"):
            assert (page.parent / target).exists(), f"{page}: {target}"


def test_the_readme_has_the_command_that_ci_runs() -> None:
    script = (ROOT / ".ci/run").read_text("utf-8")
    for name in ("README.md", "README.nl.md"):
        readme = (ROOT / name).read_text("utf-8")
        assert "python -m pip install '.[test]' && python -m pytest" in readme, name
        assert "python -m pip install ." in readme, name
    assert "python -m pip install -q '.[test]'" in script
    assert "python -m pytest" in script


@pytest.mark.parametrize("name", ["README.md", "README.nl.md"])
def test_the_example_is_what_the_command_says(name: str, run: Run) -> None:
    block = re.search(r"<!-- voorbeeld -->\n```\n\$ webcare-lint (.*?)\n(.*?)\n```", (ROOT / name).read_text("utf-8"), re.DOTALL)
    assert block
    done = run(*shlex.split(block.group(1)))
    assert done.stdout.rstrip() == block.group(2)


def test_the_rule_that_is_read_aloud_can_be_copied(tmp_path: Path, run: Run) -> None:
    block = re.search(r"```yaml\n(commandment:.*?)```", (ROOT / "docs/writing-rules.md").read_text("utf-8"), re.DOTALL)
    assert block
    (tmp_path / "mijn.yaml").write_text(block.group(1), "utf-8")
    done = run("rules", "test", str(tmp_path / "mijn.yaml"))
    assert (done.returncode, done.stderr) == (0, ""), done.stdout + done.stderr
