"""What was found, as an editor shows it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from lsprotocol import types

from webcare_lint.errors import Language, Text, WebcareLintError
from webcare_lint.lsp.checker import Checked
from webcare_lint.lsp.places import Places
from webcare_lint.model import Diagnostic
from webcare_lint.rulebook import Rulebook
from webcare_lint.text import Span, first_word

SOURCE = "webcare-lint"
SEVERITY = {
    "error": types.DiagnosticSeverity.Error,
    "warning": types.DiagnosticSeverity.Warning,
    "advice": types.DiagnosticSeverity.Information,
}
ALOUD = Text("Hardop", "Aloud")
TRY = Text("Probeer", "Try")
_WORD = re.compile(r"\S+")


def diagnostics(checked: Checked, places: Places, rules: Rulebook, language: Language) -> list[types.Diagnostic]:
    """Everything that is wrong in a buffer."""
    made = [_failure(error, checked.buffer.path, places, language) for error in checked.broken]
    return made + [finding(found, checked.buffer.uri, places, rules, language) for found in checked.diagnostics]


def finding(found: Diagnostic, uri: str, places: Places, rules: Rulebook, language: Language) -> types.Diagnostic:
    """One finding; the reason and what to write instead hang on it as related messages."""
    where = places.range(shown(found, places.text))
    rule = rules.rules.get(found.code)
    line = rule.located.places.get(("rules", rule.index), (1, 1))[0] if rule else 1
    page = f"{Path(rule.located.path).resolve().as_uri()}#L{line}" if rule else None
    return types.Diagnostic(
        range=where,
        message=found.message,
        severity=SEVERITY[found.level],
        code=found.code,
        code_description=types.CodeDescription(page) if page else None,
        source=SOURCE,
        related_information=[
            types.DiagnosticRelatedInformation(types.Location(uri, where), text) for text in _more(found, language)
        ],
    )


def _more(found: Diagnostic, language: Language) -> Iterator[str]:
    yield found.why
    if found.echo:
        yield f"{ALOUD.in_(language)}: “{found.echo}”"
    for suggestion in found.suggestions[:2]:
        yield f"{TRY.in_(language)}: “{suggestion}”"


def shown(found: Diagnostic, text: str) -> Span:
    """What to underline in the file."""
    span = Span(found.start.offset, found.end.offset)
    return span if found.quote else first_word(text, span)


def _failure(error: WebcareLintError, path: str, places: Places, language: Language) -> types.Diagnostic:
    message = error.text.in_(language)
    if error.path is not None and error.path != path:
        # The trouble is in a configuration or rule file that this text needs: it cannot be shown there, but pointed at.
        message = WebcareLintError(error.text, path=error.path, line=error.line, column=error.column).describe(language)
        start = 0
    else:
        start = places.at(error.line, error.column)
    line_end = places.line_start(start) + len(places.line(places.position(start).line))
    word = _WORD.match(places.text, start, line_end)
    return types.Diagnostic(
        range=places.range(Span(start, word.end() if word else line_end)),
        message=message,
        severity=types.DiagnosticSeverity.Error,
        source=SOURCE,
    )
