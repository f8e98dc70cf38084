"""``.md``: one reply, or one for each ``##`` heading.

Lines with ``>`` are the customer's message; front matter may set the channel, and the language.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from operator import itemgetter

from webcare_lint.errors import SourceError
from webcare_lint.model import Document, Reply, Suppression
from webcare_lint.sources import html
from webcare_lint.sources.names import CHANNEL, LANGUAGE, is_dutch
from webcare_lint.sources.placed import Placed
from webcare_lint.sources.suppressions import from_remarks
from webcare_lint.text import SourceMap, after_mark
from webcare_lint.yaml_places import load

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\n|\r|$)")
_FRONT_MATTER = re.compile(r"\ufeff?---[ \t]*\r?\n(.*?)^---[ \t]*(?:\r?\n|$)", re.DOTALL | re.MULTILINE)
_HEADING = re.compile(r" {0,3}(#{1,6})[ \t]+(.*?)[ \t#]*$")
_QUOTED = re.compile(r" {0,3}>[ \t]?(.*)")


def read(text: str, path: str) -> Document:
    """The replies in a Markdown file.

    Raises:
        SourceError: for front matter that is no YAML.
    """
    channel, language, at = _front_matter(text, path)
    sections = [_Section("", 0)]
    comments = list(html.comments(text))
    for match in _LINE.finditer(text, at):
        line = match.group()
        if not line:
            continue
        # What is commented out is neither heading nor quotation.
        hidden = any(a < match.start() for a, _ in _meeting(comments, match.start(), match.end()))
        heading = None if hidden else _HEADING.match(line.rstrip("\r\n"))
        if heading and len(heading.group(1)) == 2:
            sections.append(_Section(heading.group(2).strip(), match.start()))
        elif not heading:
            sections[-1].add(line, match.start(), comments, hidden=hidden)
    # What stands above the first of several replies introduces them.
    named = sections[1:] if len(sections) > 1 else sections
    if language and not is_dutch(language):
        return Document(path, text, (), {"language": len(named)})
    asked = from_remarks(text, [section.start for section in named])
    replies = tuple(section.reply(i, channel, asked[i - 1]) for i, section in enumerate(named, start=1))
    return Document(path, text, replies)


def _front_matter(text: str, path: str) -> tuple[str | None, str | None, int]:
    match = _FRONT_MATTER.match(text)
    if not match:
        return None, None, after_mark(text)
    # Lines keep their numbers: the opening --- stays, as the mark of a YAML document.
    data = load("---\n" + match.group(1), path, SourceError).data
    fields = {str(key).lower(): value for key, value in data.items()} if isinstance(data, dict) else {}
    channel, language = (
        next((value for name in names if isinstance(value := fields.get(name), str) and value), None)
        for names in (CHANNEL, LANGUAGE)
    )
    return channel, language, match.end()


def _meeting(comments: list[tuple[int, int]], start: int, end: int) -> list[tuple[int, int]]:
    return comments[bisect_right(comments, start, key=itemgetter(1)) : bisect_left(comments, end, key=itemgetter(0))]


class _Section:
    def __init__(self, name: str, start: int) -> None:
        self.name, self.start = name, start
        self.map = SourceMap()
        self.customer: list[str] = []

    def add(self, line: str, start: int, comments: list[tuple[int, int]], *, hidden: bool) -> None:
        quoted = _QUOTED.match(line)
        if quoted and not hidden:
            self.customer.append(quoted.group(1).rstrip())
            return
        at, end = start, start + len(line)
        for a, b in _meeting(comments, at, end):
            self._take(line, start, at, max(at, a))
            at = min(end, b)
        self._take(line, start, at, end)

    def _take(self, line: str, start: int, a: int, b: int) -> None:
        if b > a:
            self.map.add(line[a - start : b - start], a, b, verbatim=True)

    def reply(self, number: int, channel: str | None, asked: tuple[Suppression, ...]) -> Reply:
        placed = Placed(self.map, 0).unquoted()
        if not placed:
            first = self.map.pieces[0].source_start if self.map.pieces else self.start
            placed = Placed(SourceMap(origin=first), first)
        customer = "\n".join(self.customer).strip() or None
        return Reply(str(placed), self.name or str(number), customer, channel, suppressions=asked, source=placed.source)
