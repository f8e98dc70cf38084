"""Finds and reads a configuration file; what is wrong in it is shown in its place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from webcare_lint.channels import PLACEHOLDER_LENGTHS
from webcare_lint.config.schema import Config
from webcare_lint.config_file import find
from webcare_lint.errors import ConfigError, Text
from webcare_lint.located import Located, unreadable
from webcare_lint.located import Path as At
from webcare_lint.warm import DEFAULT_URL, address

WORDS_FILE = "words.yaml"
"""The word lists that the rules of a folder share."""
_TABLE = ("tool", "webcare-lint")


def find_config(start: Path) -> Path | None:
    """The nearest configuration at or above ``start``."""
    found = find(str(start))
    return Path(found) if found else None


def load_config(path: Path) -> Config:
    """Read a configuration.

    Raises:
        ConfigError: for an unreadable file, an unknown key or a wrong value, with its place.
    """
    located = _locate(path)
    if located.data is None:
        return Config()
    if isinstance(located.data, dict) and isinstance(located.data.get("rules"), list | str):
        text = Text(
            "hier staan aanpassingen per code, zoals WC201: {level: warning}; eigen regelbestanden noem je onder extend_rules",
            "this holds changes by code, such as WC201: {level: warning}; rule files of your own go under extend_rules",
        )
        raise located.error(ConfigError, text, ("rules",))
    from webcare_lint.typed import convert

    config = convert(located, Config, ConfigError)
    _check_values(config, located)
    return config


def origins(path: Path) -> Mapping[str, int]:
    """The line of every setting that the file at ``path`` gives."""
    located = _locate(path)
    return {key: located.keys[(key,)][0] for key in located.data or {}}


def config_error(text: Text, at: At, path: Path | None, *, key: bool = False, value: object = ...) -> ConfigError:
    """An error about the value (or the key) at ``at``, with its place in the file.

    When a ``value`` is given and stands not there, it came from an option and has no place.
    """
    if path is not None:
        located = _locate(path)
        if value is ... or _at(located.data, at) == value:
            return located.error(ConfigError, text, at, key=key)
    return ConfigError(text)


def _at(data: Any, path: At) -> Any:
    for part in path:
        try:
            data = data[part]
        except (KeyError, IndexError, TypeError):
            return None
    return data


def extra_rules(config: Config, path: Path | None, *, there: bool = False) -> list[Path]:
    """The own rule files and folders of a config, as paths, with the word lists that stand beside them.

    Raises:
        ConfigError: for one that is not there, when all should be ``there``.
    """
    base = path.parent if path else Path.cwd()
    for number, entry in enumerate(config.extend_rules if there else ()):
        if not (base / entry).exists():
            text = Text(f"het bestand of de map {entry!r} bestaat niet", f"the file or folder {entry!r} does not exist")
            raise config_error(text, ("extend_rules", number), path, value=entry)
    return with_words([base / entry for entry in config.extend_rules])


def with_words(files: Sequence[Path]) -> list[Path]:
    """Rule files, and the word lists that stand beside one of them."""
    beside = dict.fromkeys(path.with_name(WORDS_FILE) for path in files if path.is_file())
    return [*files, *(words for words in beside if words not in files and words.is_file())]


def baseline_file(config: Config, path: Path | None) -> Path | None:
    """The baseline that a config names."""
    return (path.parent if path else Path.cwd()) / config.baseline if config.baseline else None


def reader_folder(config: Config, path: Path | None) -> Path | None:
    """The folder of the reader that a config names.

    Raises:
        ConfigError: when it is not there.
    """
    if config.reader is None:
        return None
    folder = (path.parent if path else Path.cwd()) / config.reader
    if not folder.is_dir():
        text = Text(f"de map {config.reader!r} bestaat niet", f"the folder {config.reader!r} does not exist")
        raise config_error(text, ("reader",), path, value=config.reader)
    return folder


def pipeline_name(config: Config, path: Path | None) -> str | None:
    """The pipeline that a config names: the folder of one, or a package.

    Raises:
        ConfigError: when it is not there.
    """
    name = config.pipeline
    if name is None:
        return None
    folder = (path.parent if path else Path.cwd()) / name
    if folder.is_dir():
        return str(folder)
    if name.isidentifier() and name != "__main__" and find_spec(name):
        return name
    text = Text(f"het taalmodel {name!r} is geen map en ook niet geïnstalleerd",
                f"the language model {name!r} is no folder and not installed either")  # fmt: skip
    raise config_error(text, ("pipeline",), path, value=name)


def _locate(path: Path) -> Located:
    text = _read(path)
    if path.suffix != ".toml":
        from webcare_lint.yaml_places import load

        return _normal(load(text, str(path), ConfigError), ())
    from webcare_lint.config import toml_places

    return _normal(toml_places.load(text, str(path), ConfigError), _TABLE)


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(unreadable(error), path=str(path)) from error


def _normal(located: Located, table: tuple[str, ...]) -> Located:
    """The part of the file that is ours; ``fail-on`` is written ``fail_on`` too."""
    data = located.data
    for part in table:
        if not isinstance(data, dict) or part not in data:
            absent = Text("hierin staat geen tabel [tool.webcare-lint]", "there is no table [tool.webcare-lint] in here")
            raise ConfigError(absent, path=str(located.path))
        data = data[part]
    if not isinstance(data, dict):
        return located
    depth = len(table)

    def renamed(at: At) -> At:
        return (str(at[0]).replace("-", "_"), *at[1:]) if at else at

    def ours(places: Mapping[At, tuple[int, int]]) -> dict[At, tuple[int, int]]:
        return {renamed(at[depth:]): place for at, place in places.items() if at[:depth] == table}

    made: dict[str, Any] = {}
    for key, value in data.items():
        name = str(key).replace("-", "_")
        if name in made:
            twice = Text(
                f"de sleutel {name!r} staat er twee keer, met - en met _", f"the key {name!r} is there twice, with - and with _"
            )
            raise located.error(ConfigError, twice, (*table, key), key=True)
        made[name] = value
    return Located(located.path, located.text, made, ours(located.places), ours(located.keys))


def not_here(url: str) -> Text:
    """What is wrong with the address of a server."""
    return Text(f"{url!r} is geen adres op deze computer, zoals {DEFAULT_URL}",
                f"{url!r} is no address on this computer, such as {DEFAULT_URL}")  # fmt: skip


def _check_values(config: Config, located: Located) -> None:
    if isinstance(config.server, str) and address(config.server) is None:
        raise located.error(ConfigError, not_here(config.server), ("server",))
    kinds = [kind.removeprefix("placeholder-") for kind in PLACEHOLDER_LENGTHS if "-" in kind] + ["other"]
    for kind in config.placeholder_lengths:
        if kind not in kinds:
            known = ", ".join(kinds)
            text = Text(f"onbekende soort invulveld {kind!r}; bekend: {known}",
                        f"unknown kind of placeholder {kind!r}; known: {known}")  # fmt: skip
            raise located.error(ConfigError, text, ("placeholder_lengths", kind), key=True)
    for key in ("limits", "placeholder_lengths", "placeholders"):
        for name, number in getattr(config, key).items():
            if number is not None and number < 0:
                text = Text(f"{number} is geen lengte", f"{number} is no length")
                raise located.error(ConfigError, text, (key, name))
