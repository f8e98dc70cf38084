"""``webcare-lint evaluate``: the rules against labelled replies."""

from __future__ import annotations

import json
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Optional

import msgspec
import typer

from webcare_lint.cli.check import Lang, _settings
from webcare_lint.cli.language import say
from webcare_lint.linter import Linter

if TYPE_CHECKING:
    from webcare_lint.evaluation import Evaluation, Score

HELP = say("Meet de regels op gelabelde antwoorden (JSONL).", "Measure the rules on labelled replies (JSONL).")
Show = Enum("Show", {"misses": "misses", "alarms": "alarms"}, type=str)


def evaluate(
    corpora: Annotated[list[Path], typer.Argument(metavar="CORPUS...", help=say(
        "Bestanden met gelabelde antwoorden.", "Files with labelled replies."))],
    show: Annotated[Optional[list[Show]], typer.Option(help=say(
        "Toon wat gemist is of vals alarm was.", "Show what was missed or a false alarm."))] = None,
    select: Annotated[Optional[list[str]], typer.Option(help=say(
        "Alleen deze codes of geboden.", "Only these codes or commandments."))] = None,
    as_json: Annotated[bool, typer.Option("--json", help="JSON")] = False,
    lang: Annotated[Optional[Lang], typer.Option("--lang", help=say("Taal.", "Language."))] = None,
) -> int:  # fmt: skip
    from webcare_lint.evaluation import evaluate as run
    from webcare_lint.evaluation import read_labelled

    config, path = _settings(None)
    linter = Linter(msgspec.structs.replace(config, select=select or config.select), path)
    outcome = run(linter, [item for corpus in corpora for item in read_labelled(corpus)])
    if as_json:
        print(json.dumps(_as_dict(outcome), ensure_ascii=False, indent=2))
        return 0
    for what in show or []:
        _show(outcome, what.value)
    _table(outcome)
    return 0


def _row(name: str, score: Score) -> str:
    spans = f"{score.spans}/{score.with_span}" if score.with_span else "–"
    return (
        f"{name:>8} {score.n:>5} {score.hits:>5} {score.alarms:>6} {score.misses:>6}"
        f" {score.precision:>8.2f} {score.recall:>7.2f} {score.f1:>6.2f} {spans:>8}"
    )


def _table(outcome: Evaluation) -> None:
    print(say("   gebod     n  raak   vals  gemist  precisie   vangst  F1    woorden",
              " command     n  hits alarms misses precision  recall  F1      words"))  # fmt: skip
    for number, score in outcome.scores.items():
        print(_row(str(number), score))
    print(_row("micro", outcome.micro))
    print(f"{'macro':>8} {outcome.macro_f1:>46.2f}")
    print(say(f"{outcome.replies} antwoorden, {outcome.clean} goed, daarvan {outcome.flagged} met een melding.",
              f"{outcome.replies} replies, {outcome.clean} clean, {outcome.flagged} of those flagged."))  # fmt: skip


def _show(outcome: Evaluation, what: str) -> None:
    if what == "misses":
        for number, item in outcome.misses:
            quotes = [quote for commandment, quote in item.labels if commandment == number]
            print(f"- {item.reply.id} [{number}] {' | '.join(filter(None, quotes)) or '–'}")
            _print_exchange(item.reply.customer, item.reply.text)
    else:
        for item, diagnostic in outcome.alarms:
            labels = ",".join(str(n) for n in sorted(item.commandments)) or "–"
            print(f"+ {item.reply.id} {diagnostic.code} “{diagnostic.quote}” ({labels})")
            _print_exchange(item.reply.customer, item.reply.text)


def _print_exchange(customer: str | None, reply: str) -> None:
    if customer:
        print(f"    < {customer}")
    print(f"    > {reply}")


def _as_dict(outcome: Evaluation) -> dict[str, Any]:
    def score(s: Score) -> dict[str, Any]:
        return {"n": s.n, "hits": s.hits, "alarms": s.alarms, "misses": s.misses, "precision": round(s.precision, 4),
                "recall": round(s.recall, 4), "f1": round(s.f1, 4), "spans": s.spans, "with_span": s.with_span}  # fmt: skip

    return {
        "replies": outcome.replies,
        "clean": outcome.clean,
        "flagged": outcome.flagged,
        "micro": score(outcome.micro),
        "macro_f1": round(outcome.macro_f1, 4),
        "commandments": {str(number): score(s) for number, s in outcome.scores.items()},
        "misses": [{"id": item.reply.id, "commandment": number} for number, item in outcome.misses],
        "alarms": [{"id": item.reply.id, "code": d.code, "quote": d.quote} for item, d in outcome.alarms],
    }
