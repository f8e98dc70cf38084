"""``check --write-baseline``: what is known from now on."""

from __future__ import annotations

import sys
from pathlib import Path

from webcare_lint import baseline
from webcare_lint.atomic import write_atomically
from webcare_lint.cli.report import notices
from webcare_lint.errors import ConfigError, Language, Text, WebcareLintError
from webcare_lint.model import Report


def write_baseline(report: Report, path: Path | None, spoken: Language) -> int:
    """Make what is found now the baseline, at ``path`` or else at its usual place; the exit status.

    Raises:
        WebcareLintError: when not all could be checked.
    """
    path = path or Path(baseline.NAME)
    if report.failures or not report.checked:
        # What is known of a file that cannot be read now would be new the next time.
        notices(report, spoken)
        said = Text("niet geschreven, want niet alles was te controleren", "not written, since not all could be checked")
        raise WebcareLintError(said, path=str(path))
    falls_away = _falls_away(report, path)
    write_atomically(path, baseline.render(report.diagnostics).encode())
    count = len(report.diagnostics)
    said = Text(f"{count} {'melding' if count == 1 else 'meldingen'} vastgelegd in {path}",
                f"{count} {'finding' if count == 1 else 'findings'} recorded in {path}")  # fmt: skip
    print(f"webcare-lint: {said.in_(spoken)}", file=sys.stderr)
    if falls_away:
        print(f"webcare-lint: {falls_away.in_(spoken)}", file=sys.stderr)
    notices(report, spoken)
    return 0


def _falls_away(report: Report, path: Path) -> Text | None:
    """What a new baseline at ``path`` forgets of the old one: a check of a part knows nothing of the rest."""
    try:
        count = baseline.lost(baseline.load(path), report.diagnostics)
    except ConfigError:  # there is none, or one to be made anew
        return None
    if not count:
        return None
    if count == 1:
        gone = Text("1 melding uit de oude nulmeting is er nu niet bij en vervalt; controleer alles in één keer om die te houden",
                    "1 finding of the old baseline is not there now and is lost; check all at once to keep it")  # fmt: skip
    else:
        gone = Text(f"{count} meldingen uit de oude nulmeting zijn er nu niet bij en vervallen; "
                    "controleer alles in één keer om ze te houden",
                    f"{count} findings of the old baseline are not there now and are lost; "
                    "check all at once to keep them")  # fmt: skip
    return gone
