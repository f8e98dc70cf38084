"""Runs whole processes, several rounds in turn, and keeps time and peak memory of each."""

from __future__ import annotations

import os
import statistics
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import psutil

ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
"""Ours, but modules stay compiled from one process to the next, as those of an installed package are."""


@dataclass
class Run:
    """Something to measure: a command, or a function that answers with seconds."""

    name: str
    command: Sequence[str | Path] = ()
    work: Callable[[], float] | None = None
    replies: int = 1
    environment: dict[str, str] = field(default_factory=dict)
    rounds: int = 5
    before: Callable[[], None] | None = None
    seconds: list[float] = field(default_factory=list)
    memory: int = 0
    """Peak of the process and its children together, in bytes."""

    @property
    def median(self) -> float:
        return statistics.median(self.seconds)


def measure(runs: Sequence[Run], log: Callable[[str], None]) -> None:
    """All first rounds, then all second ones: what slows the machine for a while slows all of them."""
    for number in range(max((run.rounds for run in runs), default=0)):
        for run in runs:
            if number >= run.rounds:
                continue
            if run.before:
                run.before()
            seconds = run.work() if run.work else _process(run)
            run.seconds.append(seconds)
            log(f"  {run.name}: {seconds:.3f} s")


def _process(run: Run) -> float:
    started = time.perf_counter()
    process = psutil.Popen(
        [str(part) for part in run.command], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
        env={**ENVIRONMENT, **run.environment},
    )  # fmt: skip
    long = run.replies > 100
    while long and process.poll() is None:
        run.memory = max(run.memory, _resident(process))
        time.sleep(0.05)
    _, stderr = process.communicate()
    seconds = time.perf_counter() - started
    if process.returncode not in (0, 1):
        raise RuntimeError(f"{run.name}: exit status {process.returncode}\n{stderr.decode()[-800:]}")
    return seconds


def _resident(process: psutil.Process) -> int:
    total = 0
    try:
        for each in (process, *process.children(recursive=True)):
            try:
                total += each.memory_info().rss
            except psutil.Error:
                continue
    except psutil.Error:
        pass
    return total
