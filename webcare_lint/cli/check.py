"""``webcare-lint check``."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional

import typer
from msgspec.structs import replace

from webcare_lint.cli import report
from webcare_lint.cli.language import asked_for, say
from webcare_lint.cli.settings import FailOn, Lang, find_settings, override
from webcare_lint.config import Config, baseline_file, expand_codes, not_here
from webcare_lint.errors import ConfigError, Language, Text
from webcare_lint.linter import Linter
from webcare_lint.model import Document, Failure, Reply, Report
from webcare_lint.output import FORMATS
from webcare_lint.source_codes import LANGUAGETOOL_CODES, UNRULED_CODES
from webcare_lint.text import SourceMap, whole
from webcare_lint.warm import address

if TYPE_CHECKING:
    from webcare_lint.languagetool.findings import Settings

HELP = say("Controleer antwoorden: bestanden, mappen, - of een pipe, of --text.",
           "Check replies: files, folders, - or a pipe, or --text.")  # fmt: skip
Format = Enum("Format", {name: name for name in ("human", *FORMATS)}, type=str)  # type: ignore[misc]
MANY = 200
"""Replies from which on a progress bar is worth it."""
ONE_REPLY = Text("--customer hoort bij één antwoord (--text, een .txt, of een pipe met één antwoord)",
                 "--customer goes with one reply (--text, a .txt, or a pipe with one reply)")  # fmt: skip


def check(
    paths: Annotated[Optional[list[str]], typer.Argument(metavar="[PATHS]...", help=say(
        "Bestanden, mappen, of - voor standaardinvoer.", "Files, folders, or - for standard input."))] = None,
    text: Annotated[Optional[str], typer.Option(help=say("Eén antwoord.", "One reply."))] = None,
    customer: Annotated[Optional[str], typer.Option(help=say(
        "Het klantbericht waarop het antwoord reageert.", "The customer message that the reply answers."))] = None,
    channel: Annotated[Optional[str], typer.Option(help=say(
        "Kanaal waar de invoer er geen noemt (standaard x).", "Channel where the input names none (default x)."))] = None,
    input_format: Annotated[Optional[str], typer.Option(metavar="NAME", help=say(
        "Vorm van de invoer als die niet vanzelf blijkt: text, markdown, html, json, jsonl, yaml, csv of een helpdesk.",
        "Form of the input where it does not show: text, markdown, html, json, jsonl, yaml, csv or a help desk."))] = None,
    format: Annotated[Format, typer.Option(help=say("Vorm van het verslag.", "Form of the report."))] = Format["human"],
    output: Annotated[Optional[Path], typer.Option(help=say(
        "Schrijf het verslag naar dit bestand.", "Write the report to this file."))] = None,
    select: Annotated[Optional[list[str]], typer.Option(help=say(
        "Alleen deze codes, voorvoegsels of geboden (2, WC2, WC201).",
        "Only these codes, prefixes or commandments (2, WC2, WC201)."))] = None,
    ignore: Annotated[Optional[list[str]], typer.Option(help=say(
        "Zonder deze codes, voorvoegsels of geboden.", "Without these codes, prefixes or commandments."))] = None,
    fail_on: Annotated[Optional[FailOn], typer.Option(help=say(
        "Vanaf welk niveau de exitstatus 1 is.", "The level from which the exit status is 1."))] = None,
    lang: Annotated[Optional[Lang], typer.Option(help=say("Taal van de meldingen.", "Language of the messages."))] = None,
    languagetool: Annotated[bool, typer.Option("--languagetool", help=say(
        "Voeg spelling en grammatica van LanguageTool toe (Java nodig).",
        "Add LanguageTool's spelling and grammar (needs Java)."))] = False,
    languagetool_url: Annotated[Optional[str], typer.Option(metavar="URL", help=say(
        "Een LanguageTool-server die al draait.", "A LanguageTool server that runs already."))] = None,
    de_acht: Annotated[bool, typer.Option("--de-acht", help=say(
        "Laat bij elk antwoord zien welke stations van De 8 het aandoet.",
        "Show for each reply which stations of De 8 it reaches."))] = False,
    config: Annotated[Optional[Path], typer.Option(help=say("Configuratiebestand.", "Configuration file."))] = None,
    fix: Annotated[bool, typer.Option("--fix", help=say(
        "Verbeter in de bestanden wat veilig kan.", "Apply safe fixes to the files."))] = False,
    unsafe_fixes: Annotated[bool, typer.Option("--unsafe-fixes", help=say(
        "Verbeter ook wat nagekeken moet worden.", "Also apply fixes that you should review."))] = False,
    diff: Annotated[bool, typer.Option("--diff", help=say(
        "Laat alleen zien wat er zou veranderen.", "Only show what would change."))] = False,
    baseline: Annotated[Optional[Path], typer.Option(help=say(
        "Meld alleen wat niet in dit bestand staat.", "Report only what is not in this file."))] = None,
    write_baseline: Annotated[bool, typer.Option("--write-baseline", help=say(
        "Leg alle meldingen van nu vast als bekend.", "Record all present findings as known."))] = False,
    server: Annotated[Optional[bool], typer.Option("--server/--no-server", help=say(
        "Laat een webcare-lint serve die al draait het werk doen, als die er is.",
        "Let a webcare-lint serve that runs already do the work, when there is one."))] = None,
    server_url: Annotated[Optional[str], typer.Option(metavar="URL", help=say(
        "Waar die luistert, op deze computer (standaard http://127.0.0.1:8081).",
        "Where it listens, on this computer (default http://127.0.0.1:8081)."))] = None,
    jobs: Annotated[int, typer.Option("--jobs", "-j", min=0, metavar="N", help=say(
        "Processen voor een bestand met veel antwoorden (0: één per kern).",
        "Processes for a file of many replies (0: one per core)."))] = 0,
    no_cache: Annotated[bool, typer.Option("--no-cache", help=say(
        "Bewaar en gebruik geen eerdere uitkomsten.", "Neither keep nor use earlier results."))] = False,
    debug: Annotated[bool, typer.Option("--debug", help=say(
        "Toon bij een crash waar het misging.", "Show a traceback on a crash."))] = False,
) -> int:  # fmt: skip
    if server_url is not None and address(server_url) is None:
        raise ConfigError(not_here(server_url))
    settings, config_path = find_settings(config)
    settings = override(settings, channel=channel, select=select, ignore=ignore, fail_on=fail_on, lang=asked_for(lang),
                        baseline=str(baseline.absolute()) if baseline else None)  # fmt: skip
    if no_cache:
        settings = replace(settings, cache=False)
    spoken: Language = settings.lang
    linter = Linter(settings, config_path, _languagetool(settings, languagetool, languagetool_url), eight=de_acht,
                    jobs=jobs or None)  # fmt: skip
    if input_format is not None:
        from webcare_lint.sources import check_format

        check_format(input_format)
    _ = linter.play()  # a bad rule or code stops the run before anything is read
    if asks_for_languagetool_alone(linter, settings):
        where, codes = ("--select", " ".join(select)) if select else ("select:", ", ".join(map(str, settings.select)))
        raise ConfigError(Text(f"{where} {codes} zoekt alleen met LanguageTool; zet er --languagetool bij",
                               f"{where} {codes} looks with LanguageTool only; add --languagetool"),
                          path=str(config_path) if config_path and not select else None)  # fmt: skip
    fixing, shaped = fix or unsafe_fixes or diff, bool(output) or format.value != "human"
    if wrong := _at_odds(paths, text, customer, fixing=fixing, diff=diff, write_baseline=write_baseline, shaped=shaped):
        raise ConfigError(wrong)
    if output and any(_is_same(path, str(output)) for path in paths or ()):
        raise ConfigError(Text("dit bestand wordt gecontroleerd en zou door het verslag verdwijnen; kies een andere --output",
                               "this file is checked and the report would take its place; choose another --output"),
                          path=str(output))  # fmt: skip
    unmended: tuple[Failure, ...] = ()
    if fixing and paths:
        from webcare_lint.cli.fixing import fix_paths, show_diff

        if diff:
            show_diff(linter, paths, input_format, customer, unsafe=unsafe_fixes)
        else:
            unmended = fix_paths(linter, paths, input_format, customer, unsafe=unsafe_fixes)
    if text is not None:
        checked = linter.check_documents([typed_reply(text, channel, customer)])
    else:
        checked = _check_paths(linter, paths, customer, input_format)
    if unmended:
        checked = replace(checked, failures=(*checked.failures, *unmended))
    known = baseline or baseline_file(settings, config_path)
    if write_baseline:
        from webcare_lint.cli.baseline import write_baseline as write_known

        return write_known(checked, known, spoken)
    if known is not None:
        from webcare_lint.baseline import without_known

        checked = without_known(checked, known)
    if not diff:
        with suppress(BrokenPipeError, SystemExit):  # who reads no further (head) changes no outcome; rich would exit with 1
            report.write(checked, format.value, output, spoken)
    with suppress(BrokenPipeError):
        report.notices(checked, spoken)
    return report.status(checked, settings.fail_on)


def _at_odds(
    paths: list[str] | None,
    text: str | None,
    customer: str | None,
    *,
    fixing: bool,
    diff: bool,
    write_baseline: bool,
    shaped: bool,
) -> Text | None:
    """What is wrong with options that do not go together; ``shaped`` is whether a form or a file is asked for."""
    if fixing and not paths:
        return Text("--fix en --diff werken op bestanden", "--fix and --diff work on files")
    if diff and (write_baseline or shaped):
        return Text("--diff toont alleen verschillen, zonder --format, --output of --write-baseline",
                    "--diff only shows differences, without --format, --output or --write-baseline")  # fmt: skip
    if write_baseline and shaped:
        return Text("--write-baseline maakt geen verslag en gaat niet samen met --format of --output",
                    "--write-baseline makes no report and does not go with --format or --output")  # fmt: skip
    if text is not None and paths:
        return Text("geef --text óf bestanden, niet allebei", "give --text or files, not both")
    if text is None and customer is not None and not is_one_reply(paths):
        return ONE_REPLY
    return None


def asks_for_languagetool_alone(linter: Linter, settings: Config) -> bool:
    """Whether everything that is selected is LanguageTool's, which takes no part: then nothing would be checked."""
    if not settings.select or linter.languagetool is not None or any(each.select for each in settings.overrides):
        return False
    rules = linter.loaded.infos
    names = {code: info.name for code, info in {**UNRULED_CODES, **rules}.items()}
    return expand_codes(settings.select, names, "select") <= LANGUAGETOOL_CODES.keys() - rules.keys()


def _languagetool(config: Config, wanted: bool, url: str | None) -> Settings | None:
    given = config.languagetool
    if not (wanted or url or given.enabled):
        return None
    from webcare_lint.languagetool.findings import Settings

    return Settings(
        url or given.url, tuple(given.enabled_categories), tuple(given.disabled_categories), tuple(given.disabled_rules),
        (*given.words, *config.brand),
    )  # fmt: skip


def _is_same(path: str, other: str) -> bool:
    """Whether two paths lead to one file."""
    is_file = os.path.isfile  # Path.is_file stumbles over a name that is too long
    return is_file(path) and is_file(other) and os.path.samefile(path, other)  # noqa: PTH121


def is_one_reply(paths: list[str] | None) -> bool:
    """Whether what is given holds one reply, so that one message can go with it."""
    return not paths or (len(paths) == 1 and (paths[0] == "-" or paths[0].endswith(".txt")))


def _check_paths(linter: Linter, paths: list[str] | None, customer: str | None, input_format: str | None) -> Report:
    if not paths:
        if sys.stdin is None or sys.stdin.isatty():
            raise ConfigError(Text("niets te controleren: geef een bestand, een map, --text of een pipe",
                                   "nothing to check: give a file, a folder, --text or a pipe"))  # fmt: skip
        paths = ["-"]
    if customer is None:
        from webcare_lint.cli.progress import progress_bar

        with progress_bar(say("controleren", "checking"), MANY) as tick:
            return linter.check_paths(paths, tick, input_format)
    from webcare_lint.files import read_inputs

    documents = read_inputs(paths, input_format, linter.loaded.apart)
    return linter.check_documents(with_customer(documents, customer))


_QUOTES = tuple("\"'“”„«»‘")


def typed_reply(text: str, channel: str | None, customer: str | None) -> Document:
    """What ``--text`` gives: the reply that a text file with the same text holds, so without quotes around all of it."""
    text, source = whole(text), SourceMap.verbatim(whole(text))
    shown = text
    if text.strip()[:1] in _QUOTES:  # and else the readers, of which this is one part, need not be loaded
        from webcare_lint.sources.placed import Placed

        placed = Placed.verbatim(text, 0).unquoted()
        shown, source = str(placed), placed.source
    return Document("-", text, (Reply(shown, customer=customer and whole(customer), channel=channel, source=source),))


def with_customer(documents: Iterable[Document], customer: str) -> Iterator[Document]:
    """The one reply that is in these documents, to this message.

    Raises:
        ConfigError: where there are several.
    """
    seen = 0
    for document in documents:
        seen += len(document.replies)
        if seen > 1:
            raise ConfigError(ONE_REPLY)
        yield replace(document, replies=tuple(replace(reply, customer=whole(customer)) for reply in document.replies))
