"""How well the rules do on labelled replies: precision, recall and F1 per commandment, and false alarms on clean ones."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from webcare_lint.errors import SourceError, Text
from webcare_lint.linter import Linter
from webcare_lint.model import Diagnostic, Document, Reply
from webcare_lint.text import SourceMap


@dataclass(frozen=True)
class Labelled:
    """A reply with the commandments that it breaks and the words that show it."""

    reply: Reply
    labels: frozenset[tuple[int, str]]

    @property
    def commandments(self) -> frozenset[int]:
        return frozenset(number for number, _ in self.labels)


@dataclass
class Score:
    """Counts for one commandment, per reply."""

    hits: int = 0
    alarms: int = 0
    misses: int = 0
    spans: int = 0
    """Hits of which the words overlap the labelled ones."""
    with_span: int = 0
    """Hits that have labelled words."""

    def __add__(self, other: Score) -> Score:
        return Score(
            self.hits + other.hits,
            self.alarms + other.alarms,
            self.misses + other.misses,
            self.spans + other.spans,
            self.with_span + other.with_span,
        )

    @property
    def n(self) -> int:
        return self.hits + self.misses

    @property
    def precision(self) -> float:
        return self.hits / (self.hits + self.alarms) if self.hits + self.alarms else 0.0

    @property
    def recall(self) -> float:
        return self.hits / self.n if self.n else 0.0

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass
class Evaluation:
    """The outcome over one or more corpora."""

    scores: dict[int, Score]
    replies: int = 0
    clean: int = 0
    flagged: int = 0
    """Clean replies with a finding."""
    misses: list[tuple[int, Labelled]] = field(default_factory=list)
    alarms: list[tuple[Labelled, Diagnostic]] = field(default_factory=list)

    def __add__(self, other: Evaluation) -> Evaluation:
        """Both together, as if they were one corpus."""
        return Evaluation(
            {number: score + other.scores[number] for number, score in self.scores.items()},
            self.replies + other.replies,
            self.clean + other.clean,
            self.flagged + other.flagged,
            self.misses + other.misses,
            self.alarms + other.alarms,
        )

    @property
    def micro(self) -> Score:
        return sum(self.scores.values(), Score())

    @property
    def macro_f1(self) -> float:
        """The mean over the commandments that are broken somewhere."""
        present = [score.f1 for score in self.scores.values() if score.n]
        return sum(present) / len(present) if present else 0.0


def read_labelled(path: Path) -> Iterator[Labelled]:
    """Labelled replies, one JSON object a line; empty lines are passed over.

    Raises:
        SourceError: for a line that is no labelled reply.
    """
    try:
        lines = path.read_text("utf-8").split("\n")  # and not at what else ends a line, which a reply may hold
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError(Text(f"niet te lezen: {error}", f"cannot be read: {error}"), path=str(path)) from error
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            record: dict[str, Any] = json.loads(line)
            labels = frozenset((int(label["commandment"]), str(label.get("quote", ""))) for label in record["labels"])
            reply = Reply(
                record["reply"],
                str(record.get("id", number)),
                record.get("customer"),
                record.get("channel"),
                source=SourceMap.verbatim(record["reply"]),
            )
        except (ValueError, KeyError, TypeError) as error:
            lacks = f" ({error.args[0]})" if isinstance(error, KeyError) else ""
            text = Text(f"geen gelabeld antwoord: er hoort een reply te staan en labels met elk een commandment{lacks}",
                        f"no labelled reply: needs a reply, and labels with a commandment each{lacks}")  # fmt: skip
            raise SourceError(text, path=str(path), line=number) from error
        yield Labelled(reply, labels)


def evaluate(linter: Linter, corpus: Sequence[Labelled], levels: Iterable[str] = ("error", "warning")) -> Evaluation:
    """Score the linter; only findings of these levels count."""
    counted = frozenset(levels)
    outcome = Evaluation({number: Score() for number in range(1, 11)})
    document = Document("-", "", tuple(item.reply for item in corpus))
    for item, checked in zip(corpus, linter.check_document(document), strict=True):
        diagnostics = checked.diagnostics
        found = [d for d in diagnostics if d.level in counted and d.commandment]
        numbers = {d.commandment for d in found if d.commandment}
        outcome.replies += 1
        if not item.labels:
            outcome.clean += 1
            outcome.flagged += bool(found)
        for number, score in outcome.scores.items():
            if number in numbers and number in item.commandments:
                score.hits += 1
                _score_span(score, number, item, found)
            elif number in item.commandments:
                score.misses += 1
                outcome.misses.append((number, item))
            elif number in numbers:
                score.alarms += 1
                outcome.alarms += [(item, d) for d in found if d.commandment == number][:1]
    return outcome


def _score_span(score: Score, number: int, item: Labelled, found: list[Diagnostic]) -> None:
    quotes = [quote for commandment, quote in item.labels if commandment == number and quote]
    if not quotes:
        return
    score.with_span += 1
    for quote in quotes:
        start = item.reply.text.find(quote)
        spans = [d.reply_span for d in found if d.commandment == number and d.quote]
        if start >= 0 and any(s.start < start + len(quote) and start < s.end for s in spans):
            score.spans += 1
            return
