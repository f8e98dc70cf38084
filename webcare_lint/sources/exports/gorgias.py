"""Gorgias macros: the text that an action sends.

From its reference: ``actions[].arguments`` holds ``body_text`` and ``body_html``, ``language`` the language of the macro. That an
internal note is an action whose name says so is unchecked.
"""

from __future__ import annotations

from collections.abc import Iterator

from webcare_lint.sources.exports.base import actions, plain_or_html, with_reply
from webcare_lint.sources.placed import Fields


def fits(entry: Fields) -> bool:
    return any("arguments" in action for action in actions(entry))


def records(entry: Fields) -> Iterator[Fields]:
    empty = True
    for action in actions(entry):
        arguments = action.get("arguments")
        text = plain_or_html(arguments, "body_text", "body_html") if isinstance(arguments, Fields) else None
        if text:
            empty = False
            yield with_reply(entry, text, internal="internal" in str(action.get("name", "")).lower())
    if empty:
        yield with_reply(entry, None)
