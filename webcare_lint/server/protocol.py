"""The LanguageTool HTTP API, version 2, as pure functions: parameters in, plain data out.

Offsets are UTF-16 code units over the original text, markup included. What clients really send was learned from the clients: form
bodies under a JSON header, JSON bodies under a form header, parameters in query and body at once.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import parse_qsl

from msgspec import Struct

from webcare_lint import __version__
from webcare_lint.errors import Language
from webcare_lint.model import Diagnostic
from webcare_lint.names import COMMANDMENTS
from webcare_lint.patterns.passage import Passage
from webcare_lint.text import SourceMap, Span, first_word, utf16, whole

MAX_TEXT = 40_000
"""Characters of one text; as much as the reference server takes by default."""
_CONTEXT = 40
_LANGUAGES = (("Dutch", "nl", "nl"), ("Dutch (Netherlands)", "nl", "nl-NL"), ("Dutch (Belgium)", "nl", "nl-BE"))


class Refused(Exception):
    """A request that is answered with an HTTP error and one line of text."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status, self.message = status, message


class CheckRequest(Struct, frozen=True):
    """One text to check. ``source`` maps the text that we read to the text that the client has."""

    original: str
    source: SourceMap
    language: str
    enabled_rules: frozenset[str]
    disabled_rules: frozenset[str]
    enabled_categories: frozenset[str]
    disabled_categories: frozenset[str]
    enabled_only: bool
    picky: bool
    text_level_only: bool

    @property
    def text(self) -> str:
        return self.source.text

    @property
    def dutch(self) -> bool:
        return self.language == "auto" or self.language.split("-")[0] == "nl"

    def wants(self, rule: str, category: str) -> bool:
        """Whether the client asked for findings of this rule."""
        if rule in self.disabled_rules:
            return False
        if self.enabled_only:
            return rule in self.enabled_rules or category in self.enabled_categories
        return category not in self.disabled_categories or rule in self.enabled_rules


def parameters(query: str, body: bytes) -> dict[str, str]:
    """What the client sent, from the query and the body, form-encoded or JSON whatever the header says.

    Raises:
        Refused: for a body that is neither.
    """
    found = dict(parse_qsl(query, keep_blank_values=True))
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Refused(400, "Error: the body is not UTF-8") from error
    if text.lstrip().startswith("{"):
        try:
            sent = json.loads(text)
            return found | {
                whole(str(k)): whole(v) if isinstance(v, str) else json.dumps(v) for k, v in sent.items() if v is not None
            }
        except (ValueError, RecursionError) as error:
            raise Refused(400, "Error: the body is no valid JSON") from error
    return found | dict(parse_qsl(text, keep_blank_values=True))


def check_request(given: Mapping[str, str]) -> CheckRequest:
    """Read the parameters of ``/check``; unknown ones are passed over.

    Raises:
        Refused: as the reference server does: no language, no text or both kinds, nothing enabled, too long.
    """
    if not given.get("language"):
        raise Refused(400, "Error: Missing 'language' parameter, e.g. 'language=nl' or 'language=auto'")
    if "text" in given and "data" in given:
        raise Refused(400, "Error: Set only 'text' or 'data' parameter, not both")
    if "data" in given:
        original, source = _annotated(given["data"])
    elif "text" in given:
        original = given["text"]
        source = SourceMap.verbatim(original)
    else:
        raise Refused(400, "Error: Missing 'text' or 'data' parameter")
    longest = max(len(original), len(source.text))
    if longest > MAX_TEXT:
        raise Refused(413, f"Error: Your text exceeds the limit of {MAX_TEXT} characters (it's {longest} characters)")
    listed = {key: _listed(given.get(key, "")) for key in
              ("enabledRules", "disabledRules", "enabledCategories", "disabledCategories")}  # fmt: skip
    only = enabled_only(given)
    if only and not listed["enabledRules"] and not listed["enabledCategories"]:
        raise Refused(400, "Error: You must specify enabled rules or categories when using enabledOnly=true")
    return CheckRequest(
        original, source, given["language"].strip().lower(), listed["enabledRules"], listed["disabledRules"],
        listed["enabledCategories"], listed["disabledCategories"], only,
        given.get("level", "").lower() == "picky", given.get("mode", "") == "textLevelOnly",
    )  # fmt: skip


def enabled_only(given: Mapping[str, str]) -> bool:
    """Whether the client wants the findings of the rules and categories that it names, and no others."""
    return given.get("enabledOnly", "").lower() in ("true", "yes", "1")


def _listed(raw: str) -> frozenset[str]:
    return frozenset(part.strip().upper() for part in raw.split(",") if part.strip())


def _annotated(raw: str) -> tuple[str, SourceMap]:
    """The original text of annotated ``data``, and the map from what is to be read: markup counts as its ``interpretAs``."""
    try:
        data = json.loads(raw)
        if isinstance(data.get("text"), str):
            text = whole(data["text"])
            return text, SourceMap.verbatim(text)
        original: list[str] = []
        source, at = SourceMap(), 0
        for piece in data["annotation"]:
            text = piece.get("text")
            shown = whole(text if text is not None else piece["markup"])
            end = at + len(shown)
            if text is not None:
                source.add(shown, at, end, verbatim=True)
            else:
                source.add(whole(piece.get("interpretAs", "")), at, end, verbatim=False)
            original.append(shown)
            at = end
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise Refused(400, "Error: 'data' is no JSON with 'text' or 'annotation'") from error
    return "".join(original), source


def rule_id(code: str, name: str) -> str:
    """``WC201 bel-ons`` as clients want it: ``WC201_BEL_ONS``."""
    return re.sub(r"[^A-Z0-9]", "_", f"{code}_{name}".upper())


def category(commandment: int | None, language: Language = "nl") -> tuple[str, str]:
    """Id and name of the category of a commandment."""
    if commandment is None:
        return "WEBCARE", "Webcare"
    title = COMMANDMENTS[commandment].in_(language)
    return f"GEBOD_{commandment}", f"{'Gebod' if language == 'nl' else 'Commandment'} {commandment}: {title}"


def match(found: Diagnostic, request: CheckRequest, language: Language = "nl") -> dict[str, Any]:
    """One finding as clients read it. ``found`` is in offsets of ``request.text``."""
    span = found.reply_span if found.quote else first_word(request.text, found.reply_span)
    place = request.source.to_source(span)
    original = request.original
    ident, name = category(found.commandment, language)
    values = [*_replacement(found), *found.suggestions]
    begin, end = max(0, place.start - _CONTEXT), min(len(original), place.end + _CONTEXT)
    head, tail = ("..." if begin else ""), ("..." if end < len(original) else "")
    return {
        "message": found.message,
        "shortMessage": found.name,
        "offset": utf16(original[: place.start]),
        "length": utf16(original[place.start : place.end]),
        "replacements": [{"value": value} for value in values],
        "context": {
            "text": (head + original[begin:end] + tail).replace("\n", " "),
            "offset": utf16(head + original[begin : place.start]),
            "length": utf16(original[place.start : place.end]),
        },
        "sentence": Passage(request.text).sentence(span),
        "type": {"typeName": "Other"},
        "rule": {
            "id": rule_id(found.code, found.name),
            "description": f"{found.code} {found.name}: {found.why}",
            "issueType": "style",
            "category": {"id": ident, "name": name},
            "urls": [],
        },
        "ignoreForIncompleteSentence": False,
        "contextForSureMatch": 0,
    }


def _replacement(found: Diagnostic) -> list[str]:
    """What a fix writes in place of the underlined words, where it is one edit of just those."""
    if found.fix is None or len(found.fix.edits) != 1:
        return []
    edit = found.fix.edits[0]
    return [edit.text] if edit.span == Span(found.start.offset, found.end.offset) else []


def response(matches: Iterable[dict[str, Any]], request: CheckRequest, *, incomplete: bool = False) -> dict[str, Any]:
    """The answer of ``/check``."""
    language = {"name": "Dutch", "code": "nl" if request.language == "auto" else request.language}
    return {
        "software": {
            "name": "webcare-lint", "version": __version__, "buildDate": "", "apiVersion": 1, "premium": False,
            "premiumHint": "", "status": "",
        },
        "warnings": {"incompleteResults": incomplete},
        "language": {**language, "detectedLanguage": {**language, "confidence": 1.0, "source": "webcare-lint"}},
        "matches": sorted(matches, key=lambda m: (m["offset"], m["length"])),
    }  # fmt: skip


def languages() -> list[dict[str, str]]:
    """The answer of ``/languages``."""
    return [{"name": name, "code": code, "longCode": long} for name, code, long in _LANGUAGES]
