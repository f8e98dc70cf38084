"""osTicket canned responses: ``response`` is HTML, its line ends mostly ``<br>``; ``notes`` are for the team.

So it is in osTicket's own ``premade.yaml``, whose texts are wrapped at will: a line end without ``<br>`` is white space.
"""

from __future__ import annotations

from collections.abc import Iterator

from webcare_lint.sources.exports.base import text_of, with_reply
from webcare_lint.sources.placed import Fields


def fits(entry: Fields) -> bool:
    return "response" in entry and ("isenabled" in entry or {"title", "notes"} <= entry.keys())


def records(entry: Fields) -> Iterator[Fields]:
    yield with_reply(entry, text_of(entry.get("response"), is_html=True))
