"""Many findings in little memory: packed a thousand at a time, and unpacked only while somebody looks."""

from __future__ import annotations

import heapq
import pickle
import zlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import overload

from webcare_lint.filters import in_order, place
from webcare_lint.model import Diagnostic, Failure, Reached

PACK = 1000
"""Findings that are packed together."""
MANY = 5000
"""Findings from which on they stay packed."""
Ordered = Sequence[bytes | list[Diagnostic]]
"""Findings in order, most of them packed."""


class Findings(Sequence[Diagnostic]):
    """A sequence to walk through, as often as wanted; equal to any other with the same findings."""

    def __init__(self, walk: Callable[[], Iterator[Diagnostic]], count: int) -> None:
        self._walk, self._count = walk, count

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[Diagnostic]:
        return self._walk()

    @overload
    def __getitem__(self, index: int) -> Diagnostic: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Diagnostic]: ...
    def __getitem__(self, index: int | slice) -> Diagnostic | Sequence[Diagnostic]:
        if isinstance(index, slice):
            return [self[at] for at in range(*index.indices(len(self)))]
        at = index + len(self) if index < 0 else index
        if not 0 <= at < len(self):
            raise IndexError(index)
        return next(islice(self, at, None))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Sequence) or len(other) != len(self):
            return False
        return all(one == another for one, another in zip(self, other, strict=True))

    __hash__ = None  # type: ignore[assignment]


def kept(diagnostics: Iterable[Diagnostic]) -> Sequence[Diagnostic]:
    """These findings, which are in order: as they are, or packed when they are many."""
    left = iter(diagnostics)
    first = list(islice(left, MANY))
    if len(first) < MANY:
        return tuple(first)
    packs, count = [_packed(first)], len(first)
    while some := list(islice(left, PACK)):
        packs.append(_packed(some))
        count += len(some)
    return Findings(lambda: _walk(packs), count)


class Tally:
    """What was found in one file, or in all of them."""

    def __init__(self, files: int = 0) -> None:
        self.failures: list[Failure] = []
        self.skipped: Counter[str] = Counter()
        self.reached: list[Reached] = []
        self.files = files
        self.replies = self.suppressed = self.found = 0
        self._by_path: defaultdict[str, list[Ordered]] = defaultdict(list)

    def add(self, other: Tally) -> None:
        """Take in what was found in one more file."""
        self.failures += sorted(other.failures, key=lambda failure: (failure.line or 0, failure.column or 0))
        self.skipped.update(other.skipped)
        self.reached += other.reached
        self.files += other.files
        self.replies += other.replies
        self.suppressed += other.suppressed
        self.found += other.found
        for path, ordered in other._by_path.items():
            self._by_path[path] += ordered

    def part(self, path: str, found: Sequence[Diagnostic]) -> None:
        """Take in the findings of a file, or of the next part of it."""
        self.found += len(found)
        ordered = in_order(found)
        packed = [_packed(ordered[at : at + PACK]) for at in range(0, len(ordered), PACK)] if len(found) >= PACK else [ordered]
        before = self._by_path[path]
        self._by_path[path] = [[*chain(*before), *packed]]

    @property
    def diagnostics(self) -> Sequence[Diagnostic]:
        """All findings, by place."""
        by_path = dict(self._by_path)

        def walk() -> Iterator[Diagnostic]:
            for path in sorted(by_path):
                # A file that was given twice is merged with itself.
                yield from heapq.merge(*map(_walk, by_path[path]), key=place)

        return Findings(walk, self.found) if self.found >= MANY else tuple(walk())


def _packed(diagnostics: Sequence[Diagnostic]) -> bytes:
    return zlib.compress(pickle.dumps(diagnostics, pickle.HIGHEST_PROTOCOL), 1)


def _walk(ordered: Ordered) -> Iterator[Diagnostic]:
    for some in ordered:
        yield from pickle.loads(zlib.decompress(some)) if isinstance(some, bytes) else some
