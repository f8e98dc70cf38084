"""What an editor can do about a finding: mend it, put a suggestion in its place, or ask for silence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lsprotocol import types

from webcare_lint.errors import Language, Text, WebcareLintError
from webcare_lint.fixes import edited, in_reply
from webcare_lint.lsp.buffers import Buffer
from webcare_lint.lsp.checker import Checked, read
from webcare_lint.lsp.findings import finding, shown
from webcare_lint.lsp.places import Places
from webcare_lint.lsp.silence import silence
from webcare_lint.model import Diagnostic, Edit, Reply
from webcare_lint.patterns.passage import Passage
from webcare_lint.rulebook import Rulebook
from webcare_lint.text import Span

LARGEST = 500_000
"""Characters; in a larger file nothing is tried, for each try reads the file again."""
_MEND = Text("Verbeter: {}", "Mend: {}")
_REPLACE = Text("Vervang de zin door “{}”", "Replace the sentence by “{}”")
_IGNORE = Text("Negeer deze regel hier ({} {})", "Ignore this rule here ({} {})")
_LONGEST_TITLE = 90


def actions(checked: Checked, wanted: types.Range, places: Places, rules: Rulebook, language: Language) -> list[types.CodeAction]:
    """The actions for the findings that touch a range."""
    span = places.span(wanted)
    made: list[types.CodeAction] = []
    for found in checked.diagnostics:
        place = shown(found, checked.buffer.text)
        if place.start <= span.end and span.start <= place.end:
            shown_as = finding(found, checked.buffer.uri, places, rules, language)
            made += [
                types.CodeAction(
                    title=title if len(title) <= _LONGEST_TITLE else title[: _LONGEST_TITLE - 1] + "…",
                    kind=types.CodeActionKind.QuickFix,
                    diagnostics=[shown_as],
                    is_preferred=preferred or None,
                    edit=_workspace(edits, checked.buffer, places),
                )
                for title, edits, preferred in _ways(found, checked, language)
            ]
    return made


def _ways(found: Diagnostic, checked: Checked, language: Language) -> Iterator[tuple[str, Sequence[Edit], bool]]:
    """Titles, edits, and whether the editor may take this one when asked to mend without more."""
    reply = checked.reply_of(found)
    if reply is None:
        return
    small = len(checked.buffer.text) <= LARGEST
    if found.fix and found.fix.edits:
        mended = edited(reply.text, in_reply(reply, found.fix.edits))
        if not small or _read_as(mended, found.fix.edits, reply, checked):
            words = " … ".join(edit.text.strip() or "–" for edit in found.fix.edits)
            yield _MEND.in_(language).format(words), found.fix.edits, found.fix.safety == "safe"
    if found.quote and small:
        for suggestion in found.suggestions:
            edit = _rewrite(found, suggestion, reply, checked)
            if edit:
                yield _REPLACE.in_(language).format(suggestion), (edit,), False
    asked = silence(found.code, reply, checked.replies, checked.buffer, language)
    if asked:
        yield _IGNORE.in_(language).format(found.code, found.name), (asked,), False


def _rewrite(found: Diagnostic, suggestion: str, reply: Reply, checked: Checked) -> Edit | None:
    """The suggestion in place of the sentence, where it can stand there as it is: tried by reading the file again."""
    span = _sentence(reply.text, found.reply_span)
    piece = next((p for p in reversed(reply.source.pieces) if p.reply_start <= span.start), None)
    length = piece.source_end - piece.source_start if piece else 0
    if piece is None or not piece.verbatim or span.end > piece.reply_start + length:
        return None  # an escape or a fold within: what to write there is for a person to say
    at = piece.source_start + span.start - piece.reply_start
    edit = Edit(Span(at, at + span.end - span.start), suggestion)
    wanted = reply.text[: span.start] + suggestion + reply.text[span.end :]
    return edit if _read_as(wanted, (edit,), reply, checked) else None


def _read_as(wanted: str, edits: Sequence[Edit], reply: Reply, checked: Checked) -> bool:
    """Whether the file is read as before after these edits, with what is wanted for the reply."""
    after = _replies(checked.buffer, edits)
    return len(after) == len(checked.replies) and after[checked.replies.index(reply)] == wanted


def _sentence(text: str, span: Span) -> Span:
    """The sentence around some words, without white space at its ends."""
    whole = next((s for s in Passage(text).sentences if s.start <= span.start < s.end), span)
    start, end = min(whole.start, span.start), max(whole.end, span.end)
    part = text[start:end]
    return Span(start + len(part) - len(part.lstrip()), end - len(part) + len(part.rstrip()))


def _replies(buffer: Buffer, edits: Sequence[Edit]) -> list[str]:
    text = edited(buffer.text, edits)
    try:
        return [reply.text for reply in read(Buffer(buffer.uri, buffer.path, text, buffer.version)).replies]
    except WebcareLintError:
        return []


def _workspace(edits: Sequence[Edit], buffer: Buffer, places: Places) -> types.WorkspaceEdit:
    return types.WorkspaceEdit(changes={buffer.uri: [types.TextEdit(places.range(edit.span), edit.text) for edit in edits]})
