"""Measures webcare-lint and its peers in one run: ``python benchmarks/run.py [--quick]``. Writes a table and a plot.

Whole processes, the rounds of all of them in turn. ``--quick`` leaves out 100,000 replies and takes the slow peers on fewer.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))
import peers
from inputs import library, log
from measure import ENVIRONMENT, Run, measure

QUIET = "Graag gedaan, Sanne."
"""A reply in which no rule comes into play."""
PARSED = "Komt voor elkaar, Sanne."
"""A reply that needs the parse."""
CHECK = [sys.executable, "-m", "webcare_lint", "check", "--fail-on", "never"]
JSON = ["--format", "json", "--output", os.devnull]


def ours(folder: Path, big: list[int]) -> dict[str, Run]:
    cache = {"WEBCARE_LINT_CACHE_DIR": str(folder / "cache")}
    templates = library(folder, 1000)
    spacy = "import spacy; spacy.blank('nl')"
    model = f"{spacy}; import webcare_lint; from webcare_lint.nl import pipeline; pipeline.load(None)"
    runs = {
        "imports": Run("python: typer, rich.console, yaml", [sys.executable, "-c", "import typer, rich.console, yaml"]),
        "quiet": Run("check, no rule in play", [*CHECK, "--text", QUIET], environment=cache),
        "blank": Run("python: spacy.blank('nl')", [sys.executable, "-c", spacy]),
        "model": Run("python: spacy.blank('nl'), our pipeline loaded", [sys.executable, "-c", model]),
        "parsed": Run("check, one reply parsed", [*CHECK, "--text", PARSED], environment=cache),
        "warm": Run("check, 1,000 templates unchanged", [*CHECK, *JSON, templates], environment=cache, replies=1000),
    }
    for run in runs.values():
        run.rounds = 9
    for count in (1, 100, 1000, *big):
        path = log(folder, count)
        command = [*CHECK, *JSON, "--no-cache", path]
        rounds = 3 if count <= 1000 else 2 if count <= 10_000 else 1
        runs[f"log {count}"] = Run(f"check, {count}", command, replies=count, rounds=rounds)
    # Once beforehand: compiled files and the cache are there from then on.
    for name in ("quiet", "parsed", "warm"):
        subprocess.run([str(part) for part in runs[name].command], env={**ENVIRONMENT, **cache}, check=True, capture_output=True)
    return runs


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="10,000 replies at most, and the slow peers on fewer")
    parser.add_argument("--output", type=Path, default=Path(__file__).parent / "results")
    options = parser.parse_args()
    big = [10_000] if options.quick else [10_000, 100_000]
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        folder = Path(name)
        mine = ours(folder, big)
        others: list[Run] = []
        for peer, counts in ((peers.vale, [1, 1000, 10_000]), (peers.proselint, [1, 1000]), (peers.textlint, [1, 1000]),
                             (peers.spacy, [1000] if options.quick else [1000, 10_000])):  # fmt: skip
            try:
                others += peer(folder, counts)
            except FileNotFoundError as error:
                say(f"LEFT OUT: {error}")
        measure([*mine.values(), *others], say)
        others += servers(folder, stack, 500 if options.quick else 2000)
    write(options.output, [*mine.values(), *others], mine)


def servers(folder: Path, stack: ExitStack, count: int) -> list[Run]:
    process = subprocess.Popen([sys.executable, "-m", "webcare_lint", "serve", "--port", "0"], stderr=subprocess.PIPE, text=True)
    stack.callback(process.terminate)
    assert process.stderr
    found = re.search(r"http://[\d.]+:\d+", process.stderr.readline())
    runs = [peers.latency("serve, p50 of a reply", f"{found.group()}/lint", ours=True)] if found else []
    if found:
        warm = [*CHECK, "--server-url", found.group(), "--text", QUIET]
        runs += [Run("python -c pass", [sys.executable, "-c", "pass"], rounds=20), Run("check --server", warm, rounds=20)]
    try:
        base = stack.enter_context(peers.languagetool(folder))
    except FileNotFoundError as error:
        say(f"LEFT OUT: {error}")
    else:
        runs += [
            peers.latency("LanguageTool, p50 of a reply", f"{base}/v2/check", ours=False),
            peers.languagetool_run(base, count),
        ]
    measure(runs, say)
    return runs


def write(output: Path, runs: list[Run], mine: dict[str, Run]) -> None:
    output.mkdir(exist_ok=True)
    lines = ["| | median | replies a second | peak memory |", "|---|---|---|---|"]
    for run in runs:
        rate = f"{run.replies / run.median:,.0f}" if run.replies > 1 else ""
        memory = f"{run.memory / 2**20:,.0f} MB" if run.memory else ""
        lines.append(f"| {run.name} | {run.median:.3f} s | {rate} | {memory} |")
    lines += ["", *ratios({run.name: run for run in runs}, mine)]
    (output / "table.md").write_text("\n".join(lines) + "\n", "utf-8")
    print("\n".join(lines))
    plot(output / "rate.svg", runs)


def ratios(named: dict[str, Run], mine: dict[str, Run]) -> list[str]:
    """The figures of the goals."""
    found = [
        ("no rule in play ÷ imports (at most 2)", mine["quiet"].median / mine["imports"].median),
        ("parsed ÷ (spacy.blank + our pipeline loaded) (at most 1.4)",
         mine["parsed"].median / mine["model"].median),
        ("1,000 templates, warm ÷ no rule in play (at most 3)", mine["warm"].median / mine["quiet"].median),
    ]  # fmt: skip
    rate = mine["log 10000"].replies / mine["log 10000"].median
    for name, goal in (("spaCy", 3), ("LanguageTool", 5)):
        run = max((r for r in named.values() if re.fullmatch(rf"{name}, \d+", r.name)), key=lambda r: r.replies, default=None)
        if run:
            found.append((f"replies a second, ours ÷ {name} (at least {goal})", rate * run.median / run.replies))
    if "log 100000" in mine:
        found.append(("100,000 ÷ 10,000, time (at most 10.5)", mine["log 100000"].median / mine["log 10000"].median))
        found.append(("100,000 ÷ 10,000, memory (at most 1.2)", mine["log 100000"].memory / mine["log 10000"].memory))
    if "check --server" in named:
        found.append(("check --server ÷ python -c pass", named["check --server"].median / named["python -c pass"].median))
    served, languagetool = named.get("serve, p50 of a reply"), named.get("LanguageTool, p50 of a reply")
    if served and languagetool:
        found.append(("p50 of a reply, ours ÷ LanguageTool (at most 0.2)", served.median / languagetool.median))
    return ["| ratio | |", "|---|---|", *(f"| {name} | {value:.2f} |" for name, value in found)]


def plot(path: Path, runs: list[Run]) -> None:
    try:
        import matplotlib
    except ImportError:
        say("LEFT OUT: the plot (pip install matplotlib)")
        return
    matplotlib.use("svg")
    from matplotlib import pyplot

    many = [run for run in runs if run.replies >= 500]
    figure, axes = pyplot.subplots(figsize=(8, 0.4 * len(many) + 1))
    axes.barh([run.name for run in many], [run.replies / run.median for run in many])
    axes.set(xscale="log", xlabel="replies a second")
    axes.invert_yaxis()
    figure.savefig(path, bbox_inches="tight")


def say(message: str) -> None:
    print(message, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
