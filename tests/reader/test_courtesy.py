from __future__ import annotations

import json
from pathlib import Path

import pytest

from webcare_lint.patterns.passage import Passage
from webcare_lint.reader.courtesy import only_courtesies

CORPUS = Path(__file__).parents[2] / "training" / "corpus"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Graag gedaan, Sanne!", True),
        ("Fijne dag nog 😊 ^EK", True),
        ("Dank je wel, Jan Willem. Fijn weekend!", True),
        ("Graag gedaan, tot 12 uur.", False),
        ("Graag gedaan?", False),
        ("Jammer dan.", False),
        ("Dank je, we nemen het mee.", False),
        ("👍", False),
        ("", False),
    ],
)
def test_what_is_only_courtesy(text: str, expected: bool) -> None:
    assert only_courtesies(Passage(text).shape) is expected


def test_nothing_labelled_is_lost() -> None:
    for path in sorted(CORPUS.rglob("*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            record = json.loads(line)
            if record.get("labels") and record.get("customer") is None and "reply" in record and path.parent.name != "corpus":
                broken = {label["commandment"] for label in record["labels"]}
                assert not only_courtesies(Passage(record["reply"]).shape) or broken <= {4, 5, 8}, record["id"]
