"""What the command and a server that runs already agree on: where it listens, who it is, and how parts travel.

Imports nothing beside what every start of Python has loaded; that is the point of a warm start.
"""

from __future__ import annotations

import os
import zlib

PATH = "/check"
DEFAULT_URL = "http://127.0.0.1:8081"
LARGEST = 200_000
"""Bytes of input; what is larger takes so long that a cold start no longer shows, and several processes help."""


def address(url: str) -> tuple[str, int] | None:
    """The host and port of a server on this computer; None for any other, as drafts go nowhere else."""
    scheme, _, rest = url.partition("://")
    host, _, port = rest.rstrip("/").rpartition(":")
    known = {"127.0.0.1": "127.0.0.1", "localhost": "127.0.0.1", "[::1]": "::1"}
    if scheme != "http" or host not in known or not (port.isascii() and port.isdigit() and 0 < int(port) < 65536):
        return None
    return known[host], int(port)


def identity(version: str, config: str | None, content: bytes) -> bytes:
    """Who answers the same: one installation of one version, with the configuration that holds at ``config``."""
    parts = [os.path.dirname(os.path.abspath(__file__)), os.path.abspath(config) if config else ""]
    made = zlib.crc32(b"\0".join([*map(os.fsencode, parts), content]))
    return f"webcare-lint {version} {made:08x}".encode()


def pack(parts: list[tuple[str, bytes]]) -> bytes:
    """Named parts as one body: before each its length and its name on a line.

    Raises:
        ValueError: for a name that is no line.
    """
    if any("\n" in name for name, _ in parts):
        raise ValueError("a name of two lines")
    return b"".join(b"%d %s\n%s" % (len(value), name.encode(), value) for name, value in parts)


def unpack(body: bytes) -> list[tuple[str, bytes]]:
    """The parts of a body.

    Raises:
        ValueError: when it is none or is not whole.
    """
    parts, at = [], 0
    while at < len(body):
        start = body.index(b"\n", at) + 1
        length, _, name = body[at : start - 1].partition(b" ")
        at = start + int(length)
        if int(length) < 0 or at > len(body):
            raise ValueError("not whole")
        parts.append((name.decode(), body[start:at]))
    return parts
