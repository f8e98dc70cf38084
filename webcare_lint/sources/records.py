"""From records, however they were written down, to replies."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from webcare_lint.errors import SourceError, Text
from webcare_lint.model import Document, Failure, Reply
from webcare_lint.sources import html
from webcare_lint.sources.conversation import Conversation
from webcare_lint.sources.exports import EXPORTS, Export, answers, lowered, recognise, unwrap
from webcare_lint.sources.exports.base import is_false, is_true
from webcare_lint.sources.names import (
    ACTIVE,
    AUTHOR,
    CHANNEL,
    IDENT,
    IN_LISTS,
    INTERNAL,
    LANGUAGE,
    MESSAGES,
    NAME,
    READ,
    REPLY,
    TEXT,
    customer_of,
    field_name,
    first_of,
    is_dutch,
    reply_texts,
)
from webcare_lint.sources.placed import Broken, Fields, Items, Parsed, Placed
from webcare_lint.sources.suppressions import from_fields
from webcare_lint.sources.thread import Waiting
from webcare_lint.text import START, LineIndex, Position

CUSTOMER_AUTHORS = ("customer", "klant", "user", "client")
ORGANISATION_AUTHORS = ("organisation", "organization", "organisatie", "agent", "brand", "medewerker")

_SHOWN = 8
"""Columns that a message names."""
_LONGEST_NAME = 30
"""Characters; what is longer names no column."""

_FIELDS = READ | {"title", "titel", "name", "naam", "subject", "onderwerp", "tags"}
"""What a record may have, read or not."""


def collect(
    parsed: Parsed,
    text: str,
    path: str,
    *,
    named: str | None = None,
    by_key: bool = False,
    begins: Position = START,
    first: int = 1,
) -> Document:
    """The replies in the data of a file.

    Args:
        parsed: the data.
        text: the file.
        path: its path.
        named: the help desk whose export this is; found by its fields when None.
        by_key: whether a mapping may be one from id to text.
        begins: where the text stands in the file, when it is a part of one.
        first: the number of the first record in it.

    Raises:
        SourceError: when this is no data with records.
    """
    collector = Collector(text, path, begins)
    data = parsed.data if _is_record(parsed.data, by_key=by_key) else unwrap(parsed.data)
    if isinstance(data, Fields) and (not by_key or _is_record(data, by_key=True)):
        single, data = data, Items(data.start)
        data.add(single, single.start)
    if isinstance(data, Fields):
        for number, (key, item) in enumerate(data.items(), start=1):
            collector.add(item, number, getattr(item, "start", data.starts.get(key, data.start)), ident=key)
        return collector.document()
    if not isinstance(data, Items):
        raise collector.error(Text("verwacht een lijst van records", "expected a list of records"), _first_character(text))
    export = EXPORTS[named] if named else recognise(data, parsed.columns) if not begins.offset else None
    if named and not any(isinstance(entry, Fields) and EXPORTS[named].fits(lowered(entry)) for entry in data):
        message = Text(f"hierin staat niets van {named}", f"nothing of {named} in here")
        raise collector.error(message, data.start)
    if parsed.columns is not None and not export and not {field_name(name) for name in parsed.columns} & {*REPLY, *MESSAGES}:
        known, seen = ", ".join(REPLY[:4]), _columns(parsed.columns)
        message = Text(f"de kop heeft geen kolom met het antwoord ({known}, …)" + (seen and f", wel {seen}"),
                       f"the header has no column with the reply ({known}, …)" + (seen and f", but {seen}"))  # fmt: skip
        raise collector.error(message, data.start)
    for number, (item, start, called) in enumerate(zip(data, data.starts, data.keys, strict=True), start=first):
        collector.entry(item, number, start, export, called)
    return collector.document()


def _is_record(data: Any, *, by_key: bool) -> bool:
    """Whether this is one record, and not what was wrapped around records.

    Where a mapping may be one from id to text (``by_key``), an id may be called as a field is: then other ids stand beside it.
    """
    if not isinstance(data, Fields):
        return False
    fields = {field_name(name): value for name, value in data.items()}
    if any(isinstance(fields.get(name), Items) for name in (*MESSAGES, "actions")):
        return True
    if not any(isinstance(fields.get(name), Placed) for name in REPLY if name not in IN_LISTS):
        return False
    return not by_key or "id" in fields or fields.keys() <= _FIELDS or recognise([data]) is not None


def _columns(columns: Sequence[str]) -> str:
    """The names of columns or fields; none where they look like the words of a reply, as in a table without a header."""
    names = [name for name in columns if name]
    if any(len(name) > _LONGEST_NAME for name in names):
        return ""
    return ", ".join(repr(name) for name in names[:_SHOWN]) + (", …" if len(names) > _SHOWN else "")


def _first_character(text: str) -> int:
    return len(text) - len(text.lstrip("\ufeff \t\r\n"))


class Collector:
    """Gathers replies, and what was skipped or wrong, from the records of one file."""

    def __init__(self, text: str, path: str, begins: Position = START) -> None:
        self.text, self.path = text, path
        self._index = LineIndex(text, begins)
        self._replies: list[Reply] = []
        self._failures: list[Failure] = []
        self._skipped: Counter[str] = Counter()
        self._read: set[int] = set()

    def entry(self, item: Any, number: int, start: int, export: Export | None, ident: str | None = None) -> None:
        """Take in one entry of a file: of a help desk when there is one, else a record."""
        if isinstance(item, Broken):
            self.fail(item.reason, item.at)
            return
        if export is None or not isinstance(item, Fields):
            self.add(item, number, start, ident)
            return
        entry = lowered(item)
        if answers(entry, export):
            self.add(item, number, start, ident)
            return
        for record in export.records(entry):
            self.add(record, number, start, ident, optional=True)

    def add(self, record: Any, number: int, start: int, ident: str | None = None, *, optional: bool = False) -> None:
        """Take in one record: a mapping with a reply or a conversation, or the bare text of a reply.

        Args:
            record: the data.
            number: its position, from 1.
            start: where it stands.
            ident: what it is called, for one without an id of its own.
            optional: whether it may do without a reply, as a macro that only sets a label.
        """
        if isinstance(record, Placed):
            self._reply(html.maybe(record), ident or str(number), {}, "", start)
            return
        if not isinstance(record, Mapping):
            called = ident or str(number)
            self.fail(
                Text(f"record {called} is geen tekst, en geen record met een antwoord",
                     f"record {called} is no text, and no record with a reply"), start)  # fmt: skip
            return
        fields = {field_name(str(key)): value for key, value in record.items()}
        name = first_of(fields, IDENT)
        ident = str(name) if name not in (None, "") else ident or str(number)
        if self._left_out(fields):
            return
        messages = next((fields[name] for name in MESSAGES if isinstance(fields.get(name), list)), None)
        if messages is not None:
            self._conversation(messages, ident, fields, start)
            return
        found = self._text_of(record, fields, ident, start, optional=optional)
        if found:
            key, text = found
            self._reply(text if optional else html.maybe(text), ident, fields, "" if optional else key, start)

    def _text_of(
        self, record: Mapping[str, Any], fields: dict[str, Any], ident: str, start: int, *, optional: bool
    ) -> tuple[str, Placed] | None:
        """The field of a record that holds its reply, and what stands there; None where that cannot be read, which is told.

        ``fields`` have the field afterwards, rather than an empty one that is written in other capitals.
        """
        texts = [] if optional else reply_texts(record)
        twice = [text for number, (name, text) in enumerate(texts) if name in (other for other, _ in texts[:number])]
        if twice:  # in other capitals, say: of two, one would stay unread
            self.fail(
                Text(f"record {ident} heeft twee keer hetzelfde veld; geef elk antwoord een eigen record, of hernoem er een",
                     f"record {ident} has the same field twice; give each reply a record of its own, or rename one"),
                twice[-1].start,
            )  # fmt: skip
            return None
        fields.update(texts)
        key = texts[0][0] if texts else "reply" if optional else next((k for k in REPLY if k in fields), None)
        if key is not None and isinstance(fields[key], Placed):
            return key, fields[key]
        if key is not None and fields[key] is not None:
            quoted = not isinstance(fields[key], list | Mapping)  # a number, a date, yes or no
            nl, en = ("; zet er aanhalingstekens omheen", "; put quotes around it") if quoted else ("", "")
            self.fail(Text(f"record {ident}: {key} is geen tekst{nl}", f"record {ident}: {key} is no text{en}"), start)
        elif optional:
            self._skipped["no-text"] += 1
        else:
            known, seen = ", ".join(REPLY[:4]), _columns([str(name) for name in record])
            self.fail(
                Text(f"record {ident} heeft geen antwoord (een veld {known}, …)" + (seen and f", wel {seen}"),
                     f"record {ident} has no reply (a field {known}, …)" + (seen and f", but {seen}")), start)  # fmt: skip
        return None

    def fail(self, text: Text, offset: int) -> None:
        place = self._index.position(offset)
        self._failures.append(Failure(self.path, place.line, place.column, text))

    def error(self, text: Text, offset: int) -> SourceError:
        """The error that ends the reading of this file."""
        place = self._index.position(min(offset, len(self.text)))
        shown = self._index.line(place.line)[:200]
        return SourceError(text, path=self.path, line=place.line, column=place.column, source_line=shown)

    def document(self) -> Document:
        begins = self._index.begins
        return Document(self.path, self.text, tuple(self._replies), dict(self._skipped), tuple(self._failures), begins)

    def _left_out(self, fields: Mapping[str, Any]) -> bool:
        language = first_of(fields, LANGUAGE)
        reason = None
        # In YAML "no" is a boolean, and Norwegian.
        if language is False or (isinstance(language, str) and language.strip() and not is_dutch(language)):
            reason = "language"
        elif is_false(first_of(fields, ACTIVE)):
            reason = "inactive"
        elif is_true(first_of(fields, INTERNAL)):
            reason = "internal"
        if reason:
            self._skipped[reason] += 1
        return reason is not None

    def _reply(self, text: Placed, ident: str, fields: Mapping[str, Any], key: str, start: int) -> None:
        if self._seen(text):
            return
        placed = text.unquoted()
        customer = _text(customer_of(fields, key))
        channel = _text(first_of(fields, CHANNEL))
        asked = from_fields(fields, start)
        self._replies.append(Reply(str(placed), ident, customer, channel, suppressions=asked, source=placed.source))

    def _seen(self, text: Placed) -> bool:
        """Whether this very text was read before, by another alias of YAML; it is checked once."""
        if text.start in self._read:
            self._skipped["alias"] += 1
            return True
        self._read.add(text.start)
        return False

    def _conversation(self, messages: Iterable[Any], ident: str, fields: Mapping[str, Any], start: int) -> None:
        conversation = Conversation(ident, _text(first_of(fields, CHANNEL)), from_fields(fields, start))
        complete = True
        for index, message in enumerate(messages):
            given = {field_name(str(key)): value for key, value in message.items()} if isinstance(message, Mapping) else {}
            author, text = str(first_of(given, AUTHOR) or "").strip().lower(), first_of(given, TEXT)
            if author in CUSTOMER_AUTHORS and isinstance(text, str):
                said = html.maybe(text) if isinstance(text, Placed) else text
                conversation.ask(Waiting(index, said, str(first_of(given, NAME) or "")))
            elif author in ORGANISATION_AUTHORS and isinstance(text, Placed):
                reply = conversation.answer(index, html.maybe(text).unquoted())
                if not self._seen(text):
                    self._replies.append(reply)
            else:
                complete = False
                wrong = _wrong_message(author, ", ".join(map(str, message)) if isinstance(message, Mapping) else "")
                self.fail(Text(f"gesprek {ident}, bericht {index}: {wrong.nl}",
                               f"conversation {ident}, message {index}: {wrong.en}"), start)  # fmt: skip
        if complete:  # what could not be read may have answered the customer
            self._replies += conversation.unanswered()


def _wrong_message(author: str, seen: str) -> Text:
    """Why a message of a conversation cannot be read; ``seen`` are its fields."""
    if author and author not in (*CUSTOMER_AUTHORS, *ORGANISATION_AUTHORS):
        customers, ours = ", ".join(CUSTOMER_AUTHORS[1:]), ", ".join(ORGANISATION_AUTHORS[2:])
        return Text(f"author {author!r} is onbekend; kies customer ({customers}) of organisation ({ours})",
                    f"unknown author {author!r}; choose customer ({customers}) or organisation ({ours})")  # fmt: skip
    return Text("een author (customer of organisation) en een text zijn nodig" + (seen and f", en er staat {seen}"),
                "needs an author (customer or organisation) and a text" + (seen and f", and there is {seen}"))  # fmt: skip


def _text(value: Any) -> str | None:
    if isinstance(value, Placed):
        value = html.maybe(value)
    return (str(value).strip() or None) if value is not None else None
