"""Keeps what was found, so that a second run over unchanged replies needs neither rules nor language model.

An entry holds codes, offsets and hashes, and no text of a reply: quotes are cut from the file anew. Entries are written whole and
carry a checksum: one that is damaged counts as absent, and runs beside each other cannot harm each other.
"""

from __future__ import annotations

import os
import re
import sys
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import TypeVar

import msgspec

from webcare_lint.atomic import write_atomically
from webcare_lint.errors import WebcareLintError
from webcare_lint.hashing import blake2b
from webcare_lint.model import Edit, Fix, Hit, Level, Library, Reply
from webcare_lint.text import Span

VARIABLE = "WEBCARE_LINT_CACHE_DIR"
KEPT_DAYS = 30
_CHECKSUM = 16
_OURS = re.compile(r"([0-9a-f]{2})/\.?\1[0-9a-f]{30}\.bin(?:\.\w+\.tmp)?")
"""An entry, or what a run that was killed left of one."""
Value = str | tuple[str, int, int]
"""A value of a hit: where it stands, in the reply (``r``) or in the customer's message (``c``), or else a word of the rule or a
number as it is."""


class StoredHit(msgspec.Struct, array_like=True, frozen=True):
    """A hit without words of the reply."""

    code: str
    start: int
    end: int
    values: dict[str, Value]
    safety: str = ""
    edits: list[tuple[int, int, str]] = []
    advice: tuple[int, ...] = ()
    missing: tuple[int, ...] = ()
    level: Level | None = None
    exempt: bool = False


_HITS = msgspec.msgpack.Decoder(dict[bytes, list[StoredHit]])
_NOTHING: list[StoredHit] = []
"""One list for all replies in which nothing was found: a log has very many."""
T = TypeVar("T")
_ENCODER = msgspec.msgpack.Encoder()


def folder() -> Path:
    """Where the entries are."""
    if os.environ.get(VARIABLE):
        return Path(os.environ[VARIABLE])
    from platformdirs import user_cache_path

    return user_cache_path("webcare-lint", appauthor=False)


def clear() -> int:
    """Throw all entries away; how many there were."""
    count = 0
    for path in _entries():
        with suppress(OSError):
            path.unlink()
            count += path.suffix == ".bin"
        with suppress(OSError):  # until the last one has gone
            path.parent.rmdir()
    return count


def _entries() -> list[Path]:
    """What is ours in the folder, which may hold whatever else."""
    place = folder()
    return [path for path in place.glob("??/*") if _OURS.fullmatch(path.relative_to(place).as_posix())]


def world(settings: bytes, rule_files: Iterable[Path], pipeline: str | None, reader: Path | None = None) -> str | None:
    """A hash of all that decides what is found beside the replies; None when that cannot be known.

    The program, its rules and its models by the size and time of their files, own rules by their content.
    """
    made = blake2b(digest_size=16)
    package = Path(__file__).parent
    made.update(sys.version.encode() + settings + package.joinpath("__init__.py").read_bytes())  # our version stands in there
    folders = [package]
    if pipeline is not None:
        spec = None
        if not Path(pipeline).is_dir():
            with suppress(ImportError, ValueError):  # a name that no package can have
                spec = find_spec(pipeline)
        places = spec.submodule_search_locations if spec else None
        folders.append(Path(pipeline) if spec is None else Path(next(iter(places or [])) if places else ""))
        if not folders[-1].is_dir():
            return None
    if reader is not None:
        folders.append(reader)
        if not reader.is_dir():
            return None
    try:
        for place in folders:
            for name, size, modified in _files(place):
                made.update(f"{name} {size} {modified}\0".encode("utf-8", "surrogateescape"))
        for path in rule_files:
            made.update(f"{path}\0".encode("utf-8", "surrogateescape") + blake2b(path.read_bytes()).digest())
    except OSError:
        return None
    return made.hexdigest()


def _files(place: Path) -> Iterator[tuple[str, int, int]]:
    """The files below a folder, in a fixed order."""
    with os.scandir(place) as entries:
        found = sorted(entries, key=lambda entry: entry.name)
    for entry in found:
        if entry.is_dir():
            if entry.name != "__pycache__":
                yield from _files(Path(entry.path))
        else:
            status = entry.stat()
            yield entry.path, status.st_size, status.st_mtime_ns


class Cache:
    """The entries that hold in one ``world``."""

    def __init__(self, world: str) -> None:
        self._world = world

    def load(self, name: str, kind: type[T]) -> T | None:
        """What was kept under a name about the rules."""
        try:
            return msgspec.msgpack.decode(_load(self._path(name)), type=kind)
        except (OSError, ValueError, msgspec.MsgspecError):
            return None

    def keep(self, **known: object) -> None:
        """Keep data about the rules, each under its name."""
        _prune()
        for name, data in known.items():
            _save(self._path(name), _ENCODER.encode(data))

    def file(self, path: str, play: Iterable[str]) -> Entry:
        """What was found in the file at ``path`` when ``play`` was in play."""
        return Entry(self._path("\0".join([str(Path(path).absolute()), *play])))

    def _path(self, key: str) -> Path:
        name = blake2b(f"{self._world}\0{key}".encode("utf-8", "surrogateescape"), digest_size=16).hexdigest()
        return folder() / name[:2] / f"{name}.bin"


class Entry:
    """The findings in the replies of one file, each by the hash of all that the finding depends on."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._new: dict[bytes, list[StoredHit]] = {}
        self._changed = False
        try:
            self._known = _HITS.decode(_load(path))
        except (OSError, ValueError, msgspec.MsgspecError):
            self._known = {}

    def get(self, reply: Reply) -> list[tuple[str, Hit]] | None:
        """What was found in the reply; None when it is not known."""
        key = _key(reply)
        stored = self._known.get(key)
        if stored is None:
            return None
        self._new[key] = stored
        return [(hit.code, _restored(hit, reply)) for hit in stored]

    def put(self, reply: Reply, found: Sequence[tuple[str, Hit]], words: Mapping[str, frozenset[str]]) -> None:
        """Keep what was found; ``words`` are those of each rule that may be kept as they are."""
        stored = [_stored(code, hit, reply, words.get(code, frozenset())) for code, hit in found]
        whole = [hit for hit in stored if hit is not None]
        if len(whole) == len(stored):
            self._new[_key(reply)] = whole or _NOTHING
            self._changed = True

    def save(self) -> None:
        """Write what is known now; replies that are gone are forgotten."""
        if self._changed:
            _save(self._path, _ENCODER.encode(self._new))


def _key(reply: Reply) -> bytes:
    library = (reply.place, _made_of(reply.library)) if reply.library else None
    parts = repr((reply.text, reply.customer, reply.channel, reply.history, reply.unanswered, library))
    return blake2b(parts.encode("utf-8", "surrogatepass"), digest_size=16).digest()


@lru_cache(maxsize=8)
def _made_of(library: Library) -> str:
    """A hash of a library; rules look across its replies, so one that changes makes all of them anew."""
    return blake2b(repr(library.replies).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def _stored(code: str, hit: Hit, reply: Reply, words: frozenset[str]) -> StoredHit | None:
    values: dict[str, Value] = {}
    for name, value in hit.values.items():
        made = _value(value, reply, words)
        if made is None:
            return None
        values[name] = made
    fix = hit.fix
    edits = [(edit.span.start, edit.span.end, edit.text) for edit in fix.edits] if fix else []
    safety = fix.safety if fix else ""
    return StoredHit(code, *hit.span, values, safety, edits, hit.advice, hit.missing, hit.level, hit.exempt)


def _value(value: str, reply: Reply, words: frozenset[str]) -> Value | None:
    if value in words:
        return value
    for where, text in (("r", reply.text), ("c", reply.customer or "")):
        at = text.find(value)
        if at >= 0:
            return where, at, at + len(value)
    # A number that stands nowhere was counted; one that does may be of an order or a telephone.
    return value if value.replace(".", "").isdigit() else None


def _restored(stored: StoredHit, reply: Reply) -> Hit:
    texts = {"r": reply.text, "c": reply.customer or ""}
    values = {n: v if isinstance(v, str) else texts[v[0]][v[1] : v[2]] for n, v in stored.values.items()}
    edits = tuple(Edit(Span(start, end), text) for start, end, text in stored.edits)
    fix = Fix("safe" if stored.safety == "safe" else "review", edits) if stored.safety else None
    span = Span(stored.start, stored.end)
    return Hit(span, values, fix, stored.advice, stored.missing, stored.level, exempt=stored.exempt)


def _load(path: Path) -> bytes:
    data = path.read_bytes()
    body = data[_CHECKSUM:]
    if blake2b(body, digest_size=_CHECKSUM).digest() != data[:_CHECKSUM]:
        raise ValueError("damaged")
    return body


def _save(path: Path, body: bytes) -> None:
    # Nothing is lost when it cannot be kept: a full disk or a home that is read-only is no reason to stop.
    with suppress(OSError, WebcareLintError):
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(path, blake2b(body, digest_size=_CHECKSUM).digest() + body, durable=False)


def _prune() -> None:
    """Forget what nobody wrote for a month; called when the rules have changed, which is seldom."""
    oldest = time.time() - KEPT_DAYS * 86_400
    for path in _entries():
        with suppress(OSError):
            if path.stat().st_mtime < oldest:
                path.unlink()
