"""The application: its commands, and the one place where errors become messages and exit statuses."""

from __future__ import annotations

import gc
import os
import sys
import traceback
from contextlib import suppress
from typing import Annotated, NoReturn, Optional

import typer

from webcare_lint import __version__
from webcare_lint.cli.language import language, say
from webcare_lint.cli.lazy import LazyGroup, NobodyReads
from webcare_lint.cli.spoken import complaint
from webcare_lint.errors import WebcareLintError

TROUBLE = 2
"""Exit status when something could not be checked."""

app = typer.Typer(
    name="webcare-lint",
    cls=LazyGroup,
    help=say("De linter voor webcare: toetst antwoorden aan de 10 webcaregeboden.",
             "The linter for Dutch customer-service replies: checks them against the ten commandments."),
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)  # fmt: skip


def _show_version(value: bool) -> None:
    if value:
        print(f"webcare-lint {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        Optional[bool],
        typer.Option("--version", callback=_show_version, is_eager=True, help=say("Toon de versie.", "Show the version.")),
    ] = None,
) -> None:
    pass


def main() -> None:
    """Run the command and exit: 0 clean, 1 findings, 2 something could not be checked."""
    # What a start makes is kept until the end: looking it through for garbage is a tenth of a short run.
    gc.set_threshold(100_000, 20, 20)
    # Our matrices are small: a second thread brings little, and waits in a loop while other work needs the core.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    _open_streams()
    for size in ("COLUMNS", "LINES"):  # a width that is none would crash rich, or leave nothing of a report
        given = os.environ.get(size, "")
        if not (given.isascii() and given.isdigit() and 10 <= int(given[:5]) < 10_000):
            os.environ.pop(size, None)
    try:
        status = app(standalone_mode=False)
    except WebcareLintError as error:
        _tell(error.describe(language()))
        status = TROUBLE
    except (KeyboardInterrupt, typer.Abort):
        status = 130
    except NobodyReads as gone:
        status = gone.status  # no trouble of ours: what was found stays found
    except SystemExit as left:  # rich's word for a reader that has gone; a server may have reasons of its own
        status = 0 if isinstance(left.__context__, BrokenPipeError) else left.code
    except Exception as error:  # the last net: a bug must not look like a verdict
        if hasattr(error, "format_message"):  # a wrong option; typer brings its own copy of click's exceptions
            if message := error.format_message():
                _tell(complaint(message))
            _leave(TROUBLE)
        if "--debug" in sys.argv:
            traceback.print_exc()
        kind = type(error).__name__  # what it says may quote a reply, and this goes into the log of a pipeline
        _tell(say(f"onverwachte fout ({kind}); draai opnieuw met --debug", f"unexpected error ({kind}); run again with --debug"))
        status = TROUBLE
    _leave(status if isinstance(status, int) else 0)


def _open_streams() -> None:
    """Something to write to, also where the shell closed it. Emoji in drafts would crash a terminal that calls itself ASCII."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115, PTH123
        reconfigure = getattr(getattr(sys, name), "reconfigure", None)
        if reconfigure:
            reconfigure(encoding="utf-8", errors="replace")


def _tell(message: str) -> None:
    with suppress(OSError):  # no room there either
        print(f"webcare-lint: {message}", file=sys.stderr)


def _leave(status: int) -> NoReturn:
    """Exit; what no longer can be written does not change the status."""
    for stream in (each for each in (sys.stdout, sys.stderr) if not each.closed):  # lsp closes its own
        try:
            stream.flush()
        except OSError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
    sys.exit(status)
