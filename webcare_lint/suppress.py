"""Leaves out what a file asks to leave out, and reports what was asked in vain."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from webcare_lint.config import Play, codes_for
from webcare_lint.errors import Language, Text
from webcare_lint.model import Diagnostic, Reply, RuleInfo
from webcare_lint.source_codes import UNRULED_CODES, UNUSED_SUPPRESSION, VAGUE
from webcare_lint.text import LineIndex, Span

_NO_CODE = Text(
    "“{entry}” is geen code of gebod. Hoort het bij de reden, zet er dan een streepje voor: negeer {other} – {entry}.",
    "“{entry}” is no code or commandment. If it belongs to the reason, put a dash before it: ignore {other} – {entry}.",
)
_VAGUE = Text(
    "“{entry}” zegt niet wat er genegeerd moet worden; noem een code of gebod, zoals WC201.",
    "“{entry}” does not say what to ignore; name a code or commandment, such as WC201.",
)


class Suppressor:
    """The suppressions of one document at work.

    Args:
        replies: the replies of the document.
        play: what is looked for.
        infos: all rules that there are; the codes that no rule has are known here.
    """

    def __init__(self, replies: Sequence[Reply], play: Play, infos: Mapping[str, RuleInfo]) -> None:
        self._play = play
        entries = {entry for reply in replies for suppression in reply.suppressions for entry in suppression.entries}
        names = {code: info.name for code, info in {**UNRULED_CODES, **infos}.items()} if entries else {}
        self._codes = {entry: codes_for(entry, names) for entry in entries}
        # One comment may hold for several replies; only behind the last of them is it known to be in vain.
        self._last = {s.span: number for number, reply in enumerate(replies) for s in reply.suppressions}
        self._used: set[tuple[Span, str]] = set()
        self._number = -1

    def split(
        self, reply: Reply, found: Iterable[Diagnostic], *, failed: bool = False
    ) -> tuple[list[Diagnostic], list[Diagnostic]]:
        """The findings in the next reply that stay, and those that are left out.

        Where not all of it could be checked (``failed``), nobody knows what its suppressions are good for: none is in vain.
        """
        self._number += 1
        if failed:
            self._used.update((s.span, e) for s in reply.suppressions for e in s.entries if self._codes[e])
        kept: list[Diagnostic] = []
        left_out: list[Diagnostic] = []
        for diagnostic in found:
            asked = [(s.span, e) for s in reply.suppressions for e in s.entries if diagnostic.code in self._codes[e]]
            self._used.update(asked)
            (left_out if asked else kept).append(diagnostic)
        return kept, left_out

    def in_vain(
        self, reply: Reply, path: str, lines: LineIndex, language: Language, unasked: Collection[str] = ()
    ) -> Iterator[Diagnostic]:
        """A finding for each entry that suppressed nothing, once all replies that it holds for are done.

        ``unasked`` are codes in play that nobody looked for after all.
        """
        rule = self._play.infos.get(UNUSED_SUPPRESSION)
        if rule is None:
            return
        for suppression in reply.suppressions:
            if self._last[suppression.span] != self._number:
                continue
            for entry in suppression.entries:
                codes = self._codes[entry]
                if (suppression.span, entry) in self._used or (codes and not codes & self._play.infos.keys() - set(unasked)):
                    continue  # what is not looked for now may be needed another time
                other = next((e for e in suppression.entries if self._codes[e]), "WC201")
                message = (rule.message if codes else _VAGUE if entry.lower() in VAGUE else _NO_CODE).in_(language)
                yield Diagnostic(
                    code=rule.code, name=rule.name, commandment=None, level=rule.level,
                    message=message.replace("{entry}", entry).replace("{other}", other), why=rule.why.in_(language),
                    path=path, reply_id=reply.id, message_index=reply.message_index,
                    start=lines.position(suppression.span.start), end=lines.position(suppression.span.end),
                    reply_span=Span(0, len(reply.text)), quote="", reply=reply.text,
                )  # fmt: skip
