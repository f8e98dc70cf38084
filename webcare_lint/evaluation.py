"""How well the rules do on labelled replies: precision, recall and F1 per commandment, and false alarms on clean ones."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import add
from pathlib import Path
from typing import Any

from msgspec import Struct, field
from msgspec.structs import astuple

from webcare_lint.errors import SourceError, Text
from webcare_lint.linter import Linter
from webcare_lint.located import nearest, unreadable
from webcare_lint.model import Diagnostic, Document, Reply
from webcare_lint.names import COMMANDMENTS
from webcare_lint.sources import decode, json_file
from webcare_lint.sources.names import REPLY
from webcare_lint.text import SourceMap, whole

_OTHER_NAMES = {"reply": REPLY, "commandment": ("gebod",), "customer": ("klant",), "channel": ("kanaal",), "quote": ("citaat",)}
"""What a field is called elsewhere; ``evaluate`` has one name for each."""


class Labelled(Struct, frozen=True):
    """A reply with the commandments that it breaks and the words that show it."""

    reply: Reply
    labels: frozenset[tuple[int, str]]

    @property
    def commandments(self) -> frozenset[int]:
        return frozenset(number for number, _ in self.labels)


class Score(Struct):
    """Counts for one commandment, per reply."""

    hits: int = 0
    alarms: int = 0
    misses: int = 0
    spans: int = 0
    """Hits of which the words overlap the labelled ones."""
    with_span: int = 0
    """Hits that have labelled words."""

    def __add__(self, other: Score) -> Score:
        return Score(*map(add, astuple(self), astuple(other)))

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


class Evaluation(Struct):
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
        SourceError: for a line that is no labelled reply, and for a file without any.
    """
    found = False
    for number, line in enumerate(_lines(path), start=1):
        if not line.strip():
            continue
        found = True
        try:
            yield _labelled(_record(line), number)
        except SourceError as error:
            error.path, error.line = str(path), number
            raise
    if not found:
        raise SourceError(Text("hier staat geen enkel gelabeld antwoord", "no labelled reply in here"), path=str(path))


def _lines(path: Path) -> list[str]:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise SourceError(unreadable(error), path=str(path)) from error
    # And not at what else ends a line, which a reply may hold.
    return decode(data, str(path)).removeprefix("\ufeff").split("\n")


def _record(line: str) -> Mapping[str, Any]:
    if not line.lstrip().startswith("{"):
        raise SourceError(Text(
            'evaluate leest JSONL, en geen CSV, YAML of lijst: op elke regel één {"reply": …, "labels": […]}',
            'evaluate reads JSONL, and no CSV, YAML or list: one {"reply": …, "labels": […]} a line',
        ))  # fmt: skip
    try:
        record: Mapping[str, Any] = json_file.loads(line, 0, len(line))
    except json.JSONDecodeError as error:
        raise SourceError(json_file.reason(error), column=error.pos + 1) from error
    return record


def _labelled(record: Mapping[str, Any], number: int) -> Labelled:
    reply, labels = _field(record, "reply"), _field(record, "labels")
    if not isinstance(labels, list):
        raise SourceError(Text("veld 'labels' is geen lijst; een goed antwoord heeft er [] staan",
                               "field 'labels' is no list; a good reply has [] there"))  # fmt: skip
    for name, value in (("reply", reply), *((name, _optional(record, name)) for name in ("customer", "channel"))):
        if not isinstance(value, str):
            raise SourceError(Text(f"veld {name!r} is geen tekst", f"field {name!r} is no text"))
    reply, customer = whole(reply), record.get("customer")
    made = Reply(reply, str(record.get("id", number)), customer and whole(customer), record.get("channel"),
                 source=SourceMap.verbatim(reply))  # fmt: skip
    return Labelled(made, frozenset(_label(label, reply) for label in labels))


def _label(label: Any, reply: str) -> tuple[int, str]:
    if not isinstance(label, dict):
        raise SourceError(Text('een label hoort te zijn: {"commandment": 2, "quote": "…"}',
                               'a label should be: {"commandment": 2, "quote": "…"}'))  # fmt: skip
    commandment, quote = _field(label, "commandment"), whole(str(_optional(label, "quote")))
    if isinstance(commandment, bool) or str(commandment) not in map(str, COMMANDMENTS):
        raise SourceError(Text(f"gebod {commandment!r} bestaat niet: 'commandment' is een getal van 1 tot en met 10",
                               f"there is no commandment {commandment!r}: it is a number from 1 to 10"))  # fmt: skip
    if quote not in reply:
        raise SourceError(Text(
            f"het antwoord bevat {quote!r} niet letterlijk; laat 'quote' leeg waar juist iets ontbreekt",
            f"the reply does not hold {quote!r} as it stands; leave 'quote' empty where something is missing",
        ))  # fmt: skip
    return int(commandment), quote


def _field(record: Mapping[str, Any], name: str) -> Any:
    """What stands in a field that has to be there."""
    if name in record:
        return record[name]
    _misnamed(record, name)
    raise SourceError(Text(f"veld {name!r} ontbreekt", f"field {name!r} is missing"))


def _optional(record: Mapping[str, Any], name: str) -> Any:
    """What stands in a field that may be left out, "" for null or nothing; not where another name seems to mean it."""
    if name not in record:
        _misnamed(record, name)
    value = record.get(name)
    return "" if value is None else value


def _misnamed(record: Mapping[str, Any], name: str) -> None:
    other = next((key for key in record if key in _OTHER_NAMES.get(name, ())), None) or nearest(name, list(record), cutoff=0.75)
    if other:
        raise SourceError(Text(f"veld {name!r} ontbreekt; bedoel je dat met {other!r}?",
                               f"field {name!r} is missing; is that what you mean by {other!r}?"))  # fmt: skip


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
