"""Front message templates: ``body`` is HTML with inline CSS; ``{{recipient.first_name}}`` and the like stand in it."""

from __future__ import annotations

from collections.abc import Iterator

from webcare_lint.sources.exports.base import text_of, with_reply
from webcare_lint.sources.placed import Fields


def fits(entry: Fields) -> bool:
    return {"name", "subject", "body"} <= entry.keys()


def records(entry: Fields) -> Iterator[Fields]:
    yield with_reply(entry, text_of(entry.get("body"), is_html=True))
