"""HTML in a field: line ends where a browser shows them, no tags, entities decoded, and every character keeps its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from webcare_lint.sources.placed import Placed
from webcare_lint.text import SourceMap, Span

_ATTRIBUTES = r"(?:\s(?:[^<>\"']|\"[^\"]*\"|'[^']*')*)?"
_TOKEN = re.compile(
    rf"""(?P<kept><attribute\b{_ATTRIBUTES}/?>)
    | (?P<hidden><!--|<(?P<name>style|script|title)\b{_ATTRIBUTES}>)
    | (?P<br><br\b{_ATTRIBUTES}/?>)
    | (?P<block></?(?:p|div|li|ul|ol|h[1-6]|t[dhr]|table|caption|blockquote|section|article|header|footer|main|nav|aside|address
        |figure|figcaption|form|fieldset|head|body|pre|hr|dl|dt|dd)\b{_ATTRIBUTES}/?>)
    | (?P<tag></?[a-zA-Z][\w:-]*{_ATTRIBUTES}/?>|<![a-zA-Z][^<>]*>)
    | (?P<entity>&(?:\#\d{{1,7}}|\#[xX][0-9a-fA-F]{{1,6}}|[a-zA-Z][a-zA-Z0-9]{{1,31}});?)
    | (?P<space>[ \t\r\n\f]+)""",
    re.VERBOSE | re.IGNORECASE,
)
_ENDS = {
    "": re.compile("-->"),
    **{name: re.compile(rf"</{name}\s*>", re.IGNORECASE) for name in ("style", "script", "title")},
}
"""Where what is hidden ends: a comment, or the element of that name."""
_SIGN = re.compile(
    r"<(?:/(?:p|div|li|ul|ol|a|b|i|u|em|strong|span|table|t[dhr]|h[1-6])"
    r"|(?:p|div|br|ul|ol|li|b|i|u|em|strong|table|t[dhr]|h[1-6])(?:\s*/)?"
    r"|(?:p|div|br|span|a|img|font|ul|ol|li|table|t[dhr]|h[1-6])\s[^<>]*)>"
    r"|&(?:nbsp|shy|euro|hellip|[lr][sd]quo|[a-z](?:acute|grave|circ|uml|cedil|tilde)|#\d{2,6}|#x[\da-f]{2,5});",
    re.IGNORECASE,
)
_LONGEST = 1_000_000
"""Characters; what is longer is no reply and is refused later on, so it is not worth decoding."""
_LINE_TAGS = re.compile(r"<(?:br|/p|/div|/li|/t[dhr])\b", re.IGNORECASE)


def comments(text: str) -> Iterator[tuple[int, int]]:
    """Where the comments stand that have an end."""
    end = 0
    while (start := text.find("<!--", end)) >= 0 and (close := text.find("-->", start + 4)) >= 0:
        end = close + 3
        yield start, end


def maybe(text: Placed) -> Placed:
    """``text`` read as HTML when it shows a tag of HTML, or a letter or space as only HTML writes it, else as it is.

    Line breaks are white space, as in a browser, only where tags say where the lines end.
    """
    if ("<" not in text and "&" not in text) or len(text) > _LONGEST or not _SIGN.search(text):
        return text
    return decode(text, lines=_LINE_TAGS.search(text) is None)


def decode(text: Placed, *, lines: bool = False) -> Placed:
    """The text that a browser would show.

    Args:
        text: the HTML.
        lines: whether line breaks in it are line ends; white space otherwise.
    """
    if len(text) > _LONGEST:
        return text
    raw, maker = str(text), _Maker(text)
    at = 0
    endless = set[str]()
    while token := _TOKEN.search(raw, at):
        maker.keep(at, token.start())
        at = token.end()
        kind, found = token.lastgroup, token.group()
        if kind == "hidden":
            name = (token["name"] or "").lower()
            # Looked for once: a thousand comments without an end would each be followed to the end of the text.
            end = None if name in endless else _ENDS[name].search(raw, at)
            if end:
                at = end.end()
            else:
                endless.add(name)
                if not name:
                    maker.keep(*token.span())
        elif kind == "kept":
            maker.keep(*token.span())
        elif kind == "br":
            maker.line_end(*token.span())
        elif kind == "block":
            maker.line_end(*token.span(), once=True)
        elif kind == "entity":
            maker.put(unescape(found), *token.span())
        elif kind == "space":
            if lines:
                maker.keep(*token.span())
            else:
                maker.space(*token.span())
    maker.keep(at, len(raw))
    return Placed(maker.made, text.start)


class _Maker:
    """Builds the decoded text. What a tag separates is held back until something follows it."""

    def __init__(self, text: Placed) -> None:
        self.raw, self.source = str(text), text.source
        self.made = SourceMap()
        self._waiting: list[tuple[str, int, int]] = []
        self._empty = True

    def keep(self, a: int, b: int) -> None:
        if b > a:
            self._flush()
            self.source.copy(self.raw, a, b, self.made)

    def put(self, decoded: str, a: int, b: int) -> None:
        if decoded == self.raw[a:b]:
            self.keep(a, b)
            return
        self._flush()
        self.made.add(decoded, *self.source.to_source(Span(a, b)), verbatim=False)

    def line_end(self, a: int, b: int, *, once: bool = False) -> None:
        """A line end; ``once`` for the edge of a block, which ends a line that is not at its end yet."""
        while self._waiting and self._waiting[-1][0] == " ":
            self._waiting.pop()
        if not self._empty and not (once and self._waiting):
            self._waiting.append(("\n", a, b))

    def space(self, a: int, b: int) -> None:
        if not self._empty and not self._waiting:
            self._waiting.append((" ", a, b))

    def _flush(self) -> None:
        self._empty = False
        for decoded, a, b in self._waiting:
            if self.raw[a:b] == decoded:
                self.source.copy(self.raw, a, b, self.made)
            else:
                self.made.add(decoded, *self.source.to_source(Span(a, b)), verbatim=False)
        self._waiting = []
