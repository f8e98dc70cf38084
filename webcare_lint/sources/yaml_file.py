"""``.yaml``: records, or a mapping from id to text. Scalars of every style keep their places.

An alias points at the place of its anchor, which is the only place where its text stands.
"""

from __future__ import annotations

import re
from typing import Any

import yaml

from webcare_lint.errors import SourceError, Text
from webcare_lint.sources.names import as_written
from webcare_lint.sources.placed import Fields, Items, Parsed, Placed, error_at
from webcare_lint.text import SourceMap, after_mark
from webcare_lint.yaml_mistakes import Loader, begins_with, broken_yaml

_BREAKS = "\r\n\x85\u2028\u2029"
_RUN = re.compile(rf"[ \t{_BREAKS}]+")
_BREAK = re.compile("\r\n|[\r\n\x85\u2028\u2029]")
_LINE = {
    style: re.compile(rf"[^{_BREAKS}{special}]*[^ \t{_BREAKS}{special}]")
    for style, special in (('"', "\\\\"), ("'", "'"), (None, ""))
}
"""The rest of a line up to what may be written otherwise: an escape, a doubled quote, the white space before a line end."""
_ESCAPE = re.compile(r"\\(?:x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|(?:\r\n|[\r\n\x85\u2028\u2029])[ \t]*|.)", re.DOTALL)
_PROPERTIES = re.compile(rf"(?:[&!][^ \t{_BREAKS}]*[ \t{_BREAKS}]+)+")
"""An anchor and a tag; libyaml counts them in."""
_TAG = re.compile(r"(?:&\S+\s+)?!(?!!(?:binary|bool|float|int|null|str|timestamp)\b)")
"""A tag that is none of YAML's own: before a text without quotes it was meant to be part of that."""
_BLOCK_HEADER = re.compile(r"[|>][+\-0-9]*[ \t]*(?:#[^\r\n]*)?(?:\r\n|[\r\n\x85\u2028\u2029])")
_BLOCKS = ("|", ">")
_DEEPEST = 100
"""Levels; no library nests deeper."""


def read(text: str, path: str) -> Parsed:
    """The data of a YAML file; the items of several documents in one list.

    Raises:
        SourceError: for broken YAML and for a key that is there twice, with its place.
    """
    shift = after_mark(text)
    body = text[shift:]
    try:
        roots = [node for node in yaml.compose_all(body, Loader=Loader) if not _is_empty(node)]
    except yaml.YAMLError as error:
        raise _broken(error, text, body, shift, path) from error
    make = _Maker(text, shift, path)
    if len(roots) == 1:
        return Parsed(make.value(roots[0]))
    items = Items(shift)
    for root in roots:
        data = make.value(root)
        for item, start in zip(data, data.starts, strict=True) if isinstance(data, Items) else [(data, make.start(root))]:
            items.add(item, start)
    return Parsed(items)


def _is_empty(node: yaml.Node) -> bool:
    """Whether a document has nothing in it, such as the one behind a last mark."""
    return isinstance(node, yaml.ScalarNode) and node.tag == "tag:yaml.org,2002:null" and not node.value


def _broken(error: yaml.YAMLError, text: str, body: str, shift: int, path: str) -> SourceError:
    message, at = broken_yaml(error, body)
    forbidden = None if isinstance(error, yaml.MarkedYAMLError) else yaml.reader.Reader.NON_PRINTABLE.search(body)
    if forbidden:  # the error itself counts in bytes
        at = forbidden.start()
        message = Text(f"dit is geen geldige YAML (het teken {forbidden.group()!r} mag niet)",
                       f"this is no valid YAML (the character {forbidden.group()!r} is not allowed)")  # fmt: skip
    return error_at(at + shift, message, text, path)


class _Maker:
    """Turns nodes into plain data whose strings are placed. A node that several aliases name is made once."""

    def __init__(self, text: str, shift: int, path: str) -> None:
        self.text, self.body, self.shift, self.path = text, text[shift:], shift, path
        self.constructor = Loader("")
        self._made: dict[int, Any] = {}

    def start(self, node: yaml.Node) -> int:
        place: int = node.start_mark.index + self.shift
        return place

    def value(self, node: yaml.Node, depth: int = 0) -> Any:
        known = id(node)
        if known in self._made:
            return self._made[known]
        if depth > _DEEPEST:
            return None
        made: Any
        if isinstance(node, yaml.MappingNode):
            made = self._made[known] = Fields(self.start(node))
            own = set[str]()  # and not those of an anchor, which a mapping may set anew
            for key, inner in node.value:
                if key.tag == "tag:yaml.org,2002:merge":
                    self._merge(made, inner, depth)
                    continue
                name = self._key(key)
                if name in own:
                    raise self._twice(name, key)
                own.add(name)
                made[name] = as_written(name, self.value(inner, depth + 1), inner.value)
                made.starts[name] = self.start(inner)
        elif isinstance(node, yaml.SequenceNode):
            made = self._made[known] = Items(self.start(node))
            for inner in node.value:
                made.add(self.value(inner, depth + 1), self.start(inner))
        else:
            made = self._made[known] = self._scalar(node)
        return made

    def _key(self, node: yaml.Node) -> str:
        if isinstance(node, yaml.ScalarNode):
            return str(node.value)
        return self.body[node.start_mark.index : node.end_mark.index]  # a list or a mapping is called as it is written

    def _twice(self, name: str, key: yaml.Node) -> SourceError:
        message = Text(f"de sleutel {name!r} staat er twee keer; laat er een weg, of begin het nieuwe record met een streepje",
                       f"the key {name!r} is there twice; drop one, or begin the new record with a dash")  # fmt: skip
        return error_at(self.start(key), message, self.text, self.path)

    def _merge(self, made: Fields, node: yaml.Node, depth: int) -> None:
        """``<<: *anchor``: what the anchor has and the mapping itself has not."""
        found = self.value(node, depth + 1)
        for source in found if isinstance(found, Items) else [found]:
            if isinstance(source, Fields):
                made.update((key, value) for key, value in list(source.items()) if key not in made)

    def _scalar(self, node: yaml.Node) -> Any:
        style: str | None = getattr(node, "style", None)
        if not style and _TAG.match(self.body, node.start_mark.index):
            raise error_at(self.start(node), begins_with("!"), self.text, self.path)
        if node.tag.startswith("tag:yaml.org,2002:") and node.tag != "tag:yaml.org,2002:str":
            try:
                return self.constructor.construct_object(node)
            except (yaml.YAMLError, ValueError):
                pass  # "2024-99-99", "!!int x": no date and no number, so a text
        start, end = node.start_mark.index, node.end_mark.index
        if properties := _PROPERTIES.match(self.body, start, end):
            start = properties.end()
        if style in _BLOCKS:
            header = _BLOCK_HEADER.match(self.body, start)
            start = header.end() if header else start
        elif style in ("'", '"'):
            start, end = start + 1, end - 1
        value, body, shift = node.value, self.body, self.shift
        return Placed.lazy(value, start + shift, lambda: _align(body, start, end, value, style, shift))


def _align(body: str, start: int, end: int, value: str, style: str | None, shift: int) -> SourceMap:
    """Walk the raw scalar and its value side by side.

    The two differ in white space (folds, indentation), which is taken run by run, and in escapes.
    """
    made = SourceMap()
    at, done = start, 0
    line = _LINE.get(style, _LINE[None])
    if style in _BLOCKS or style is None:
        at = _leading(body, at, end, value)
    while done < len(value) and at < end:
        match = line.match(body, at, end)
        if match and value.startswith(match.group(), done):
            made.add(match.group(), at + shift, match.end() + shift, verbatim=True)
            at, done = match.end(), done + len(match.group())
        elif style == '"' and body[at] == "\\":
            escape = _ESCAPE.match(body, at)
            assert escape
            at = escape.end()
            if escape.group()[1] not in _BREAKS:
                made.add(value[done], escape.start() + shift, at + shift, verbatim=False)
                done += 1
        elif style == "'" and body.startswith("''", at):
            made.add("'", at + shift, at + 2 + shift, verbatim=False)
            at, done = at + 2, done + 1
        elif run := _RUN.match(body, at, end):
            folded = _folded(run.group(), value, done, block=style in _BLOCKS)
            same = run.group() == value[done : done + folded]
            made.add(value[done : done + folded], at + shift, run.end() + shift, verbatim=same)
            at, done = run.end(), done + folded
        else:
            break
    if made.text != value:
        # A style that this walk does not know: the scalar maps as a whole, so that no place is ever invented.
        whole = SourceMap()
        whole.add(value, start + shift, end + shift, verbatim=False)
        return whole
    return made


def _folded(raw: str, value: str, done: int, *, block: bool) -> int:
    """How many characters of the value a run of raw white space became."""
    if block:
        match = _RUN.match(value, done)
        return match.end() - done if match else 0
    # Flow scalars: one line break folds to a space, several to one break fewer; an escape may bring more white space behind it.
    breaks = len(_BREAK.findall(raw))
    return {0: len(raw), 1: 1}.get(breaks, breaks - 1)


def _leading(body: str, at: int, end: int, value: str) -> int:
    """Past the indentation that opens a block scalar."""
    match = _RUN.match(body, at, end)
    if not match:
        return at
    opened = _RUN.match(value)
    kept = opened.end() if opened else 0
    return max(at, match.end() - kept)
