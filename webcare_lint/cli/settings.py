"""The configuration of a command: what the files say, and what its options say instead."""

from __future__ import annotations

from enum import Enum
from pathlib import Path

import msgspec

from webcare_lint.config import Config, find_config, load_config
from webcare_lint.model import LEVELS

FailOn = Enum("FailOn", {name: name for name in (*LEVELS, "never")}, type=str)  # type: ignore[misc]
Lang = Enum("Lang", {"nl": "nl", "en": "en"}, type=str)


def find_settings(path: Path | None) -> tuple[Config, Path | None]:
    """The configuration in ``path``, or else the nearest one, and where it was found; what holds without one, and None.

    Raises:
        ConfigError: for a configuration that is wrong.
    """
    found = path or find_config(Path.cwd())
    return (load_config(found), found) if found else (Config(), None)


def override(settings: Config, **options: object) -> Config:
    """The same configuration with what options say; one that is None or empty says nothing."""
    given = {name: getattr(value, "value", value) for name, value in options.items() if value is not None and value != []}
    # An option holds everywhere, also where the config has something else for some paths.
    beaten = {name: None for name in ("channel", "select") if name in given}
    overrides = [msgspec.structs.replace(override, **beaten) for override in settings.overrides]
    return msgspec.structs.replace(settings, **given, overrides=overrides)
