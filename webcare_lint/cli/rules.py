"""``webcare-lint explain`` and ``webcare-lint rules list|test|schema``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Optional

import typer

from webcare_lint.cli.check import Lang, _settings
from webcare_lint.cli.language import language, say
from webcare_lint.config import extra_rules
from webcare_lint.errors import ConfigError, Text
from webcare_lint.located import nearest
from webcare_lint.model import COMMANDMENTS
from webcare_lint.output.human import LEVEL_NAMES
from webcare_lint.rulebook import CompiledRule, Rulebook, load_rulebook

EXPLAIN_HELP = say("Leg een regel uit: wat, waarom, voorbeelden.", "Explain a rule: what, why, examples.")
app = typer.Typer(help=say("De regels: lijst, proef, schema.", "The rules: list, test, schema."), no_args_is_help=True)
_LANG = Annotated[Optional[Lang], typer.Option("--lang", help=say("Taal.", "Language."))]


def _rulebook() -> Rulebook:
    config, path = _settings(None)
    return load_rulebook(extra_rules(config, path))


def explain(
    code: Annotated[str, typer.Argument(help=say(
        "Code of naam, zoals WC201 of bel-ons.", "Code or name, such as WC201 or bel-ons."))],
    lang: _LANG = None,
) -> int:  # fmt: skip
    rules = _rulebook()
    found = next((r for r in rules if code.upper() == r.code or code.lower() == r.rule.name), None)
    if found is None:
        near = nearest(code.upper(), list(rules.rules)) or nearest(code.lower(), [r.rule.name for r in rules])
        hint = (f"; bedoel je {near}?", f"; did you mean {near}?") if near else ("", "")
        raise ConfigError(Text(f"onbekende code {code!r}{hint[0]}", f"unknown code {code!r}{hint[1]}"))
    from rich.console import Console

    console = Console(highlight=False)
    _explain(found, console)
    return 0


def _explain(found: CompiledRule, console: object) -> None:
    from rich.console import Console

    assert isinstance(console, Console)
    spoken, rule = language(), found.rule
    level = LEVEL_NAMES[rule.level].in_(spoken)
    console.print(f"[bold]{rule.code} {rule.name}[/bold] · {level}")
    if found.commandment:
        number = say("gebod", "commandment")
        console.print(f"{number} {found.commandment}, {COMMANDMENTS[found.commandment].in_(spoken)}")
    console.print()
    console.print(rule.message.text.in_(spoken), markup=False)
    console.print(rule.why.text.in_(spoken), markup=False)
    for suggestion in rule.suggestions.nl if spoken == "nl" else rule.suggestions.en:
        console.print(f"{say('Probeer', 'Try')}: “{suggestion}”", style="green", markup=False)
    for title, examples, sign in (
        (say("Wel", "Found"), rule.examples.bad, "✗"),
        (say("Niet", "Not found"), rule.examples.good, "✓"),
    ):
        console.print(f"\n{title}:", style="bold")
        for example in examples:
            reply = example if isinstance(example, str) else example.reply
            customer = None if isinstance(example, str) else example.customer
            if customer:
                console.print(f"    {say('klant', 'customer')}: {customer}", style="dim", markup=False)
            console.print(f"  {sign} {reply or say('(leeg)', '(empty)')}", markup=False)


@app.command("list", help=say("Alle regels, per gebod.", "All rules, by commandment."))
def list_rules(
    as_json: Annotated[bool, typer.Option("--json", help="JSON")] = False,
    lang: _LANG = None,
) -> int:
    spoken, rules = language(), _rulebook()
    if as_json:
        rows = [
            {"code": r.code, "name": r.rule.name, "commandment": r.commandment, "level": r.rule.level,
             "message": r.rule.message.text.in_(spoken)}
            for r in rules
        ]  # fmt: skip
        print(json.dumps(rows, ensure_ascii=False, indent=2))
        return 0
    last = ""
    for r in rules:
        title = r.located.data["title"][spoken]
        heading = f"{r.commandment} · {COMMANDMENTS[r.commandment].in_(spoken)}" if r.commandment else title
        if heading != last:
            last = heading
            print(heading)
        print(f"  {r.code:<7} {LEVEL_NAMES[r.rule.level].in_(spoken):<8} {r.rule.name}")
    return 0


@app.command("test", help=say("Draai de voorbeelden van de regels.", "Run the examples of the rules."))
def test_rules(
    files: Annotated[Optional[list[Path]], typer.Argument(metavar="[FILE]...", help=say(
        "Regelbestanden of mappen; anders alle.", "Rule files or folders; else all."))] = None,
    lang: _LANG = None,
) -> int:  # fmt: skip
    from webcare_lint.linter import Linter
    from webcare_lint.rulebook.examples import test_examples

    linter = Linter(*_settings(None))
    rules = load_rulebook(files, shipped=False) if files else linter.all_rules
    outcome = test_examples(rules, linter.parse)
    for failure in outcome.failures:
        print(failure.describe(language()))
    count = say(f"{len(rules)} regels, {outcome.examples} voorbeelden", f"{len(rules)} rules, {outcome.examples} examples")
    wrong = (
        say(f"{len(outcome.failures)} mis", f"{len(outcome.failures)} wrong")
        if outcome.failures
        else say("alles klopt", "all good")
    )
    print(f"{count}: {wrong}.")
    return 1 if outcome.failures else 0


@app.command("schema", help=say("Het JSON-schema van regelbestanden.", "The JSON Schema of rule files."))
def schema() -> int:
    from webcare_lint.rulebook.schema import rule_schema

    print(json.dumps(rule_schema(), ensure_ascii=False, indent=2))
    return 0
