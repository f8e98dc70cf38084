"""Readers: from the bytes of a file to replies with their places.

A form of file is one module and one line in ``FORMATS``; a help desk is one module and one line in ``exports.EXPORTS``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import PurePath
from typing import Any, Protocol

from msgspec.structs import replace

from webcare_lint.errors import ConfigError, SourceError, Text
from webcare_lint.located import nearest
from webcare_lint.model import Document
from webcare_lint.sources.exports import EXPORTS, recognise
from webcare_lint.sources.placed import Doubled, Fields, Items, Parsed
from webcare_lint.sources.records import collect
from webcare_lint.sources.suppressions import from_comments
from webcare_lint.text import START, LineIndex

Reader = Callable[[str, str], Document]
"""From the text of a file and its path to what is in it; raises ``SourceError``."""
Parser = Callable[[str, str], Parsed]
"""From the text of a file and its path to its data; raises ``SourceError``."""
Parts = Callable[[Iterator[tuple[str, bool]], str], Iterator[tuple[str, Parsed]]]
"""The same for a file that comes in pieces."""

FORMATS: dict[str, str | None] = {
    "text": "text_file.read",
    "markdown": "markdown.read",
    "html": "html_file.read",
    "json": None,
    "jsonl": None,
    "yaml": None,
    "csv": None,
}
"""The forms of file and their ``Reader``, by module and name; those without one hold records."""

PARSERS: dict[str, str] = {
    "json": "json_file.read",
    "jsonl": "json_file.read_lines",
    "yaml": "yaml_file.read",
    "csv": "csv_file.read",
}
"""Their ``Parser``."""

PARTS: dict[str, str] = {"jsonl": "json_file.parts", "csv": "csv_file.parts"}
"""The ``Parts`` of the forms of which a part can be read without the rest."""
PART = 1 << 20
"""Bytes of one part; a smaller file is read at once."""

EXTENSIONS: dict[str, str] = {
    ".txt": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".json": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".yaml": "yaml",
    ".yml": "yaml",
    ".csv": "csv",
    ".tsv": "csv",
}

_TABLES = (".csv", ".tsv", ".xls", ".xlsx", ".ods")
"""Files that a spreadsheet writes."""
INPUT_FORMATS = (*FORMATS, *EXPORTS)
"""What ``--input-format`` takes."""

LARGEST_FILE = 256 * 1024 * 1024
"""Bytes; a larger file that cannot be read in parts is refused, unread where its size is known."""


def decode(data: bytes, path: str, line: int = 1) -> str:
    """The text of a file, or of a part that begins at ``line``; a byte order mark and the line ends kept.

    Raises:
        SourceError: for binary data and for text that is not UTF-8, with the place of the first wrong byte.
    """
    excel = " (Excel: CSV UTF-8)" if PurePath(path).suffix.lower() in _TABLES else ""
    utf_16 = line == 1 and data.startswith((b"\xff\xfe", b"\xfe\xff"))
    if utf_16 or b"\x00" in data:
        raise SourceError(
            Text(f"dit is geen tekst maar een binair bestand (of UTF-16); sla het op als UTF-8{excel}",
                 f"this is no text but a binary file (or UTF-16); save it as UTF-8{excel}"),
            path=path,
        )  # fmt: skip
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8", "replace")
        line += before.count("\n")
        column = len(before) - (before.rfind("\n") + 1) + 1
        byte = data[error.start]
        raise SourceError(
            Text(f"dit is geen UTF-8 (byte 0x{byte:02X}; Latin-1 of Windows-1252?); sla het op als UTF-8{excel}",
                 f"this is not UTF-8 (byte 0x{byte:02X}; Latin-1 or Windows-1252?); save it as UTF-8{excel}"),
            path=path, line=line, column=column,
        ) from error  # fmt: skip


def _function(place: str) -> Any:
    """What stands at ``module.name``, imported when a file asks for it: one reply needs one reader."""
    module, _, name = place.partition(".")
    return getattr(import_module(f"{__name__}.{module}"), name)


def check_format(name: str | None) -> None:
    """Whether ``--input-format`` can be this.

    Raises:
        ConfigError: for an unknown name, with the nearest known one.
    """
    if name is None or name in INPUT_FORMATS:
        return
    known, near = ", ".join(INPUT_FORMATS), nearest(name.lower(), INPUT_FORMATS)
    nl, en = f"onbekend invoerformaat {name!r}", f"unknown input format {name!r}"
    if near:
        raise ConfigError(Text(f"{nl}; bedoel je {near!r}?", f"{en}; did you mean {near!r}?"))
    raise ConfigError(Text(f"{nl}; bekend: {known}", f"{en}; known: {known}"))


def read_document(data: bytes, path: str, input_format: str | None = None, first: int = 1) -> Document:
    """Everything there is to check in a file.

    The form goes by ``input_format``, else by the extension, else by the content: JSON is recognised, and anything else is one
    reply. Whose export it is shows in the content, unless ``input_format`` names a help desk. ``first`` numbers the first
    record.

    Raises:
        SourceError: when it cannot be read at all. What is wrong with single records is in ``Document.failures``.
        ConfigError: for an unknown format.
    """
    check_format(input_format)
    text = decode(data, path)
    named = input_format if input_format in EXPORTS else None
    form = input_format if input_format in FORMATS else EXTENSIONS.get(PurePath(path).suffix.lower())
    if form is None or (named and form not in PARSERS):
        form = _guess(text, export=named is not None)
    reader = FORMATS[form]
    try:
        if reader is not None:
            read: Reader = _function(reader)
            return from_comments(read(text, path), form)
        parse: Parser = _function(PARSERS[form])
        document = collect(parse(text, path), text, path, named=named, by_key=form == "yaml", first=first)
        return from_comments(document, form)
    except RecursionError as error:
        raise SourceError(Text("te diep genest", "nested too deep"), path=path, line=1, column=1) from error


class Readable(Protocol):
    """Something to read bytes from."""

    def read(self, size: int, /) -> bytes: ...


def read_parts(file: Readable, path: str, input_format: str | None = None, size: int = PART) -> Iterator[Document]:
    """The records of a large file, some ``size`` bytes at a time, where that comes to the same as reading it at once.

    It does for a record a line or a row that answers a customer. Nothing comes of other files: what is an export or may be a
    library of canned replies is to be read as a whole.

    Raises:
        SourceError: when it cannot be read to its end; what came before is then void.
    """
    form = input_format or EXTENSIONS.get(PurePath(path).suffix.lower())
    if form not in PARTS:
        return
    parts: Parts = _function(PARTS[form])
    begins, number = START, 1
    for text, parsed in parts(_texts(file, path, size), path):
        if number == 1 and recognise(parsed.data, parsed.columns):
            return
        try:
            document = collect(parsed, text, path, begins=begins, first=number)
        except RecursionError as error:
            raise SourceError(Text("te diep genest", "nested too deep"), path=path, line=begins.line, column=1) from error
        if number == 1 and not any(r.customer or r.message_index is not None for r in document.replies):
            return
        number += len(parsed.data)
        begins = LineIndex(text, begins).ends
        yield replace(document, ends=False)
    yield Document(path, "", (), begins=begins)


def _texts(file: Readable, path: str, size: int) -> Iterator[tuple[str, bool]]:
    """A file in pieces that end with a line, each with whether it is the last one."""
    line, waiting = 1, list[bytes]()
    while True:
        block = file.read(size)
        end = block.rfind(b"\n") + 1
        if block and not end:
            waiting.append(block)  # amid a very long line
            continue
        data = b"".join([*waiting, block[:end] if block else b""])
        yield decode(data, path, line), not block
        line += data.count(b"\n")
        waiting = [block[end:]]
        if not block:
            return


def _guess(text: str, *, export: bool) -> str:
    """The form of a text without a telling name; only JSON cannot be mistaken for a reply."""
    body = text.lstrip("\ufeff \t\r\n")
    if body.startswith(("{", "[")):
        for form in ("json", "jsonl"):
            try:
                parse: Parser = _function(PARSERS[form])
                parsed = parse(text, "")
            except Doubled:
                return form
            except SourceError:
                continue
            records = parsed.data if isinstance(parsed.data, Items) else [parsed.data]
            if any(isinstance(record, Fields) and record for record in records):
                return form
    if not export:
        return "text"
    return "yaml" if re.match(r"(?:#|---|- |\w+:\s)", body) else "csv"
