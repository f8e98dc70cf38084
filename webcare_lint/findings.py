"""Many findings in little memory: packed a thousand at a time, and unpacked only while somebody looks."""

from __future__ import annotations

import heapq
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import Any, overload

from msgspec import Struct

from webcare_lint.filters import in_order, place
from webcare_lint.model import Diagnostic, Failure, Reached

PACK = 1000
"""Findings that are packed together."""
MANY = 5000
"""Findings from which on they stay packed."""


class _Pack(Struct, frozen=True):
    """Findings in order, packed where they are many."""

    size: int
    content: bytes | Sequence[Diagnostic]

    @classmethod
    def of(cls, diagnostics: Sequence[Diagnostic]) -> _Pack:
        import pickle  # most runs find little

        return cls(len(diagnostics), zlib.compress(pickle.dumps(diagnostics, pickle.HIGHEST_PROTOCOL), 1))

    def __iter__(self) -> Iterator[Diagnostic]:
        if not isinstance(self.content, bytes):
            return iter(self.content)
        import pickle

        found: Sequence[Diagnostic] = pickle.loads(zlib.decompress(self.content))
        return iter(found)


Ordered = Sequence[_Pack]
"""Findings in order."""


class Findings(Sequence[Diagnostic]):
    """A sequence to walk through, as often as wanted; equal to any other with the same findings.

    Args:
        files: the findings of each file, by place; those of a file that was given twice are merged with themselves.
    """

    def __init__(self, files: Sequence[Sequence[Ordered]]) -> None:
        self._files = files
        self._count = sum(map(_size, files))

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[Diagnostic]:
        return self._from(0)

    def __reversed__(self) -> Iterator[Diagnostic]:
        for end in range(len(self), 0, -PACK):
            yield from reversed(self[max(0, end - PACK) : end])

    def _from(self, first: int) -> Iterator[Diagnostic]:
        """The findings from a number on; what stands before it stays packed where that can be."""
        for file in self._files:
            size = _size(file)
            if first < size:
                yield from _walk(file, first)
            first = max(0, first - size)

    @overload
    def __getitem__(self, index: int) -> Diagnostic: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Diagnostic]: ...
    def __getitem__(self, index: int | slice) -> Diagnostic | Sequence[Diagnostic]:
        if isinstance(index, slice):
            asked = range(*index.indices(len(self)))
            upwards = asked if asked.step > 0 else asked[::-1]
            if not upwards:
                return []
            found = list(islice(self._from(upwards[0]), 0, upwards[-1] - upwards[0] + 1, upwards.step))
            return found if upwards is asked else found[::-1]
        at = index + len(self) if index < 0 else index
        if not 0 <= at < len(self):
            raise IndexError(index)
        return next(self._from(at))

    def index(self, value: Any, start: int = 0, stop: int | None = None) -> int:
        first, last, _ = slice(start, stop).indices(len(self))
        for at, each in zip(range(first, last), self._from(first), strict=False):
            if each == value:
                return at
        raise ValueError(value)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Sequence) or len(other) != len(self):
            return False
        return all(one == another for one, another in zip(self, other, strict=True))


def kept(diagnostics: Iterable[Diagnostic]) -> Sequence[Diagnostic]:
    """These findings, which are in order: as they are, or packed when they are many."""
    left = iter(diagnostics)
    first = list(islice(left, MANY))
    if len(first) < MANY:
        return tuple(first)
    left, packs = chain(first, left), []
    while some := list(islice(left, PACK)):
        packs.append(_Pack.of(some))
    return Findings([[packs]])


class Tally:
    """What was found in one file, or in all of them."""

    def __init__(self, files: int = 0) -> None:
        self.failures: list[Failure] = []
        self.skipped: Counter[str] = Counter()
        self.reached: list[Reached] = []
        self.files = files
        self.replies = self.unanswered = self.suppressed = self.found = 0
        self._by_path: defaultdict[str, list[Ordered]] = defaultdict(list)

    def add(self, other: Tally) -> None:
        """Take in what was found in one more file."""
        self.failures += sorted(other.failures, key=lambda failure: (failure.line or 0, failure.column or 0))
        self.skipped.update(other.skipped)
        self.reached += other.reached
        self.files += other.files
        self.replies += other.replies
        self.unanswered += other.unanswered
        self.suppressed += other.suppressed
        self.found += other.found
        for path, ordered in other._by_path.items():
            self._by_path[path] += ordered

    def part(self, path: str, found: Sequence[Diagnostic]) -> None:
        """Take in the findings of a file, or of the next part of it."""
        self.found += len(found)
        ordered = in_order(found)
        cut = (ordered[at : at + PACK] for at in range(0, len(ordered), PACK))
        packed = [_Pack.of(some) for some in cut] if len(found) >= PACK else [_Pack(len(ordered), ordered)]
        before = self._by_path[path]
        self._by_path[path] = [[*chain(*before), *packed]]

    @property
    def diagnostics(self) -> Sequence[Diagnostic]:
        """All findings, by place."""
        found = Findings([tuple(self._by_path[path]) for path in sorted(self._by_path)])
        return found if len(found) >= MANY else tuple(found)


def _size(file: Sequence[Ordered]) -> int:
    return sum(pack.size for ordered in file for pack in ordered)


def _walk(file: Sequence[Ordered], first: int) -> Iterator[Diagnostic]:
    """The findings of a file from a number on."""
    if len(file) != 1:
        yield from islice(heapq.merge(*map(chain.from_iterable, file), key=place), first, None)
        return
    for pack in file[0]:
        if first < pack.size:
            yield from islice(pack, first, None)
        first = max(0, first - pack.size)
