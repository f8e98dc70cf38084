"""Turns what a rule found in a reply into a finding in a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from webcare_lint.errors import Language
from webcare_lint.model import Diagnostic, Edit, Fix, Hit, Reply, RuleInfo
from webcare_lint.text import LineIndex, Span


def diagnostic(rule: RuleInfo, hit: Hit, reply: Reply, path: str, lines: LineIndex, language: Language) -> Diagnostic:
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
        level=rule.level,
        message=_fill(rule.message.in_(language), values),
        why=rule.why.in_(language),
        path=path,
        reply_id=reply.id,
        message_index=reply.message_index,
        start=lines.position(place.start),
        end=lines.position(place.end),
        reply_span=span,
        quote=quote,
        suggestions=tuple(filter(None, (suggestion.in_(language) for suggestion in rule.suggestions))),
        fix=_in_file(hit.fix, reply) if hit.fix else None,
        echo=_fill(rule.echo.in_(language), values) if rule.echo else None,
        reply=reply.text,
    )


def _sentence(text: str, span: Span) -> str:
    from webcare_lint.patterns.passage import Passage  # not needed by most findings, and not cheap to import

    return Passage(text).sentence(span).rstrip(" .!?…\n")


def _fill(template: str, values: Mapping[str, str]) -> str:
    for name, value in values.items():
        template = template.replace("{" + name + "}", value)
    return template


def _in_file(fix: Fix, reply: Reply) -> Fix | None:
    """The fix with its edits in the file; none when one would reach into what was decoded."""
    edits = []
    for edit in fix.edits:
        span = reply.source.verbatim_source(edit.span)
        if span is None:
            return None
        edits.append(Edit(span, edit.text))
    return replace(fix, edits=tuple(edits))
