"""Writes a file whole or not at all, whatever happens meanwhile."""

from __future__ import annotations

import contextlib
import errno
import os
import re
from collections.abc import Iterable
from pathlib import Path

from webcare_lint.errors import Text, WebcareLintError


def write_atomically(path: Path, data: bytes | Iterable[bytes], *, durable: bool = True, instead_of: bytes | None = None) -> None:
    """Replace what is at ``path``: at any moment the old or the new file is there. Its permissions hold, and stay as they were.

    ``durable`` waits until it is on the disk, so that a power cut cannot leave an empty file. ``instead_of`` is what the data was
    made from: a file that holds something else by now is left alone.

    Raises:
        WebcareLintError: when the file cannot be written, or was changed meanwhile.
    """
    import tempfile  # a run that writes nothing does not wait for it

    target = Path(os.path.realpath(path))  # a link stays a link
    temporary = None
    try:
        if (stream := _stream(path)) is not None:  # goes on where that is, whatever it is
            with os.fdopen(os.dup(stream), "wb") as file:
                file.writelines([data] if isinstance(data, bytes) else data)
            return
        if target.exists() and not target.is_file():  # a pipe or a device
            with target.open("wb") as file:
                file.writelines([data] if isinstance(data, bytes) else data)
            return
        if target.exists() and not os.access(target, os.W_OK):  # of a file that is put in its place nobody would ask it
            raise PermissionError
        descriptor, temporary = tempfile.mkstemp(prefix=f".{target.name[:50]}.", suffix=".tmp", dir=target.parent)
        with os.fdopen(descriptor, "wb") as file:
            file.writelines([data] if isinstance(data, bytes) else data)
            if durable:
                file.flush()
                os.fsync(file.fileno())
        os.chmod(temporary, target.stat().st_mode & 0o7777 if target.exists() else 0o666 & ~_umask())  # noqa: PTH101
        if instead_of is not None and not (target.exists() and target.read_bytes() == instead_of):
            raise WebcareLintError(
                Text("intussen gewijzigd en dus niet verbeterd; draai opnieuw", "changed meanwhile, so not mended; run again"),
                path=str(path),
            )
        os.replace(temporary, target)  # noqa: PTH105
    except BaseException as error:  # also what the data raises while it is made, and Ctrl-C
        if temporary is not None:
            with contextlib.suppress(OSError):
                os.unlink(temporary)  # noqa: PTH108
        if not isinstance(error, OSError):
            raise
        raise WebcareLintError(unwritable(error), path=str(path)) from error


def unwritable(error: OSError) -> Text:
    """Why a file cannot be written."""
    match error:
        case FileNotFoundError() | NotADirectoryError():
            return Text("de map van dit bestand bestaat niet", "the folder of this file does not exist")
        case IsADirectoryError():
            return Text("dit is een map en geen bestand", "this is a folder and no file")
        case PermissionError():
            return Text("geen recht om hier te schrijven", "no permission to write here")
        case OSError(errno=errno.ENOSPC):
            return Text("hier is geen ruimte meer", "no room is left here")
        case _:
            reason = error.strerror or str(error)
            return Text(f"kan hier niet schrijven: {reason}", f"cannot write here: {reason}")


def _stream(path: Path) -> int | None:
    """The number of the stream of ours that a path such as ``/dev/stdout`` stands for."""
    found = re.fullmatch(r"/dev/(?:(stdout)|(stderr)|fd/(\d+))", str(path))
    return None if found is None else int(found[3]) if found[3] else 1 if found[1] else 2


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
