"""Commands whose help, and whose complaints about a wrong call, are in the language of the user; typer knows English only."""

from __future__ import annotations

import re
from typing import Any

from typer.core import TyperCommand, TyperGroup

from webcare_lint.cli.language import language, say

_TITLES = {
    "ARGUMENTS_PANEL_TITLE": "Invoer",
    "OPTIONS_PANEL_TITLE": "Opties",
    "COMMANDS_PANEL_TITLE": "Opdrachten",
    "DEFAULT_STRING": "[standaard: {}]",
    "REQUIRED_LONG_STRING": "[verplicht]",
}
_HELP = {
    "help": say("Toon deze uitleg.", "Show this message and exit."),
    "install_completion": say("Laat deze shell opdrachten aanvullen.", "Install completion for the current shell."),
    "show_completion": say("Toon wat die aanvulling installeert.", "Show completion for the current shell."),
}
_COMPLAINTS = [
    (r"No such command (?P<what>.+)\.", "opdracht {what} bestaat niet"),
    (r"No such command (?P<what>.+)\. Did you mean (?P<near>.+)\?", "opdracht {what} bestaat niet; bedoel je {near}?"),
    (r"No such option: (?P<what>\S+)", "optie {what} bestaat niet"),
    (r"No such option: (?P<what>\S+) \(Possible options: (?P<near>.+)\)", "optie {what} bestaat niet; bedoel je {near}?"),
    (r"Missing command\.", "er staat geen opdracht"),
    (r"Missing argument (?P<what>.+?)\.", "er ontbreekt iets: {what}"),
    (r"Missing option (?P<what>.+?)\.", "optie {what} is verplicht"),
    (r"Option (?P<what>.+) requires an argument\.", "na {what} hoort een waarde"),
    (r"Option (?P<what>.+) does not take a value\.", "bij {what} hoort geen waarde"),
    (r"Got unexpected extra argument(?:\(s\)|s)? \((?P<what>.+)\)", "dit is te veel: {what}"),
    (
        r"Invalid value for (?P<what>.+): (?P<value>'.*') is not one of (?P<those>.+)\.",
        "{what} kan niet {value} zijn; kies uit {those}",
    ),
    (
        r"Invalid value for (?P<what>.+): (?P<value>.+) is not in the range (?P<range>.+)\.",
        "{what} kan niet {value} zijn: {range}",
    ),
    (r"Invalid value for (?P<what>.+): (?P<value>'.*') is not a valid int.*\.", "bij {what} hoort een getal, geen {value}"),
]


def complaint(message: str) -> str:
    """What typer says of a wrong call, for the user; a message that nobody foresaw stays as it is."""
    if language() == "nl":
        for pattern, dutch in _COMPLAINTS:
            if found := re.fullmatch(pattern, message.strip(), re.DOTALL):
                parts = found.groupdict("")
                return dutch.format(**parts | {"near": parts.get("near", "").replace(", ", " of ")})
    return message


class _Spoken:
    """What a command and a group of commands have in common."""

    def get_params(self, ctx: Any) -> Any:
        params = super().get_params(ctx)  # type: ignore[misc]
        for param in params:
            if param.name in _HELP:
                param.help = _HELP[param.name]
        return params

    def get_usage(self, ctx: Any) -> str:
        usage: str = super().get_usage(ctx)  # type: ignore[misc]
        return usage.replace("Usage:", say("Gebruik:", "Usage:"), 1)

    def format_help(self, ctx: Any, formatter: Any) -> None:
        if language() == "nl":
            from typer import rich_utils

            for name, title in _TITLES.items():
                setattr(rich_utils, name, title)
        super().format_help(ctx, formatter)  # type: ignore[misc]


class Command(_Spoken, TyperCommand):
    """One command. Each takes ``--debug``, which the message of an unexpected error advises."""

    def parse_args(self, ctx: Any, args: list[str]) -> Any:
        if not any(param.name == "debug" for param in self.params):
            args = [argument for argument in args if argument != "--debug"]
        return super().parse_args(ctx, args)


class Group(_Spoken, TyperGroup):
    """Commands under one name."""
