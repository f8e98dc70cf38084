"""The comment that keeps a rule quiet about one reply, in the forms of file that have comments."""

from __future__ import annotations

from collections.abc import Iterator

import yaml

from webcare_lint.errors import Language, Text
from webcare_lint.lsp.buffers import Buffer
from webcare_lint.lsp.places import Places
from webcare_lint.model import Edit, Reply
from webcare_lint.text import Span, after_mark

_ASKED = Text("webcare-lint: negeer {}", "webcare-lint: ignore {}")
_LOADER: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def silence(code: str, reply: Reply, buffer: Buffer, language: Language) -> Edit | None:
    """The edit that puts the comment in; nothing for JSON and tables, which have a field for it and no comments."""
    text, places = buffer.text, Places(buffer.text)
    asked, line_end = _ASKED.in_(language).format(code), "\r\n" if "\r\n" in text else "\n"
    first, begin = reply.source.to_source(Span(0, 1)).start, after_mark(text)
    if buffer.form == "text":
        return Edit(Span(begin, begin), f"# {asked}{line_end}")
    if buffer.form == "markdown" and reply.source.pieces:
        at = max(begin, places.line_start(first))
        return Edit(Span(at, at), f"<!-- {asked} -->{line_end}")
    if buffer.form == "yaml" and reply.source.pieces:
        record = _record(text, first)
        if record is not None:
            at = max(begin, places.line_start(record))
            before = text[at:record]
            indent = before[: len(before) - len(before.lstrip(" "))]
            return Edit(Span(at, at), f"{indent}# {asked}{line_end}")
    return None


def _record(text: str, at: int) -> int | None:
    """Where the record starts that the character at ``at`` stands in: an item of the list, or a key with what belongs to it."""
    shift = after_mark(text)
    try:
        roots = [node for node in yaml.compose_all(text[shift:], Loader=_LOADER) if node is not None]
    except yaml.YAMLError:
        return None
    for root in roots:
        if root.start_mark.index <= at - shift <= root.end_mark.index:
            return _within(root, at - shift) + shift
    return None


def _within(node: yaml.Node, at: int) -> int:
    parts = list(_parts(node))
    start, inner = next(((s, v) for s, v in reversed(parts) if s <= at), (node.start_mark.index, None))
    if isinstance(node, yaml.MappingNode):
        if isinstance(inner, yaml.SequenceNode) and not any(key.value == "messages" for key, _ in node.value):
            return _within(inner, at)  # a list of records under a key
        if any(key.value in ("messages", "reply", "antwoord") for key, _ in node.value):
            return int(node.start_mark.index)
    return start


def _parts(node: yaml.Node) -> Iterator[tuple[int, yaml.Node]]:
    if isinstance(node, yaml.MappingNode):
        yield from ((key.start_mark.index, value) for key, value in node.value)
    elif isinstance(node, yaml.SequenceNode):
        yield from ((item.start_mark.index, item) for item in node.value)
