"""What happens to findings after the checks: pure functions from lists to lists."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Callable, Collection, Iterable, Iterator

from webcare_lint.model import LEVELS, Diagnostic
from webcare_lint.text import Span

SentenceOf = Callable[[Span], Span]


def without_doubles(diagnostics: Iterable[Diagnostic], sentence: SentenceOf = lambda span: span) -> list[Diagnostic]:
    """The findings in one reply without those that say the same twice.

    Of several findings of one commandment on the same words or in the same sentence, the heaviest and then the first is kept;
    ``sentence`` tells where the sentence around a place starts and ends. A finding about the whole reply is on all its words.
    """
    kept: list[Diagnostic] = []
    of_commandment: dict[int, list[Diagnostic]] = {}
    for diagnostic in sorted(diagnostics, key=_weight):
        if diagnostic.commandment is None:
            kept.append(diagnostic)
        else:
            of_commandment.setdefault(diagnostic.commandment, []).append(diagnostic)
    for found in of_commandment.values():
        # One alone has no double, and sentences are not worked out for it.
        kept += _first_of_each_place(found, sentence) if len(found) > 1 else found
    return in_order(kept)


def without_covered(
    kept: Iterable[Diagnostic], silenced: Collection[Diagnostic], sentence: SentenceOf = lambda span: span
) -> list[Diagnostic]:
    """Of the findings that are kept those that do not lie behind a silenced one.

    Who silences a finding saw it alone: others of its commandment on the same words were left out beside it (``without_doubles``)
    and are silenced with it.
    """
    kept, quiet = list(kept), {id(each) for each in silenced}
    seen = [each for each in without_doubles([*kept, *silenced], sentence) if id(each) in quiet and each.quote] if quiet else []
    return [each for each in kept if not any(_covers(over, each) for over in seen)]


def _covers(over: Diagnostic, other: Diagnostic) -> bool:
    return bool(over.commandment == other.commandment and other.quote and over.reply_span.overlaps(other.reply_span))


def in_order(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """By place in the file, then by code."""
    return sorted(diagnostics, key=place)


def place(diagnostic: Diagnostic) -> tuple[str, int, int, str]:
    """What findings are ordered by."""
    return diagnostic.path, diagnostic.start.offset, diagnostic.end.offset, diagnostic.code


def _weight(diagnostic: Diagnostic) -> tuple[int, int, int, str]:
    span = diagnostic.reply_span
    return (LEVELS.index(diagnostic.level), span.start, -span.end, diagnostic.code)


def _first_of_each_place(found: Iterable[Diagnostic], sentence: SentenceOf) -> Iterator[Diagnostic]:
    words, sentences = _Taken(), _Taken()
    for diagnostic in found:
        here = diagnostic.reply_span
        around = sentence(Span(here.start, here.start + 1))
        if not words.overlap(here) and not sentences.overlap(around):
            words.add(here)
            sentences.add(around)
            yield diagnostic


class _Taken:
    """Stretches of text of which no two overlap, in order: so a new one needs comparing with one of them only."""

    def __init__(self) -> None:
        self._spans: list[Span] = []

    def overlap(self, span: Span) -> bool:
        before = bisect_left(self._spans, span.end, key=lambda taken: taken.start)
        return before > 0 and self._spans[before - 1].end > span.start

    def add(self, span: Span) -> None:
        insort(self._spans, span)
