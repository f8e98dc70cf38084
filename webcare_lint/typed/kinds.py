"""What may stand at a place in data of a type: kinds, keys, words to choose from."""

from __future__ import annotations

from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import msgspec

from webcare_lint.located import Path


def kinds_at(kind: Any, path: Path) -> list[Any]:
    """The types that may stand at ``path``."""
    kinds = _choices(kind)
    for part in path:
        kinds = [inner for each in kinds for inner in _within(each, part)]
    return kinds


def is_struct(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, msgspec.Struct)


def _choices(kind: Any) -> list[Any]:
    """The members of a union, or the type itself."""
    return list(get_args(kind)) if get_origin(kind) in (Union, UnionType) else [kind]


def _within(kind: Any, part: str | int) -> list[Any]:
    """The types that may stand under a key or a number of this one."""
    if is_struct(kind):
        names = {field.encode_name: field.name for field in msgspec.structs.fields(kind)}
        return _choices(get_type_hints(kind)[names[str(part)]]) if part in names else []
    return _choices(get_args(kind)[-1]) if get_args(kind) else []


def keys_at(kind: Any, path: Path) -> list[str]:
    """The keys that may stand at ``path``."""
    found = [field.encode_name for each in kinds_at(kind, path) if is_struct(each) for field in msgspec.structs.fields(each)]
    return list(dict.fromkeys(found))


def all_keys(kind: Any, seen: frozenset[Any] = frozenset()) -> set[str]:
    """All keys that may occur anywhere in ``kind``: good enough to find the nearest one."""
    found: set[str] = set()
    if kind in seen:
        return found
    seen |= {kind}
    if is_struct(kind):
        found.update(f.encode_name for f in msgspec.structs.fields(kind))
        for hint in get_type_hints(kind).values():
            found |= all_keys(hint, seen)
    for inner in getattr(kind, "__args__", ()):
        found |= all_keys(inner, seen)
    return found


def tag_of(kind: Any) -> str | None:
    """The key by which a union tells this member from the others."""
    field: str | None = kind.__struct_config__.tag_field
    return field


def words_at(kind: Any, path: Path) -> list[str]:
    """The words of which one must stand at ``path``; empty where it is no such choice."""
    members = [each for each in kinds_at(kind, path[:-1]) if is_struct(each)]
    if tags := [each.__struct_config__.tag for each in members if tag_of(each) in path[-1:]]:
        return tags
    choices = [each for each in kinds_at(kind, path) if get_origin(each) is Literal]
    return list(dict.fromkeys(str(word) for choice in choices for word in get_args(choice)))  # each kind of rule has a level


def shape_at(kind: Any, path: Path) -> str:
    """How to write what stands at ``path`` where its one required key holds a text: ``{nl: "…"}``; else empty."""
    for each in kinds_at(kind, path):
        required = [f for f in msgspec.structs.fields(each) if f.required] if is_struct(each) else []
        if len(required) == 1 and get_type_hints(each)[required[0].name] is str:
            return f'{{{required[0].encode_name}: "…"}}'
    return ""
