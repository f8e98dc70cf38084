"""What happens to findings after the checks: pure functions from lists to lists."""

from __future__ import annotations

from collections.abc import Iterable

from webcare_lint.model import LEVELS, Diagnostic


def without_doubles(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Of several findings of one commandment on the same words, the heaviest and then the longest."""
    kept: list[Diagnostic] = []
    for diagnostic in sorted(diagnostics, key=_weight):
        if not any(_same_words(diagnostic, other) for other in kept):
            kept.append(diagnostic)
    return in_order(kept)


def in_order(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """By place in the file, then by code."""
    return sorted(diagnostics, key=lambda d: (d.path, d.start.offset, d.end.offset, d.code))


def _weight(diagnostic: Diagnostic) -> tuple[int, int, str]:
    span = diagnostic.reply_span
    return (LEVELS.index(diagnostic.level), span.start - span.end, diagnostic.code)


def _same_words(one: Diagnostic, other: Diagnostic) -> bool:
    return (
        one.commandment is not None
        and one.commandment == other.commandment
        and (one.reply_id, one.message_index) == (other.reply_id, other.message_index)
        and one.reply_span.overlaps(other.reply_span)
    )
