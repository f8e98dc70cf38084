"""What a file asks to stay unsaid: ``# webcare-lint: negeer WC201 – reason`` as a comment, or a field of a record.

In ``.txt`` the comment is a line of its own that is no part of the reply; in Markdown and HTML it is an HTML comment; in YAML a
real comment above or in a record. JSON and tables have no comments: there a field or column ``negeer``, ``ignore`` or
``webcare-lint`` does it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from msgspec.structs import replace

from webcare_lint.model import Document, Reply, Suppression
from webcare_lint.source_codes import IGNORING, YES
from webcare_lint.sources.html import comments
from webcare_lint.sources.placed import Items, Placed
from webcare_lint.text import SourceMap, Span, without_mark

FIELDS = ("negeer", "ignore", "webcare_lint")
# Without its colon it is meant all the same where a verb follows.
_ASKED = r"webcare-lint(?::[ \t]*|[ \t]+(?=(?:negeer|ignore)\b))(?P<verb>[\w-]*)[ \t:]*"
_MARK = re.compile("webcare-lint[: \t]", re.IGNORECASE)
_LINE = re.compile(rf"^[ \t]*(#[ \t]*{_ASKED}(?P<what>[^\r\n]*))(?:\r\n|\n|\r|$)", re.MULTILINE | re.IGNORECASE)
_REMARK = re.compile(rf"<!--\s*{_ASKED}(?P<what>.*?)-->", re.DOTALL | re.IGNORECASE)
_YAML_COMMENT = re.compile(rf"(?:(?<=^)|(?<=[ \t]))#[ \t]*{_ASKED}(?P<what>[^\r\n]*)", re.MULTILINE | re.IGNORECASE)
_REASON = re.compile(r"(?:^|\s)(?:[–—-]|--)\s|\s?[(:]")
_NO_CODES = frozenset((*YES, "false", "nee", "no", "none", "null", "-", "–"))
_AROUND = frozenset((*IGNORING, *"gebod geboden regel regels code codes en commandment commandments rule rules and".split()))
"""Words that may stand around the codes."""


def from_fields(fields: Mapping[str, Any], start: int) -> tuple[Suppression, ...]:
    """What the fields of a record ask; ``start`` is where the record stands."""
    made = []
    for name in FIELDS:
        value = fields.get(name)
        for item in value if isinstance(value, Items) else [value]:
            if not isinstance(item, (str, int)):
                continue
            entries = _entries(str(item))
            # Other systems may have a column "ignore" that says yes or no.
            vague = name != "ignore" and len(entries) == 1 and entries[0].lower() in YES
            found = entries if vague else tuple(entry for entry in entries if entry.lower() not in _NO_CODES)
            if found:
                placed = (
                    item.source.to_source(Span(0, len(item))) if isinstance(item, Placed) and item else Span(start, start + 1)
                )
                made.append(Suppression(found, placed))
    return tuple(made)


def from_remarks(text: str, starts: Sequence[int] = (0,)) -> list[tuple[Suppression, ...]]:
    """What HTML comments ask, for each of the sections that start there; above the first one for all."""
    remarks = [match for span in comments(text) if (match := _REMARK.match(text, *span))]
    asked: dict[int, list[Suppression]] = {}
    for match in remarks:
        asked.setdefault(bisect_right(starts, match.start()) - 1, []).append(_asked(match, *match.span()))
    return [(*asked.get(-1, ()), *asked.get(own, ())) for own in range(len(starts))]


def from_comments(document: Document, form: str) -> Document:
    """The document with what its comments ask, where the reader of its form left that to us."""
    reader = _READERS.get(form)
    if reader is None or not document.replies or not _MARK.search(document.text):
        return document
    return replace(document, replies=tuple(reader(document)))


def _entries(text: str) -> tuple[str, ...]:
    """The codes, names or numbers before the reason, without the words around them."""
    words = tuple(filter(None, re.split(r"[\s,;]+", _REASON.split(text, maxsplit=1)[0])))
    return tuple(word for word in words if word.lower() not in _AROUND) or words


def _asked(match: re.Match[str], start: int, end: int) -> Suppression:
    """What a comment asks; one that asks nothing, or in other words than ours, asks what there is not and is reported so."""
    verb = match.group("verb").lower()
    entries = _entries(match.group("what")) if verb in IGNORING else ()
    return Suppression(entries or (verb or "webcare-lint",), Span(start, end))


def _with(reply: Reply, asked: Sequence[Suppression]) -> Reply:
    return replace(reply, suppressions=(*reply.suppressions, *asked)) if asked else reply


def _in_text(document: Document) -> Iterator[Reply]:
    """One reply, without the lines that ask."""
    (reply,) = document.replies
    text = without_mark(document.text)
    matches = list(_LINE.finditer(text))
    if not matches:
        yield reply
        return
    made, at = SourceMap(), reply.start
    end = reply.source.to_source(Span(0, len(reply.text))).end
    for start, stop in [*(match.span() for match in matches), (end, end)]:
        if start > at:
            made.add(text[at:start], at, start, verbatim=True)
        at = max(at, stop)
    placed = Placed(made, 0).unquoted()
    asked = [_asked(match, *match.span(1)) for match in matches]
    yield _with(replace(reply, text=str(placed), source=placed.source), asked)


def _in_yaml(document: Document) -> Iterator[Reply]:
    """Comments: for the record that they stand in or right above; above all records for all."""
    from webcare_lint.sources.yaml_records import ALL, YamlRecords

    records = YamlRecords(document.text, document.replies)
    asked: dict[int, list[Suppression]] = {}
    for match in _YAML_COMMENT.finditer(without_mark(document.text)):
        if records.is_comment(match.start()):
            asked.setdefault(records.meant(match.start()), []).append(_asked(match, *match.span()))
    for reply in document.replies:
        own = records.of(reply)
        yield _with(reply, [*asked.get(ALL, ()), *(asked.get(own, ()) if own != ALL else ())])


_READERS: Mapping[str, Callable[[Document], Iterator[Reply]]] = {
    "text": _in_text,
    "yaml": _in_yaml,
}
