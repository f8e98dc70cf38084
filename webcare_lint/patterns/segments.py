"""Sentences and clauses by punctuation and conjunctions: enough for the scope of an exception, and no parse needed."""

from __future__ import annotations

import re
from itertools import pairwise

from webcare_lint.patterns.anchor import EMOJI
from webcare_lint.patterns.compile import FILLERS
from webcare_lint.text import Span, word_before

_ABBREVIATIONS = frozenset(
    """nr nrs dhr mw mevr dr ir drs mr ing prof st tel bijv bv evt incl excl max min ca resp art blz pag jl ivm aub
    vs mvg gem ong zgn ok""".split()
)
# An end mark (with what closes behind it), an emoji before a capital, a signature, an empty line, or a line that ends.
# What looks behind keeps a row of marks, emoji or spaces from being tried again from each of them.
_SMILE = f"(?:{EMOJI}|{FILLERS['emoticon']})"
_NAME = FILLERS["mention"] + FILLERS["placeholder"]
_SIGNATURE = FILLERS["signature"]
_BREAK = re.compile(
    rf"""(?P<mark>(?<![.!?…])[.!?…]+)(?P<close>["'”’)\]]*)(?=\s|$)
    | (?P<emoji>(?<!{_SMILE}){_SMILE}+)(?=\s+[A-ZÀ-Þ"“‘\d{_NAME}])
    | (?P<line>(?<![ \t])[ \t]*\r?\n(?=[ \t]*\r?\n|[ \t]*[-•*\dA-ZÀ-Þ{_NAME}{_SIGNATURE}]))
    | (?P<signature>(?<=\s)(?={_SIGNATURE}))""",
    re.VERBOSE,
)
_TRAILING = re.compile(rf"(?:[ \t]*{_SMILE})+")
_CLAUSE = re.compile(
    r"""[,;:–—()]+(?=\s|$) | \s[-–—](?=\s)
    | \s(?=(?:maar|want|dus|omdat|doordat|zodat|waardoor|als|wanneer|zodra|terwijl|hoewel|mits|tenzij|voordat|nadat|totdat)\b)
    | \s(?=(?:en|of)\s+(?:ik|je|jij|u|we|wij|dan|dat|het|er|hij|ze|jullie|men)\b)
    | \s(?=dan\s+\w+\s+(?:ik|je|jij|u|we|wij)\b)""",
    re.VERBOSE | re.IGNORECASE,
)


def sentences(shape: str) -> list[Span]:
    """The sentences of a text in which masks are filled with their private characters and capitals are kept."""
    spans = []
    start = 0
    for match in _BREAK.finditer(shape):
        if match.start() < start:
            continue
        end = match.end()
        if match.group("mark") == ".":
            before = word_before(shape, match.start(), start, "_.").lower()
            if before in _ABBREVIATIONS or ("." in before and not before.replace(".", "").isdigit()):
                continue
            if before.isdigit() and start == match.start() - len(before):
                continue  # "1. " opens a list
        if match.group("mark") or match.group("emoji"):
            trailing = _TRAILING.match(shape, end)
            end = trailing.end() if trailing else end
        if shape[start:end].strip():
            spans.append(_trim(shape, start, end))
        start = end
    if shape[start:].strip():
        spans.append(_trim(shape, start, len(shape)))
    return spans


def clauses(shape: str, sentence: Span) -> list[Span]:
    """The clauses of one sentence."""
    cuts = [sentence.start]
    for match in _CLAUSE.finditer(shape, sentence.start, sentence.end):
        cuts.append(match.end())
    cuts.append(sentence.end)
    return [_trim(shape, a, b) for a, b in pairwise(cuts) if shape[a:b].strip(" \t\r\n,;:–—()-")]


def _trim(shape: str, start: int, end: int) -> Span:
    while start < end and shape[start].isspace():
        start += 1
    while end > start and shape[end - 1].isspace():
        end -= 1
    return Span(start, end)
