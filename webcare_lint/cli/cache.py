"""``webcare-lint cache clear``."""

from __future__ import annotations

import typer

from webcare_lint import cache
from webcare_lint.cli.language import say
from webcare_lint.cli.spoken import Command, Group

app = typer.Typer(cls=Group, help=say("De bewaarde uitkomsten: clear.", "The kept results: clear."), no_args_is_help=True)


@app.callback()
def _group() -> None:
    pass


@app.command("clear", cls=Command, help=say("Gooi de bewaarde uitkomsten weg.", "Throw the kept results away."))
def clear() -> int:
    count = cache.clear()
    print(say(f"{count} bewaarde {'uitkomst' if count == 1 else 'uitkomsten'} weggegooid uit {cache.folder()}",
              f"{count} kept {'result' if count == 1 else 'results'} thrown away from {cache.folder()}"))  # fmt: skip
    return 0
