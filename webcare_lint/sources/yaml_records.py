"""Where the records of a YAML file start, and which of them a comment is about.

By itself, since it needs YAML's parser, which no other form of file has to wait for.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import chain

import yaml

from webcare_lint.model import Reply
from webcare_lint.text import after_mark, without_mark
from webcare_lint.yaml_mistakes import Loader

ALL = -1
"""Stands for the number of a record where what is asked holds for all of them."""


class YamlRecords:
    """The records in the text of a YAML file that holds these replies; ``starts`` is where each begins, in order."""

    def __init__(self, text: str, replies: Sequence[Reply]) -> None:
        shift = after_mark(text)
        roots = [node for node in yaml.compose_all(text[shift:], Loader=Loader) if node is not None]
        inside = sorted(reply.start - shift for reply in replies)
        self._text = without_mark(text)
        self._scalars = sorted((a + shift, b + shift) for root in roots for a, b in _scalars(root))
        self.starts = sorted(start + shift for root in roots for start in _records(root, inside))

    def of(self, reply: Reply) -> int:
        """The record that a reply stands in, by number; ``ALL`` for one above all records."""
        return bisect_right(self.starts, reply.start) - 1

    def is_comment(self, at: int) -> bool:
        """Whether a ``#`` at this place opens a comment, and is not among the words of a text."""
        before = bisect_right(self._scalars, (at, len(self._text))) - 1
        return before < 0 or at >= self._scalars[before][1]

    def meant(self, at: int) -> int:
        """The record that a comment at this place is about, by number: the one that it stands in or right above; else ``ALL``."""
        text, starts = self._text, self.starts
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
