"""The configuration: ``.webcare-lint.yaml``, or ``[tool.webcare-lint]`` in ``pyproject.toml``, nearest first going up."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Literal

import msgspec

from webcare_lint.channels import PLACEHOLDER_LENGTHS, Counting
from webcare_lint.errors import ConfigError, Text
from webcare_lint.located import convert, load, nearest
from webcare_lint.model import Level

NAME = ".webcare-lint.yaml"
FailOn = Literal["error", "warning", "advice", "never"]


class Config(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What a team can set. Unknown keys are fatal."""

    lang: Literal["nl", "en"] = "nl"
    """Language of the messages."""
    channel: str = "x"
    """Channel where the input names none."""
    select: list[str] = msgspec.field(default_factory=list)
    """Codes, prefixes or commandment numbers to check; empty: all."""
    ignore: list[str] = msgspec.field(default_factory=list)
    """Codes, prefixes or commandment numbers to leave out."""
    levels: dict[str, Literal["error", "warning", "advice"]] = msgspec.field(default_factory=dict)
    """Another level for a code."""
    fail_on: FailOn = "warning"
    """The level from which the exit status is 1."""
    extend_rules: list[str] = msgspec.field(default_factory=list)
    """Own rule files or folders, relative to the config."""
    limits: dict[str, int] = msgspec.field(default_factory=dict)
    """Another length limit for a channel."""
    placeholder_lengths: dict[str, int] = msgspec.field(default_factory=dict)
    """How long a placeholder counts, by kind (name, number, link, date, other)."""
    pipeline: str | None = None
    """Another installed Dutch spaCy pipeline, or a folder with one."""

    @property
    def counting(self) -> Counting:
        kinds = {("placeholder" if k == "other" else f"placeholder-{k}"): n for k, n in self.placeholder_lengths.items()}
        return Counting({k.lower(): n for k, n in self.limits.items()}, kinds)


def find_config(start: Path) -> Path | None:
    """The nearest configuration at or above ``start``."""
    for folder in (start, *start.parents):
        if (folder / NAME).is_file():
            return folder / NAME
        project = folder / "pyproject.toml"
        if project.is_file() and _has_table(project):
            return project
    return None


def _has_table(path: Path) -> bool:
    try:
        return "[tool.webcare-lint" in path.read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        return False


def load_config(path: Path) -> Config:
    """Read a configuration.

    Raises:
        ConfigError: for an unreadable file, an unknown key or a wrong value, with its place.
    """
    try:
        text = path.read_text("utf-8")
    except OSError as error:
        reason = error.strerror or str(error)
        raise ConfigError(
            Text(f"configuratie niet te lezen: {reason}", f"cannot read the config: {reason}"), path=str(path)
        ) from error
    except UnicodeDecodeError as error:
        raise ConfigError(Text("configuratie is geen UTF-8", "the config is not UTF-8"), path=str(path)) from error
    config = _from_toml(text, path) if path.suffix == ".toml" else _from_yaml(text, path)
    _check_values(config, path)
    return config


def _from_yaml(text: str, path: Path) -> Config:
    located = load(text, str(path), ConfigError)
    if located.data is None:
        return Config()
    made: Config = convert(located, Config, ConfigError)
    return made


def _from_toml(text: str, path: Path) -> Config:
    if sys.version_info >= (3, 11):
        import tomllib
    else:
        import tomli as tomllib
    try:
        table = tomllib.loads(text).get("tool", {}).get("webcare-lint", {})
        return msgspec.convert({key.replace("-", "_"): value for key, value in table.items()}, Config)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(Text(f"geen geldige TOML ({error})", f"no valid TOML ({error})"), path=str(path)) from error
    except msgspec.ValidationError as error:
        raise _toml_error(str(error), text, path) from error


def _toml_error(message: str, text: str, path: Path) -> ConfigError:
    key = message.split("`")[1] if "unknown field" in message else message.rpartition("$.")[2].rstrip("`")
    lines = text.splitlines()
    line = next((n for n, raw in enumerate(lines, 1) if raw.replace("-", "_").strip().startswith(key)), None)
    near = nearest(key, [f.name for f in msgspec.structs.fields(Config)])
    nl = f"onbekende sleutel {key!r}" if "unknown field" in message else f"onjuiste waarde bij {key!r}"
    en = f"unknown key {key!r}" if "unknown field" in message else f"wrong value at {key!r}"
    if near and near != key:
        nl, en = f"{nl}; bedoel je {near!r}?", f"{en}; did you mean {near!r}?"
    return ConfigError(Text(nl, en), path=str(path), line=line, column=1 if line else None)


def _check_values(config: Config, path: Path) -> None:
    kinds = [kind.removeprefix("placeholder-") for kind in PLACEHOLDER_LENGTHS if "-" in kind] + ["other"]
    for kind in config.placeholder_lengths:
        if kind not in kinds:
            known = ", ".join(kinds)
            text = Text(f"onbekende soort invulveld {kind!r}; bekend: {known}",
                        f"unknown kind of placeholder {kind!r}; known: {known}")  # fmt: skip
            raise ConfigError(text, path=str(path))


def extra_rules(config: Config, path: Path | None) -> list[Path]:
    """The own rule files and folders of a config, as paths."""
    base = path.parent if path else Path.cwd()
    return [base / entry for entry in config.extend_rules]


def expand_codes(entries: list[str], codes: list[str], option: str) -> set[str]:
    """The codes that ``2``, ``WC2`` or ``WC201`` stand for.

    Raises:
        ConfigError: for an entry that stands for none.
    """
    found: set[str] = set()
    for entry in (part.strip() for given in entries for part in given.split(",")):
        number = entry.removeprefix("WC")
        wanted = entry.upper() if not entry.isdigit() else f"WC{entry}"
        hits = {code for code in codes if code == wanted or (code[:-2] == wanted and number.isdigit())}
        if not hits and entry.upper().startswith("WC") and len(entry) > 3:
            hits = {code for code in codes if code.startswith(wanted)}
        if not hits:
            near = nearest(wanted, codes)
            hint = (f"; bedoel je {near}?", f"; did you mean {near}?") if near else ("", "")
            raise ConfigError(Text(f"{option}: onbekende code {entry!r}{hint[0]}",
                                   f"{option}: unknown code {entry!r}{hint[1]}"))  # fmt: skip
        found |= hits
    return found


def level_of(code: str, default: Level, config: Config) -> Level:
    """The level of a rule under this config."""
    return config.levels.get(code, default)
