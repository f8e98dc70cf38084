"""Several processes for many replies. Each loads rules and model once; outcomes come back in order."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from multiprocessing import get_context
from typing import TYPE_CHECKING

from webcare_lint.model import Failure, Hit, Library, Reply
from webcare_lint.text import LineIndex, SourceMap, Span

if TYPE_CHECKING:
    from webcare_lint.linter import Linter

_PORTIONS = 8
"""Portions for each process: small enough that none waits long for the last one."""
Outcome = tuple[Sequence[tuple[str, Hit]], Sequence[Failure]]


def processes(jobs: int | None) -> int:
    """How many processes: as many as asked for, else one for each core that we may use."""
    if jobs:
        return jobs
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class Crew:
    """Processes that check replies as ``linter`` would."""

    def __init__(self, linter: Linter, count: int) -> None:
        self._linter, self._count = linter, count
        # A fresh process, not a fork: threads of the libraries would not survive one.
        self._pool = ProcessPoolExecutor(count, get_context("spawn"), _begin, (linter,))

    def check(
        self, replies: Sequence[Reply], path: str, lines: LineIndex
    ) -> Iterator[tuple[Reply, Sequence[tuple[str, Hit]], Sequence[Failure]]]:
        """As ``Engine.check``. When a process dies, this one does what is left."""
        size = max(1, min(len(replies) // (self._count * _PORTIONS), 5000))
        portions = [replies[at : at + size] for at in range(0, len(replies), size)]
        asked = [self._pool.submit(_work, path, _bare(portion), portion[0].library) for portion in portions]
        for portion, future in zip(portions, asked, strict=True):
            try:
                outcomes = future.result()
            except BrokenProcessPool:
                yield from self._linter.engine(self._linter.play(path)).check(portion, path, lines)
                continue
            for reply, (hits, failures) in zip(portion, outcomes, strict=True):
                yield reply, hits, [_placed(failure, reply, lines) for failure in failures]

    def close(self) -> None:
        self._pool.shutdown(cancel_futures=True)


def _bare(replies: Sequence[Reply]) -> list[Reply]:
    """Without what only this process needs, and without the library that they share."""
    return [replace(reply, source=SourceMap(), library=None) for reply in replies]


def _placed(failure: Failure, reply: Reply, lines: LineIndex) -> Failure:
    place = lines.position(reply.source.to_source(Span(0, 1)).start)
    return replace(failure, line=place.line, column=place.column)


_linter: Linter | None = None
_library: tuple[str, Library] | None = None


def _begin(linter: Linter) -> None:
    global _linter
    _linter = linter


def _work(path: str, replies: Sequence[Reply], library: Library | None) -> list[Outcome]:
    global _library
    assert _linter
    if library is not None:
        # Rules about a library work it out once for each object.
        if _library is None or _library[0] != path or len(_library[1].replies) != len(library.replies):
            _library = (path, library)
        replies = [replace(reply, library=_library[1]) for reply in replies]
    engine = _linter.engine(_linter.play(path))
    return [(hits, failures) for _, hits, failures in engine.check(replies, path, LineIndex(""))]
