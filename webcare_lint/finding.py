"""Turns what a rule found in a reply into a finding in a file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

from msgspec.structs import replace

from webcare_lint.errors import Language
from webcare_lint.model import LEVELS, Diagnostic, Edit, Fix, Hit, Reply, RuleInfo
from webcare_lint.nl.register import Register, register
from webcare_lint.text import LineIndex, Span

if TYPE_CHECKING:
    from webcare_lint.patterns.passage import Passage

MOST = 3
"""Suggestions of one finding."""
_PRIVATE = frozenset("x-dm instagram-dm messenger whatsapp sms chat mail email e-mail dm".split())
"""Channels where nobody reads along, so that nothing has to move to a private message."""
_ASIDE = {"nl": ("in een privébericht", "hier"), "en": ("in a private message", "here")}


def diagnostic(
    rule: RuleInfo, hit: Hit, reply: Reply, path: str, lines: LineIndex, language: Language, channel: str | None = None
) -> Diagnostic:
    """The finding that ``hit`` is, in the language of the reader."""
    absent = hit.span.end <= hit.span.start
    span = Span(0, len(reply.text)) if absent else hit.span
    quote = "" if absent else reply.text[span.start : span.end]
    place = reply.source.to_source(span)
    values = {**hit.values, "quote": quote}
    if rule.echo:
        values["sentence"] = _sentence(reply.text, span)
    return Diagnostic(
        code=rule.code,
        name=rule.name,
        commandment=rule.commandment,
        level=max(hit.level or rule.level, rule.level, key=LEVELS.index),  # the lighter: a check or the reader was less sure
        message=_message(rule, hit, values, language),
        why=rule.why.in_(language),
        path=path,
        reply_id=reply.id,
        message_index=reply.message_index,
        start=lines.position(place.start),
        end=lines.position(place.end),
        reply_span=span,
        quote=quote,
        suggestions=tuple(_suggestions(rule, hit, reply, language, channel or ""))[:MOST],
        fix=_in_file(hit.fix, reply, lines.begins.offset) if hit.fix else None,
        echo=_fill(rule.echo.in_(language), values) if rule.echo else None,
        reply=reply.text,
    )


def _message(rule: RuleInfo, hit: Hit, values: Mapping[str, str], language: Language) -> str:
    message = _fill(rule.message.in_(language), values)
    if rule.overlooked and "overlooked" in values:
        message += " " + _fill(rule.overlooked.in_(language), values)
    if not hit.missing or rule.lacking is None:
        return message
    *first, last = (rule.parts[number].in_(language) for number in hit.missing)
    word = " en " if language == "nl" else " and "
    named = ", ".join(first) + word + last if first else last
    return f"{message} {_fill(rule.lacking.in_(language), {'missing': named})}"


def _suggestions(rule: RuleInfo, hit: Hit, reply: Reply, language: Language, channel: str) -> Iterator[str]:
    """The advice that fits and the rule's suggestions, in the form of address that is spoken here."""
    texts = [rule.advice[number] for number in hit.advice] + list(rule.suggestions)
    shown = [text.in_(language) for text in texts if text.in_(language)]
    if language == "nl":
        spoken = _spoken(reply)
        if spoken == "u":
            shown = [rule.formal.get(text, text) for text in shown]
        # One in the other form is shown only when there is nothing else.
        shown = [text for text in shown if not spoken or register(text) in (None, spoken)] or shown
    for text in shown:
        yield text.replace(*_ASIDE[language]) if channel.lower() in _PRIVATE else text


def _spoken(reply: Reply) -> Register | None:
    """How the reply addresses the customer, else how the organisation did before it, else how the customer speaks."""
    said = [message.text for message in reversed(reply.history) if message.author == "organisation"]
    texts = [*said, reply.text] if reply.unanswered else [reply.text, *said, reply.customer or ""]
    return next((spoken for spoken in map(register, texts) if spoken), None)


def _sentence(text: str, span: Span) -> str:
    """The sentence as it is read aloud: without the marks, emoji and smileys at its end."""
    from webcare_lint.patterns.anchor import EMOJI

    return re.sub(rf"(?:{EMOJI}|[:;]-?[)(DPp]|[\s.!?…])+\Z", "", _passage(text).sentence(span))


@lru_cache(maxsize=1)  # asked again for every finding in a reply
def _passage(text: str) -> Passage:
    from webcare_lint.patterns.passage import Passage  # not needed by most findings, and not cheap to import

    return Passage(text)


def _fill(template: str, values: Mapping[str, str]) -> str:
    for name, value in values.items():
        template = template.replace("{" + name + "}", value)
    return template


def _in_file(fix: Fix, reply: Reply, begins: int) -> Fix | None:
    """The fix with its edits in the file; none when one would reach into what was decoded."""
    edits = []
    for edit in fix.edits:
        span = reply.source.verbatim_source(edit.span)
        if span is None:
            return None
        edits.append(Edit(Span(begins + span.start, begins + span.end), edit.text))
    return replace(fix, edits=tuple(edits))
