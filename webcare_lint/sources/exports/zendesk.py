"""Zendesk macros: the comment that a macro writes.

From the macros reference and published macros: ``comment_value`` is a text or ``["channel:all", text]``, and
``comment_mode_is_public`` is a boolean or its name. That several ``comment_value`` actions stand for several channels, each with
a text of its own, is unchecked.
"""

from __future__ import annotations

from collections.abc import Iterator

from webcare_lint.sources.exports.base import actions, is_false, text_of, with_reply
from webcare_lint.sources.placed import Fields, Items, Placed


def fits(entry: Fields) -> bool:
    return any("field" in action and "value" in action for action in actions(entry))


def records(entry: Fields) -> Iterator[Fields]:
    replies = _texts(entry, "comment_value") or _texts(entry, "comment_value_html", is_html=True)
    internal = any(a.get("field") == "comment_mode_is_public" and is_false(a.get("value")) for a in actions(entry))
    for text in replies:
        yield with_reply(entry, text, internal=internal)
    if not replies:
        yield with_reply(entry, None)


def _texts(entry: Fields, field: str, *, is_html: bool = False) -> list[Placed]:
    """What the actions on a field write; a name of a channel is none of it."""
    values = [action.get("value") for action in actions(entry) if action.get("field") == field]
    parts = [part for value in values for part in (value if isinstance(value, Items) else [value])]
    texts = (text_of(part, is_html=is_html) for part in parts if not str(part).startswith("channel:"))
    return [text for text in texts if text]
