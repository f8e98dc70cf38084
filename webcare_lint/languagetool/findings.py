"""What LanguageTool says about a reply, with its places put right and its cries about names and links left out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from importlib import resources
from typing import Any

from msgspec import Struct, field

from webcare_lint.errors import Text, needs_extra
from webcare_lint.languagetool.server import LanguageToolError
from webcare_lint.nl.lexical import STAND_INS
from webcare_lint.nl.mask import find_masks
from webcare_lint.text import SourceMap, Span

# LanguageTool's kinds of trouble (ITS 2.0 issue types), and our code for each.
_KINDS = {
    "misspelling": "WC1201",
    "grammar": "WC1202",
    **dict.fromkeys(("typographical", "whitespace"), "WC1203"),
    **dict.fromkeys(("style", "register", "locale-violation"), "WC1204"),
}
# Many Dutch rules have no issue type; then their category tells.
_CATEGORIES = {
    **dict.fromkeys(("COMPOUNDING", "TYPOS", "CONFUSED_WORDS", "FALSE_FRIENDS", "DYSLEXIE"), "WC1201"),
    **dict.fromkeys(("GRAMMAR", "CONGRUENTIE", "VORMFOUTEN", "CONSTRUCTIEFOUT", "FULL_SENTENCES"), "WC1202"),
    **dict.fromkeys(("MOM__GRAMMAR__CONSTITUENT_AGREEMENT__NOUN_PHRASE", "WOORDGROEPEN", "UNEXPECTED"), "WC1202"),
    **dict.fromkeys(("PUNCTUATION", "TYPOGRAPHY", "CASING", "REPETITIONS"), "WC1203"),
    **dict.fromkeys(("STYLE", "REDUNDANCY", "AFKORTINGEN"), "WC1204"),
}
_OTHER = "WC1205"
_MOST_REPLACEMENTS = 3
_WORD = re.compile(r"[\w'’-]+")


class Settings(Struct, frozen=True):
    """What a team wants of LanguageTool."""

    url: str | None = None
    """A running server; None starts a local one."""
    enabled_categories: tuple[str, ...] = ()
    disabled_categories: tuple[str, ...] = ()
    disabled_rules: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    """Words that are right, such as the brand's name."""


class Finding(Struct, frozen=True):
    """One remark, in offsets of the reply."""

    code: str
    rule: str
    message: str
    span: Span
    replacements: tuple[str, ...]


class Client(Struct):
    """A LanguageTool at ``base``."""

    base: str
    settings: Settings = field(default_factory=Settings)
    _tool: Any = None

    def findings(self, text: str, customer: str | None = None) -> list[Finding]:
        """What there is to remark on a reply. Words that the customer used are taken as they are.

        Raises:
            LanguageToolError: when the server fails.
        """
        if not text.strip():
            return []
        read = for_languagetool(text)
        try:
            matches = self._connected().check(read.text)
        except LanguageToolError:
            raise
        except Exception as error:  # the client raises its own errors, requests' and json's
            kind = type(error).__name__
            raise LanguageToolError(Text(
                f"LanguageTool op {self.base} geeft geen bruikbaar antwoord ({kind})",
                f"LanguageTool at {self.base} gives no usable answer ({kind})",
            )) from error  # fmt: skip
        known = self._known(customer)
        found = [made for match in matches if (made := _finding(match, read, text, known)) is not None]
        return sorted(found, key=lambda f: (f.span, f.code, f.rule))

    def _connected(self) -> Any:
        if self._tool is None:
            try:
                import language_tool_python
            except ImportError as error:
                raise LanguageToolError(needs_extra("--languagetool", "languagetool")) from error
            # A proxy from the environment would capture even localhost.
            tool = language_tool_python.LanguageTool("nl", remote_server=self.base, proxies={"http": "", "https": ""})
            tool.enabled_categories = set(self.settings.enabled_categories)
            tool.disabled_categories = set(self.settings.disabled_categories)
            tool.disabled_rules = set(self.settings.disabled_rules)
            self._tool = tool
        return self._tool

    def _known(self, customer: str | None) -> frozenset[str]:
        own = {word.lower() for phrase in self.settings.words for word in _WORD.findall(phrase)}
        return webcare_words() | own | {word.lower() for word in _WORD.findall(customer or "")}


def for_languagetool(text: str) -> SourceMap:
    """What LanguageTool gets of a reply: links, mentions, placeholders and the like read as ordinary words, and mapped."""
    masks = find_masks(text)
    return SourceMap.replacing(text, ((m.start, m.end, _stand_in(m.kind) or text[m.start : m.end]) for m in masks))


def _stand_in(kind: str) -> str | None:
    """The word that is read instead; None for what LanguageTool knows as it is."""
    if kind in ("mention", "signature"):
        return "Sanne"
    word = STAND_INS[kind]
    return None if word.startswith("@") else word


def _finding(match: Any, read: SourceMap, text: str, known: frozenset[str]) -> Finding | None:
    start = int(match.offset)
    end = start + code_points(read.text[start:], int(match.error_length))
    if end <= start or _touches_mask(read, start, end):
        return None
    span = read.to_source(Span(start, end))
    words = text[span.start : span.end]
    code = _KINDS.get(match.rule_issue_type) or _CATEGORIES.get(match.category) or _OTHER
    if code == "WC1201" and _taken_as_right(words, text, span.start, known):
        return None
    replacements = tuple(str(r) for r in list(match.replacements)[:_MOST_REPLACEMENTS])
    return Finding(code, str(match.rule_id), str(match.message), span, replacements)


def code_points(text: str, units: int) -> int:
    """How many characters of ``text`` make up ``units`` UTF-16 code units; the client hands lengths on as it got them."""
    count = 0
    while units > 0 and count < len(text):
        units -= 2 if text[count] > "\uffff" else 1
        count += 1
    return count


def _touches_mask(read: SourceMap, start: int, end: int) -> bool:
    ends = [piece.reply_start for piece in read.pieces[1:]] + [len(read.text)]
    return any(not p.verbatim and p.reply_start < end and start < stop for p, stop in zip(read.pieces, ends, strict=True))


def _taken_as_right(words: str, text: str, start: int, known: frozenset[str]) -> bool:
    """Names, abbreviations and words of the trade are no spelling mistakes."""
    if words.lower() in known or any(char.isdigit() for char in words):
        return True
    if words.isupper():
        return True
    before = text[:start].rstrip(" \"'“‘(")
    opens = not before or before[-1] in ".!?…\n:"
    return words[:1].isupper() and not opens


@cache
def webcare_words() -> frozenset[str]:
    """Clipped spellings and words of the trade that no dictionary has."""
    raw = resources.files("webcare_lint").joinpath("data/languagetool-words.txt").read_text("utf-8")
    return frozenset(_lines(raw.splitlines()))


def _lines(lines: Iterable[str]) -> Iterator[str]:
    for line in lines:
        yield from line.partition("#")[0].split()
