"""What is wrong with data that does not fit its type, and where: msgspec tells of one thing, at a place that it half knows."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

import msgspec

from webcare_lint.errors import Text
from webcare_lint.located import Path, nearest
from webcare_lint.typed.kinds import all_keys, is_struct, keys_at, kinds_at, shape_at, tag_of, words_at
from webcare_lint.typed.wording import LACKS, misfit, unknown_key

_UNKNOWN = "Object contains unknown field `"
_STEP = re.compile(r"\.([^.\[\]]+)|\[(\d+|\.\.\.)\]")


class Mistake(NamedTuple):
    """What is wrong with a value, or with its key."""

    text: Text
    path: Path
    key: bool = False


def mistake(problem: str, data: Any, kind: Any) -> Mistake:
    """What is to be mended, when ``problem`` is what msgspec says about ``data`` as a ``kind``."""
    message, _, where = problem.partition(" - at `$")
    path = _with_keys(_path(where.rstrip("`")), problem, data, kind)
    unknown = message.removeprefix(_UNKNOWN)
    if unknown != message:
        return _unknown(unknown.rstrip("`"), data, kind, path)
    missing = _missing(data, kind, path) if message.startswith(LACKS) else []
    if len(missing) > 1:
        names = ", ".join(f"`{name}`" for name in missing)
        return Mistake(Text(f"verplichte sleutels ontbreken: {names}", f"object missing required fields {names}"), path)
    if mistyped := _mistyped(message, _inside(data, path), all_keys(kind)):
        key, wanted = mistyped
        text = Text(f"onbekende sleutel {key!r}; bedoel je {wanted!r}?", f"unknown key {key!r}; did you mean {wanted!r}?")
        return Mistake(text, (*path, key), key=True)
    return Mistake(misfit(message, words_at(kind, path), shape_at(kind, path)), path)


def _unknown(key: str, data: Any, kind: Any, path: Path) -> Mistake:
    at = (*path, key)
    text = _belongs(key, kind, path) or unknown_key(key, all_keys(kind), keys_at(kind, path), bare=_inside(data, at) is None)
    return Mistake(text, at, key=True)


def _belongs(key: str, kind: Any, path: Path) -> Text | None:
    """Where a known key that may not stand at ``path`` belongs: with another member of the union there, or at the top."""
    nl, en = f"sleutel {key!r} hoort hier niet, maar", f"key {key!r} does not belong here but"
    tagged = [each for each in kinds_at(kind, path) if is_struct(each) and each.__struct_config__.tag]
    if kinds := [each for each in tagged if key in keys_at(each, ())]:
        field, names = tag_of(kinds[0]), ", ".join(each.__struct_config__.tag for each in kinds)
        return Text(f"{nl} bij {field}: {names}", f"{en} with {field}: {names}")
    if key == "commandment" and key in keys_at(kind, ()):
        return Text(f"{nl} bovenaan het bestand, één gebod per bestand", f"{en} at the top of the file, one commandment a file")
    if key in keys_at(kind, ()):
        return Text(f"{nl} op het hoogste niveau van het bestand", f"{en} at the top level of the file")
    return None


def _mistyped(message: str, data: Any, known: set[str]) -> tuple[str, str] | None:
    """The key that stands where a required one is missing, and that one, where the two are nearly the same."""
    wanted = message.removeprefix(LACKS).strip(" `") if message.startswith(LACKS) else ""
    others = [key for key in data if isinstance(key, str) and key not in known] if wanted and isinstance(data, dict) else []
    near = nearest(wanted, others, cutoff=0.75)
    return (near, wanted) if near else None


def _missing(data: Any, kind: Any, path: Path) -> list[str]:
    """All required keys that the mapping at ``path`` lacks; msgspec names the first one."""
    data = _inside(data, path)
    for each in kinds_at(kind, path):
        if is_struct(each):
            config = each.__struct_config__
            if config.tag is None or data.get(config.tag_field) == config.tag:
                return [f.encode_name for f in msgspec.structs.fields(each) if f.required and f.encode_name not in data]
    return []


def _path(where: str) -> Path:
    """The path that msgspec writes as ``.rules[0].level``."""
    return tuple(int(inside) if inside.isdigit() else inside or name for name, inside in _STEP.findall(where))


def _with_keys(path: Path, problem: str, data: Any, kind: Any) -> Path:
    """The path with the keys that msgspec leaves out as ``...``: those with which alone the problem is still there."""
    for number, part in enumerate(path):
        if part != "...":
            continue
        here, rest = path[:number], path[number + 1 :]
        alone = ((key, _reduced(data, here, key)) for key in _inside(data, here))
        key, data = next(((key, reduced) for key, reduced in alone if _problem(reduced, kind) == problem), (part, data))
        path = (*here, key, *rest)
    return path


def _inside(data: Any, path: Path) -> Any:
    for part in path:
        data = data[part]
    return data


def _reduced(data: Any, path: Path, key: str) -> Any:
    """The data with only ``key`` in the mapping at ``path``."""
    if not path:
        return {key: data[key]}
    copy: Any = list(data) if isinstance(data, list) else dict(data)
    copy[path[0]] = _reduced(data[path[0]], path[1:], key)
    return copy


def _problem(data: Any, kind: Any) -> str | None:
    try:
        msgspec.convert(data, kind)
    except msgspec.ValidationError as problem:
        return str(problem)
    return None
