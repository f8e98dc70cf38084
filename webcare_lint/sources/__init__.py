"""Readers: from the bytes of a file to replies with their places.

A form of file is one module and one line in ``FORMATS``; a help desk is one module and one line in ``exports.EXPORTS``.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import PurePath

from webcare_lint.errors import ConfigError, SourceError, Text
from webcare_lint.located import nearest
from webcare_lint.model import Document
from webcare_lint.sources import csv_file, html_file, json_file, markdown, text_file, yaml_file
from webcare_lint.sources.exports import EXPORTS
from webcare_lint.sources.placed import Fields, Items, Parsed
from webcare_lint.sources.records import collect
from webcare_lint.sources.suppressions import from_comments

Reader = Callable[[str, str], Document]
"""From the text of a file and its path to what is in it; raises ``SourceError``."""
Parser = Callable[[str, str], Parsed]
"""From the text of a file and its path to its data; raises ``SourceError``."""

FORMATS: dict[str, Reader | None] = {
    "text": text_file.read,
    "markdown": markdown.read,
    "html": html_file.read,
    "json": None,
    "jsonl": None,
    "yaml": None,
    "csv": None,
}
"""The forms of file; those without a reader of their own hold records."""

PARSERS: dict[str, Parser] = {
    "json": json_file.read,
    "jsonl": json_file.read_lines,
    "yaml": yaml_file.read,
    "csv": csv_file.read,
}

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

INPUT_FORMATS = (*FORMATS, *EXPORTS)
"""What ``--input-format`` takes."""

LARGEST_FILE = 256 * 1024 * 1024
"""Bytes; a larger file is refused before it is read."""


def decode(data: bytes, path: str) -> str:
    """The text of a file, a byte order mark and the line ends kept.

    Raises:
        SourceError: for binary data and for text that is not UTF-8, with the place of the first wrong byte.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in data[:65536]:
        raise SourceError(
            Text("dit is geen tekst maar een binair bestand (of UTF-16); sla het op als UTF-8",
                 "this is no text but a binary file (or UTF-16); save it as UTF-8"),
            path=path,
        )  # fmt: skip
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8", "replace")
        line = before.count("\n") + 1
        column = len(before) - (before.rfind("\n") + 1) + 1
        byte = data[error.start]
        raise SourceError(
            Text(f"dit is geen UTF-8 (byte 0x{byte:02X}; Latin-1 of Windows-1252?); sla het op als UTF-8",
                 f"this is not UTF-8 (byte 0x{byte:02X}; Latin-1 or Windows-1252?); save it as UTF-8"),
            path=path, line=line, column=column,
        ) from error  # fmt: skip


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


def read_document(data: bytes, path: str, input_format: str | None = None) -> Document:
    """Everything there is to check in a file.

    The form goes by ``input_format``, else by the extension, else by the content: JSON is recognised, and anything else is one
    reply. Whose export it is shows in the content, unless ``input_format`` names a help desk.

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
    if reader is not None:
        return from_comments(reader(text, path), form)
    try:
        document = collect(PARSERS[form](text, path), text, path, named=named, by_key=form == "yaml")
        return from_comments(document, form)
    except RecursionError as error:
        raise SourceError(Text("te diep genest", "nested too deep"), path=path, line=1, column=1) from error


def _guess(text: str, *, export: bool) -> str:
    """The form of a text without a telling name; only JSON cannot be mistaken for a reply."""
    body = text.lstrip("\ufeff \t\r\n")
    if body.startswith(("{", "[")):
        for form in ("json", "jsonl"):
            try:
                parsed = PARSERS[form](text, "")
            except SourceError:
                continue
            records = parsed.data if isinstance(parsed.data, Items) else [parsed.data]
            if not parsed.wrong and any(isinstance(record, Fields) for record in records):
                return form
    if not export:
        return "text"
    return "yaml" if re.match(r"(?:#|---|- |\w+:\s)", body) else "csv"
