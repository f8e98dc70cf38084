"""Zendesk macros: the comment that a macro writes.

From the macros reference and published macros: ``comment_value`` is a text or ``["channel:all", text]``, and
``comment_mode_is_public`` is a boolean or its name. That several ``comment_value`` actions stand for several channels, each with
a text of its own, is unchecked.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from webcare_lint.sources.exports.base import is_false, text_of, with_reply
from webcare_lint.sources.placed import Fields, Items, Placed


def fits(entry: Fields) -> bool:
    return any("field" in action and "value" in action for action in _actions(entry))


def records(entry: Fields) -> Iterator[Fields]:
    plain = [text for action in _actions(entry) if action.get("field") == "comment_value" for text in _texts(action.get("value"))]
    marked = [
        text for action in _actions(entry) if action.get("field") == "comment_value_html" for text in _texts(action.get("value"))
    ]
    found = (
        [text_of(text) for text in plain] if any(text.strip() for text in plain) else [text_of(t, is_html=True) for t in marked]
    )
    internal = any(a.get("field") == "comment_mode_is_public" and is_false(a.get("value")) for a in _actions(entry))
    replies = [text for text in found if text]
    for text in replies:
        yield with_reply(entry, text, internal=internal)
    if not replies:
        yield with_reply(entry, None)


def _actions(entry: Fields) -> list[Fields]:
    actions = entry.get("actions")
    return [action for action in actions if isinstance(action, Fields)] if isinstance(actions, Items) else []


def _texts(value: Any) -> list[Placed]:
    parts = value if isinstance(value, Items) else [value]
    return [part for part in parts if isinstance(part, Placed) and not part.startswith("channel:")]
