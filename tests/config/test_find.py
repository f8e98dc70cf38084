"""The configuration is found in every form that TOML allows, and not in a comment."""

from __future__ import annotations

from pathlib import Path

import pytest

from webcare_lint.config import find_config, load_config
from webcare_lint.errors import ConfigError

DEEP = "[" * 5000


@pytest.mark.parametrize(
    ("text", "ours"),
    [
        ("[tool.webcare-lint]\n", True),
        ("[ tool.webcare-lint ]\n", True),
        ('[tool."webcare-lint"]\n', True),
        ("[tool]\nwebcare-lint = {fail_on = 'never'}\n", True),
        ("tool.webcare-lint.fail_on = 'never'\n", True),
        ("[tool.webcare-lint.levels]\n", True),
        ("[tool.webcare-lint]\nselect = [", True),
        (f"[tool.webcare-lint]\nselect = {DEEP}", True),
        (f"[project]\nname = 'webcare-lint'\nx = {DEEP}", False),
        ("# see [tool.webcare-lint] elsewhere\n", False),
        ("[project]\ndependencies = ['webcare-lint']\n", False),
        ("[tool.ruff]\nline-length = 100\n", False),
    ],
)
def test_a_project_file_counts_where_it_has_our_table(tmp_path: Path, text: str, *, ours: bool) -> None:
    above, project = tmp_path / ".webcare-lint.yaml", tmp_path / "kind/pyproject.toml"
    project.parent.mkdir()
    above.write_text("lang: nl\n")
    project.write_text(text)
    assert find_config(project.parent) == (project if ours else above)


def test_what_nests_too_deep_is_told(tmp_path: Path) -> None:
    path = tmp_path / "pyproject.toml"
    path.write_text(f"[tool.webcare-lint]\nselect = {DEEP}")
    with pytest.raises(ConfigError, match="nested too deep"):
        load_config(path)
