"""Builds the texts of a benchmark from the project's own corpus: libraries (a file each) and logs (a line each)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path

CORPUS = Path(__file__).parent.parent / "training" / "corpus" / "train"


def records() -> list[dict[str, str]]:
    """The replies of the corpus with their messages."""
    lines = (line for path in sorted(CORPUS.glob("*.jsonl")) for line in path.read_text("utf-8").splitlines())
    kept = ("reply", "customer", "channel")
    return [{key: record[key] for key in kept if record.get(key)} for record in map(json.loads, lines) if record["reply"].strip()]


def endless() -> Iterator[dict[str, str]]:
    """The corpus over and over, each round with other names in it, so that no two records are the same."""
    all_ = records()
    for number, record in enumerate(cycle(all_)):
        yield record if number < len(all_) else {**record, "reply": f"{record['reply']} #{number}"}


def log(folder: Path, count: int) -> Path:
    """A JSONL file of ``count`` records."""
    path = folder / f"log-{count}.jsonl"
    if not path.exists():
        with path.open("w", encoding="utf-8") as file:
            for number, record in enumerate(islice(endless(), count)):
                file.write(json.dumps({"id": str(number), **record}, ensure_ascii=False) + "\n")
    return path


def plain(folder: Path, count: int) -> Path:
    """The same replies as one Markdown file, a paragraph each, for tools that know no records."""
    path = folder / f"plain-{count}.md"
    if not path.exists():
        path.write_text("\n\n".join(r["reply"].replace("\n", " ") for r in islice(endless(), count)) + "\n", "utf-8")
    return path


def library(folder: Path, count: int) -> Path:
    """A folder of ``count`` text files."""
    path = folder / f"library-{count}"
    if not path.exists():
        path.mkdir()
        for number, record in enumerate(islice(endless(), count)):
            (path / f"{number}.txt").write_text(record["reply"], "utf-8")
    return path
