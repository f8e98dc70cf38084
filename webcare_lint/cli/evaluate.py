"""``webcare-lint evaluate``: the rules against labelled replies."""

from __future__ import annotations

import json
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Optional

import msgspec
import typer

from webcare_lint.cli.language import say
from webcare_lint.cli.settings import Lang, find_settings, override
from webcare_lint.errors import ConfigError, Text
from webcare_lint.linter import Linter

if TYPE_CHECKING:
    from webcare_lint.config import Config
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
    ignore: Annotated[Optional[list[str]], typer.Option(help=say(
        "Zonder deze codes of geboden.", "Without these codes or commandments."))] = None,
    without_reader: Annotated[bool, typer.Option("--without-reader", help=say(
        "Alleen de patronen, zonder de lezer.", "The patterns alone, without the reader."))] = False,
    only_reader: Annotated[bool, typer.Option("--only-reader", help=say(
        "Alleen de lezer, zonder de patronen.", "The reader alone, without the patterns."))] = False,
    as_json: Annotated[bool, typer.Option("--json", help="JSON")] = False,
    config: Annotated[Optional[Path], typer.Option(help=say("Configuratiebestand.", "Configuration file."))] = None,
    lang: Annotated[Optional[Lang], typer.Option("--lang", help=say("Taal.", "Language."))] = None,
) -> int:  # fmt: skip
    from webcare_lint.evaluation import evaluate as run
    from webcare_lint.evaluation import read_labelled

    if without_reader and only_reader:
        raise ConfigError(Text("kies --without-reader óf --only-reader", "choose --without-reader or --only-reader"))
    settings, path = find_settings(config)
    settings = override(settings, select=select, ignore=ignore)
    if only_reader:
        settings = _without_patterns(settings, path)
    linter = Linter(settings, path, jobs=None, reads=not without_reader)
    outcomes = {str(corpus): run(linter, list(read_labelled(corpus))) for corpus in corpora}
    first, *others = outcomes.values()
    total = sum(others, first)
    if as_json:
        made = {**_as_dict(total), "corpora": {name: _as_dict(outcome) for name, outcome in outcomes.items()}}
        print(json.dumps(made, ensure_ascii=False, indent=2))
        return 0
    for name, outcome in outcomes.items():
        if others:
            print(f"{name}")
        for what in show or []:
            _show(outcome, what.value)
        _table(outcome)
        print()
    if others:
        print(say("alles samen", "all together"))
        _table(total)
    return 0


def _without_patterns(settings: Config, path: Path | None) -> Config:
    """The settings with no rules but those of kind reader."""
    from webcare_lint.checks.reader import Reads

    left_out = [rule.code for rule in Linter(settings, path).loaded.all_rules if not isinstance(rule.rule, Reads)]
    return msgspec.structs.replace(settings, ignore=[*settings.ignore, *left_out])


def _row(name: str, score: Score) -> str:
    spans = f"{score.spans}/{score.with_span}" if score.with_span else "–"
    counts = f"{name:>8} {score.n:>5} {score.hits:>5} {score.alarms:>6} {score.misses:>6}"
    if not score.n and not score.alarms:
        return f"{counts} {'–':>8} {'–':>7} {'–':>6} {spans:>8}"
    return f"{counts} {_decimal(score.precision):>8} {_decimal(score.recall):>7} {_decimal(score.f1):>6} {spans:>8}"


def _decimal(value: float, digits: int = 2) -> str:
    shown = f"{value:.{digits}f}"
    return say(shown.replace(".", ","), shown)


def _table(outcome: Evaluation) -> None:
    print(say("   gebod     n  raak   vals gemist precisie  vangst     F1  woorden",
              " command     n  hits alarms misses precision recall     F1    words"))  # fmt: skip
    for number, score in outcome.scores.items():
        print(_row(str(number), score))
    print(_row("micro", outcome.micro))
    print(f"{'macro':>8} {_decimal(outcome.macro_f1):>49}")
    replies, clean, flagged = outcome.replies, outcome.clean, outcome.flagged
    share = f"{_decimal(100 * flagged / clean if clean else 0, 1)} %"
    read = say("antwoord", "reply") if replies == 1 else say("antwoorden", "replies")
    print(say(f"{replies} {read}, {clean} goed; {flagged} daarvan met een melding ({share}).",
              f"{replies} {read}, {clean} clean; {flagged} of those flagged ({share})."))  # fmt: skip


def _show(outcome: Evaluation, what: str) -> None:
    if what == "misses":
        for number, item in outcome.misses:
            quotes = [quote for commandment, quote in item.labels if commandment == number]
            print(f"- {item.reply.id} [{number}] {' | '.join(filter(None, quotes)) or '–'}")
            _print_exchange(item.reply.customer, item.reply.text)
    else:
        for item, diagnostic in outcome.alarms:
            labels = ", ".join(str(n) for n in sorted(item.commandments)) or say("goed", "clean")
            print(f"+ {item.reply.id} {diagnostic.code} “{diagnostic.quote}” ({say('gelabeld', 'labelled')}: {labels})")
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
