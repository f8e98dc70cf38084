"""Files and folders: which ones to check, and their bytes."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

from webcare_lint.errors import SourceError, Text
from webcare_lint.model import Document, with_library
from webcare_lint.sources import LARGEST_FILE, READERS, read_document

STANDARD_INPUT = "-"
_SKIPPED_FOLDERS = frozenset(("node_modules", "__pycache__", "venv", "build", "dist"))


def walk(path: str) -> Iterator[str]:
    """A file as it is, or the files below a folder that some reader knows; hidden ones are passed over.

    Raises:
        SourceError: for a folder without anything to check.
    """
    if path == STANDARD_INPUT or not Path(path).is_dir():
        yield path
        return
    found = False
    for folder, folders, names in os.walk(path):
        folders[:] = sorted(f for f in folders if f not in _SKIPPED_FOLDERS and not f.startswith("."))
        for name in sorted(names):
            if not name.startswith(".") and Path(name).suffix.lower() in READERS:
                found = True
                yield str(Path(folder) / name)
    if not found:
        known = ", ".join(sorted(READERS))
        raise SourceError(
            Text(f"deze map bevat niets om te controleren ({known})", f"nothing to check in this folder ({known})"),
            path=path,
        )


def read_input(path: str) -> Document:
    """Read a file, or standard input for ``-``.

    Raises:
        SourceError: when it cannot be opened, is too large or cannot be decoded.
    """
    if path == STANDARD_INPUT:
        return read_document(sys.stdin.buffer.read(), STANDARD_INPUT)
    try:
        size = Path(path).stat().st_size
        if size > LARGEST_FILE:
            limit = LARGEST_FILE // 1024 // 1024
            raise SourceError(
                Text(f"groter dan {limit} MB; splits het bestand", f"larger than {limit} MB; split the file"), path=path
            )
        data = Path(path).read_bytes()
    except FileNotFoundError as error:
        raise SourceError(Text("dit bestand bestaat niet", "no such file"), path=path) from error
    except OSError as error:
        reason = error.strerror or str(error)
        raise SourceError(Text(f"niet te lezen: {reason}", f"cannot be read: {reason}"), path=path) from error
    return with_library(read_document(data, path))
