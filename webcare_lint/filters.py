"""What happens to findings after the checks: pure functions from lists to lists."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from webcare_lint.model import LEVELS, Diagnostic
from webcare_lint.text import Span

SentenceOf = Callable[[Span], Span]


def without_doubles(diagnostics: Iterable[Diagnostic], sentence: SentenceOf = lambda span: span) -> list[Diagnostic]:
    """The findings in one reply without those that say the same twice.

    Of several findings of one commandment on the same words or in the same sentence, the heaviest and then the first is kept;
    ``sentence`` tells where the sentence around a place starts and ends. Findings about the reply as a whole are in none.
    """
    kept: list[Diagnostic] = []
    for diagnostic in sorted(diagnostics, key=_weight):
        if not any(_same_place(diagnostic, other, sentence) for other in kept):
            kept.append(diagnostic)
    return in_order(kept)


def in_order(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """By place in the file, then by code."""
    return sorted(diagnostics, key=place)


def place(diagnostic: Diagnostic) -> tuple[str, int, int, str]:
    """What findings are ordered by."""
    return diagnostic.path, diagnostic.start.offset, diagnostic.end.offset, diagnostic.code


def _weight(diagnostic: Diagnostic) -> tuple[int, int, int, str]:
    span = diagnostic.reply_span
    return (LEVELS.index(diagnostic.level), span.start, -span.end, diagnostic.code)


def _same_place(one: Diagnostic, other: Diagnostic, sentence: SentenceOf) -> bool:
    if one.commandment is None or one.commandment != other.commandment:
        return False
    here, there = one.reply_span, other.reply_span
    if here.start == here.end or there.start == there.end:
        return False
    return here.overlaps(there) or sentence(Span(here.start, here.start + 1)).overlaps(
        sentence(Span(there.start, there.start + 1))
    )
