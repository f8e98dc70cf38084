"""``.yaml``: a list of records, or a mapping from id to text. Scalars of every style keep their places."""

from __future__ import annotations

import re
from typing import Any

import yaml

from webcare_lint.errors import SourceError, Text
from webcare_lint.model import Document
from webcare_lint.sources.placed import Placed
from webcare_lint.sources.records import Collector
from webcare_lint.text import LineIndex, SourceMap

_LOADER: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_RUN = re.compile(r"\s+")
_ESCAPE = re.compile(r"\\(?:x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|\r?\n[ \t]*|.)", re.DOTALL)
_BLOCK_HEADER = re.compile(r"[|>][+\-0-9]*[ \t]*(?:#[^\n]*)?\r?\n")


def read(text: str, path: str) -> Document:
    shift = len(text) - len(text.removeprefix("\ufeff"))
    body = text[shift:]
    try:
        nodes = [node for node in yaml.compose_all(body, Loader=_LOADER) if node is not None]
    except yaml.YAMLError as error:
        raise _broken(error, text, path) from error
    collector = Collector(text, path)
    for root in nodes:
        _records(root, collector, body, shift, path)
    return collector.document()


def _records(root: yaml.Node, collector: Collector, body: str, shift: int, path: str) -> None:
    make = _Maker(body, shift)
    if isinstance(root, yaml.SequenceNode):
        for number, node in enumerate(root.value, start=1):
            collector.add(make.value(node), number, node.start_mark.index + shift)
    elif isinstance(root, yaml.MappingNode):
        one = any(key.value in ("messages", "reply", "antwoord") for key, _ in root.value)
        if one:
            collector.add(make.value(root), 1, root.start_mark.index + shift)
            return
        for number, (key, node) in enumerate(root.value, start=1):
            collector.add(make.value(node), number, node.start_mark.index + shift, ident=str(key.value))
    else:
        raise SourceError(
            Text("verwacht een lijst van records of een lijst van id: tekst",
                 "expected a list of records or a mapping from id to text"),
            path=path, line=root.start_mark.line + 1, column=root.start_mark.column + 1,
        )  # fmt: skip


def _broken(error: yaml.YAMLError, text: str, path: str) -> SourceError:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    reason = getattr(error, "problem", None) or "?"
    message = Text(f"dit is geen geldige YAML ({reason})", f"this is no valid YAML ({reason})")
    if mark is None:
        return SourceError(message, path=path)
    index = LineIndex(text)
    line = min(mark.line + 1, text.count("\n") + 1)
    return SourceError(message, path=path, line=line, column=mark.column + 1, source_line=index.line(line)[:200])


class _Maker:
    """Turns nodes into plain data whose strings are placed."""

    def __init__(self, body: str, shift: int) -> None:
        self.body, self.shift = body, shift
        self.constructor = _LOADER("")

    def value(self, node: yaml.Node) -> Any:
        if isinstance(node, yaml.MappingNode):
            return {str(key.value): self.value(inner) for key, inner in node.value}
        if isinstance(node, yaml.SequenceNode):
            return [self.value(inner) for inner in node.value]
        if node.tag == "tag:yaml.org,2002:str" or not node.tag.startswith("tag:yaml.org,2002:"):
            return self.scalar(node)
        return self.constructor.construct_object(node)

    def scalar(self, node: yaml.Node) -> Placed:
        style: str | None = getattr(node, "style", None)
        start, end = node.start_mark.index, node.end_mark.index
        if style in ("|", ">"):
            header = _BLOCK_HEADER.match(self.body, start)
            start = header.end() if header else start
        elif style in ("'", '"'):
            start, end = start + 1, end - 1
        return Placed(_align(self.body, start, end, node.value, style, self.shift), start + self.shift)


def _align(body: str, start: int, end: int, value: str, style: str | None, shift: int) -> SourceMap:
    """Walk the raw scalar and its value side by side.

    The two differ in white space (folds, indentation), which is taken run by run, and in escapes.
    """
    made = SourceMap()
    at, done = start, 0
    if style in ("|", ">") or style is None:
        at = _leading(body, at, end, value)
    while done < len(value) and at < end:
        char = body[at]
        if style == '"' and char == "\\":
            match = _ESCAPE.match(body, at)
            assert match
            if match.group()[1] in "\r\n":
                at = match.end()
                continue
            made.add(value[done], at + shift, match.end() + shift, verbatim=False)
            at, done = match.end(), done + 1
        elif style == "'" and body.startswith("''", at):
            made.add("'", at + shift, at + 2 + shift, verbatim=False)
            at, done = at + 2, done + 1
        elif char.isspace() or value[done].isspace():
            raw = _RUN.match(body, at, end)
            raw_end = raw.end() if raw else at
            folded_end = done + _folded(body[at:raw_end], value, done, block=style in ("|", ">"))
            same = body[at:raw_end] == value[done:folded_end]
            made.add(value[done:folded_end], at + shift, raw_end + shift, verbatim=same)
            at, done = raw_end, folded_end
        else:
            made.add(char, at + shift, at + 1 + shift, verbatim=True)
            at, done = at + 1, done + 1
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
    breaks = len(LineIndex(raw).breaks)
    return {0: len(raw), 1: 1}.get(breaks, breaks - 1)


def _leading(body: str, at: int, end: int, value: str) -> int:
    """Past the indentation that opens a block scalar."""
    match = _RUN.match(body, at, end)
    if not match:
        return at
    kept = len(value) - len(value.lstrip())
    return max(at, match.end() - kept)
