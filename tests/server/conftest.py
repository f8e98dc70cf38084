from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def start_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[object]:
    """Starts the real command; answers with its address."""
    running: list[subprocess.Popen[str]] = []

    def start(*options: str) -> str:
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "WEBCARE_LINT_TOKEN": ""}
        process = subprocess.Popen(
            [sys.executable, "-m", "webcare_lint", "serve", "--port", "0", *options],
            stderr=subprocess.PIPE, text=True, env=environment, cwd=tmp_path_factory.mktemp("serve"),
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
def server(start_server: object) -> str:
    return start_server()  # type: ignore[operator, no-any-return]
