"""docs/configuration.md: every key is there with its default, and every block in it is a configuration that works."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec
import pytest
import yaml

from webcare_lint.config import Config, load_config
from webcare_lint.linter import Linter

TEXT = (Path(__file__).parent.parent / "docs" / "configuration.md").read_text("utf-8")
BLOCKS = re.findall(r"```(yaml|toml)\n(.*?)```", TEXT, re.DOTALL)


def test_every_key_is_documented_with_its_default() -> None:
    rows = dict(re.findall(r"^\| `(\w+)` \| (\S+) \|", TEXT, re.MULTILINE))
    defaults = msgspec.to_builtins(Config())
    assert list(rows) == list(defaults)
    for key, shown in rows.items():
        written = None if shown == "–" else yaml.safe_load(shown.strip("`"))
        expected = {"words": {}, "languagetool": None}.get(key, defaults[key])  # tables of their own
        assert written == expected, key


@pytest.mark.parametrize(("form", "block"), BLOCKS)
def test_every_block_works(tmp_path: Path, form: str, block: str) -> None:
    path = tmp_path / ("pyproject.toml" if form == "toml" else ".webcare-lint.yaml")
    path.write_text(block, "utf-8")
    config = load_config(path)
    assert config != Config()
    known = {code.removeprefix("WC")[:-2] for code in Linter().loaded.infos}
    if all(number in known for number in ("2", "6", "8", "10")):  # the shipped rules are all there
        Linter(config, path).play()
