"""Chatwoot canned responses: ``short_code`` and ``content``, plain or Markdown."""

from __future__ import annotations

from collections.abc import Iterator

from webcare_lint.sources.exports.base import text_of, with_reply
from webcare_lint.sources.placed import Fields


def fits(entry: Fields) -> bool:
    return {"short_code", "content"} <= entry.keys()


def records(entry: Fields) -> Iterator[Fields]:
    yield with_reply(entry, text_of(entry.get("content")))
