"""Zammad text modules, as JSON or CSV: ``content`` is HTML (plain text is turned into it on saving), ``note`` is for the team."""

from __future__ import annotations

from collections.abc import Iterator

from webcare_lint.sources.exports.base import text_of, with_reply
from webcare_lint.sources.placed import Fields


def fits(entry: Fields) -> bool:
    return {"name", "content"} <= entry.keys() and bool(entry.keys() & {"keywords", "foreign_id"})


def records(entry: Fields) -> Iterator[Fields]:
    yield with_reply(entry, text_of(entry.get("content"), is_html=True))
