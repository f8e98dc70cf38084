"""YAML that knows where everything stands and lets nothing slip: no duplicate keys, no ``no`` that turns into a boolean.

Used for rules and config. The values are plain Python; ``Located.places`` has the place of a path such as
``("rules", 0, "level")``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from types import UnionType
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

import msgspec
import yaml

from webcare_lint.errors import Text, WebcareLintError
from webcare_lint.text import LineIndex

Loader: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
Path = tuple[str | int, ...]
_REASONS = {
    "mapping values are not allowed": "een dubbele punt staat hier verkeerd; zet de tekst tussen aanhalingstekens",
    "could not find expected ':'": "hier hoort een dubbele punt",
    "found unexpected end of stream": "het bestand houdt op midden in een tekst tussen aanhalingstekens",
    "did not find expected key": "de inspringing klopt niet, of hier ontbreekt een sleutel",
    "did not find expected '-' indicator": "hier hoort een streepje, of de inspringing klopt niet",
    "did not find expected ',' or ']'": "hier hoort een komma of ]",
    "did not find expected ',' or '}'": "hier hoort een komma of }",
    "did not find expected node content": "hier hoort een waarde",
    "found character that cannot start any token": "dit teken mag hier niet staan (een tab? spring in met spaties)",
    "found undefined alias": "dit anker bestaat niet",
    "found a tab character that violates indentation": "een tab; spring in met spaties",
    "found unknown escape character": "na een backslash mag dit teken niet",
}
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
T = TypeVar("T")
_LACKS = "Object missing required field"
_STEP = re.compile(r"\.([^.\[\]]+)|\[(\d+|\.\.\.)\]")


@dataclass
class Located:
    """Plain data with the line and column (from 1) of every value and key."""

    path: str
    text: str
    data: Any
    places: Mapping[Path, tuple[int, int]]
    keys: Mapping[Path, tuple[int, int]]

    def error(self, kind: type[WebcareLintError], text: Text, at: Path, *, key: bool = False) -> WebcareLintError:
        """An error about the value (or the key) at a path; the nearest known place above it when it has none."""
        places = self.keys if key else self.places
        while at and at not in places:
            at, places = at[:-1], self.places
        line, column = places.get(at, (1, 1))
        shown = LineIndex(self.text).line(line) if self.text else None
        return kind(text, path=self.path, line=line, column=column, source_line=shown)


def load(text: str, path: str, error: type[WebcareLintError]) -> Located:
    """Read YAML.

    Raises:
        error: for broken YAML, a duplicate key, a key that is no text.
    """
    try:
        node = yaml.compose(text, Loader=Loader)
    except yaml.MarkedYAMLError as problem:
        mark = problem.problem_mark or problem.context_mark
        line = mark.line + 1 if mark else 1
        column = mark.column + 1 if mark else 1
        index = LineIndex(text)
        shown = index.line(line) if line <= text.count("\n") + 1 else None
        raise error(broken_yaml(problem), path=path, line=line, column=column, source_line=shown) from problem
    except yaml.YAMLError as problem:
        raise error(Text("dit is geen geldige YAML", "this is no valid YAML"), path=path) from problem
    located = Located(path, text, None, {}, {})
    reader = _Reader(located, error)
    located.data = reader.value(node, ()) if node is not None else None
    return located


def broken_yaml(error: yaml.YAMLError) -> Text:
    """What is wrong with a file that is no YAML."""
    reason = getattr(error, "problem", None) or getattr(error, "reason", None) or "?"
    dutch = next((told for english, told in _REASONS.items() if english in reason), reason)
    return Text(f"dit is geen geldige YAML ({dutch})", f"this is no valid YAML ({reason})")


class _Reader:
    def __init__(self, located: Located, error: type[WebcareLintError]) -> None:
        self.located, self.error = located, error
        self.constructor = Loader("")
        self.places: dict[Path, tuple[int, int]] = {}
        self.keys: dict[Path, tuple[int, int]] = {}
        located.places, located.keys = self.places, self.keys

    def value(self, node: yaml.Node, at: Path) -> Any:
        self.places[at] = (node.start_mark.line + 1, node.start_mark.column + 1)
        if isinstance(node, yaml.MappingNode):
            made: dict[str, Any] = {}
            for key_node, value_node in node.value:
                key = self.key(key_node)
                here = (*at, key)
                place = (key_node.start_mark.line + 1, key_node.start_mark.column + 1)
                if key in made:
                    self.keys[here] = place
                    text = Text(f"de sleutel {key!r} staat er twee keer", f"the key {key!r} is there twice")
                    raise self.located.error(self.error, text, here, key=True)
                self.keys[here] = place
                made[key] = self.value(value_node, here)
            return made
        if isinstance(node, yaml.SequenceNode):
            return [self.value(inner, (*at, i)) for i, inner in enumerate(node.value)]
        if node.tag == "tag:yaml.org,2002:bool" and node.value.lower() not in ("true", "false"):
            return node.value  # "no", "ja: on": words, not booleans
        if node.tag.startswith("tag:yaml.org,2002:"):
            if node.tag.endswith(":timestamp"):
                return node.value
            return self.constructor.construct_object(node)
        return node.value

    def key(self, node: yaml.Node) -> str:
        if not isinstance(node, yaml.ScalarNode):
            text = Text("een sleutel moet een woord zijn", "a key must be a word")
            place = node.start_mark
            raise self.error(text, path=self.located.path, line=place.line + 1, column=place.column + 1)
        return str(node.value)


def convert(located: Located, kind: Any, error: type[WebcareLintError], data: Any = None, at: Path = ()) -> Any:
    """Turn plain data into ``kind`` (a msgspec type).

    Raises:
        error: at the place of the value that does not fit, with the nearest known key for an unknown one.
    """
    given = located.data if data is None else data
    try:
        return msgspec.convert(given, kind)
    except msgspec.ValidationError as problem:
        message, _, where = str(problem).partition(" - at `$")
        path = (*at, *_with_keys(_path(where.rstrip("`")), str(problem), given, kind))
        unknown = message.removeprefix("Object contains unknown field `")
        if unknown != message:
            key = unknown.rstrip("`")
            raise located.error(error, _unknown_key(key, siblings(kind)), (*path, key), key=True) from problem
        missing = _missing(given, kind, path[len(at) :]) if message.startswith(_LACKS) else []
        if len(missing) > 1:
            names = ", ".join(f"`{name}`" for name in missing)
            text = Text(f"verplichte sleutels ontbreken: {names}", f"object missing required fields {names}")
            raise located.error(error, text, path) from problem
        raise located.error(error, _translate(message, _allowed(kind, path[len(at) :])), path) from problem


def _missing(data: Any, kind: Any, path: Path) -> list[str]:
    """All required keys that the mapping at ``path`` lacks; msgspec names the first one."""
    kinds = _choices(kind)
    for part in path:
        kinds = [inner for each in kinds for inner in _within(each, part)]
        data = data[part]
    for each in kinds:
        if isinstance(each, type) and issubclass(each, msgspec.Struct):
            config = each.__struct_config__
            if config.tag is None or data.get(config.tag_field) == config.tag:
                return [f.encode_name for f in msgspec.structs.fields(each) if f.required and f.encode_name not in data]
    return []


def _choices(kind: Any) -> list[Any]:
    """The members of a union, or the type itself."""
    return list(get_args(kind)) if get_origin(kind) in (Union, UnionType) else [kind]


def _within(kind: Any, part: str | int) -> list[Any]:
    """The types that may stand under a key or a number of this one."""
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        names = {field.encode_name: field.name for field in msgspec.structs.fields(kind)}
        return _choices(get_type_hints(kind)[names[str(part)]]) if part in names else []
    return _choices(get_args(kind)[-1]) if get_args(kind) else []


def _allowed(kind: Any, path: Path) -> list[str]:
    """The words of which one must stand at ``path``; empty where it is no such choice."""
    kinds = [kind]
    for part in path:
        kinds = [inner for each in kinds for choice in _choices(each) for inner in _within(choice, part)]
    return [
        str(word) for each in kinds for choice in _choices(each) if get_origin(choice) is Literal for word in get_args(choice)
    ]


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
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        found.update(f.encode_name for f in msgspec.structs.fields(kind))
        for hint in get_type_hints(kind).values():
            found |= siblings(hint, seen)
    for inner in getattr(kind, "__args__", ()):
        found |= siblings(inner, seen)
    return found


def _unknown_key(key: str, known: set[str]) -> Text:
    if key in known:
        return Text(f"sleutel {key!r} hoort hier niet, maar elders in het bestand", f"key {key!r} belongs elsewhere in the file")
    near = [_MEANT[key]] if _MEANT.get(key) in known else get_close_matches(key, known, n=1)
    nl, en = f"onbekende sleutel {key!r}", f"unknown key {key!r}"
    if near:
        return Text(f"{nl}; bedoel je {near[0]!r}?", f"{en}; did you mean {near[0]!r}?")
    return Text(nl, en)


_EXPECTED = re.compile(r"Expected `([^`]+)`(?:, got `([^`]+)`)?")


def _translate(message: str, allowed: Sequence[str] = ()) -> Text:
    """What msgspec says, in both languages; ``allowed`` are the words to choose from."""
    found = _EXPECTED.fullmatch(message)
    wanted = found and [_TYPES[name] for name in found[1].split(" | ") if name in _TYPES and name != "null"]
    if found and wanted:
        got = _TYPES.get(found[2] or "")
        nl, en = " of ".join(t.nl for t in wanted), " or ".join(t.en for t in wanted)
        return Text(
            f"verwacht {nl}" + (f", gevonden {_bare(got.nl)}" if got else ""),
            f"expected {en}" + (f", found {_bare(got.en)}" if got else ""),
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
    words = ", ".join(allowed)
    nl, en = (f"; kies uit {words}", f"; choose from {words}") if allowed else ("", "")
    return Text(dutch + nl, message[:1].lower() + message[1:] + en)


def _bare(text: str) -> str:
    """A kind of value without the advice that comes with it."""
    return text.partition(" (")[0]


def nearest(word: str, known: Sequence[str]) -> str | None:
    """The known word that ``word`` may have been meant to be."""
    found = get_close_matches(word, known, n=1)
    return found[0] if found else None
