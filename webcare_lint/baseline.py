"""Known findings: a file of fingerprints, so that only what is new is reported. No text of replies is in it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from msgspec.structs import replace

from webcare_lint.errors import ConfigError, Text
from webcare_lint.findings import kept
from webcare_lint.fingerprint import fingerprint
from webcare_lint.located import unreadable
from webcare_lint.model import Diagnostic, Report

NAME = ".webcare-lint-baseline.json"
VERSION = 1


def load(path: Path) -> Counter[str]:
    """How often each fingerprint is known.

    Raises:
        ConfigError: when the file is not there or is no baseline.
    """
    try:
        data = json.loads(path.read_text("utf-8"))
        if data["version"] != VERSION:
            raise ValueError(data["version"])
        found = Counter({key: int(count) for keys in data["findings"].values() for key, count in keys.items()})
    except FileNotFoundError as error:
        text = Text(
            "deze nulmeting bestaat niet; maak er een met --write-baseline", "no such baseline; make it with --write-baseline"
        )
        raise ConfigError(text, path=str(path)) from error
    except OSError as error:
        raise ConfigError(unreadable(error), path=str(path)) from error
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        text = Text("dit is geen nulmeting van deze versie; maak een nieuwe met --write-baseline",
                    "this is no baseline of this version; make it anew with --write-baseline")  # fmt: skip
        raise ConfigError(text, path=str(path)) from error
    return found


def render(diagnostics: Iterable[Diagnostic]) -> str:
    """The file that makes these findings known; sorted, so that it changes little in git."""
    findings: dict[str, Counter[str]] = {}
    for diagnostic in diagnostics:
        findings.setdefault(diagnostic.code, Counter())[fingerprint(diagnostic)] += 1
    data = {"version": VERSION, "findings": {code: dict(sorted(keys.items())) for code, keys in sorted(findings.items())}}
    return json.dumps(data, indent=2) + "\n"


def lost(known: Mapping[str, int], diagnostics: Iterable[Diagnostic]) -> int:
    """How many of the known findings are not among these."""
    return sum((Counter(known) - Counter(map(fingerprint, diagnostics))).values())


def without_known(report: Report, path: Path) -> Report:
    """The report with only what is new to the baseline at ``path``; it knows as many findings that look the same as it counted.

    Raises:
        ConfigError: when the file is not there or is no baseline.
    """
    new = kept(_new(report.diagnostics, load(path)))
    return replace(report, diagnostics=new, baselined=len(report.diagnostics) - len(new))


def _new(diagnostics: Iterable[Diagnostic], left: Counter[str]) -> Iterator[Diagnostic]:
    for diagnostic in diagnostics:
        key = fingerprint(diagnostic)
        if left[key] > 0:
            left[key] -= 1
        else:
            yield diagnostic
