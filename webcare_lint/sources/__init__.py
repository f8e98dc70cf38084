"""Readers: from the bytes of a file to replies with their places. One module each, and one line in ``READERS``."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePath

from webcare_lint.errors import SourceError, Text
from webcare_lint.model import Document
from webcare_lint.sources import csv_file, json_file, markdown, text_file, yaml_file

Reader = Callable[[str, str], Document]
"""From the text of a file and its path to what is in it; raises ``SourceError``."""

READERS: dict[str, Reader] = {
    ".txt": text_file.read,
    ".md": markdown.read,
    ".markdown": markdown.read,
    ".json": json_file.read,
    ".jsonl": json_file.read_lines,
    ".ndjson": json_file.read_lines,
    ".yaml": yaml_file.read,
    ".yml": yaml_file.read,
    ".csv": csv_file.read,
    ".tsv": csv_file.read,
}

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


def read_document(data: bytes, path: str) -> Document:
    """Everything there is to check in a file; the reader goes by the extension, and an unknown one is one reply.

    Raises:
        SourceError: when it cannot be read at all. What is wrong with single records is in ``Document.failures``.
    """
    reader = READERS.get(PurePath(path).suffix.lower(), text_file.read)
    return reader(decode(data, path), path)
