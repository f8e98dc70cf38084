"""Walks the JSON Schema of rule files along the path of the cursor."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from webcare_lint.lsp.outline import ITEM
from webcare_lint.rulebook.schema import rule_schema

Node = Mapping[str, Any]


@lru_cache(maxsize=1)
def _schema() -> Node:
    return rule_schema()


def nodes(path: Sequence[str], kind: str | None = None) -> list[Node]:
    """What may stand at a path; ``kind`` is that of the rule around it, where that is known."""
    found = list(_open(_schema(), kind))
    for step in path:
        found = [inner for node in found for after in _step(node, step) for inner in _open(after, kind)]
    return found


def keys(path: Sequence[str], kind: str | None = None) -> dict[str, bool]:
    """The keys of the mapping at a path, and whether it needs them all the time."""
    found: dict[str, bool] = {}
    for node in nodes(path, kind):
        for name in node.get("properties", {}):
            found[name] = found.get(name, True) and name in node.get("required", ())
    return found


def values(path: Sequence[str], kind: str | None = None) -> list[str]:
    """The words that may stand at a path, where only some may."""
    return list(dict.fromkeys(str(value) for node in nodes(path, kind) for value in node.get("enum", ())))


def default(path: Sequence[str], key: str, kind: str | None = None) -> Any:
    """What holds where a key is left out; None for nothing."""
    wanted = (node.get("properties", {}).get(key, {}).get("default") for node in nodes(path, kind))
    return next((value for value in wanted if value not in (None, [], {})), None)


def _step(node: Node, step: str) -> Iterator[Node]:
    if step == ITEM:
        if isinstance(node.get("items"), dict):
            yield node["items"]
    elif step in node.get("properties", {}):
        yield node["properties"][step]
    elif isinstance(node.get("additionalProperties"), dict):
        yield node["additionalProperties"]


def _open(node: Node, kind: str | None) -> Iterator[Node]:
    """A node without references and choices: the one that the kind decides, or else all."""
    if "$ref" in node:
        yield from _open(_schema()["$defs"][node["$ref"].rpartition("/")[2]], kind)
        return
    if "anyOf" not in node:
        yield node
        return
    by_kind = node.get("discriminator", {}).get("mapping", {})
    chosen = [{"$ref": by_kind[kind]}] if kind in by_kind else node["anyOf"]
    for option in chosen:
        yield from _open(option, kind)
