"""Per-path settings: which overrides fit a file, and the config that holds for it."""

from __future__ import annotations

import os
import re
import unicodedata
from functools import lru_cache
from pathlib import Path

import msgspec

from webcare_lint.config.schema import Config

_TOKEN = re.compile(r"\*\*/|\*\*|\*|\?|[^*?]+")
_PARTS = {"**/": "(?:[^/]+/)*", "**": ".*", "*": "[^/]*", "?": "[^/]"}


def effective(config: Config, path: str, base: Path) -> Config:
    """The config that holds for the file at ``path``; patterns count from the folder ``base``."""
    if not config.overrides or path == "-":
        return config
    try:
        relative = unicodedata.normalize("NFC", Path(os.path.relpath(path, base)).as_posix())  # macOS may decompose names
    except ValueError:  # another drive
        return config
    for override in config.overrides:
        if any(_pattern(glob).fullmatch(relative) for glob in override.paths):
            config = msgspec.structs.replace(
                config,
                select=config.select if override.select is None else override.select,
                ignore=[*config.ignore, *override.ignore],
                levels={**config.levels, **override.levels},
                channel=override.channel or config.channel,
            )
    return config


@lru_cache(maxsize=256)
def _pattern(glob: str) -> re.Pattern[str]:
    """A glob as in ``.gitignore``: without a slash it fits at any depth, and a folder stands for all that is in it."""
    trimmed = unicodedata.normalize("NFC", glob).strip("/").removeprefix("./")
    anywhere = "" if "/" in trimmed or glob.startswith("/") else "(?:.*/)?"
    made = "".join(_PARTS.get(token, re.escape(token)) for token in _TOKEN.findall(trimmed))
    return re.compile(f"{anywhere}{made}(?:/.*)?")
