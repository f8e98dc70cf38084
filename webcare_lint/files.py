"""Files and folders: which ones to check, and their bytes."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from webcare_lint.errors import SourceError, Text, WebcareLintError
from webcare_lint.model import Document, Failure, with_library
from webcare_lint.sources import EXTENSIONS, LARGEST_FILE, PART, read_document, read_parts

STANDARD_INPUT = "-"
_SKIPPED_FOLDERS = frozenset(("node_modules", "__pycache__", "venv", "build", "dist"))


def walk(path: str) -> Iterator[str]:
    """A file as it is, or the files below a folder that some reader knows; hidden ones are passed over.

    Raises:
        SourceError: for a folder without anything to check.
    """
    if path == STANDARD_INPUT or not os.path.isdir(path):  # noqa: PTH112  # Path.is_dir stumbles over a name that is too long
        yield path
        return
    found = False
    for folder, folders, names in os.walk(path):
        folders[:] = sorted(f for f in folders if f not in _SKIPPED_FOLDERS and not f.startswith("."))
        for name in sorted(names):
            if not name.startswith(".") and Path(name).suffix.lower() in EXTENSIONS:
                found = True
                yield str(Path(folder) / name)
    if not found:
        known = ", ".join(sorted(EXTENSIONS))
        raise SourceError(
            Text(f"deze map bevat niets om te controleren ({known})", f"nothing to check in this folder ({known})"),
            path=path,
        )


def read_input(path: str, input_format: str | None = None) -> Document:
    """Read a file, or standard input for ``-``, in the form that ``input_format`` names or that it shows itself.

    Raises:
        SourceError: when it cannot be opened, is too large or cannot be decoded.
    """
    if path == STANDARD_INPUT:
        return with_library(read_document(_limited(sys.stdin.buffer, path), STANDARD_INPUT, input_format))
    try:
        with Path(path).open("rb") as file:
            data = _limited(file, path)
    except OSError as error:
        raise SourceError(_reason(error), path=path) from error
    return with_library(read_document(data, path, input_format))


def read_inputs(paths: Iterable[str], input_format: str | None = None) -> Iterator[Document]:
    """What is in files and folders, large files in parts. One that cannot be read becomes a document with a failure."""
    for path in paths:
        try:
            for name in walk(path):
                yield from _read(name, input_format)
        except WebcareLintError as error:
            yield _failed(path, error)


def _read(path: str, input_format: str | None) -> Iterator[Document]:
    begun = False
    try:
        for document in _in_parts(path, input_format):
            yield document
            begun = True
        if not begun:
            yield read_input(path, input_format)
    except WebcareLintError as error:
        yield replace(_failed(path, error), broken=begun)


def _in_parts(path: str, input_format: str | None) -> Iterator[Document]:
    """The parts of a large file that can be read so."""
    if path == STANDARD_INPUT:
        return
    try:
        status = Path(path).stat()
        if stat.S_ISREG(status.st_mode) and PART < status.st_size <= LARGEST_FILE:
            with Path(path).open("rb") as file:
                yield from read_parts(file, path, input_format)
    except OSError as error:
        raise SourceError(_reason(error), path=path) from error


def _failed(name: str, error: WebcareLintError) -> Document:
    return Document(name, "", (), failures=(Failure(error.path or name, error.line, error.column, error.text),))


def _limited(file: BinaryIO, path: str) -> bytes:
    data = file.read(LARGEST_FILE + 1)
    if len(data) > LARGEST_FILE:
        limit = LARGEST_FILE // 1024 // 1024
        raise SourceError(
            Text(f"groter dan {limit} MB; splits het bestand", f"larger than {limit} MB; split the file"), path=path
        )
    return data


def _reason(error: OSError) -> Text:
    match error:
        case FileNotFoundError():
            return Text("dit bestand bestaat niet", "no such file")
        case PermissionError():
            return Text("geen recht om dit te lezen", "no permission to read this")
        case _:
            reason = error.strerror or str(error)
            return Text(f"niet te lezen: {reason}", f"cannot be read: {reason}")
