"""Shared helpers: documents built by hand, the real command, the linter."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from support import Run

ROOT = Path(__file__).parent.parent


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


@pytest.fixture(scope="session")
def start_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., str]]:
    """Starts ``webcare-lint serve`` with options; answers with its address."""
    running: list[subprocess.Popen[str]] = []

    def start(*options: str) -> str:
        process = subprocess.Popen(
            [sys.executable, "-m", "webcare_lint", "serve", "--port", "0", *options],
            stderr=subprocess.PIPE, text=True, env={**os.environ, "WEBCARE_LINT_TOKEN": ""}, cwd=tmp_path_factory.mktemp("serve"),
        )  # fmt: skip
        running.append(process)
        assert process.stderr
        line = process.stderr.readline()
        found = re.search(r"http://[\d.]+:\d+", line)
        assert found, line + process.stderr.read()
        return found.group()

    yield start
    for process in running:
        process.terminate()
        process.wait(10)


@pytest.fixture(scope="session")
def server(start_server: Callable[..., str]) -> str:
    """A running server without options."""
    return start_server()
