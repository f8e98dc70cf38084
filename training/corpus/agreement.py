"""How well two people agree on the labels of the corpus.

    python training/corpus/agreement.py             # the table
    python training/corpus/agreement.py --list      # and every reply on which the two differ

The first labels are those in `train/`, `dev/` and `next/`; the second are in `second-labels.jsonl`, given by somebody who saw
only channel, customer and reply. With `--before REVISION` the first labels are read as they stood at that revision of git, which
is the only fair way to measure: labels that were mended after the comparison agree because they were compared. Replies marked
`"seen": true`, whose first labels the second labeller had met beforehand, count for nothing; neither do those marked
`"suspected": true`, which were chosen because a trained reader contradicted their labels.
"""

import argparse
import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
COMMANDMENTS = range(1, 11)


def first_labels(revision: str | None) -> Iterator[dict[str, Any]]:
    """Every labelled reply of `train/`, `dev/` and `next/`, from the working tree or from a revision."""
    for path in sorted(path for part in ("train", "dev", "next") for path in HERE.glob(f"{part}/*.jsonl")):
        name = path.relative_to(HERE).as_posix()
        if revision is None:
            text = path.read_text(encoding="utf-8")
        else:
            shown = subprocess.run(
                ["git", "show", f"{revision}:./{name}"], cwd=HERE, capture_output=True, encoding="utf-8", check=False
            )
            text = shown.stdout  # empty for a file that did not exist yet
        yield from (json.loads(line) | {"file": name} for line in text.splitlines() if line.strip())


def kappa(pairs: list[tuple[bool, bool]]) -> float:
    """Cohen's kappa: agreement beyond what chance would give two people with these habits."""
    total = len(pairs)
    agreed = sum(one == other for one, other in pairs) / total
    yes_first, yes_second = (sum(pair[who] for pair in pairs) / total for who in (0, 1))
    chance = yes_first * yes_second + (1 - yes_first) * (1 - yes_second)
    return 1.0 if chance == 1 else (agreed - chance) / (1 - chance)


def f1(pairs: list[tuple[bool, bool]]) -> float:
    """F1 of the second labels with the first taken as the truth."""
    both = sum(one and other for one, other in pairs)
    said = sum(one for one, _ in pairs) + sum(other for _, other in pairs)
    return 2 * both / said if said else 1.0


def main() -> None:
    """Print the table and, if asked for, the differences."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--list", action="store_true", help="print every reply on which the two differ")
    parser.add_argument("--before", metavar="REVISION", help="read the first labels as they stood at this revision")
    options = parser.parse_args()

    lines = (HERE / "second-labels.jsonl").read_text(encoding="utf-8").splitlines()
    second = {
        record["id"]: set(record["labels"])
        for record in map(json.loads, lines)
        if not (record.get("seen") or record.get("suspected"))
    }
    records = {record["id"]: record for record in first_labels(options.before) if record["id"] in second}
    first = {key: {label["commandment"] for label in record["labels"]} for key, record in records.items()}

    print(f"{'':>4} {'first':>6} {'second':>6} {'both':>6} {'kappa':>6} {'F1':>6}")
    every: list[tuple[bool, bool]] = []
    for number in COMMANDMENTS:
        pairs = [(number in first[key], number in second[key]) for key in first]
        every += pairs
        counts = [sum(one for one, _ in pairs), sum(other for _, other in pairs), sum(one and other for one, other in pairs)]
        print(f"{number:>4} {counts[0]:>6} {counts[1]:>6} {counts[2]:>6} {kappa(pairs):>6.2f} {f1(pairs):>6.2f}")
    clean = [(not first[key], not second[key]) for key in first]
    print(f"all decisions: kappa {kappa(every):.2f}, F1 {f1(every):.2f}")
    print(f"clean or not: kappa {kappa(clean):.2f}, agreement {sum(a == b for a, b in clean) / len(clean):.1%}")
    print(f"same set of labels: {sum(first[key] == second[key] for key in first) / len(first):.1%} of {len(first)} replies")

    if options.list:
        for key, record in records.items():
            if first[key] != second[key]:
                print(f"\n{key} ({record['file']}, {record['channel']}) first {sorted(first[key])}, second {sorted(second[key])}")
                print(f"  customer: {record['customer']}\n  reply: {record['reply']}")
                if record.get("note"):
                    print(f"  note: {record['note']}")


if __name__ == "__main__":
    main()
