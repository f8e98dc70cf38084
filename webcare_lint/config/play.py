"""Which codes are in play under a configuration, and at which level."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from webcare_lint.config.codes import expand_codes, is_single
from webcare_lint.config.load import config_error
from webcare_lint.config.schema import Config
from webcare_lint.errors import ConfigError
from webcare_lint.located import Path as At
from webcare_lint.model import Level, RuleInfo, is_about_source
from webcare_lint.source_codes import LANGUAGETOOL_CODES, UNRULED_CODES


class Play(Struct, frozen=True):
    """The codes that are looked for and the levels of their findings."""

    infos: Mapping[str, RuleInfo]
    channel: str


def settle(config: Config, infos: Mapping[str, RuleInfo], path: Path | None, *, languagetool: bool = False) -> Play:
    """What is in play; ``infos`` are all rules there are, ``path`` is where the config came from.

    ``languagetool`` tells whether LanguageTool is asked for; its codes are known at any rate.

    Raises:
        ConfigError: for an unknown code, at its place.
    """
    everything = {**UNRULED_CODES, **infos}
    of_languagetool = LANGUAGETOOL_CODES.keys() - infos.keys()
    names = {code: info.name for code, info in everything.items()}
    for number, override in enumerate(config.overrides):  # also those that fit no file of this run
        at = ("overrides", number)
        _expand(override.select or (), names, (*at, "select"), path)
        _expand(override.ignore, names, (*at, "ignore"), path)
        _by_level(override.levels, names, (*at, "levels"), path)
    if config.select:
        chosen = _expand(config.select, names, ("select",), path)
    else:
        # What stands beside the ten is only looked for when asked for by name; what a team wrote itself is.
        chosen = {
            code for code, info in everything.items() if info.commandment is not None or info.own or is_about_source(code)
        } | of_languagetool
    chosen -= _expand(config.ignore, names, ("ignore",), path)
    if not languagetool:
        chosen -= of_languagetool
    levels = _by_level(config.levels, names, ("levels",), path)
    made = {
        code: replace(info, level=levels[code]) if code in levels else info for code, info in everything.items() if code in chosen
    }
    return Play(made, config.channel)


def _by_level(levels: Mapping[str, Level], names: Mapping[str, str], at: At, path: Path | None) -> dict[str, Level]:
    """The level of each code that ``levels`` speaks of: what names it most precisely decides."""
    given = []
    for entry, level in levels.items():
        try:
            given.append((expand_codes([entry], names, "levels"), is_single(entry, names), level))
        except ConfigError as error:
            raise config_error(error.text, (*at, entry), path, key=True) from error
    given.sort(key=lambda each: (-len(each[0]), each[1]))
    return {code: level for codes, _, level in given for code in codes}


def _expand(entries: Iterable[str | int], names: Mapping[str, str], at: At, path: Path | None) -> set[str]:
    found: set[str] = set()
    for number, entry in enumerate(entries):
        try:
            found |= expand_codes([entry], names, str(at[-1]))
        except ConfigError as error:
            raise config_error(error.text, (*at, number), path, value=entry) from error
    return found
