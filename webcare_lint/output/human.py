"""The output for a person: the words underlined in their line, what is wrong, why, and what to write instead."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from textwrap import wrap

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text as Styled

from webcare_lint.errors import Language, Text, printable
from webcare_lint.model import LEVELS, Diagnostic, Reached, Report, reply_name
from webcare_lint.names import COMMANDMENTS, LEVEL_NAMES, STATIONS, counted
from webcare_lint.text import Span

_COLOURS = {"error": "red", "warning": "yellow", "advice": "cyan"}
_NOTHING_SOUGHT = Text("Nergens naar gezocht: select en ignore laten geen enkele regel over.",
                       "Nothing was looked for: select and ignore leave no rule.")  # fmt: skip
_BAR = "   │ "
_PAD = " " * len(_BAR)


def render(report: Report, console: Console, language: Language) -> None:
    """Print the findings, by file, and a summary line."""
    if report.eight is None:
        several = _of_several(report.diagnostics)
        for path, group in groupby(report.diagnostics, key=lambda d: d.path):
            console.print(Styled(_title(path, language), style="bold"), soft_wrap=True)
            for diagnostic in group:
                _show(diagnostic, console, language, with_id=path in several or diagnostic.reply_id != "1")
    else:
        _with_eight(report, report.eight, console, language)
    fine = report.replies and report.rules and not report.diagnostics
    console.print(Styled(summary(report, language), style="green" if fine else ""), soft_wrap=True)
    for remark in _remarks(report, language):
        console.print(Styled(remark, style="dim"), soft_wrap=True)


def _of_several(diagnostics: Iterable[Diagnostic]) -> set[str]:
    """The files with findings in more than one reply."""
    first: dict[str, tuple[str, int | None]] = {}
    return {
        d.path for d in diagnostics if first.setdefault(d.path, (d.reply_id, d.message_index)) != (d.reply_id, d.message_index)
    }


def _remarks(report: Report, language: Language) -> Iterator[str]:
    """What a reader would want to know beside the findings: what is not shown, and what could be mended at once."""
    left_out = [
        f"{count} {words.in_(language)}"
        for count, words in (
            (report.suppressed, Text("onderdrukt", "suppressed")),
            (report.baselined, Text("al bekend", "known already")),
        )
        if count
    ]
    if left_out:
        yield f"{Text('Niet getoond', 'Not shown').in_(language)}: {', '.join(left_out)}."
    safe = sum(d.fix is not None and d.fix.safety == "safe" and d.path != "-" for d in report.diagnostics)
    if safe:
        yield Text(f"Met --fix {'wordt er 1' if safe == 1 else f'worden er {safe}'} meteen verbeterd.",
                   f"--fix would mend {safe} at once.").in_(language)  # fmt: skip


def _show(diagnostic: Diagnostic, console: Console, language: Language, *, with_id: bool) -> None:
    for line in _finding(diagnostic, console.width, language, with_id=with_id):
        console.print(line, soft_wrap=True)
    console.print()


def _with_eight(report: Report, eight: Sequence[Reached], console: Console, language: Language) -> None:
    """Every reply with its findings and, below them, the stations of De 8 that it reaches."""
    for path in dict.fromkeys([*(r.path for r in eight), *(d.path for d in report.diagnostics)]):
        console.print(Styled(_title(path, language), style="bold"), soft_wrap=True)
        found: dict[tuple[str, int | None], list[Diagnostic]] = {}
        for diagnostic in (d for d in report.diagnostics if d.path == path):
            found.setdefault((diagnostic.reply_id, diagnostic.message_index), []).append(diagnostic)
        here = [r for r in eight if r.path == path]
        with_id = len(here) > 1 or (bool(here) and here[0].reply_id != "1")
        for reached in here:
            for diagnostic in found.pop((reached.reply_id, reached.message_index), []):
                _show(diagnostic, console, language, with_id=with_id)
            console.print(_figure(reached, language, with_id=with_id), soft_wrap=True)
            console.print()
        for diagnostic in (d for rest in found.values() for d in rest):  # messages that nobody replied to
            _show(diagnostic, console, language, with_id=with_id)


def _figure(reached: Reached, language: Language, *, with_id: bool) -> Styled:
    place = printable(reply_name(reached.reply_id, reached.message_index))
    made = Styled(f"  De 8{f' · {place}' if with_id else ''}  ", style="")
    for name, text in STATIONS.items():
        on = reached.stations[name]
        made.append(f"{'●' if on else '○'} {text.in_(language)}  ", style="green" if on else "dim")
    made.rstrip()
    return made


def _title(path: str, language: Language) -> str:
    return Text("je antwoord", "your reply").in_(language) if path == "-" else printable(path)


def _finding(d: Diagnostic, width: int, language: Language, *, with_id: bool) -> Iterator[Styled]:
    yield _heading(d, width, language, with_id=with_id)
    if d.quote:
        yield from _underlined(d, width)
    for text, style in ((d.message, "bold"), (d.why, "")):
        yield from _paragraph(text, width, style)
    if d.echo:
        label = Text("Hardop", "Aloud").in_(language)
        yield from _paragraph(f"{label}: “{d.echo}”", width, "italic")
    label = Text("Probeer", "Try").in_(language)
    for suggestion in d.suggestions[:2]:
        yield from _paragraph(f"{label}: “{suggestion}”", width, "green")


def _heading(d: Diagnostic, width: int, language: Language, *, with_id: bool) -> Styled:
    made = Styled(f"  {d.start.line}:{d.start.column}  ")
    made.append(LEVEL_NAMES[d.level].in_(language), style=f"bold {_COLOURS[d.level]}")
    made.append("  ").append(d.code, style="bold").append(f" {d.name}")
    if with_id:
        made.append(f" · {printable(reply_name(d.reply_id, d.message_index))}", style="dim")
    if d.commandment is not None:
        number = Text("gebod", "commandment").in_(language)
        rest = f" · {number} {d.commandment}, {COMMANDMENTS[d.commandment].in_(language)}"
        # At 80 columns a long name leaves no room for the whole commandment; its number says enough.
        if cell_len(made.plain + rest) > width:
            rest = f" · {number} {d.commandment}"
        made.append(rest, style="dim")
    return made


def _underlined(d: Diagnostic, width: int) -> Iterator[Styled]:
    """The lines of the reply that the words stand in, each with a line under the words."""
    room = max(20, width - len(_BAR) - 1)
    start = d.reply_span.start
    lines = list(_lines(d.reply, d.reply_span))
    for line in lines[:3]:
        inside = Span(max(start, line.start), min(d.reply_span.end, line.end))
        shown, mark = _window(d.reply, line, inside, room)
        yield Styled(_BAR, style="dim") + _marked(shown, mark, _COLOURS[d.level])
        under = " " * cell_len(shown[: mark.start]) + "‾" * max(1, cell_len(shown[mark.start : mark.end]))
        yield Styled(_BAR, style="dim") + Styled(under, style=_COLOURS[d.level])
    if len(lines) > 3:
        yield Styled(f"{_BAR}…", style="dim")


def _lines(text: str, span: Span) -> Iterator[Span]:
    at = 0
    for raw in text.splitlines(keepends=True):
        line = Span(at, at + len(raw.rstrip("\r\n")))
        if line.overlaps(span) and text[max(line.start, span.start) : min(line.end, span.end)].strip():
            yield line
        at += len(raw)


def _window(text: str, line: Span, inside: Span, room: int) -> tuple[str, Span]:
    """As much of the line as there is room for, with the words in it; cut at words, the cuts shown as …"""
    start, end = line.start, line.end
    if cell_len(text[start:end]) > room:
        before = max(0, (room - cell_len(text[inside.start : inside.end])) // 2)
        start = max(line.start, inside.start - before)
        if start > line.start:
            space = text.find(" ", start, inside.start)
            start = space + 1 if space >= 0 else inside.start
        left = room - (2 if start > line.start else 0)
        end = start
        while end < line.end and cell_len(text[start : end + 1]) <= left - 2:
            end += 1
        if end < line.end:
            space = text.rfind(" ", max(start, inside.end), end)
            end = space if space > inside.end else end
    head = "… " if start > line.start else ""
    tail = " …" if end < line.end else ""
    shown = printable(text[start:end])
    first = len(head) + inside.start - start
    return head + shown + tail, Span(first, min(first + inside.end - inside.start, len(head) + len(shown)))


def _marked(shown: str, mark: Span, colour: str) -> Styled:
    made = Styled(shown)
    made.stylize(f"bold {colour}", mark.start, mark.end)
    return made


def _paragraph(text: str, width: int, style: str) -> Sequence[Styled]:
    room = max(30, min(width, 100) - len(_PAD))
    lines = wrap(printable(text), room, break_long_words=False, break_on_hyphens=False)
    return [Styled(_BAR, style="dim") + Styled(line, style=style) for line in lines]


def summary(report: Report, language: Language) -> str:
    """One line about the whole run."""
    if not report.diagnostics:
        line = _nothing(report).in_(language)
        return line[0].upper() + line[1:]
    where = [report.content.in_(language)]
    if report.files > 1:
        where.append(Text(f"{report.files} bestanden", f"{report.files} files").in_(language))
    shown = ", ".join(counted(count, level).in_(language) for level in LEVELS if (count := report.count(level)))
    return f"{shown} in {', '.join(where)}."


def _nothing(report: Report) -> Text:
    """What a run without findings comes to."""
    if report.failures:
        return Text("verder niets gevonden.", "nothing else found.")
    if not report.checked:
        return Text("niets gecontroleerd.", "nothing was checked.")
    if not report.rules:
        return _NOTHING_SOUGHT
    one, content = report.replies == 1, report.content
    if report.baselined:
        said = Text("niets nieuws.", "nothing new.")
    elif not report.replies:
        said = Text("niets op aan te merken.", "nothing to report.")
    else:
        said = Text(f"niets op aan te merken. {'Mooi antwoord' if one else 'Mooi werk'}! ✔",
                    f"nothing to report. {'Lovely reply' if one else 'Nice work'}! ✔")  # fmt: skip
    return said if one else Text(f"{content.nl}, {said.nl}", f"{content.en}, {said.en}")


def skipped_line(report: Report, language: Language) -> str | None:
    """What was left out, for stderr."""
    names = {
        "language": Text("in een andere taal", "in another language"),
        "inactive": Text("niet actief", "inactive"),
        "internal": Text("interne notitie", "internal note"),
        "no-text": Text("zonder antwoordtekst", "without a reply text"),
        "settings": Text("met instellingen of regels", "with settings or rules"),
        "alias": Text("eerder in het bestand gecontroleerd", "checked earlier in the file"),
    }
    if not report.skipped:
        return None
    parts = [f"{count} {names[key].in_(language) if key in names else key}" for key, count in report.skipped.items()]
    return f"{Text('overgeslagen', 'skipped').in_(language)}: {', '.join(parts)}"
