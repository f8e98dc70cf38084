"""Freshdesk and Freshservice canned responses: ``content`` is plain, ``content_html`` the same in HTML."""

from __future__ import annotations

from collections.abc import Iterator

from webcare_lint.sources.exports.base import plain_or_html, with_reply
from webcare_lint.sources.placed import Fields


def fits(entry: Fields) -> bool:
    return "content_html" in entry or {"title", "content", "folder_id"} <= entry.keys()


def records(entry: Fields) -> Iterator[Fields]:
    yield with_reply(entry, plain_or_html(entry, "content", "content_html"))
