"""``check --fix`` and ``check --diff``: mend files, or show how."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path

from webcare_lint.atomic import write_atomically
from webcare_lint.cli.check import with_customer
from webcare_lint.cli.language import say
from webcare_lint.errors import ConfigError, Text, WebcareLintError
from webcare_lint.files import STANDARD_INPUT, unseen, walk
from webcare_lint.fixes import Mended, diff, mend
from webcare_lint.linter import Linter
from webcare_lint.model import Document, Failure
from webcare_lint.sources import decode, read_document


def fix_paths(
    linter: Linter, paths: Iterable[str], input_format: str | None, customer: str | None = None, *, unsafe: bool
) -> tuple[Failure, ...]:
    """Mend the files where they stand, and say how many fixes that took; which ones could not be written is returned."""
    fixed = files = 0
    failed = []
    for path, data, mended in _mended(linter, paths, input_format, customer, unsafe=unsafe):
        try:
            write_atomically(Path(path), mended.data, instead_of=data)
        except WebcareLintError as error:
            failed.append(Failure.of(error))
            continue
        fixed, files = fixed + mended.fixed, files + 1
    nl = f"{fixed} {'verbetering' if fixed == 1 else 'verbeteringen'} in {files} {'bestand' if files == 1 else 'bestanden'}"
    en = f"{fixed} {'fix' if fixed == 1 else 'fixes'} in {files} {'file' if files == 1 else 'files'}"
    print(f"webcare-lint: {say(nl, en)}", file=sys.stderr)
    return tuple(failed)


def show_diff(
    linter: Linter, paths: Iterable[str], input_format: str | None, customer: str | None = None, *, unsafe: bool
) -> None:
    """Print what would change."""
    for path, data, mended in _mended(linter, paths, input_format, customer, unsafe=unsafe):
        sys.stdout.write(diff(Path(path).as_posix(), decode(data, path), mended.document.text))


def _mended(
    linter: Linter, paths: Iterable[str], input_format: str | None, customer: str | None, *, unsafe: bool
) -> Iterator[tuple[str, bytes, Mended]]:
    """The files that change, with what they hold; what cannot be read is left to the check that follows."""
    seen = set[str]()
    for given in paths:
        if given == STANDARD_INPUT:
            raise ConfigError(Text("--fix en --diff werken op bestanden", "--fix and --diff work on files"))
        try:
            for path in unseen(walk(given, linter.loaded.apart), seen):
                try:
                    data = Path(path).read_bytes()
                    mended = mend(linter, data, partial(_read, path, input_format, customer), unsafe=unsafe)
                except (OSError, WebcareLintError):
                    continue
                if mended.fixed:
                    yield path, data, mended
        except WebcareLintError:
            continue


def _read(path: str, input_format: str | None, customer: str | None, data: bytes) -> Document:
    document = read_document(data, path, input_format)
    return document if customer is None else next(with_customer([document], customer))
