"""Several processes for many replies. Each loads rules and model once; outcomes come back in order."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from webcare_lint.model import Failure, Hit, Library, Reply
from webcare_lint.run import Outcome, Work, check_here
from webcare_lint.text import LineIndex, SourceMap

if TYPE_CHECKING:
    from webcare_lint.linter import Linter

_PORTIONS = 8
"""Portions for each process: small enough that none waits long for the last one."""
_LARGEST = 5000
"""Replies of one portion."""
_MOST_ON_WINDOWS = 61
"""Processes that one process can wait for there."""
Sent = tuple[str, Sequence[Reply], "Library | None"]
"""Replies of one file as they travel: its path, the replies, and the library that they share."""
Found = tuple[Sequence[tuple[str, Hit]], Sequence[Failure]]


def processes(jobs: int | None) -> int:
    """How many processes: as many as asked for, else one for each core that we may use; on Windows not more than it can take."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(jobs or cores, _MOST_ON_WINDOWS) if sys.platform == "win32" else jobs or cores


class _Portion(Struct, frozen=True):
    """What one process does at a time; ``answer`` is None when none could take it."""

    work: Sequence[Work]
    answer: Future[list[Found]] | None


class Crew:
    """Processes that check replies as ``linter`` would."""

    def __init__(self, linter: Linter, count: int) -> None:
        self._linter, self._count = linter, count
        # A fresh process, not a fork: threads of the libraries would not survive one.
        self._pool = ProcessPoolExecutor(count, get_context("spawn"), _begin, (linter,))

    def check(self, work: Iterable[Work]) -> Iterator[Outcome]:
        """Hand the work out, at once; the outcomes follow. When a process dies, this one does what is left."""
        given = [each for each in work if each.replies]
        count = sum(len(each.replies) for each in given)
        size = max(1, min(count // (self._count * _PORTIONS), _LARGEST))
        return self._outcomes([_Portion(portion, self._ask(portion)) for portion in _portions(given, size)])

    def _ask(self, work: Sequence[Work]) -> Future[list[Found]] | None:
        try:
            return self._pool.submit(_work, [_bare(each) for each in work])
        except BrokenProcessPool:
            return None

    def _outcomes(self, portions: Sequence[_Portion]) -> Iterator[Outcome]:
        for portion in portions:
            try:
                found = iter(portion.answer.result()) if portion.answer else None
            except BrokenProcessPool:
                found = None
            for each in portion.work:
                if found is None:
                    yield from check_here(self._linter, each)
                    continue
                for reply, (hits, failures) in zip(each.replies, found, strict=False):
                    yield reply, hits, [_placed(failure, reply, each.lines) for failure in failures]

    def close(self) -> None:
        self._pool.shutdown(cancel_futures=True)


def _portions(work: Iterable[Work], size: int) -> Iterator[list[Work]]:
    """The same work in pieces of ``size`` replies: parts of large files, or many small ones."""
    portion: list[Work] = []
    room = size
    for each in work:
        at = 0
        while at < len(each.replies):
            taken = each.replies[at : at + room]
            portion.append(replace(each, replies=taken))
            at, room = at + len(taken), room - len(taken)
            if not room:
                yield portion
                portion, room = [], size
    if portion:
        yield portion


def _bare(work: Work) -> Sent:
    """Without what only this process needs, and without the library that they share."""
    return work.path, [replace(reply, source=SourceMap(), library=None) for reply in work.replies], work.replies[0].library


def _placed(failure: Failure, reply: Reply, lines: LineIndex) -> Failure:
    place = lines.position(reply.start)
    return replace(failure, line=place.line, column=place.column)


_linter: Linter | None = None
_library: Library | None = None


def _begin(linter: Linter) -> None:
    global _linter
    _linter = linter
    # What a linter is made of stays until the end; looking it through for garbage took a fifth of the time.
    gc.set_threshold(100_000, 20, 20)


def _work(sent: Sequence[Sent]) -> list[Found]:
    assert _linter
    made: list[Found] = []
    for path, replies, library in sent:
        work = Work(path, _with_library(replies, library), LineIndex(""))
        made += [(hits, failures) for _, hits, failures in check_here(_linter, work)]
    return made


def _with_library(replies: Sequence[Reply], library: Library | None) -> Sequence[Reply]:
    global _library
    if library is None:
        return replies
    # Rules about a library work it out once for each object, and every portion brings one of its own.
    if _library is None or _library.replies != library.replies:
        _library = library
    return [replace(reply, library=_library) for reply in replies]
