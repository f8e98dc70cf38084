"""Where in a YAML file the cursor stands, also while the file is broken, as a file that is being typed mostly is.

Reads lines and their indentation, and braces and brackets within the cursor's own line; nothing of it is a YAML parser.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from msgspec import Struct

ITEM = "[]"
"""The step from a list into one of its items."""
_DASH = re.compile(r"-(?:[ ]+|$)")
_KEY = re.compile(r"([\w-]+):(?=\s|$)[ ]*")


class Spot(Struct, frozen=True):
    """A place in the outline.

    ``path`` leads to the mapping in which a key is being written (``key`` is true), or to the value that is. ``word`` is what
    stands before the cursor of it already, ``beside`` the keys that the mapping has, and ``kind`` the kind of the rule around it.
    """

    path: tuple[str, ...]
    key: bool
    word: str
    beside: frozenset[str] = frozenset()
    kind: str | None = None
    quoted: bool = False


class _Token(NamedTuple):
    indent: int
    key: str | None
    """None for a dash."""
    value: str


def spot(lines: Sequence[str], number: int, column: int) -> Spot:
    """The place of the cursor in line ``number``, both from 0."""
    before = lines[number][:column]
    own = list(_tokens(before))
    at = len(before) - len(before.lstrip(" "))
    steps = [token.key or ITEM for token in own]
    above = _above(lines, number, own[0].indent if own else at, dash=bool(own) and own[0].key is None)
    kind = _kind(lines, number, (*above, *steps))
    rest = own[-1].value if own else before[at:]
    if (own and own[-1].key is not None) or rest.startswith(("{", "[", '"', "'")):
        return _inside(rest, (*above, *steps), kind)
    indent = len(before) - len(rest)
    key_like = re.fullmatch(r"[\w-]*", rest) is not None
    path = (*above, *steps)
    if not key_like:
        return _inside(rest, path, kind)
    return Spot(path, True, rest, frozenset(_beside(lines, number, indent)), kind)


def key_at(lines: Sequence[str], number: int, column: int) -> tuple[tuple[str, ...], str] | None:
    """The key that the cursor is on: the path of its mapping, and its name."""
    line = lines[number]
    for match in re.finditer(r"([\w-]+):(?=\s|$)", line):
        if match.start(1) <= column <= match.end(1):
            found = spot(lines, number, match.end(1))
            if found.key and found.word == match.group(1):
                return found.path, found.word
    return None


def _tokens(line: str) -> Iterator[_Token]:
    """The dashes and the key that a line begins with."""
    at = len(line) - len(line.lstrip(" "))
    while dash := _DASH.match(line, at):
        yield _Token(at, None, line[dash.end() :])
        at = dash.end()
    key = _KEY.match(line, at)
    if key:
        yield _Token(at, key.group(1), line[key.end() :])


def _above(lines: Sequence[str], number: int, indent: int, *, dash: bool) -> tuple[str, ...]:
    """The steps from the top to the block that begins at ``indent``."""
    path: list[str] = []
    for line in reversed(lines[:number]):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        for token in reversed(list(_tokens(line))):
            # The dashes of a list may stand right below the key that has it.
            if token.indent < indent or (token.key and dash and token.indent == indent):
                path.insert(0, token.key or ITEM)
                indent, dash = token.indent, token.key is None
        if indent == 0 and not dash:
            break
    return tuple(path)


def _beside(lines: Sequence[str], number: int, indent: int) -> Iterator[str]:
    """The other keys of the mapping that the cursor stands in."""
    for way in (range(number, -1, -1), range(number + 1, len(lines))):
        for n in way:
            line = lines[n]
            if not line.strip() or line.lstrip().startswith("#"):
                continue
            tokens = list(_tokens(line))
            own = next((t for t in tokens if t.key and t.indent == indent), None)
            starts = bool(tokens) and tokens[0].key is None and tokens[0].indent < indent
            left = len(line) - len(line.lstrip(" "))
            if way.step > 0 and left < indent:
                break  # here another item or an outer block begins
            if own and own.key and n != number:
                yield own.key
            if way.step < 0 and (left < indent or starts):
                break


def _kind(lines: Sequence[str], number: int, path: tuple[str, ...]) -> str | None:
    """What the rule that the line belongs to says of its kind."""
    if path[:2] != ("rules", ITEM):
        return None
    start = next((n for n in range(number, -1, -1) if re.match(r" {0,2}- ", lines[n])), None)
    if start is None:
        return None
    base = len(lines[start]) - len(lines[start].lstrip(" "))
    for n in range(start, len(lines)):
        line = lines[n]
        if n > start and line.strip() and len(line) - len(line.lstrip(" ")) <= base:
            return None
        match = re.match(rf" {{{base}}}[- ] kind:[ ]*([\w-]+)", line)
        if match:
            return match.group(1)
    return None


def _inside(value: str, path: tuple[str, ...], kind: str | None) -> Spot:
    """The place within what stands behind a key or dash: braces, brackets, quotes."""
    frames: list[list[str | None]] = []  # "{" with its key, "[" with the step into it
    quote, token, fresh = "", "", True
    beside: list[set[str]] = []
    for at, char in enumerate(value):
        if quote:
            quote = "" if char == quote else quote
            token = token + char if quote else ""
        elif char in "\"'" and fresh:
            quote, token = char, ""
        elif char in "{[" and fresh and (frames or not value[:at].strip()):
            frames.append([char, None])
            beside.append(set())
            token, fresh = "", True
            continue
        elif char in "}]" and frames:
            frames.pop()
            beside.pop()
            token = ""
        elif char == "," and frames:
            if frames[-1][0] == "{":
                frames[-1][1] = None
            token, fresh = "", True
            continue
        elif char == ":" and frames and frames[-1] == ["{", None]:
            frames[-1][1] = token.strip()
            beside[-1].add(token.strip())
            token, fresh = "", True
            continue
        else:
            token += char
        fresh = fresh and char == " "
    steps = [key if bracket == "{" else ITEM for bracket, key in frames]
    if frames and frames[-1] == ["{", None] and not quote:
        return Spot((*path, *(s for s in steps[:-1] if s)), True, token.strip(), frozenset(beside[-1]), kind)
    return Spot((*path, *(s for s in steps if s)), False, token if quote else token.lstrip(), frozenset(), kind, bool(quote))
