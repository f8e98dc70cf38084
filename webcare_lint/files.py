"""Files and folders: which ones to check, and their bytes."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from msgspec.structs import replace

from webcare_lint.errors import SourceError, Text, WebcareLintError
from webcare_lint.located import unreadable
from webcare_lint.model import Document, Failure, with_library
from webcare_lint.sources import EXTENSIONS, LARGEST_FILE, PART, read_document, read_parts

STANDARD_INPUT = "-"
_SETTINGS = ".webcare-lint"
"""How the names of our config and baseline begin."""
_HOOKS = ".pre-commit-config.yaml"
_SKIPPED_FOLDERS = frozenset(("node_modules", "__pycache__", "venv", "build", "dist"))


def is_apart(path: str, apart: Collection[str] = ()) -> bool:
    """Whether a path is of settings or rules, and so of no replies: by its name, or since it is or lies in one of ``apart``."""
    if path == STANDARD_INPUT:
        return False
    where, name = _absolute(path), os.path.basename(path)  # noqa: PTH119
    return name.startswith(_SETTINGS) or name == _HOOKS or any(where == each or where.startswith(each + os.sep) for each in apart)


def walk(path: str, apart: Collection[str] = (), closed: Callable[[OSError], object] | None = None) -> Iterator[str]:
    """A file as it is, or the files below a folder that some reader knows; hidden ones are passed over.

    ``apart``: files and folders that hold no replies, as absolute paths; they are passed over too, named or not (see
    ``is_apart``). ``closed`` is told of every folder that cannot be read.

    Raises:
        SourceError: for a folder without anything to check.
    """
    if is_apart(path, apart):
        return
    if path == STANDARD_INPUT or not os.path.isdir(path):  # noqa: PTH112  # Path.is_dir stumbles over a name that is too long
        yield path
        return
    found = False
    for folder, folders, names in os.walk(path, onerror=closed):
        folders[:] = sorted(
            f for f in folders if f not in _SKIPPED_FOLDERS and not f.startswith(".") and _absolute(folder, f) not in apart
        )
        for name in sorted(names):
            ours = not name.startswith(".") and os.path.splitext(name)[1].lower() in EXTENSIONS  # noqa: PTH122
            if ours and not (apart and _absolute(folder, name) in apart):
                found = True
                yield str(Path(folder) / name)
    if not found:
        known = ", ".join(sorted(EXTENSIONS))
        raise SourceError(
            Text(f"deze map bevat niets om te controleren ({known})", f"nothing to check in this folder ({known})"),
            path=path,
        )


def unseen(paths: Iterable[str], seen: set[str]) -> Iterator[str]:
    """The files that are not in ``seen``, which grows: one may be named twice, or lie in a folder that is named too."""
    for path in paths:
        where = path if path == STANDARD_INPUT else _absolute(path)
        if where not in seen:
            seen.add(where)
            yield path


def _absolute(*parts: str) -> str:
    return os.path.abspath(os.path.join(*parts))  # noqa: PTH100, PTH118  # no link is followed, and thousands of files are asked for


def read_inputs(paths: Iterable[str], input_format: str | None = None, apart: Collection[str] = ()) -> Iterator[Document]:
    """What is in files and folders, large files in parts. One of either that cannot be read becomes a document with a failure.

    ``apart`` is what holds no replies (see ``walk``); what is named all the same is counted as skipped: a pre-commit hook names
    whatever was changed.
    """
    seen = set[str]()
    for path in paths:
        if is_apart(path, apart):
            yield Document(path, "", (), skipped={"settings": 1})
            continue
        closed: list[OSError] = []
        try:
            for name in unseen(walk(path, apart, closed.append), seen):
                yield from _read(name, input_format)
        except WebcareLintError as error:
            if not closed:
                yield _failed(path, error)
        for reason in closed:
            yield _failed(str(Path(reason.filename)), SourceError(unreadable(reason)))


def _read(path: str, input_format: str | None) -> Iterator[Document]:
    begun = False
    try:
        with _opened(path) as file:
            again = _Again(file)
            size = 0 if path == STANDARD_INPUT else _size(file)
            if path == STANDARD_INPUT or size > PART:
                for document in read_parts(again, path, input_format):
                    again.forget()
                    yield document
                    begun = True
            if not begun:
                yield with_library(read_document(_limited(again, path, size), path, input_format))
    except WebcareLintError as error:
        yield replace(_failed(path, error), broken=begun)


@contextmanager
def _opened(path: str) -> Iterator[BinaryIO]:
    try:
        if path == STANDARD_INPUT:
            if sys.stdin is None:
                raise SourceError(Text("de standaardinvoer is dicht", "standard input is closed"), path=path)
            yield sys.stdin.buffer
        else:
            with Path(path).open("rb") as file:
                yield file
    except OSError as error:
        raise SourceError(unreadable(error), path=path) from error


def _size(file: BinaryIO) -> int:
    """The bytes in a file; of a pipe, which nobody can know, none."""
    status = os.fstat(file.fileno())
    return status.st_size if stat.S_ISREG(status.st_mode) else 0


class _Again:
    """A file whose beginning can be read a second time, a pipe too, until it is forgotten."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._kept: list[bytes] | None = []

    def read(self, size: int) -> bytes:
        data = self._file.read(size)
        if self._kept is not None:
            self._kept.append(data)
        return data

    def forget(self) -> None:
        self._kept = None

    def whole(self, size: int) -> bytes:
        """All of it, or somewhat more than ``size`` bytes."""
        kept = b"".join(self._kept or ())
        return kept + self._file.read(max(0, size + 1 - len(kept)))


def _failed(name: str, error: WebcareLintError) -> Document:
    return Document(name, "", (), failures=(Failure.of(error, name),))


def _limited(file: _Again, path: str, size: int) -> bytes:
    data = file.whole(LARGEST_FILE) if size <= LARGEST_FILE else b""
    if max(size, len(data)) > LARGEST_FILE:
        limit = LARGEST_FILE // 1024 // 1024
        raise SourceError(
            Text(f"groter dan {limit} MB; splits het bestand", f"larger than {limit} MB; split the file"), path=path
        )
    return data
