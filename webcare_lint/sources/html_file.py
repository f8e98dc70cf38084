"""An HTML file, read only when ``--input-format html`` asks for it: one reply."""

from __future__ import annotations

from webcare_lint.model import Document, Reply
from webcare_lint.sources import html
from webcare_lint.sources.placed import Placed
from webcare_lint.sources.suppressions import from_remarks
from webcare_lint.text import after_mark


def read(text: str, path: str) -> Document:
    start = after_mark(text)
    placed = html.decode(Placed.verbatim(text[start:], start)).unquoted()
    (asked,) = from_remarks(text)
    return Document(path, text, (Reply(str(placed), suppressions=asked, source=placed.source),))
