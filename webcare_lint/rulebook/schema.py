"""The JSON Schema of rule files, generated from the types that read them."""

from __future__ import annotations

from typing import Any

import msgspec

from webcare_lint.rulebook.files import RuleFile


def rule_schema() -> dict[str, Any]:
    """A JSON Schema (2020-12) for completion and checks in editors."""
    schema = msgspec.json.schema(RuleFile)
    for definition in schema.get("$defs", {}).values():
        if "description" in definition:
            definition["description"] = definition["description"].split("\n\n")[0].replace("\n", " ")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "webcare-lint rule file",
        **schema,
    }
