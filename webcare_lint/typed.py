"""Plain data turned into types; what does not fit is told in plain words, at its place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import get_close_matches
from types import UnionType
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

import msgspec

from webcare_lint.errors import Text, WebcareLintError
from webcare_lint.located import Located, Path, nearest

_TYPES = {
    "array": Text("een lijst (zet er [ ] omheen)", "a list (put [ ] around it)"),
    "object": Text("sleutels met waarden", "keys with values"),
    "str": Text("een tekst", "a text"),
    "int": Text("een getal", "a number"),
    "float": Text("een getal", "a number"),
    "bool": Text("true of false", "true or false"),
    "null": Text("niets", "nothing"),
}
"""What msgspec calls a kind of value, in plain words."""
_MEANT = {
    "aan": "select", "antwoord": "reply", "bericht": "message", "code": "code", "drempel": "threshold", "fout": "bad",
    "gebod": "commandment", "gewicht": "level", "goed": "good", "handtekening": "signature", "kanaal": "channel",
    "klant": "customer", "merk": "brand", "naam": "name", "negeer": "ignore", "niveau": "level", "niveaus": "levels",
    "regel": "rules", "regels": "rules", "soort": "kind", "suggesties": "suggestions", "taal": "lang",
    "titel": "title", "uitleg": "why", "voorbeelden": "examples", "waarom": "why", "woorden": "words", "zoek": "find",
}  # fmt: skip
"""The key that somebody looks for who writes it in Dutch."""
_MEANT_VALUES = {
    "aandeel": "share", "aanspreking": "address", "achter": "after", "advies": "advice", "allebei": "any",
    "altijd": "any", "antwoord": "reply", "bericht": "message", "bibliotheek": "library", "deelzin": "clause",
    "dubbel": "duplicate", "eerder": "earlier", "engels": "en", "enkelvoud": "singular", "fout": "error", "gegeven": "given",
    "gesprek": "conversation", "herhaling": "repetition", "iedereen": "anyone", "invulveld": "placeholder", "klant": "customer",
    "lengte": "length", "let op": "warning", "lezer": "reader", "meervoud": "plural", "na": "after", "nederlands": "nl",
    "nooit": "never", "nu": "now", "ontbreekt": "missing", "organisatie": "organisation", "veilig": "safe", "voor": "before",
    "vóór": "before", "vraag": "question", "waarschuwing": "warning", "zin": "sentence",
}  # fmt: skip
"""The value that somebody looks for who writes it in Dutch."""
_OFF = ("false", "geen", "never", "no", "none", "nee", "nooit", "off", "uit")
"""What people write to switch something off."""
T = TypeVar("T")
_LACKS = "Object missing required field"
_STEP = re.compile(r"\.([^.\[\]]+)|\[(\d+|\.\.\.)\]")


def convert(located: Located, kind: Any, error: type[WebcareLintError]) -> Any:
    """Turn the data of a file into ``kind`` (a msgspec type).

    Raises:
        error: at the place of the value that does not fit, with the nearest known key for an unknown one.
    """
    given = located.data
    try:
        return msgspec.convert(given, kind)
    except msgspec.ValidationError as problem:
        message, _, where = str(problem).partition(" - at `$")
        path = _with_keys(_path(where.rstrip("`")), str(problem), given, kind)
        unknown = message.removeprefix("Object contains unknown field `")
        if unknown != message:
            key = unknown.rstrip("`")
            told = _belongs(key, kind, path) or _unknown_key(
                key, siblings(kind), _keys(kind, path), bare=_inside(given, (*path, key)) is None
            )
            raise located.error(error, told, (*path, key), key=True) from problem
        missing = _missing(given, kind, path) if message.startswith(_LACKS) else []
        if len(missing) > 1:
            names = ", ".join(f"`{name}`" for name in missing)
            text = Text(f"verplichte sleutels ontbreken: {names}", f"object missing required fields {names}")
            raise located.error(error, text, path) from problem
        if mistyped := _mistyped(message, _inside(given, path), siblings(kind)):
            key, wanted = mistyped
            text = Text(f"onbekende sleutel {key!r}; bedoel je {wanted!r}?", f"unknown key {key!r}; did you mean {wanted!r}?")
            raise located.error(error, text, (*path, key), key=True) from problem
        told = _translate(message, _allowed(kind, path), _shape(kind, path))
        raise located.error(error, told, path) from problem


def _mistyped(message: str, data: Any, known: set[str]) -> tuple[str, str] | None:
    """The key that stands where a required one is missing, and that one, where the two are nearly the same."""
    wanted = message.removeprefix(_LACKS).strip(" `") if message.startswith(_LACKS) else ""
    others = [key for key in data if isinstance(key, str) and key not in known] if wanted and isinstance(data, dict) else []
    near = nearest(wanted, others, cutoff=0.75)
    return (near, wanted) if near else None


def _missing(data: Any, kind: Any, path: Path) -> list[str]:
    """All required keys that the mapping at ``path`` lacks; msgspec names the first one."""
    data = _inside(data, path)
    for each in _kinds(kind, path):
        if _is_struct(each):
            config = each.__struct_config__
            if config.tag is None or data.get(config.tag_field) == config.tag:
                return [f.encode_name for f in msgspec.structs.fields(each) if f.required and f.encode_name not in data]
    return []


def _kinds(kind: Any, path: Path) -> list[Any]:
    """The types that may stand at ``path``."""
    kinds = _choices(kind)
    for part in path:
        kinds = [inner for each in kinds for inner in _within(each, part)]
    return kinds


def _is_struct(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, msgspec.Struct)


def _choices(kind: Any) -> list[Any]:
    """The members of a union, or the type itself."""
    return list(get_args(kind)) if get_origin(kind) in (Union, UnionType) else [kind]


def _within(kind: Any, part: str | int) -> list[Any]:
    """The types that may stand under a key or a number of this one."""
    if _is_struct(kind):
        names = {field.encode_name: field.name for field in msgspec.structs.fields(kind)}
        return _choices(get_type_hints(kind)[names[str(part)]]) if part in names else []
    return _choices(get_args(kind)[-1]) if get_args(kind) else []


def _allowed(kind: Any, path: Path) -> list[str]:
    """The words of which one must stand at ``path``; empty where it is no such choice."""
    members = [each for each in _kinds(kind, path[:-1]) if _is_struct(each)]
    if tags := [each.__struct_config__.tag for each in members if _tag_of(each) in path[-1:]]:
        return tags
    choices = [each for each in _kinds(kind, path) if get_origin(each) is Literal]
    return list(dict.fromkeys(str(word) for choice in choices for word in get_args(choice)))  # each kind of rule has a level


def _shape(kind: Any, path: Path) -> str:
    """How to write what stands at ``path`` where its one required key holds a text: ``{nl: "…"}``; else empty."""
    for each in _kinds(kind, path):
        required = [f for f in msgspec.structs.fields(each) if f.required] if _is_struct(each) else []
        if len(required) == 1 and get_type_hints(each)[required[0].name] is str:
            return f'{{{required[0].encode_name}: "…"}}'
    return ""


def _tag_of(kind: Any) -> str | None:
    """The key by which a union tells this member from the others."""
    return kind.__struct_config__.tag_field  # type: ignore[no-any-return]


def _path(where: str) -> Path:
    """The path that msgspec writes as ``.rules[0].level``."""
    return tuple(int(inside) if inside.isdigit() else inside or name for name, inside in _STEP.findall(where))


def _with_keys(path: Path, problem: str, data: Any, kind: Any) -> Path:
    """The path with the keys that msgspec leaves out as ``...``: those with which alone the problem is still there."""
    for number, part in enumerate(path):
        if part == "...":
            here = path[:number]
            for key in _inside(data, here):
                reduced = _reduced(data, here, key)
                if _problem(reduced, kind) == problem:
                    data, path = reduced, (*here, key, *path[number + 1 :])
                    break
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


def siblings(kind: Any, seen: frozenset[Any] = frozenset()) -> set[str]:
    """All keys that may occur anywhere in ``kind``: good enough to find the nearest one."""
    found: set[str] = set()
    if kind in seen:
        return found
    seen |= {kind}
    if _is_struct(kind):
        found.update(f.encode_name for f in msgspec.structs.fields(kind))
        for hint in get_type_hints(kind).values():
            found |= siblings(hint, seen)
    for inner in getattr(kind, "__args__", ()):
        found |= siblings(inner, seen)
    return found


def _keys(kind: Any, path: Path) -> list[str]:
    """The keys that may stand at ``path``."""
    found = [field.encode_name for each in _kinds(kind, path) if _is_struct(each) for field in msgspec.structs.fields(each)]
    return list(dict.fromkeys(found))


def _belongs(key: str, kind: Any, path: Path) -> Text | None:
    """Where a known key that may not stand at ``path`` belongs: with another member of the union there, or at the top."""
    nl, en = f"sleutel {key!r} hoort hier niet, maar", f"key {key!r} does not belong here but"
    tagged = [each for each in _kinds(kind, path) if _is_struct(each) and each.__struct_config__.tag]
    if kinds := [each for each in tagged if key in _keys(each, ())]:
        field, names = _tag_of(kinds[0]), ", ".join(each.__struct_config__.tag for each in kinds)
        return Text(f"{nl} bij {field}: {names}", f"{en} with {field}: {names}")
    if key == "commandment" and key in _keys(kind, ()):
        return Text(f"{nl} bovenaan het bestand, één gebod per bestand", f"{en} at the top of the file, one commandment a file")
    if key in _keys(kind, ()):
        return Text(f"{nl} op het hoogste niveau van het bestand", f"{en} at the top level of the file")
    return None


def _unknown_key(key: str, known: set[str], here: Sequence[str], *, bare: bool) -> Text:
    """What is wrong with a key that may not stand here; ``bare`` is whether no value comes with it."""
    if key in known:
        return Text(f"sleutel {key!r} hoort hier niet, maar elders in het bestand", f"key {key!r} belongs elsewhere in the file")
    if bare and " " in key:
        return Text(f"onbekende sleutel {key!r}; een tekst met een komma hoort tussen aanhalingstekens",
                    f"unknown key {key!r}; a text with a comma belongs in quotes")  # fmt: skip
    near = [_MEANT[key]] if _MEANT.get(key) in known else get_close_matches(key, known, n=1)
    nl, en = f"onbekende sleutel {key!r}", f"unknown key {key!r}"
    if near:
        return Text(f"{nl}; bedoel je {near[0]!r}?", f"{en}; did you mean {near[0]!r}?")
    names = ", ".join(here)
    return Text(f"{nl}; hier kan: {names}", f"{en}; here may stand: {names}") if here else Text(nl, en)


_EXPECTED = re.compile(r"Expected `([^`]+)`(?:, got `([^`]+)`)?")
_VALUE = re.compile(r"Invalid (?:enum )?value '(.*)'", re.DOTALL)


def _translate(message: str, allowed: Sequence[str] = (), shape: str = "") -> Text:
    """What msgspec says, in both languages; ``allowed`` are the words to choose from, ``shape`` shows what is wanted."""
    found = _EXPECTED.fullmatch(message)
    wanted = found and [_TYPES[name] for name in found[1].split(" | ") if name in _TYPES and name != "null"]
    if found and wanted:
        got = _TYPES.get(found[2] or "")
        nl, en = " of ".join(t.nl for t in wanted), " or ".join(t.en for t in wanted)
        hint = Text(f"; schrijf {shape}", f"; write {shape}") if shape else Text("", "")
        if _TYPES["str"] in wanted and got not in wanted and not allowed and found[2] in ("int", "float", "bool"):
            hint = Text("; zet er aanhalingstekens omheen", "; put quotes around it")
        if found[2] == "bool":
            hint = _switched_off("false", allowed) or hint
        return Text(
            f"verwacht {nl}" + (f", gevonden {_bare(got.nl)}" if got else "") + hint.nl,
            f"expected {en}" + (f", found {_bare(got.en)}" if got else "") + hint.en,
        )
    dutch = message
    for english, translated in (
        (_LACKS, "verplichte sleutel ontbreekt:"),
        ("Invalid value", "onbekende waarde"),
        ("Invalid enum value", "onbekende waarde"),
        ("Expected", "verwacht"),
        (", got", ", gevonden"),
        ("of length", "van lengte"),
    ):
        dutch = dutch.replace(english, translated)
    words, near = ", ".join(allowed), _meant(message, allowed)
    nl, en = (f"; kies uit {words}", f"; choose from {words}") if allowed else ("", "")
    if near:
        nl, en = f"; bedoel je {near!r}?", f"; did you mean {near!r}?"
    elif told := _switched_off(_given(message), allowed):
        nl, en = told
    return Text(dutch + nl, message[:1].lower() + message[1:] + en)


def _meant(message: str, allowed: Sequence[str]) -> str | None:
    """The word of ``allowed`` that an unknown value may have been meant to be."""
    word = _given(message)
    meant = _MEANT_VALUES.get(word)
    return meant if meant in allowed else nearest(word, allowed)


def _given(message: str) -> str:
    """The unknown value that msgspec tells of."""
    found = _VALUE.fullmatch(message)
    return found[1].strip().lower() if found else ""


def _switched_off(word: str, allowed: Sequence[str]) -> Text | None:
    """What to do where somebody switches something off by a level."""
    if word not in _OFF or "advice" not in allowed:
        return None
    if "never" in allowed:
        return Text("; bedoel je 'never'?", "; did you mean 'never'?")
    return Text("; uitzetten doe je met ignore", "; to switch it off use ignore")


def _bare(text: str) -> str:
    """A kind of value without the advice that comes with it."""
    return text.partition(" (")[0]
