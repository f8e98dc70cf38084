"""A group of commands of which only the one that is called is imported."""

from __future__ import annotations

import errno
import os
import sys
from importlib import import_module
from typing import Any, NamedTuple

import typer

from webcare_lint.atomic import unwritable
from webcare_lint.cli.spoken import Command, Group
from webcare_lint.errors import Text, WebcareLintError


class Place(NamedTuple):
    """Where a command is: a module beside this one, its function there (``app``: a group) and its help."""

    module: str
    function: str = "app"
    help: str = "HELP"


COMMANDS = {
    "check": Place("check", "check"),
    "explain": Place("rules", "explain", "EXPLAIN_HELP"),
    "rules": Place("rules"),
    "inspect": Place("inspect", "inspect"),
    "serve": Place("serve", "serve"),
    "lsp": Place("lsp", "lsp"),
    "init": Place("config", "init", "INIT_HELP"),
    "config": Place("config"),
    "cache": Place("cache"),
    "evaluate": Place("evaluate", "evaluate"),
}


_NO_ROOM = {errno.ENOSPC, errno.EFBIG, errno.EIO, errno.EBADF, getattr(errno, "EDQUOT", errno.ENOSPC)}


class NobodyReads(Exception):
    """Whoever read our output (head, less) has gone; ``status`` is the exit status as far as it was known."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class LazyGroup(Group):
    """The commands of webcare-lint, in the order of ``COMMANDS``."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        names: dict[str, Any] = dict.fromkeys(COMMANDS)
        self.commands.update(names)  # one that is misspelt may be near to one of these

    def invoke(self, ctx: Any) -> Any:
        try:
            os.getcwd()  # noqa: PTH109
        except FileNotFoundError as error:
            text = Text("de map waarin je staat, bestaat niet meer", "the folder that you are in no longer exists")
            raise WebcareLintError(text) from error
        made = None
        try:
            made = super().invoke(ctx)
            if not sys.stdout.closed:
                sys.stdout.flush()  # what cannot be written shows here, and not when Python has ended
        except BrokenPipeError as error:
            raise NobodyReads(made if isinstance(made, int) else 0) from error  # which typer would take for a verdict
        except OSError as error:
            if error.errno not in _NO_ROOM:
                raise
            reason = unwritable(error)
            text = Text(f"de uitvoer: {reason.nl}", f"the output: {reason.en}")
            raise WebcareLintError(text) from error
        return made

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002  # the form of a group
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ARG002
        place = COMMANDS.get(cmd_name)
        if place is None:
            return None
        module = import_module(f"webcare_lint.cli.{place.module}")
        found = getattr(module, place.function)
        if isinstance(found, typer.Typer):
            made: Any = typer.main.get_group(found)
            made.name = cmd_name
            return made
        app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
        app.command(cmd_name, cls=Command, help=getattr(module, place.help))(found)
        return typer.main.get_command(app)
