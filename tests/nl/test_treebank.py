"""The webcare treebank is valid, and its words are the words that our tokenizer makes."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

TRAINING = Path(__file__).parents[2] / "training"
sys.path.insert(0, str(TRAINING))

from conllu import errors, read  # noqa: E402

from webcare_lint.nl.tokenizer import split  # noqa: E402

FILES = sorted((TRAINING / "treebank").rglob("*.conllu"))


def test_there_is_a_treebank() -> None:
    assert any(f.name == "webcare-test.conllu" for f in FILES)
    assert sum(1 for f in FILES for _ in read(f)) >= 600


@pytest.mark.parametrize("file", FILES, ids=lambda f: f.stem)
def test_valid(file: Path) -> None:
    found = [f"{file.name}:{s.line}: {message}" for s in read(file) for message in errors(s)]
    assert found == []


def test_test_sentences_are_not_in_the_training_part() -> None:
    train = {s.text for f in FILES if f.parent.name == "parts" for s in read(f) if len(s.tokens) > 4}
    test = {s.text for f in FILES if f.parent.name != "parts" for s in read(f) if len(s.tokens) > 4}
    assert not train & test


def test_words() -> None:
    same = total = 0
    for file in FILES:
        for sentence in read(file):
            ours = [sentence.text[a:b] for a, b, _ in split(sentence.text)]
            total += 1
            same += ours == [t.form for t in sentence.tokens]
    assert same / total > 0.98
