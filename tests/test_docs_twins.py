"""Every guide for users exists in Dutch and in English, and the two tell of the same commands, options and files."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

DOCS = Path(__file__).parents[1] / "docs"
FOR_DEVELOPERS = {"architecture.md", "commandments.md"}
"""English alone, like the code: how it is built, and by what law replies are labelled."""
_TWIN = re.compile(r"^(Nederlands|English): \[[^\]]+\]\(([\w.-]+)\)$", re.MULTILINE)
PAIRS = [
    (page.name, found[2])
    for page in sorted(DOCS.glob("*.md"))
    if (found := _TWIN.search(page.read_text("utf-8"))) and found[1] == "Nederlands"
]


def _twin(page: Path) -> str | None:
    found = _TWIN.search(page.read_text("utf-8"))
    return found and found[2]


def test_every_guide_has_a_twin() -> None:
    alone = {page.name for page in DOCS.glob("*.md") if not _twin(page)} - FOR_DEVELOPERS
    assert alone == set()
    assert [page.name for page in DOCS.glob("*.md") if (twin := _twin(page)) and _twin(DOCS / twin) != page.name] == []


@pytest.mark.parametrize(("english", "dutch"), PAIRS)
def test_twins_tell_of_the_same_things(english: str, dutch: str) -> None:
    def told(name: str) -> set[str]:
        text = (DOCS / name).read_text("utf-8")
        code = " ".join(re.findall(r"`([^`\n]+)`", text))
        return set(re.findall(r"(?<![\w-])--[a-z][a-z-]+|\bWC\d{3,4}\b|\bWEBCARE_LINT_[A-Z_]+\b", text)) | set(
            re.findall(r"\b[a-z]+(?:_[a-z]+)+\b", code)
        )

    assert told(english) == told(dutch)
