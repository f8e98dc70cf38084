"""What a file asks to stay unsaid: ``# webcare-lint: negeer WC201 – reason`` as a comment, or a field of a record.

In ``.txt`` the comment is a line of its own that is no part of the reply; in Markdown and HTML it is an HTML comment; in YAML a
real comment above or in a record. JSON and tables have no comments: there a field or column ``negeer``, ``ignore`` or
``webcare-lint`` does it.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

import yaml
from msgspec.structs import replace

from webcare_lint.model import Document, Reply, Suppression
from webcare_lint.source_codes import IGNORING, YES
from webcare_lint.sources.html import comments
from webcare_lint.sources.placed import Items, Placed
from webcare_lint.text import SourceMap, Span, after_mark

FIELDS = ("negeer", "ignore", "webcare_lint")
# Without its colon it is meant all the same where a verb follows.
_ASKED = r"webcare-lint(?::[ \t]*|[ \t]+(?=(?:negeer|ignore)\b))(?P<verb>[\w-]*)[ \t:]*"
_MARK = re.compile("webcare-lint[: \t]", re.IGNORECASE)
_LINE = re.compile(rf"^[ \t]*(#[ \t]*{_ASKED}(?P<what>[^\r\n]*))(?:\r\n|\n|\r|$)", re.MULTILINE | re.IGNORECASE)
_REMARK = re.compile(rf"<!--\s*{_ASKED}(?P<what>.*?)-->", re.DOTALL | re.IGNORECASE)
_YAML_COMMENT = re.compile(rf"(?:(?<=^)|(?<=[ \t]))#[ \t]*{_ASKED}(?P<what>[^\r\n]*)", re.MULTILINE | re.IGNORECASE)
_REASON = re.compile(r"(?:^|\s)(?:[–—-]|--)\s|\s?[(:]")
_LOADER: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
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
    text = _unmarked(document.text)
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
    text = _unmarked(document.text)
    shift, roots = _composed(document.text)
    scalars = sorted((a + shift, b + shift) for root in roots for a, b in _scalars(root))
    offsets = _offsets(document.replies)
    starts = _starts(shift, roots, offsets)
    asked: dict[int, list[Suppression]] = {}
    for match in _YAML_COMMENT.finditer(text):
        inside = bisect_right(scalars, (match.start(), len(text))) - 1
        if inside >= 0 and match.start() < scalars[inside][1]:
            continue  # the words of a reply, not a comment
        asked.setdefault(_record_of(match.start(), starts, text), []).append(_asked(match, *match.span()))
    for reply, offset in zip(document.replies, offsets, strict=True):
        own = bisect_right(starts, offset) - 1
        yield _with(reply, [*asked.get(-1, ()), *(asked.get(own, ()) if own >= 0 else ())])


def _unmarked(text: str) -> str:
    """As long, with white space for the byte order mark: a comment behind it stands on a line of its own."""
    start = after_mark(text)
    return " " * start + text[start:]


def yaml_records(text: str, replies: Sequence[Reply]) -> list[int]:
    """Where the records of a YAML file start that a comment right above holds for."""
    return _starts(*_composed(text), _offsets(replies))


def _composed(text: str) -> tuple[int, list[yaml.Node]]:
    """How far the places of the nodes lag behind those of the text, and the documents in it."""
    shift = after_mark(text)
    return shift, [node for node in yaml.compose_all(text[shift:], Loader=_LOADER) if node is not None]


def _offsets(replies: Iterable[Reply]) -> list[int]:
    return [reply.start for reply in replies]


def _starts(shift: int, roots: Iterable[yaml.Node], offsets: Iterable[int]) -> list[int]:
    inside = sorted(offset - shift for offset in offsets)
    return sorted(start + shift for root in roots for start in _records(root, inside))


def _record_of(at: int, starts: Sequence[int], text: str) -> int:
    """The record that a comment belongs to, by number; -1 for all."""
    line = text.rfind("\n", 0, at) + 1
    if not text[line:at].strip():
        # A line of its own: what follows may be where a record starts.
        rest = re.compile(r"(?:[ \t]*(?:#[^\r\n]*)?(?:\r\n|\n|\r))*").match(text, line)
        following = rest.end() if rest else line
        end = text.find("\n", following)
        next_record = bisect_right(starts, following - 1)
        if next_record < len(starts) and starts[next_record] <= (len(text) if end < 0 else end):
            before = text[following : starts[next_record]]
            deeper = at - line > len(before) - len(before.lstrip(" "))
            # Indented deeper than what follows it still stands in the record above.
            return next_record - 1 if deeper and next_record else next_record
    return bisect_right(starts, at) - 1


def _scalars(root: yaml.Node) -> Iterator[tuple[int, int]]:
    """Where the scalars stand, in any order; a node that several aliases name, or one inside it, stands in one place."""
    waiting, seen = [root], set[int]()
    while waiting:
        node = waiting.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        if isinstance(node, yaml.ScalarNode):
            yield node.start_mark.index, node.end_mark.index
        elif isinstance(node, yaml.MappingNode):
            waiting += chain.from_iterable(node.value)
        else:
            waiting += node.value


def _records(node: yaml.Node, offsets: Sequence[int]) -> list[int]:
    """Where the records start: the items of the outermost collection of which more than one holds replies."""
    pairs = [(k, v) for k, v in node.value] if isinstance(node, yaml.MappingNode) else []
    items = [(k.start_mark.index, v) for k, v in pairs] or [
        (item.start_mark.index, item) for item in (node.value if isinstance(node, yaml.SequenceNode) else ())
    ]
    holding = [
        (start, item)
        for start, item in items
        if item.start_mark.index > node.start_mark.index  # an alias may name what it stands in
        and _any_within(offsets, max(start, item.start_mark.index), item.end_mark.index)
    ]
    if len(holding) == 1 and isinstance(holding[0][1], (yaml.SequenceNode, yaml.MappingNode) if pairs else yaml.SequenceNode):
        return _records(holding[0][1], offsets)
    if len(holding) == 1 and pairs:
        return [node.start_mark.index]
    return [start for start, _ in items]


def _any_within(offsets: Sequence[int], first: int, last: int) -> bool:
    """Whether one of the offsets, which are in order, is between the two."""
    at = bisect_left(offsets, first)
    return at < len(offsets) and offsets[at] <= last


_READERS: Mapping[str, Callable[[Document], Iterator[Reply]]] = {
    "text": _in_text,
    "yaml": _in_yaml,
}
