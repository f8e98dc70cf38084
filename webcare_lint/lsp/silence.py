"""The comment that keeps a rule quiet about one reply, in the forms of file that have comments."""

from __future__ import annotations

from collections.abc import Sequence

from webcare_lint.errors import Language, Text
from webcare_lint.lsp.buffers import Buffer
from webcare_lint.lsp.places import Places
from webcare_lint.model import Edit, Reply
from webcare_lint.sources.yaml_records import ALL, YamlRecords
from webcare_lint.text import Span, after_mark

_ASKED = Text("webcare-lint: negeer {}", "webcare-lint: ignore {}")


def silence(code: str, reply: Reply, replies: Sequence[Reply], buffer: Buffer, language: Language) -> Edit | None:
    """The edit that puts the comment in, among all ``replies`` of a buffer.

    Nothing for JSON and tables, which have a field for it and no comments, nor for a text of YAML outside all records.
    """
    text, places = buffer.text, Places(buffer.text)
    asked, line_end = _ASKED.in_(language).format(code), "\r\n" if "\r\n" in text else "\n"
    begin = after_mark(text)
    if buffer.form == "text":
        return Edit(Span(begin, begin), f"# {asked}{line_end}")
    if buffer.form == "markdown" and reply.source.pieces:
        at = max(begin, places.line_start(reply.start))
        return Edit(Span(at, at), f"<!-- {asked} -->{line_end}")
    if buffer.form == "yaml" and reply.source.pieces:
        records = YamlRecords(text, replies)
        own = records.of(reply)
        if own != ALL:
            at = max(begin, places.line_start(records.starts[own]))
            before = text[at : records.starts[own]]
            indent = before[: len(before) - len(before.lstrip(" "))]
            return Edit(Span(at, at), f"{indent}# {asked}{line_end}")
    return None
