"""The labelled replies, and which of them belong together."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from zlib import crc32

from webcare_lint.evaluation import read_labelled

CORPUS = Path(__file__).parent.parent / "corpus"
COMMANDMENTS = (1, 2, 3, 4, 5, 6, 7, 9, 10)
"""What is read; the eighth is a matter of counting."""

_PAIR = re.compile(r"pair with ([A-Z]+\d+)")


@dataclass(frozen=True)
class Record:
    """A labelled reply: the quoted words per commandment (by its place in ``COMMANDMENTS``), none where it is an absence."""

    id: str
    reply: str
    customer: str | None
    broken: dict[int, tuple[tuple[int, int], ...]]
    group: str
    known: frozenset[int] | None = None
    """The commandments that were looked at; all where nothing is said."""
    family: str = ""
    """The name of its file."""
    overlooked: dict[int, tuple[tuple[int, int], ...]] = field(default_factory=dict)
    """Per commandment what of the customer's message lies unanswered; of one that is broken and not in it, nobody has said."""


def read(files: Sequence[Path], own: Sequence[Path] = ()) -> list[Record]:
    """All records of the files; replies to one message, and those noted as a pair, get the same group.

    Args:
        files: of the corpus.
        own: somebody's own, read as ``webcare-lint evaluate`` reads them.

    Raises:
        SourceError: for a line of an own file that is no labelled reply.
    """
    lines = [(file.stem, line) for file in files for line in file.read_text("utf-8").splitlines() if line.strip()]
    rows = [json.loads(line) | {"family": family} for family, line in lines] + [row for file in own for row in _own(file)]
    leader, overlooked = _groups(rows), _overlooked()
    records = []
    for row in rows:
        broken: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for label in row["labels"]:
            if label["commandment"] not in COMMANDMENTS:
                continue
            places = broken[COMMANDMENTS.index(label["commandment"])]
            start = row["reply"].find(label["quote"]) if label["quote"] else -1
            if start >= 0:
                places.append((start, start + len(label["quote"])))
        places_of = {number: tuple(places) for number, places in broken.items()}
        customer, group = row.get("customer") or None, leader[row["id"]]
        lying = {
            number: tuple((start, start + len(quote)) for quote in quotes if (start := (customer or "").find(quote)) >= 0)
            for number, quotes in overlooked.get(row["id"], {}).items()
            if number in places_of
        }
        records.append(Record(row["id"], row["reply"], customer, places_of, group, family=row["family"], overlooked=lying))
    return records


def _own(file: Path) -> Iterator[dict]:
    for item in read_labelled(file):
        yield {
            "id": f"{file.name}:{item.reply.id}",  # no id of the corpus
            "reply": item.reply.text,
            "customer": item.reply.customer,
            "labels": [{"commandment": number, "quote": quote} for number, quote in sorted(item.labels)],
            "family": file.stem,
        }


@cache
def _overlooked() -> dict[str, dict[int, list[str]]]:
    """By reply and commandment (its place) the words of the message that lie unanswered."""
    found: dict[str, dict[int, list[str]]] = defaultdict(dict)
    for line in (CORPUS / "overlooked.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        found[row["id"]][COMMANDMENTS.index(row["commandment"])] = row["quotes"]
    return found


def _groups(rows: list[dict]) -> dict[str, str]:
    leader = {row["id"]: row["id"] for row in rows}

    def find(key: str) -> str:
        while leader[key] != key:
            key = leader[key]
        return key

    first: dict[str, str] = {}
    for row in rows:
        others = [p for p in _PAIR.findall(row.get("note") or "") if p in leader]
        if row.get("customer"):
            others.append(first.setdefault(row["customer"], row["id"]))
        for other in others:
            leader[find(row["id"])] = find(other)
    return {key: find(key) for key in leader}


def split(records: list[Record], share: int) -> tuple[list[Record], list[Record]]:
    """Training and held-out records; one group in ``share`` is held out (0: none)."""
    held = [r for r in records if share and crc32(r.group.encode()) % share == 0]
    rest = [r for r in records if not share or crc32(r.group.encode()) % share]
    return rest, held
