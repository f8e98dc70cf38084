"""Intercom macros: ``body_text`` is plain, ``body`` the same in HTML.

A placeholder is ``{{user.name|fallback:"there"}}`` in the plain text, ``<attribute key="user.name" default="there"/>`` in HTML.
"""

from __future__ import annotations

from collections.abc import Iterator

from webcare_lint.sources.exports.base import plain_or_html, with_reply
from webcare_lint.sources.placed import Fields


def fits(entry: Fields) -> bool:
    return {"body", "body_text"} <= entry.keys()


def records(entry: Fields) -> Iterator[Fields]:
    yield with_reply(entry, plain_or_html(entry, "body_text", "body"))
