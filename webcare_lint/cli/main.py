"""The application: its commands, and the one place where errors become messages and exit statuses."""

from __future__ import annotations

import gc
import os
import sys
import traceback
from typing import Annotated, Optional

import typer

from webcare_lint import __version__
from webcare_lint.cli.language import language, say
from webcare_lint.cli.lazy import LazyGroup
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
    # Emoji in drafts would crash a terminal that calls itself ASCII.
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(encoding="utf-8", errors="replace")
    try:
        status = app(standalone_mode=False)
    except WebcareLintError as error:
        print(f"webcare-lint: {error.describe(language())}", file=sys.stderr)
        status = TROUBLE
    except (KeyboardInterrupt, typer.Abort):
        status = 130
    except BrokenPipeError:
        # The reader (head, less) has gone: no trouble of ours, and nothing may be written at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = 0
    except Exception as error:  # the last net: a bug must not look like a verdict
        if hasattr(error, "format_message"):  # a wrong option; typer brings its own copy of click's exceptions
            if message := error.format_message():
                print(f"webcare-lint: {complaint(message)}", file=sys.stderr)
            sys.exit(TROUBLE)
        if "--debug" in sys.argv:
            traceback.print_exc()
        kind = type(error).__name__  # what it says may quote a reply, and this goes into the log of a pipeline
        print(
            "webcare-lint: " + say(f"onverwachte fout ({kind}); draai opnieuw met --debug",
                                   f"unexpected error ({kind}); run again with --debug"),
            file=sys.stderr,
        )  # fmt: skip
        status = TROUBLE
    sys.exit(status if isinstance(status, int) else 0)
