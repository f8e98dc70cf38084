"""Help Scout saved replies: ``text`` is HTML for e-mail, ``chatText`` plain for chat.

The two may differ; the chat text is read, and the e-mail text beside it only where its words are others. Which fields an export
has is from a secondary source and unchecked; the placeholders (``{%customer.firstName,fallback=x%}``) are checked.
"""

from __future__ import annotations

from collections.abc import Iterator

from webcare_lint.sources.exports.base import text_of, with_reply
from webcare_lint.sources.placed import Fields


def fits(entry: Fields) -> bool:
    return "chattext" in entry or {"name", "text", "preview"} <= entry.keys()


def records(entry: Fields) -> Iterator[Fields]:
    chat, mail = text_of(entry.get("chattext")), text_of(entry.get("text"), is_html=True)
    if chat:
        yield with_reply(entry, chat)
    if mail is None:
        if chat is None:
            yield with_reply(entry, None)
    elif chat is None or chat.split() != mail.split():
        yield with_reply(entry, mail)
