"""``--format sarif``: SARIF 2.1.0, for GitHub code scanning and editors."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from webcare_lint import __version__
from webcare_lint.errors import Language
from webcare_lint.fingerprint import fingerprint, numbered
from webcare_lint.model import Diagnostic, Failure, Report, RuleInfo
from webcare_lint.names import COMMANDMENTS

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {"error": "error", "warning": "warning", "advice": "note"}


def render(report: Report, language: Language) -> str:
    rules = list(report.rules.values())
    places = {rule.code: index for index, rule in enumerate(rules)}
    log = {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "webcare-lint",
                        "version": __version__,
                        "semanticVersion": __version__,
                        "language": language,
                        "rules": [_rule(rule, language) for rule in rules],
                    }
                },
                "columnKind": "unicodeCodePoints",
                "invocations": [
                    {
                        "executionSuccessful": not report.failures,
                        "toolExecutionNotifications": [_notification(failure, language) for failure in report.failures],
                    }
                ],
                "results": [_result(diagnostic, key, places) for diagnostic, key in numbered(report.diagnostics, fingerprint)],
            }
        ],
    }
    return json.dumps(log, ensure_ascii=False, indent=2) + "\n"


def _rule(rule: RuleInfo, language: Language) -> dict[str, Any]:
    why = rule.why.in_(language)
    examples = [suggestion.in_(language) for suggestion in rule.suggestions]
    try_ = "Probeer" if language == "nl" else "Try"
    tags = ["webcare"] if rule.commandment is None else ["webcare", f"gebod-{rule.commandment}"]
    properties: dict[str, Any] = {"tags": tags}
    if rule.commandment is not None:
        properties["commandment"] = rule.commandment
        properties["commandmentText"] = COMMANDMENTS[rule.commandment].in_(language)
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": rule.says(language)},
        "fullDescription": {"text": why},
        "help": {
            "text": "\n".join([why, *(f"{try_}: “{example}”" for example in examples)]),
            "markdown": "\n".join([why, "", *(f"- {try_}: *{_markdown(example)}*" for example in examples)]),
        },
        "defaultConfiguration": {"level": _LEVELS[rule.level]},
        "properties": properties,
    }


def _markdown(text: str) -> str:
    return "".join(f"\\{char}" if char in "\\*_`[]<>" else char for char in text)


def _result(d: Diagnostic, key: str, places: Mapping[str, int]) -> dict[str, Any]:
    region = {
        "startLine": d.start.line, "startColumn": d.start.column, "endLine": d.end.line, "endColumn": d.end.column,
        "charOffset": d.start.offset, "charLength": d.end.offset - d.start.offset,
    }  # fmt: skip
    location: dict[str, Any] = {
        "physicalLocation": {"artifactLocation": _artifact(d.path), "region": region},
        "logicalLocations": [{"name": d.reply_id, "kind": "element"}],
    }
    result: dict[str, Any] = {
        "ruleId": d.code,
        "level": _LEVELS[d.level],
        "message": {"text": " ".join(filter(None, (d.message, d.why)))},
        "locations": [location],
        "partialFingerprints": {"webcareLint/v1": key},
        "properties": {"quote": d.quote, "suggestions": list(d.suggestions)},
    }
    if d.code in places:
        result["ruleIndex"] = places[d.code]
    if d.fix is not None:
        edits = [
            {"deletedRegion": {"charOffset": edit.span.start, "charLength": edit.span.end - edit.span.start},
             "insertedContent": {"text": edit.text}}
            for edit in d.fix.edits
        ]  # fmt: skip
        result["fixes"] = [{"artifactChanges": [{"artifactLocation": _artifact(d.path), "replacements": edits}]}]
    return result


def _notification(failure: Failure, language: Language) -> dict[str, Any]:
    made: dict[str, Any] = {"level": "error", "message": {"text": failure.message.in_(language)}}
    if failure.path:
        place: dict[str, Any] = {"artifactLocation": _artifact(failure.path)}
        if failure.line:
            place["region"] = {"startLine": failure.line, "startColumn": failure.column or 1}
        made["locations"] = [{"physicalLocation": place}]
    return made


def _artifact(path: str) -> dict[str, str]:
    pure = PurePath(path)
    if pure.is_absolute():
        return {"uri": pure.as_uri()}
    return {"uri": quote(pure.as_posix(), errors="replace"), "uriBaseId": "%SRCROOT%"}
