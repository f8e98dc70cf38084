"""``webcare-lint explain`` and ``webcare-lint rules list|test|schema``."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from webcare_lint.cli.language import language, say
from webcare_lint.cli.settings import Lang, find_settings
from webcare_lint.cli.spoken import Command, Group
from webcare_lint.config import codes_for, unknown_code, with_words
from webcare_lint.errors import ConfigError
from webcare_lint.linter import Linter
from webcare_lint.model import RuleInfo, is_about_source
from webcare_lint.names import COMMANDMENTS, LEVEL_NAMES
from webcare_lint.rulebook.load import load_rulebook
from webcare_lint.source_codes import LANGUAGETOOL_CODES, UNRULED_CODES

if TYPE_CHECKING:
    from rich.console import Console

    from webcare_lint.checks import Rule

EXPLAIN_HELP = say("Leg een regel uit: wat, waarom, voorbeelden.", "Explain a rule: what, why, examples.")
app = typer.Typer(cls=Group, help=say("De regels: lijst, proef, schema.", "The rules: list, test, schema."), no_args_is_help=True)
_LANG = Annotated[Optional[Lang], typer.Option("--lang", help=say("Taal.", "Language."))]


def _linter() -> Linter:
    return Linter(*find_settings(None))


def _all_infos(linter: Linter) -> list[RuleInfo]:
    """What there is to say about every code, by commandment."""
    infos = {**UNRULED_CODES, **linter.loaded.infos}.values()
    return sorted(infos, key=lambda info: (int(info.code[2:-2]), info.code))


def explain(
    code: Annotated[str, typer.Argument(help=say(
        "Code of naam, zoals WC201 of bel-ons; een gebod (7, WC7) toont zijn regels, 11 de richtlijnen.",
        "Code or name, such as WC201 or bel-ons; a commandment (7, WC7) shows its rules, 11 the guidelines."))],
    lang: _LANG = None,
) -> int:  # fmt: skip
    linter = _linter()
    infos = _all_infos(linter)
    names = {info.code: info.name for info in infos}
    codes = codes_for(code, names)
    if not codes:
        raise ConfigError(unknown_code(code, names))
    if len(codes) > 1:
        _print_list(info for info in infos if info.code in codes)
        return 0
    found = next(info for info in infos if info.code in codes)
    from rich.console import Console

    console = Console(highlight=False)
    _explain(found, console)
    rule = linter.loaded.all_rules.rules.get(found.code)
    if rule is not None:
        _show_examples(rule.rule, console)
    return 0


def _explain(found: RuleInfo, console: Console) -> None:
    spoken = language()
    console.print(f"[bold]{found.code} {found.name}[/bold] · {LEVEL_NAMES[found.level].in_(spoken)}")
    if found.commandment:
        number = say("gebod", "commandment")
        console.print(f"{number} {found.commandment}, {COMMANDMENTS[found.commandment].in_(spoken)}")
    console.print()
    console.print(found.says(spoken), markup=False)
    console.print(found.why.in_(spoken), markup=False)
    for suggestion in found.suggestions:
        console.print(f"{say('Probeer', 'Try')}: “{suggestion.in_(spoken)}”", style="green", markup=False)


def _show_examples(rule: Rule, console: Console) -> None:
    for title, examples, sign in (
        (say("Dit meldt de regel", "The rule finds"), rule.examples.bad, "✗"),
        (say("Dit laat hij met rust", "It leaves alone"), rule.examples.good, "✓"),
    ):
        console.print(f"\n{title}:", style="bold")
        for example in examples:
            reply = example if isinstance(example, str) else example.reply
            customer = None if isinstance(example, str) else example.customer
            if customer:
                console.print(f"    {say('klant', 'customer')}: {customer}", style="dim", markup=False)
            console.print(f"  {sign} {reply or say('(leeg)', '(empty)')}", markup=False)


@app.command("list", cls=Command, help=say("Alle regels, per gebod.", "All rules, by commandment."))
def list_rules(
    as_json: Annotated[bool, typer.Option("--json", help="JSON")] = False,
    lang: _LANG = None,
) -> int:
    infos = _all_infos(_linter())
    spoken = language()
    if as_json:
        rows = [
            {"code": i.code, "name": i.name, "commandment": i.commandment, "level": i.level, "message": i.message.in_(spoken)}
            for i in infos
        ]
        print(json.dumps(rows, ensure_ascii=False, indent=2))
        return 0
    _print_list(infos)
    return 0


def _print_list(infos: Iterable[RuleInfo]) -> None:
    spoken = language()
    last = ""
    for info in infos:
        heading = _heading(info)
        if heading != last:
            last = heading
            print(heading)
        print(f"  {info.code:<7} {LEVEL_NAMES[info.level].in_(spoken):<8} {info.name}")


def _heading(info: RuleInfo) -> str:
    if info.commandment:
        return f"{info.commandment} · {COMMANDMENTS[info.commandment].in_(language())}"
    if is_about_source(info.code):
        return say("de bron zelf", "the source itself")
    if info.code in LANGUAGETOOL_CODES:
        return "LanguageTool (--languagetool)"
    return say("daarnaast", "beside the ten")


@app.command("test", cls=Command, help=say("Draai de voorbeelden van de regels.", "Run the examples of the rules."))
def test_rules(
    files: Annotated[Optional[list[Path]], typer.Argument(metavar="[FILE]...", help=say(
        "Regelbestanden of mappen; anders alle.", "Rule files or folders; else all."))] = None,
    lang: _LANG = None,
) -> int:  # fmt: skip
    from webcare_lint.rulebook.examples import test_examples

    linter = _linter()
    rules = load_rulebook(with_words(files), lists=linter.loaded.lists).own if files else linter.loaded.all_rules
    outcome = test_examples(rules, linter.loaded.parse, linter.loaded.read)
    for failure in outcome.failures:
        print(failure.describe(language()))
    dutch, english = ("regel", "rule") if len(rules) == 1 else ("regels", "rules")
    of_dutch, of_english = ("voorbeeld", "example") if outcome.examples == 1 else ("voorbeelden", "examples")
    count = say(
        f"{len(rules)} {dutch}, {outcome.examples} {of_dutch}", f"{len(rules)} {english}, {outcome.examples} {of_english}"
    )
    wrong = (
        say(f"{len(outcome.failures)} mis", f"{len(outcome.failures)} wrong")
        if outcome.failures
        else say("alles klopt", "all good")
    )
    print(f"{count}: {wrong}.")
    return 1 if outcome.failures else 0


@app.command("schema", cls=Command, help=say("Het JSON-schema van regelbestanden.", "The JSON Schema of rule files."))
def schema() -> int:
    from webcare_lint.rulebook.schema import rule_schema

    print(json.dumps(rule_schema(), ensure_ascii=False, indent=2))
    return 0
