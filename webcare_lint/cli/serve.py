"""``webcare-lint serve``."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated, Any, Optional

import typer

from webcare_lint.cli.language import asked_for, say
from webcare_lint.cli.settings import Lang, find_settings
from webcare_lint.errors import ConfigError, Text, WebcareLintError, needs_extra
from webcare_lint.linter import Linter

HELP = say("Een lokale server voor browser en editor, met de API van LanguageTool.",
           "A local server for browser and editor, with LanguageTool's API.")  # fmt: skip
TOKEN_VARIABLE = "WEBCARE_LINT_TOKEN"


def serve(
    host: Annotated[str, typer.Option(help=say("Adres om op te luisteren.", "Address to listen on."))] = "127.0.0.1",
    port: Annotated[int, typer.Option(help=say("Poort.", "Port."), min=0, max=65535)] = 8081,
    upstream: Annotated[Optional[str], typer.Option(metavar="URL", help=say(
        "Een LanguageTool-server waarvan de meldingen erbij komen.", "A LanguageTool server whose findings are added."))] = None,
    token: Annotated[Optional[str], typer.Option(help=say(
        f"Wat een client moet meesturen; nodig buiten deze computer. Liever via {TOKEN_VARIABLE}.",
        f"What a client must send; needed beyond this computer. Better set in {TOKEN_VARIABLE}."))] = None,
    allow_origin: Annotated[Optional[list[str]], typer.Option(help=say(
        "Nog een website die antwoorden mag lezen.", "Another website that may read answers."))] = None,
    config: Annotated[Optional[Path], typer.Option(help=say("Configuratiebestand.", "Configuration file."))] = None,
    lang: Annotated[Optional[Lang], typer.Option("--lang", help=say("Taal.", "Language."))] = None,
    debug: Annotated[bool, typer.Option("--debug", help=say(
        "Toon bij een crash waar het misging.", "Show a traceback on a crash."))] = False,
) -> int:  # fmt: skip
    try:
        import uvicorn

        from webcare_lint.cli.answer import Answers
        from webcare_lint.server.app import create_app
        from webcare_lint.server.guard import LOOPBACK, Guard, bare
        from webcare_lint.server.service import Server
    except ImportError as error:
        raise ConfigError(needs_extra("serve", "serve")) from error
    from socket import gethostname

    import msgspec

    host = host.removeprefix("[").removesuffix("]")
    token = token or os.environ.get(TOKEN_VARIABLE) or None
    beyond = bare(host) not in LOOPBACK
    if beyond and not token:
        raise ConfigError(Text(
            f"buiten deze computer luisteren ({host}) vraagt om --token of {TOKEN_VARIABLE}",
            f"listening beyond this computer ({host}) needs --token or {TOKEN_VARIABLE}",
        ))  # fmt: skip
    written, path = find_settings(config)
    spoken = asked_for(lang)
    settings = msgspec.structs.replace(written, lang=spoken) if spoken else written
    linter = Linter(settings, path)
    _ = linter.rulebook
    hosts = LOOPBACK | {bare(gethostname() if bare(host) in ("0.0.0.0", "::") else host)} - {""}
    server = Server(linter, Guard(hosts, frozenset(allow_origin or ()), token, addresses=beyond), upstream)
    server.warm()
    server.answers = answers = Answers(linter, written, path)
    answers.warm()
    runner = uvicorn.Server(uvicorn.Config(
        create_app(server), host=host, port=port, log_level="warning", access_log=False, server_header=False,
        timeout_keep_alive=10, limit_concurrency=512, lifespan="off",
    ))  # fmt: skip
    socket = _bound(runner.config)
    place = f"http://{'[' + host + ']' if ':' in host else host}:{socket.getsockname()[1]}"
    print(say(f"webcare-lint luistert op {place} – open die pagina, of wijs een LanguageTool-client naar {place}/v2",
              f"webcare-lint listens on {place} – open that page, or point a LanguageTool client at {place}/v2"),
          file=sys.stderr, flush=True)  # fmt: skip
    runner.run(sockets=[socket])
    return 0


def _bound(config: Any) -> Any:
    import socket

    host, port = config.host, config.port
    # With the protocol named, asyncio sends an answer at once; else it may wait 40 ms for the client's acknowledgement.
    made = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        made.bind((host, port))
        made.listen(256)  # from now on clients may come; they wait until the server runs
    except OSError as error:
        made.close()
        raise WebcareLintError(Text(
            f"kan niet luisteren op {host}:{port} ({error.strerror}); kies een andere --port",
            f"cannot listen on {host}:{port} ({error.strerror}); choose another --port",
        )) from error  # fmt: skip
    return made
