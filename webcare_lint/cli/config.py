"""``webcare-lint init`` and ``webcare-lint config show``."""

from __future__ import annotations

import json
from importlib import resources
from pathlib import Path
from typing import Annotated, Any, Optional

import msgspec
import typer

from webcare_lint.atomic import unwritable
from webcare_lint.cli.language import VARIABLE, asked_for, language, say
from webcare_lint.cli.settings import FailOn, Lang, find_settings, override
from webcare_lint.cli.spoken import Command, Group
from webcare_lint.config import NAME, Config, origins
from webcare_lint.errors import ConfigError, Text

INIT_HELP = say(f"Maak een {NAME} met uitleg in deze map.", f"Make a {NAME} with explanations in this folder.")
app = typer.Typer(cls=Group, help=say("De configuratie: show.", "The configuration: show."), no_args_is_help=True)


def init(lang: Annotated[Optional[Lang], typer.Option("--lang", help=say("Taal.", "Language."))] = None) -> int:
    path = Path(NAME)
    text = resources.files("webcare_lint").joinpath(f"data/config.{language()}.yaml").read_text("utf-8")
    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError as error:
        raise ConfigError(Text("dit bestand bestaat al en blijft zoals het is", "this file exists and stays as it is"),
                          path=NAME) from error  # fmt: skip
    except OSError as error:
        raise ConfigError(unwritable(error), path=NAME) from error
    print(say(f"{NAME} staat klaar. Alles is uitgezet met #; haal dat weg bij wat je wilt instellen.",
              f"{NAME} is there. Everything is commented out; uncomment what you want to set."))  # fmt: skip
    return 0


@app.command("show", cls=Command, help=say("Wat geldt, en waar het vandaan komt.", "What applies, and where it comes from."))
def show(
    channel: Annotated[Optional[str], typer.Option(help=say("Zoals bij check.", "As for check."))] = None,
    select: Annotated[Optional[list[str]], typer.Option(help=say("Zoals bij check.", "As for check."))] = None,
    ignore: Annotated[Optional[list[str]], typer.Option(help=say("Zoals bij check.", "As for check."))] = None,
    fail_on: Annotated[Optional[FailOn], typer.Option(help=say("Zoals bij check.", "As for check."))] = None,
    lang: Annotated[Optional[Lang], typer.Option(help=say("Taal van de meldingen.", "Language of the messages."))] = None,
    config: Annotated[Optional[Path], typer.Option(help=say("Configuratiebestand.", "Configuration file."))] = None,
    as_json: Annotated[bool, typer.Option("--json", help="JSON")] = False,
) -> int:
    settings, path = find_settings(config)
    options = {"channel": channel, "select": select, "ignore": ignore, "fail_on": fail_on, "lang": lang}
    sources = _sources(path, {name for name, value in options.items() if value}, settings)
    values: dict[str, Any] = msgspec.to_builtins(override(settings, **{**options, "lang": asked_for(lang)}))
    if as_json:
        rows = {key: {"value": value, "from": sources[key]} for key, value in values.items()}
        print(json.dumps({"file": str(path) if path else None, "settings": rows}, ensure_ascii=False, indent=2))
        return 0
    import yaml

    print(f"# {path or say('geen configuratiebestand', 'no configuration file')}")
    for key, value in values.items():
        written = yaml.safe_dump(value, allow_unicode=True, default_flow_style=True, sort_keys=False, width=10_000)
        print(f"{key}: {written.removesuffix('...' + chr(10)).strip()}  # {sources[key]}")
    return 0


def _sources(path: Path | None, options: set[str], settings: Config) -> dict[str, str]:
    """Where each setting comes from: an option, a line of the file, the environment, or our default."""
    lines = origins(path) if path else {}
    made = {}
    for name in msgspec.structs.fields(settings):
        key = name.encode_name
        if key in options:
            made[key] = say("optie", "option") + f" --{key.replace('_', '-')}"
        elif key == "lang" and asked_for(None):
            made[key] = say("omgeving", "environment") + f" {VARIABLE}"
        elif key in lines:
            made[key] = f"{path}:{lines[key]}"
        else:
            made[key] = say("standaard", "default")
    return made
