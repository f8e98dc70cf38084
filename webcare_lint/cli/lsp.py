"""``webcare-lint lsp``."""

from __future__ import annotations

from typing import Annotated, Optional

import typer

from webcare_lint.cli.language import asked_for, say
from webcare_lint.cli.settings import Lang
from webcare_lint.errors import ConfigError, needs_extra

HELP = say("Taalserver voor je editor: meldingen en verbeteringen terwijl je typt.",
           "Language server for your editor: findings and fixes while you type.")  # fmt: skip


def lsp(
    stdio: Annotated[bool, typer.Option("--stdio", help=say(
        "Over standaardinvoer en -uitvoer, zoals altijd.", "By standard input and output, as always."), hidden=True)] = True,
    port: Annotated[Optional[int], typer.Option(help=say(
        "Luister op deze poort van deze computer.", "Listen on this port of this computer."), min=1, max=65535)] = None,
    lang: Annotated[Optional[Lang], typer.Option("--lang", help=say("Taal.", "Language."))] = None,
    debug: Annotated[bool, typer.Option("--debug", help=say(
        "Toon bij een crash waar het misging.", "Show a traceback on a crash."))] = False,
) -> int:  # fmt: skip
    try:
        from webcare_lint.lsp.server import create
    except ImportError as error:
        raise ConfigError(needs_extra("lsp", "lsp")) from error
    server = create(asked_for(lang))
    if port:
        server.start_tcp("127.0.0.1", port)
    else:
        server.start_io()
    return 0
