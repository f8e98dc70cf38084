"""One run over documents: in batches, by one process or several, and with what earlier runs found.

A batch is a part of a large file or many small files; the next one is read and handed out while the processes are busy with this
one. So no process waits, and no more than two batches are in memory.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from webcare_lint.cache import Entry
from webcare_lint.config import Play
from webcare_lint.model import Document, Failure, Hit, Reply
from webcare_lint.text import LineIndex

if TYPE_CHECKING:
    from webcare_lint.crew import Crew
    from webcare_lint.linter import Linter

WORTH_IT = 1000
"""Replies from which a second process gains more than it costs to start."""
HELD = 4000
"""Replies of small files that are taken together."""
Outcome = tuple[Reply, Sequence[tuple[str, Hit]], Sequence[Failure]]


class Work(Struct, frozen=True):
    """Replies to check: those of one document of which nothing is known yet."""

    path: str
    replies: Sequence[Reply]
    lines: LineIndex


class Job(Struct, frozen=True):
    """A document on its way."""

    document: Document
    play: Play
    work: Work
    entry: Entry | None
    known: Sequence[Sequence[tuple[str, Hit]] | None]


class Run:
    """What lasts as long as a run: the other processes, and the cache's entry of a file that comes in parts."""

    def __init__(self, linter: Linter) -> None:
        self._linter = linter
        self._crew: Crew | None = None
        self._entry: Entry | None = None

    def outcomes(self, documents: Iterable[Document]) -> Iterator[tuple[Job, Iterator[Outcome]]]:
        """What is found in each document, in order; the findings of one are to be taken before the next is asked for."""
        started: deque[tuple[list[Job], Iterator[Outcome]]] = deque()
        try:
            for batch in _batches(documents):
                jobs = [self._job(document) for document in batch]
                started.append((jobs, self._fresh([job.work for job in jobs])))
                if len(started) > 1:
                    yield from self._finish(*started.popleft())
            while started:
                yield from self._finish(*started.popleft())
        finally:
            if self._crew is not None:
                self._crew.close()

    def _job(self, document: Document) -> Job:
        play, lines = self._linter.play(document.path), LineIndex(document.text, document.begins)
        entry = self._entry_of(document, play)
        known = [entry.get(reply) if entry else None for reply in document.replies]
        unknown = [reply for reply, hits in zip(document.replies, known, strict=True) if hits is None]
        return Job(document, play, Work(document.path, unknown, lines), entry, known)

    def _entry_of(self, document: Document, play: Play) -> Entry | None:
        cache = self._linter.cache
        if cache is None or document.path == "-":
            return None
        if not document.begins.offset:
            self._entry = cache.file(document.path, [play.channel, *play.infos])
        return self._entry

    def _finish(self, jobs: Sequence[Job], fresh: Iterator[Outcome]) -> Iterator[tuple[Job, Iterator[Outcome]]]:
        for job in jobs:
            yield job, self._results(job, fresh)

    def _results(self, job: Job, fresh: Iterator[Outcome]) -> Iterator[Outcome]:
        for reply, hits in zip(job.document.replies, job.known, strict=True):
            if hits is not None:
                yield reply, hits, ()
                continue
            _, found, failures = next(fresh)
            if job.entry and not failures:
                rules = self._linter.engine(job.play).rulebook.rules if found else {}
                job.entry.put(reply, found, {code: rules[code].words for code, _ in found})
            yield reply, found, failures
        if job.entry and job.document.ends:
            job.entry.save()

    def _fresh(self, work: Sequence[Work]) -> Iterator[Outcome]:
        """Check replies here, or in several processes when there are many."""
        jobs = self._linter.jobs
        if self._crew is None and jobs != 1 and sum(len(each.replies) for each in work) >= WORTH_IT:
            from webcare_lint.crew import Crew, processes

            if processes(jobs) > 1:
                self._crew = Crew(self._linter, processes(jobs))
        if self._crew is not None:
            return self._crew.check(work)
        return (outcome for each in work if each.replies for outcome in check_here(self._linter, each))


def check_here(linter: Linter, work: Work) -> Iterator[Outcome]:
    """Check replies in this process."""
    return linter.engine(linter.play(work.path)).check(work.replies, work.path, work.lines)


def _batches(documents: Iterable[Document]) -> Iterator[list[Document]]:
    batch: list[Document] = []
    count = 0
    for document in documents:
        batch.append(document)
        count += len(document.replies)
        if count >= HELD or not document.whole:
            yield batch
            batch, count = [], 0
    if batch:
        yield batch
