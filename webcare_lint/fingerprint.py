"""A name for a finding that stays the same when the file around it changes.

Made of the code, the record's own id, and the sentence around the marked words with its white space and capitals levelled; never
of line numbers or paths. It is a hash, so that what it is written into holds no reply text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from webcare_lint.hashing import blake2b
from webcare_lint.model import Diagnostic

T = TypeVar("T")
_SENTENCE_END = re.compile(r"[.!?…]+[\s\"'”’)]+|\n+")
_SPACE = re.compile(r"\s+")


def fingerprint(diagnostic: Diagnostic) -> str:
    """32 hexadecimal digits; findings of one code in one sentence share them."""
    # An id that is a number may be no more than the position in the file, which moves when a record is added above.
    own = "" if diagnostic.reply_id.isdigit() else diagnostic.reply_id
    message = "" if diagnostic.message_index is None else str(diagnostic.message_index)
    parts = (diagnostic.code, own, message if own else "", _context(diagnostic, named=bool(own)))
    return blake2b("\0".join(parts).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def numbered(things: Iterable[T], name: Callable[[T], str]) -> Iterator[tuple[T, str]]:
    """Each thing with its name, and behind that a number where an earlier one has the same, in order."""
    seen: Counter[str] = Counter()
    for thing in things:
        made = name(thing)
        seen[made] += 1
        yield thing, made if seen[made] == 1 else f"{made}-{seen[made]}"


def _context(diagnostic: Diagnostic, *, named: bool) -> str:
    text, (start, end) = diagnostic.reply, diagnostic.reply_span
    if not diagnostic.quote:
        # About the reply as a whole: its id says which one, and without an id only its words can.
        return "" if named else _levelled(text)
    before = [m.end() for m in _SENTENCE_END.finditer(text, 0, start)]
    after = _SENTENCE_END.search(text, max(start, end - 1))
    return _levelled(text[before[-1] if before else 0 : max(end, after.start()) if after else len(text)])


def _levelled(text: str) -> str:
    return _SPACE.sub(" ", text).strip(" .!?…").casefold()
