"""GLPI templates for solutions and follow-ups: ``content`` is HTML with Twig, ``is_private`` marks internal notes.

That older versions hand out the HTML with its own signs encoded (``&lt;p&gt;``) is from memory and unchecked; both are read.
"""

from __future__ import annotations

from collections.abc import Iterator

from webcare_lint.sources import html
from webcare_lint.sources.exports.base import text_of, with_reply
from webcare_lint.sources.placed import Fields

_COLUMNS = {
    "entities_id", "is_recursive", "is_private", "solutiontypes_id", "requesttypes_id", "taskcategories_id", "date_mod",
}  # fmt: skip


def fits(entry: Fields) -> bool:
    return {"name", "content"} <= entry.keys() and bool(entry.keys() & _COLUMNS)


def records(entry: Fields) -> Iterator[Fields]:
    text = text_of(entry.get("content"), is_html=True)
    yield with_reply(entry, html.maybe(text) if text else None)
