"""The command ``webcare-lint``: one module per command; ``main`` turns errors into an exit status.

Parts of ``check``: ``fixing`` is ``--fix``, ``baseline`` is ``--write-baseline``, ``report`` is what it says when it is done,
``warm`` and ``answer`` are the two sides of ``--server``.
"""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command and exit: by a server that runs already where that is asked for, else in this process."""
    from webcare_lint.cli import warm

    try:
        status = warm.check(sys.argv[1:])
    except KeyboardInterrupt:
        sys.exit(130)
    if status is None:
        from webcare_lint.cli.main import main as cold

        cold()
    sys.exit(status)
