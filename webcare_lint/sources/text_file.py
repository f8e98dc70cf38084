"""``.txt`` and standard input: one reply."""

from __future__ import annotations

from webcare_lint.model import Document, Reply
from webcare_lint.sources.placed import Placed


def read(text: str, path: str) -> Document:
    body = text.removeprefix("\ufeff")
    placed = Placed.verbatim(body, len(text) - len(body)).unquoted()
    return Document(path, text, (Reply(str(placed), source=placed.source),))
