"""``--format gitlab``: a Code Quality report, which GitLab shows in merge requests."""

from __future__ import annotations

import json
from pathlib import PurePath
from typing import Any

from webcare_lint.errors import Language
from webcare_lint.fingerprint import fingerprint, numbered
from webcare_lint.hashing import blake2b
from webcare_lint.model import Diagnostic, Failure, Report

_SEVERITIES = {"error": "major", "warning": "minor", "advice": "info"}


def render(report: Report, language: Language) -> str:
    issues = [_failed(failure, key, language) for failure, key in numbered(report.failures, _name)]
    issues += [_issue(diagnostic, key) for diagnostic, key in numbered(report.diagnostics, fingerprint)]
    return json.dumps(issues, ensure_ascii=False, indent=2) + "\n"


def _issue(d: Diagnostic, key: str) -> dict[str, Any]:
    said = f"“{d.quote}” · {d.message}" if d.quote else d.message
    return {
        "description": f"{d.code} {d.name}: {said}",
        "check_name": d.code,
        "fingerprint": key,
        "severity": _SEVERITIES[d.level],
        "location": _location(d.path, d.start.line, d.end.line),
    }


def _name(failure: Failure) -> str:
    return blake2b(f"{failure.path}\0{failure.message.en}".encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def _failed(failure: Failure, key: str, language: Language) -> dict[str, Any]:
    line = failure.line or 1
    return {
        "description": failure.message.in_(language),
        "check_name": "webcare-lint",
        "fingerprint": key,
        "severity": "blocker",
        "location": _location(failure.path or "-", line, line),
    }


def _location(path: str, begin: int, end: int) -> dict[str, Any]:
    return {"path": PurePath(path).as_posix(), "lines": {"begin": begin, "end": end}}
