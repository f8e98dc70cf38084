"""What help desks export: one module per system, and one line in ``EXPORTS``.

A module says by the fields of an entry whether it is one of its own (``fits``), and turns an entry into plain records with a
field ``reply`` (``records``); one without text has none. The first of ``EXPORTS`` that fits reads the file.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Protocol

from webcare_lint.sources.exports import (
    chatwoot,
    freshdesk,
    front,
    glpi,
    gorgias,
    helpscout,
    intercom,
    osticket,
    zammad,
    zendesk,
)
from webcare_lint.sources.names import ANSWER, field_name
from webcare_lint.sources.placed import Fields, Items


class Export(Protocol):
    """A help desk."""

    def fits(self, entry: Fields) -> bool:
        """Whether an entry, its keys in lower case, is of this system."""
        ...

    def records(self, entry: Fields) -> Iterator[Fields]:
        """The replies in an entry."""
        ...


EXPORTS: dict[str, Export] = {
    "zendesk": zendesk,
    "gorgias": gorgias,
    "freshdesk": freshdesk,
    "intercom": intercom,
    "helpscout": helpscout,
    "front": front,
    "osticket": osticket,
    "zammad": zammad,
    "glpi": glpi,
    "chatwoot": chatwoot,
}

_WRAPPERS = (
    "macros", "macro", "data", "_results", "results", "items", "records", "replies", "antwoorden", "templates",
    "canned_responses", "canned_response", "text_modules", "savedreplies", "saved_replies", "_embedded", "assets", "textmodule",
)  # fmt: skip
"""Keys under which an export keeps its entries."""


def unwrap(data: Any) -> Any:
    """The list of entries inside what an interface wrapped around it; the data itself when there is no such list."""
    seen: set[int] = set()  # an alias of YAML may stand inside what it names
    while isinstance(data, Fields) and id(data) not in seen:
        seen.add(id(data))
        inner = next((v for k, v in data.items() if k.lower() in _WRAPPERS and isinstance(v, (Fields, Items))), None)
        if inner is None:
            break
        if isinstance(inner, Fields) and inner and all(isinstance(value, Fields) for value in inner.values()):
            entries = Items(inner.start)  # entries by their id: Zammad's assets
            for key, value in inner.items():
                entries.add(value, value.start, key)
            if not any(key.lower() in _WRAPPERS for key in inner):
                return entries
        data = inner
    return data


def lowered(entry: Fields) -> Fields:
    """The entry with its keys as ``field_name`` writes them."""
    made = Fields(entry.start)
    made.update((field_name(key), value) for key, value in entry.items())
    return made


def recognise(entries: list[Any], columns: tuple[str, ...] | None = None) -> Export | None:
    """The system whose export this is, by its first entries or by the header of a table."""
    samples = [entry for entry in entries if isinstance(entry, Fields)][:20]
    if columns is not None:
        header = Fields(0)
        header.update(dict.fromkeys(columns))
        samples = [header]
    named = [lowered(sample) for sample in samples]
    return next((export for export in EXPORTS.values() if any(export.fits(s) and not answers(s, export) for s in named)), None)


def answers(entry: Fields, export: Export) -> bool:
    """Whether an entry, its keys in lower case, has a field that only a reply has: then it is a plain record."""
    return not entry.keys() & set(ANSWER) <= ({"response"} if export is osticket else set())
