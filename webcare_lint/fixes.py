"""Applies fixes to a file: only edits that leave the reply better, and not a byte beside them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from difflib import unified_diff

from msgspec import Struct

from webcare_lint.errors import SourceError
from webcare_lint.linter import Checked, Linter
from webcare_lint.model import Diagnostic, Document, Edit, Fix, Reply
from webcare_lint.text import Span

ROUNDS = 10
"""A fix can bring the next one to light (a word that was used three times); more than this is going in circles."""
Read = Callable[[bytes], Document]
Chosen = Mapping[int, Sequence[Fix]]
"""Fixes to apply, by the number of their reply."""


class Mended(Struct, frozen=True):
    """A file after its fixes: its bytes, what is in it, and how many fixes were applied."""

    data: bytes
    document: Document
    fixed: int = 0


def mend(linter: Linter, data: bytes, read: Read, *, unsafe: bool = False) -> Mended:
    """Apply what can be fixed, until nothing more can. ``unsafe`` takes fixes to review too."""
    mended = Mended(data, read(data))
    checked = list(linter.check_document(mended.document))
    for _ in range(ROUNDS):
        again = _round(linter, mended, checked, read, unsafe=unsafe)
        if again is None:
            break
        mended, checked = again
    return mended


def diff(path: str, old: str, new: str) -> str:
    """What changes, as a unified diff."""
    lines = unified_diff(_lines(old), _lines(new), f"a/{path.lstrip('/')}", f"b/{path.lstrip('/')}")
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)


def _lines(text: str) -> list[str]:
    return [line + "\n" for line in text.split("\n")[:-1]] + ([last] if (last := text.rpartition("\n")[2]) else [])


def _round(
    linter: Linter, now: Mended, before: Sequence[Checked], read: Read, *, unsafe: bool
) -> tuple[Mended, list[Checked]] | None:
    """The file with its fixes and what is found in it then; nothing where nothing is to be fixed."""
    chosen: Chosen = {number: fixes for number, checked in enumerate(before) if (fixes := _fixes(checked.diagnostics, unsafe))}
    while chosen:
        mended = _written(now, before, chosen, read)
        if mended is None:
            chosen = _harmless(now, before, chosen, read)
            continue
        after = list(linter.check_document(mended.document))
        worse = _worse(before, after, chosen)
        if not worse:
            return mended, after
        # Of several fixes in one reply the first may still do by itself, and then the others in a next round.
        chosen = {n: fixes[:1] if n in worse else fixes for n, fixes in chosen.items() if n not in worse or len(fixes) > 1}
    return None


def _written(now: Mended, before: Sequence[Checked], chosen: Chosen, read: Read) -> Mended | None:
    """The changed file, as long as all its replies are read back as was meant."""
    text = edited(now.document.text, [edit for fixes in chosen.values() for edit in _edits(fixes)])
    data = text.encode("utf-8", "surrogatepass")
    meant = [edited(old.reply.text, in_reply(old.reply, _edits(chosen.get(number, ())))) for number, old in enumerate(before)]
    try:
        document = read(data)
    except SourceError:
        return None
    if [reply.text for reply in document.replies] != meant:
        return None
    return Mended(data, document, now.fixed + sum(map(len, chosen.values())))


def _harmless(now: Mended, before: Sequence[Checked], chosen: Chosen, read: Read) -> Chosen:
    """Fewer of the fixes: those that change more than their words, such as by a comma in a table, keep no others waiting."""
    numbers = list(chosen)
    if len(numbers) == 1:
        return {n: fixes[:1] for n, fixes in chosen.items() if len(fixes) > 1}
    kept: list[Chosen] = []
    for some in (numbers[: len(numbers) // 2], numbers[len(numbers) // 2 :]):
        part = {number: chosen[number] for number in some}
        kept.append(part if _written(now, before, part, read) else _harmless(now, before, part, read))
    first, second = kept
    return {**first, **second} if {**first, **second} != chosen else first


def _fixes(diagnostics: Sequence[Diagnostic], unsafe: bool) -> list[Fix]:
    """The fixes that may be applied, in order and without overlaps."""
    wanted = [d.fix for d in diagnostics if d.fix and d.fix.edits and (unsafe or d.fix.safety == "safe")]
    kept: list[Fix] = []
    for fix in sorted(wanted, key=lambda f: f.edits[0].span):
        taken = [edit.span for other in kept for edit in other.edits]
        if not any(edit.span.overlaps(span) for edit in fix.edits for span in taken):
            kept.append(fix)
    return kept


def _worse(before: Sequence[Checked], after: Sequence[Checked], chosen: Chosen) -> set[int]:
    """The replies that did not get better."""
    changed = ((number, in_reply(before[number].reply, _edits(fixes))) for number, fixes in chosen.items())
    return {number for number, edits in changed if not _better(before[number], after[number], edits)}


def _better(old: Checked, new: Checked, edits: Sequence[Edit]) -> bool:
    """Whether nothing is found where the reply was changed, and nothing more elsewhere.

    Of a word that was used three times the second is found, and once that is changed the third: that is better all the same.
    """
    was, now = (Counter(d.code for d in checked.diagnostics) for checked in (old, new))
    changed, shift = [], 0
    for edit in sorted(edits, key=lambda e: e.span):
        start = edit.span.start + shift
        changed.append(Span(start, start + len(edit.text)))
        shift += len(edit.text) - (edit.span.end - edit.span.start)
    found = [d.reply_span for d in new.diagnostics if d.quote]
    return not now - was and not new.failures and not any(span.overlaps(place) for span in found for place in changed)


def _edits(fixes: Iterable[Fix]) -> list[Edit]:
    return [edit for fix in fixes for edit in fix.edits]


def in_reply(reply: Reply, edits: Iterable[Edit]) -> list[Edit]:
    """Edits of the file, all in verbatim pieces, as edits of the reply."""
    made = []
    for edit in edits:
        for piece in reply.source.pieces:
            if piece.verbatim and piece.source_start <= edit.span.start < piece.source_end:
                shift = piece.reply_start - piece.source_start
                made.append(Edit(Span(edit.span.start + shift, edit.span.end + shift), edit.text))
    return made


def edited(text: str, edits: Iterable[Edit]) -> str:
    """The text after edits that do not overlap."""
    parts, at = [], 0
    for edit in sorted(edits, key=lambda e: e.span):
        parts += [text[at : edit.span.start], edit.text]
        at = edit.span.end
    return "".join([*parts, text[at:]])
