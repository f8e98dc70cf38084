"""How well conversations and libraries are judged, against their labels.

    python training/corpus/beyond.py training/corpus/beyond/dev --list
    python training/corpus/beyond.py training/corpus/beyond/sealed      # figures only

A folder holds ``conversations.jsonl`` (labels by message), and ``library-N.yaml`` with ``library-N.labels.json`` (labels by
template, and of the library as a whole). Errors and warnings count; advice does not.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from webcare_lint import Linter
from webcare_lint.config import Config

WHOLE = {"WC552": 5, "WC1007": 10}
"""The rules about a library as a whole."""
Place = tuple[str, int | None, int]


def found(linter: Linter, path: Path) -> dict[Place, list[str]]:
    """The codes of what was found, by record, message and commandment; rules about a whole library have the record ``""``."""
    places: dict[Place, list[str]] = {}
    for d in linter.check_paths([path]).diagnostics:
        if d.level != "advice" and d.commandment:
            record = "" if d.code in WHOLE and path.suffix == ".yaml" else d.reply_id
            places.setdefault((record, d.message_index if record else None, d.commandment), []).append(d.code)
    return places


def of_conversations(path: Path) -> set[Place]:
    records = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
    return {(r["id"], label["message"], label["commandment"]) for r in records for label in r["labels"]}


def of_library(path: Path) -> set[Place]:
    labels: dict[str, Any] = json.loads(path.with_name(f"{path.stem}.labels.json").read_text("utf-8"))
    places: set[Place] = {(ident, None, x["commandment"]) for ident, each in labels["templates"].items() for x in each}
    return places | {("", None, label["commandment"]) for label in labels["library"]}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--list", action="store_true", help="print what was missed and what was false; not for a sealed folder")
    options = parser.parse_args()
    linter = Linter(Config(cache=False))
    for path in [options.folder / "conversations.jsonl", *sorted(options.folder.glob("library-*.yaml"))]:
        labels = of_conversations(path) if path.suffix == ".jsonl" else of_library(path)
        places = found(linter, path)
        print(f"{path.name}: {len(labels)} labels, {len(labels & places.keys())} found, {len(places.keys() - labels)} false")
        if options.list:
            for place in sorted(labels - places.keys(), key=str):
                print("  missed", *place)
            for place in sorted(places.keys() - labels, key=str):
                print("  false", *place, *places[place])


if __name__ == "__main__":
    main()
