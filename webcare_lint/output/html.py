"""``--format html``: one page that needs nothing beside itself, to mail to a colleague or keep with a build."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from itertools import groupby

from webcare_lint import __version__
from webcare_lint.errors import Language, Text
from webcare_lint.model import LEVELS, Diagnostic, Report, reply_name
from webcare_lint.names import COMMANDMENTS, LEVEL_NAMES, counted

_STYLE = """
:root { color-scheme: light dark; --line: #8886; --error: #c62828; --warning: #a65f00; --advice: #00658a; --good: #1b7a3d }
@media (prefers-color-scheme: dark) { :root { --error: #ff8a80; --warning: #ffc061; --advice: #7fd1f0; --good: #7ddc9c } }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem }
h1 { font-size: 1.5rem; margin-bottom: .2rem } h2 { font-size: 1.1rem; margin-top: 2.5rem; overflow-wrap: anywhere }
article { border: 1px solid var(--line); border-radius: .5rem; padding: .2rem 1rem 1rem; margin: 1rem 0 }
blockquote { margin: .8rem 0; padding: .6rem .8rem; border-left: 3px solid var(--line); white-space: pre-wrap;
  overflow-wrap: anywhere }
mark { background: none; color: inherit; text-decoration: underline 2px var(--c); text-underline-offset: 3px }
h3 { font-size: 1rem; margin: 1rem 0 .2rem } h3 small { font-weight: normal; opacity: .75 }
p { margin: .2rem 0 } .level { color: var(--c) } .try { color: var(--good) }
.error { --c: var(--error) } .warning { --c: var(--warning) } .advice { --c: var(--advice) }
footer { opacity: .7; margin-top: 3rem }
"""


def render(report: Report, language: Language) -> str:
    title = Text("Webcare nagekeken", "Webcare checked").in_(language)
    body = "\n".join(_body(report, language))
    return (
        f'<!doctype html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>{title}</title>\n'
        f"<style>{_STYLE}</style>\n</head>\n<body>\n<h1>{title}</h1>\n{body}\n"
        f"<footer>webcare-lint {__version__}</footer>\n</body>\n</html>\n"
    )


def _body(report: Report, language: Language) -> Iterator[str]:
    yield f"<p>{_summary(report, language)}</p>"
    if report.failures:
        yield f"<h2>{Text('Niet te controleren', 'Could not be checked').in_(language)}</h2>\n<ul>"
        for failure in report.failures:
            yield f"<li>{escape(failure.describe(language))}</li>"
        yield "</ul>"
    for path, in_file in groupby(report.diagnostics, key=lambda d: d.path):
        yield f"<h2>{escape(path) if path != '-' else Text('Je antwoord', 'Your reply').in_(language)}</h2>"
        found = sorted(in_file, key=lambda d: (d.reply, d.reply_id, -1 if d.message_index is None else d.message_index))
        by_reply = [list(group) for _, group in groupby(found, key=lambda d: (d.reply, d.reply_id, d.message_index))]
        for group in sorted(by_reply, key=lambda g: g[0].start.offset):
            yield from _reply(group, language)


def _summary(report: Report, language: Language) -> str:
    if not report.checked:
        return Text("Niets gecontroleerd.", "Nothing was checked.").in_(language)
    counts = [counted(count, level).in_(language) for level in LEVELS if (count := report.count(level))]
    found = ", ".join(counts) or Text("niets op aan te merken", "nothing to report").in_(language)
    return f"{report.content.in_(language)}: {found}."


def _reply(found: Sequence[Diagnostic], language: Language) -> Iterator[str]:
    first = found[0]
    name = reply_name(first.reply_id, first.message_index)
    label = Text("antwoord", "reply").in_(language)
    yield f"<article>\n<p><small>{label} {escape(name)}</small></p>\n<blockquote>{_marked(first.reply, found)}</blockquote>"
    for d in found:
        yield f'<section class="{d.level}">\n{_heading(d, language)}\n<p><b>{escape(d.message)}</b> {escape(d.why)}</p>'
        if d.echo:
            yield f"<p><i>{Text('Hardop', 'Aloud').in_(language)}: “{escape(d.echo)}”</i></p>"
        for suggestion in d.suggestions:
            yield f'<p class="try">{Text("Probeer", "Try").in_(language)}: “{escape(suggestion)}”</p>'
        yield "</section>"
    yield "</article>"


def _heading(d: Diagnostic, language: Language) -> str:
    more = f"{d.start.line}:{d.start.column}"
    if d.commandment is not None:
        number = Text("gebod", "commandment").in_(language)
        more += f" · {number} {d.commandment}, {escape(COMMANDMENTS[d.commandment].in_(language))}"
    level = LEVEL_NAMES[d.level].in_(language)
    return f'<h3><span class="level">{level}</span> {d.code} {escape(d.name)} <small>{more}</small></h3>'


def _marked(text: str, found: Sequence[Diagnostic]) -> str:
    """The reply with the words of each finding underlined; of overlapping findings the first."""
    parts, at = [], 0
    for d in sorted(found, key=lambda d: (d.reply_span.start, -d.reply_span.end)):
        start, end = d.reply_span
        if d.quote and start >= at:
            parts.append(f'{escape(text[at:start])}<mark class="{d.level}" title="{d.code}">{escape(text[start:end])}</mark>')
            at = end
    return "".join([*parts, escape(text[at:])])
