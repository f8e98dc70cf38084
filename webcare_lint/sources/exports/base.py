"""What the exports share."""

from __future__ import annotations

from typing import Any

from webcare_lint.sources import html
from webcare_lint.sources.placed import Fields, Items, Placed


def text_of(value: Any, *, is_html: bool = False) -> Placed | None:
    """The text in a field, decoded when it is HTML; None when there is none."""
    if not isinstance(value, Placed):
        return None
    made = html.decode(value) if is_html else value
    return made if made.strip() else None


def plain_or_html(entry: Fields, plain: str, html_field: str) -> Placed | None:
    """The plain version of a text, and the HTML one only where there is no plain one."""
    return text_of(entry.get(plain)) or text_of(entry.get(html_field), is_html=True)


def actions(entry: Fields) -> list[Fields]:
    """What a macro does, step by step."""
    found = entry.get("actions")
    return [action for action in found if isinstance(action, Fields)] if isinstance(found, Items) else []


def with_reply(entry: Fields, reply: Placed | None, **more: Any) -> Fields:
    """The entry as a record whose reply is ``reply``."""
    made = Fields(entry.start)
    made.update(entry)
    made.update(more)
    made["reply"] = reply
    return made


def is_false(value: Any) -> bool:
    """Whether a field says no, in any of the ways in which exports write it."""
    return value in (False, 0) or (isinstance(value, str) and value.strip().lower() in _NO)


def is_true(value: Any) -> bool:
    """Whether a field says yes."""
    return value in (True, 1) or (isinstance(value, str) and value.strip().lower() in _YES)


_NO = frozenset(("false", "0", "nee", "no", "n", "f", "off", "uit", "onwaar", "inactief", "inactive"))
_YES = frozenset(("true", "1", "ja", "yes", "j", "y", "t", "on", "aan", "waar", "x"))
