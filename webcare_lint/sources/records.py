"""From records, however they were written down, to replies."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from webcare_lint.errors import Text
from webcare_lint.model import Document, Failure, Message, Reply
from webcare_lint.sources.placed import Placed
from webcare_lint.text import LineIndex

REPLY = ("reply", "antwoord", "tekst", "text", "reactie", "bericht", "message", "response", "content", "body")
CUSTOMER = ("customer", "klantbericht", "klant", "vraag", "customer_message")
CHANNEL = ("channel", "kanaal")
LANGUAGE = ("lang", "taal", "language", "locale")
IDENT = ("id", "code", "short_code")
ACTIVE = ("active", "actief", "isenabled", "enabled")
CUSTOMER_AUTHORS = frozenset(("customer", "klant", "user", "client"))
ORGANISATION_AUTHORS = frozenset(("organisation", "organization", "organisatie", "agent", "brand", "medewerker"))


class Collector:
    """Gathers replies, and what was skipped or wrong, from the records of one file."""

    def __init__(self, text: str, path: str) -> None:
        self.text, self.path = text, path
        self._index = LineIndex(text)
        self._replies: list[Reply] = []
        self._failures: list[Failure] = []
        self._skipped: Counter[str] = Counter()

    def add(self, record: Any, number: int, start: int, ident: str | None = None) -> None:
        """Take in one record: a mapping with a reply or a conversation, or the bare text of a reply.

        ``number`` counts from 1, ``start`` is where the record stands.
        """
        if isinstance(record, Placed):
            self._reply(record, ident or str(number), {})
            return
        if not isinstance(record, Mapping):
            self.fail(Text("dit is geen record met een antwoord", "this is no record with a reply"), start)
            return
        fields = {str(key).strip().lower(): value for key, value in record.items()}
        name = _first(fields, IDENT)
        ident = str(name) if name not in (None, "") else ident or str(number)
        if self._left_out(fields):
            return
        if isinstance(fields.get("messages"), list):
            self._conversation(fields["messages"], ident, fields, start)
            return
        key = next((k for k in REPLY if k in fields), None)
        if key is None or fields[key] is None:
            known = ", ".join(REPLY[:4])
            self.fail(
                Text(f"record {ident} heeft geen antwoord (een veld {known}, …)",
                     f"record {ident} has no reply (a field {known}, …)"), start)  # fmt: skip
            return
        if not isinstance(fields[key], Placed):
            self.fail(Text(f"record {ident}: {key} is geen tekst", f"record {ident}: {key} is no text"), start)
            return
        self._reply(fields[key], ident, fields)

    def fail(self, text: Text, offset: int) -> None:
        place = self._index.position(offset)
        self._failures.append(Failure(self.path, place.line, place.column, text))

    def document(self) -> Document:
        return Document(self.path, self.text, tuple(self._replies), dict(self._skipped), tuple(self._failures))

    def _left_out(self, fields: Mapping[str, Any]) -> bool:
        language = _first(fields, LANGUAGE)
        if isinstance(language, str) and language and not _is_dutch(language):
            self._skipped["language"] += 1
            return True
        active = _first(fields, ACTIVE)
        if active is False or (isinstance(active, str) and active.lower() in ("false", "nee", "no", "0")):
            self._skipped["inactive"] += 1
            return True
        return False

    def _reply(self, text: Placed, ident: str, fields: Mapping[str, Any]) -> None:
        placed = text.trimmed()
        customer = _text(_first(fields, CUSTOMER))
        channel = _text(_first(fields, CHANNEL))
        self._replies.append(Reply(str(placed), ident, customer, channel, source=placed.source))

    def _conversation(self, messages: Iterable[Any], ident: str, fields: Mapping[str, Any], start: int) -> None:
        channel = _text(_first(fields, CHANNEL))
        history: list[Message] = []
        waiting: list[str] = []
        open_: list[tuple[int, Placed]] = []
        for index, message in enumerate(messages):
            author = str(message.get("author", "")).lower() if isinstance(message, Mapping) else ""
            text = message.get("text") if isinstance(message, Mapping) else None
            if author in CUSTOMER_AUTHORS and isinstance(text, str):
                waiting.append(str(text))
                if isinstance(text, Placed):
                    open_.append((index, text.trimmed()))
            elif author in ORGANISATION_AUTHORS and isinstance(text, Placed):
                placed = text.trimmed()
                customer = "\n".join(waiting) or None
                earlier = tuple(history)
                self._replies.append(Reply(str(placed), ident, customer, channel, earlier, index, source=placed.source))
                history += [Message("customer", said) for said in waiting]
                history.append(Message("organisation", str(placed)))
                waiting, open_ = [], []
            else:
                self.fail(
                    Text(f"gesprek {ident}, bericht {index}: een author (customer of organisation) en een text zijn nodig",
                         f"conversation {ident}, message {index}: needs an author (customer or organisation) and a text"),
                    start,
                )  # fmt: skip
        for number, (index, placed) in enumerate(open_, start=1):
            later = "\n".join(str(said) for _, said in open_[number:]) or None
            earlier = tuple(history)
            message = Reply(str(placed), ident, later, channel, earlier, index, source=placed.source, unanswered=True)
            self._replies.append(message)
            history.append(Message("customer", str(placed)))


def _first(fields: Mapping[str, Any], names: Iterable[str]) -> Any:
    return next((fields[name] for name in names if name in fields), None)


def _text(value: Any) -> str | None:
    return (str(value).strip() or None) if value is not None else None


def _is_dutch(language: str) -> bool:
    return language.strip().lower().replace("_", "-").split("-")[0] in ("nl", "nld", "dut", "nederlands", "dutch")
