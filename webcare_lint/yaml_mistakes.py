"""What to do about YAML that cannot be read: the parser tells where it stumbled, and seldom why."""

from __future__ import annotations

import re
from typing import NamedTuple

import yaml

from webcare_lint.errors import Text
from webcare_lint.text import LineIndex

Loader: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_REASONS = {
    "mapping values are not allowed": "een dubbele punt staat hier verkeerd; zet de tekst tussen aanhalingstekens",
    "could not find expected ':'": "hier hoort een dubbele punt",
    "found unexpected end of stream": "het bestand houdt op midden in een tekst tussen aanhalingstekens",
    "did not find expected key": "de inspringing klopt niet, of hier ontbreekt een sleutel",
    "did not find expected '-' indicator": "hier hoort een streepje, of de inspringing klopt niet",
    "did not find expected ',' or ']'": "hier hoort een komma of ]",
    "did not find expected ',' or '}'": "hier hoort een komma of }",
    "did not find expected node content": "hier hoort een waarde",
    "did not find expected hexdecimal number": "na deze backslash hoort een hexadecimaal getal",
    "did not find expected <document start>": "hier hoort ---",
    "found undefined alias": "dit anker bestaat niet",
    "found a tab character that violates indentation": "een tab; spring in met spaties",
    "exceeded maximum nesting depth": "te diep genest",
    "found unknown escape character": "na een backslash mag dit teken niet",
}
_SIGNED = ("while scanning an alias", "while scanning an anchor", "while scanning a tag", "while scanning a directive")
"""What YAML takes a text for that begins with * & ! or %."""
_QUOTED = {
    "'": Text("de tekst tussen ' stopt hier al; zet er \" omheen, of schrijf een ' in de tekst dubbel",
              "the text between ' ends here already; put it between \", or write a ' in the text twice"),
    '"': Text("de tekst tussen \" stopt hier al; zet er ' omheen, of schrijf een \" in de tekst als \\\"",
              "the text between \" ends here already; put it between ', or write a \" in the text as \\\""),
}  # fmt: skip
_QUOTE_IT = Text("zet deze tekst tussen aanhalingstekens", "put this text in quotes")
_INDENT = Text("de inspringing klopt niet", "the indentation is not right")
_BRACES = re.compile(r"(?:^|[-:,[])\s*\{\{")
_HEAD = re.compile(r"\s*(?:- +)*")
"""What stands before the key of a line."""
_KEY = re.compile(rf"{_HEAD.pattern}[\w-]+")
_CRAMPED = re.compile(rf"{_HEAD.pattern}(?:(?P<dash>-)[^\W\d]|[^\W\d][\w-]*:(?!//)\S)")
"""A line with no space behind its dash or behind the colon of its key."""


class _Unclosed(NamedTuple):
    """A text in quotes that goes on for ever, or to where the next one begins; ``at`` is its opening quote."""

    at: int


def broken_yaml(error: yaml.YAMLError, text: str) -> tuple[Text, int]:
    """What is wrong with a file that is no YAML, and where; ``text`` is what stands in it."""
    reason = getattr(error, "problem", None) or getattr(error, "reason", None) or "?"
    dutch = next((told for english, told in _REASONS.items() if english in reason), reason)
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    told, at = _cure(error, text, reason) or Text(dutch, reason), mark.index if mark else 0
    if isinstance(told, _Unclosed):
        at, line = told.at, LineIndex(text).position(told.at).line
        told = Text(f"de tekst tussen aanhalingstekens die op regel {line} begint, wordt niet afgesloten",
                    f"the quoted text that starts in line {line} is not closed")  # fmt: skip
    return Text(f"dit is geen geldige YAML ({told.nl})", f"this is no valid YAML ({told.en})"), at


def begins_with(sign: str) -> Text:
    """What to do about a text whose first character says something else in YAML."""
    return Text(f"zet een tekst die met {sign} begint tussen aanhalingstekens", f"put a text that starts with {sign} in quotes")


def _cure(error: yaml.YAMLError, text: str, reason: str) -> Text | _Unclosed | None:
    """What to do about a mistake that many make and that YAML names badly."""
    mark, begin = getattr(error, "problem_mark", None), getattr(error, "context_mark", None)
    if begin and ("unexpected end of stream" in reason or "document indicator" in reason):
        return _Unclosed(begin.index)
    if not text or not mark:
        return None
    index = LineIndex(text)
    if text[mark.index : mark.index + 1] == "\t":
        return Text("een tab; spring in met spaties", "a tab; indent with spaces")
    context = getattr(error, "context", None) or ""
    header = context == "while scanning a block scalar" and ("line break" in reason or "indicator" in reason)
    if begin and (header or context in _SIGNED):
        return begins_with(text[begin.index])
    if "undefined alias" in reason:
        quote = begins_with("*")
        return Text(f"dit anker bestaat niet; {quote.nl}", f"this anchor does not exist; {quote.en}")
    line, column, _ = index.position(mark.index)
    before = index.line(line)[: column - 1]
    if "entries are not allowed" in reason or "keys are not allowed" in reason:
        return begins_with(text[mark.index]) if before.strip() else _INDENT
    if _BRACES.search(before) or "cannot start any token" in reason:
        return _QUOTE_IT
    if "mapping values are not allowed" in reason:
        return _stray_colon(index, line, before)
    if begin and "could not find expected ':'" in reason:
        return _no_key(index, index.position(begin.index).line)
    return _behind(index, mark.index) if "did not find expected" in reason else None


def _stray_colon(index: LineIndex, line: int, before: str) -> Text | None:
    """What is wrong where a key stands amid a text; None where it is no key, but a text with a colon that lacks its quotes."""
    above = next((number for number in range(line - 1, 0, -1) if index.line(number).strip()), line)
    if ": " in before:
        return None
    if told := _cramped(before, line) or _cramped(index.line(above), above):
        return told
    if not _KEY.fullmatch(before):
        return None
    return _INDENT if _head(before) > _head(index.line(above)) else _no_key(index, above)


def _head(line: str) -> int:
    """How far the key of a line stands from its margin."""
    found = _HEAD.match(line)
    return found.end() if found else 0


def _no_key(index: LineIndex, line: int) -> Text:
    """What is wrong with a line between keys that is none."""
    return _cramped(index.line(line), line) or Text(
        f"op regel {line} ontbreekt een dubbele punt achter de sleutel; loopt daar een tekst door, spring dan verder in",
        f"line {line} lacks a colon behind its key; where a text goes on there, indent it further",
    )


def _cramped(shown: str, line: int) -> Text | None:
    """Where a line lacks the space that makes an entry or a key of it."""
    found = _CRAMPED.match(shown)
    if not found:
        return None
    nl, en = ("het streepje", "the dash") if found["dash"] else ("de dubbele punt", "the colon")
    return Text(f"zet op regel {line} een spatie achter {nl}", f"put a space behind {en} in line {line}")


def _behind(index: LineIndex, at: int) -> Text | _Unclosed | None:
    """What is wrong where something stands behind a text in quotes, or behind a bracket, that closed in the same line."""
    text, line = index.text, index.position(at).line
    last = _last_token(text, at)
    if last is None or not text[at:].strip() or "\n" in text[last.end_mark.index : at]:
        return _cramped(index.line(line), line)
    if isinstance(last, yaml.FlowSequenceEndToken):
        return begins_with("[")
    if isinstance(last, yaml.FlowMappingEndToken):
        return begins_with("{")
    start, end, quote = last.start_mark.index, last.end_mark.index, getattr(last, "style", None)
    if quote not in _QUOTED or text[at] in _QUOTED:  # between two texts in quotes a comma is missing
        return None
    if "\n" in text[start:end]:
        # What was left open there ends where the next text begins, and only behind that does YAML stumble.
        return _Unclosed(start)
    return _QUOTED[quote]


def _last_token(text: str, at: int) -> yaml.Token | None:
    """The last thing that YAML makes out before ``at``."""
    last = None
    try:
        for token in yaml.scan(text, Loader=Loader):
            if token.start_mark.index >= at:
                break
            last = token
    except yaml.YAMLError:
        pass
    return last
