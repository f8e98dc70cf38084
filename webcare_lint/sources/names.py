"""What the fields of a record are called, in whatever file they stand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from webcare_lint.nl.clear import composed
from webcare_lint.sources.placed import Fields, Items, Placed
from webcare_lint.sources.suppressions import FIELDS as SUPPRESSIONS

ANSWER = ("reply", "antwoord", "reactie", "response", "antwoordtekst", "antwoord_medewerker", "reactie_webcare")
"""Names that only a reply has."""
MESSAGE = ("bericht", "message")
"""Names of a reply that stands alone; beside one of the above, of what it answers."""
IN_LISTS = ("standaardtekst", "sjabloon", "inhoud")
"""Names of a reply among its likes; alone in a mapping they are what somebody called a text."""
REPLY = (*ANSWER, "tekst", "text", *MESSAGE, "content", "body", "body_text", "body_html", "content_html", *IN_LISTS)
CUSTOMER = ("customer", "klantbericht", "klant", "vraag", "customer_message", "question")
CHANNEL = ("channel", "kanaal")
LANGUAGE = ("lang", "taal", "language", "locale")
IDENT = ("id", "code", "short_code", "shortcut")
ACTIVE = ("active", "actief", "isenabled", "enabled", "is_active")
INTERNAL = ("internal", "intern", "is_private", "private")
MESSAGES = ("messages", "berichten")
"""Names of the list that makes a record a conversation."""
AUTHOR, TEXT, NAME = ("author", "auteur"), ("text", "tekst"), ("name", "naam")
"""Names of what a message in it holds."""
READ = frozenset((*REPLY, *CUSTOMER, *CHANNEL, *LANGUAGE, *IDENT, *ACTIVE, *INTERNAL, *SUPPRESSIONS, *MESSAGES))
"""All fields of a record that mean something here."""
_DUTCH = frozenset(("nl", "nld", "dut", "vls", "nederlands", "nederlandstalig", "dutch", "vlaams", "flemish"))
_WRITTEN = frozenset((*IDENT, *CUSTOMER, *MESSAGE, *CHANNEL))
"""Fields of words, whatever YAML makes of them."""


def field_name(name: str) -> str:
    """A key or a column in lower case, its words joined by ``_``, without a mark behind it (*Actief?*)."""
    return composed(name).rstrip(" ?:").strip().lower().replace(" ", "_").replace("-", "_")


def reply_texts(record: Mapping[Any, Any]) -> list[tuple[str, Placed]]:
    """What stands under the names of the reply, blank ones aside; first the one that is read."""
    named = ((field_name(str(key)), value) for key, value in record.items())
    found = [(name, value) for name, value in named if name in REPLY and isinstance(value, Placed) and value.strip()]
    return sorted(found, key=lambda each: REPLY.index(each[0]))


def customer_of(fields: Mapping[str, Any], reply: str) -> Any:
    """The customer's message in a record of which ``reply`` is the field with the reply."""
    asked = first_of(fields, CUSTOMER)
    return first_of(fields, MESSAGE) if asked is None and reply in ANSWER else asked


def as_written(name: str, value: Any, written: str) -> Any:
    """The value of a field; of an id, or what a customer says, what stands in the file: 010 is not 8 and yes is not True."""
    bare = value is not None and not isinstance(value, (Placed, Fields, Items))
    return written if bare and field_name(name) in _WRITTEN else value


def first_of(fields: Mapping[str, Any], names: Iterable[str]) -> Any:
    """What stands in the first of the fields that is there; a list or a mapping is none of what a field of ours holds."""
    return next((fields[name] for name in names if name in fields and not isinstance(fields[name], (Fields, Items))), None)


def is_dutch(language: str) -> bool:
    """Whether a language code or name means Dutch, of whatever country: *nl-BE*, *Dutch (Belgium)*, *NL/BE*."""
    return re.split(r"[\W_]", language.strip().lower())[0] in _DUTCH
