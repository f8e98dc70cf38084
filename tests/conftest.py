"""Shared helpers: documents built by hand, the real command, the linter."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent
Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test finds what another one or the developer found."""
    monkeypatch.setenv("WEBCARE_LINT_CACHE_DIR", str(tmp_path_factory.mktemp("cache")))


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """The real command in a real process, in an empty folder of its own."""
    command = Path(sys.executable).with_name("webcare-lint")

    def call(*arguments: str | Path, stdin: str | bytes | None = "", cwd: Path = tmp_path) -> subprocess.CompletedProcess[str]:
        data = stdin.encode() if isinstance(stdin, str) else stdin
        done = subprocess.run([command, *map(str, arguments)], input=data, capture_output=True, cwd=cwd, timeout=120, check=False)
        return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())

    return call


@pytest.fixture(scope="session")
def linter() -> Any:
    from webcare_lint import Linter

    return Linter()


def make_doc(*rows: tuple[str, str, str, str, int, str]) -> Any:
    """A spaCy ``Doc`` from (form, lemma, tag, features, head from 0, relation), without any model."""
    from spacy.lang.lex_attrs import LEX_ATTRS
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

    words, lemmas, tags, morphs, heads, deps = (list(column) for column in zip(*rows, strict=True))
    return Doc(Vocab(lex_attr_getters=LEX_ATTRS), words=words, lemmas=lemmas, pos=tags, morphs=morphs, heads=heads, deps=deps)
