"""The gates never cost a finding: on the corpus and on mixtures of it, with and without them the same is found."""

from __future__ import annotations

import random
import subprocess
import sys
from copy import copy
from pathlib import Path
from typing import Any

import pytest

from webcare_lint.config import Config
from webcare_lint.engine import Engine
from webcare_lint.evaluation import read_labelled
from webcare_lint.linter import Linter
from webcare_lint.model import Message, Reply
from webcare_lint.text import LineIndex

CORPUS = [
    path
    for name in ("dev", "train")
    for path in sorted((Path(__file__).parent.parent / "training" / "corpus" / name).glob("*.jsonl"))
]
EACH = 12
"""Replies of each file, and as many mixtures: other ones at every run."""


@pytest.fixture(scope="module")
def engines() -> tuple[Engine, Engine]:
    linter = Linter(Config(cache=False))
    play = linter.play()
    gated = linter.engine(play)
    bare = copy(linter.engine(play))
    bare._gates = None
    return gated, bare


def found(engine: Engine, replies: list[Reply]) -> list[Any]:
    return [
        (reply.text, reply.customer, sorted((code, hit.span, sorted(hit.values.items())) for code, hit in hits))
        for reply, hits, _ in engine.check(replies, "-", LineIndex(""))
    ]


def mixed(replies: list[Reply], choose: random.Random) -> Reply:
    """Sentences of several replies, some with a broken space or in capitals, under the message of another."""
    parts = [part for reply in choose.sample(replies, 3) for part in reply.text.split(". ")[: choose.randint(1, 3)]]
    choose.shuffle(parts)
    text = choose.choice((". ", " ", "\n", " – ")).join(parts)
    text = choose.choice((text, text, text.upper(), text.replace("e", "é", 3), text.replace(" ", "  ", 2)))
    customer = choose.choice(replies).customer
    history = (Message("customer", customer), Message("organisation", choose.choice(replies).text)) if customer else ()
    return Reply(text, customer=choose.choice((customer, None)), history=choose.choice((history, ())))


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.stem)
def test_the_same_is_found(path: Path, engines: tuple[Engine, Engine]) -> None:
    seed = random.randrange(10**6)
    choose = random.Random(seed)
    replies = [item.reply for item in read_labelled(path)]
    tried = [*choose.sample(replies, EACH), *(mixed(replies, choose) for _ in range(EACH))]
    assert found(engines[0], tried) == found(engines[1], tried), seed


def test_a_reply_in_which_no_rule_comes_into_play_loads_nothing_heavy(tmp_path: Path) -> None:
    probe = (
        "import sys\nfrom webcare_lint.linter import Linter\nlinter = Linter()\n"
        "report = linter.check_text('Graag gedaan, Sanne.')\n"
        "assert not report.diagnostics\n"
        "heavy = ('spacy', 'thinc', 'numpy', 'rich', 'typer', 'pydantic', '_hashlib', 'html', 'yaml', 'webcare_lint.files')\n"
        "print([name for name in heavy if name in sys.modules],"
        " 'rulebook' in vars(linter.engine(linter.play())))"
    )
    for _ in range(2):  # the first run fills the cache
        done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True, cwd=tmp_path)
    assert done.stdout.split("\n")[0] == "[] False"
