"""``.txt`` and standard input: one reply."""

from __future__ import annotations

from webcare_lint.model import Document, Reply
from webcare_lint.sources.placed import Placed
from webcare_lint.text import after_mark


def read(text: str, path: str) -> Document:
    start = after_mark(text)
    placed = Placed.verbatim(text[start:], start).unquoted()
    return Document(path, text, (Reply(str(placed), source=placed.source),))
