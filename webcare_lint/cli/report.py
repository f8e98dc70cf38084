"""What ``check`` says when it is done: the report, notices beside it, the exit status."""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path

from webcare_lint.atomic import write_atomically
from webcare_lint.errors import Language, Text, WebcareLintError
from webcare_lint.model import LEVELS, Report
from webcare_lint.output import pieces

NARROWEST = 20
"""Columns that a report is given at least."""
HEIGHT = 25
"""Lines of a terminal, which no report looks at; rich would read LINES, and COLUMNS once more, and stumble over nonsense."""


def write(report: Report, form: str, output: Path | None, spoken: Language) -> None:
    """Write the report in a form to a file, or else to standard output."""
    if form != "human":
        rendered = pieces(form, report, spoken)
        if output is None:
            sys.stdout.writelines(rendered)
        else:
            # As standard output does it: the name of a file may be no Unicode.
            write_atomically(output, (piece.encode("utf-8", "replace") for piece in rendered))
        return
    from io import StringIO

    from rich.console import Console

    from webcare_lint.output import human

    if output is not None:
        shown = StringIO()
        human.render(report, Console(file=shown, width=100, no_color=True, highlight=False), spoken)
        write_atomically(output, shown.getvalue().encode("utf-8", "replace"))
    else:
        terminal = shutil.get_terminal_size().columns if sys.stdout.isatty() else 0
        human.render(report, Console(highlight=False, width=report_width(os.environ, terminal), height=HEIGHT), spoken)


def report_width(environment: Mapping[str, str], terminal: int = 0) -> int:
    """Columns of a report: what COLUMNS says where that is a width, else those of the terminal where there is one."""
    given = re.fullmatch("0*([1-9][0-9]{0,3})", environment.get("COLUMNS", ""))
    return max(NARROWEST, int(given[1]) if given else terminal or 80)


def notices(report: Report, spoken: Language) -> None:
    """Tell on stderr what could not be checked and what was skipped.

    Raises:
        WebcareLintError: when there was nothing at all.
    """
    for failure in report.failures:
        print(f"webcare-lint: {failure.describe(spoken)}", file=sys.stderr)
    if report.skipped:
        from webcare_lint.output.human import skipped_line

        print(f"webcare-lint: {skipped_line(report, spoken)}", file=sys.stderr)
    if not report.checked and not report.failures and not report.skipped:
        raise WebcareLintError(Text("hier is niets te controleren", "nothing to check here"))


def status(report: Report, fail_on: str) -> int:
    """The exit status: 2 for what could not be checked, 1 for findings from the level ``fail_on`` on, else 0."""
    if report.failures:
        return 2
    if fail_on == "never":
        return 0
    heavy = LEVELS[: LEVELS.index(fail_on) + 1]
    return 1 if any(d.level in heavy for d in report.diagnostics) else 0
