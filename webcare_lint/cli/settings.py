"""The configuration of a command: what the files say, and what its options say instead."""

from __future__ import annotations

import os
import sys
from enum import Enum
from pathlib import Path

import msgspec

from webcare_lint.cli.language import configured, say
from webcare_lint.config import Config, find_config, load_config
from webcare_lint.config_file import NAME
from webcare_lint.model import LEVELS

FailOn = Enum("FailOn", {name: name for name in (*LEVELS, "never")}, type=str)  # type: ignore[misc]
MISNAMED = (
    "webcare-lint.yaml", "webcare-lint.yml", ".webcare-lint.yml", ".webcarelint.yaml", ".webcarelint.yml", "webcarelint.yaml",
    "webcarelint.yml", ".webcare-lint.yaml.txt", "webcare-lint.yaml.txt",
)  # fmt: skip
"""What people call a configuration that is not found by that name."""
Lang = Enum("Lang", {"nl": "nl", "en": "en"}, type=str)


def find_settings(path: Path | None) -> tuple[Config, Path | None]:
    """The configuration in ``path``, or else the nearest one, and where it was found; what holds without one, and None.

    Raises:
        ConfigError: for a configuration that is wrong.
    """
    found = path or find_config(Path.cwd())
    if found is None:
        _point_out_misnamed()
        return Config(), None
    settings = load_config(found)
    configured(settings.lang)
    return settings, found


def _point_out_misnamed() -> None:
    """Tell of a configuration that is there under another name: it would seem to hold, and nothing would come of it."""
    for name in MISNAMED:
        if os.path.isfile(name):  # noqa: PTH113
            told = say(f"{name} wordt niet gelezen als configuratie; noem dat bestand {NAME}",
                       f"{name} is not read as the configuration; call that file {NAME}")  # fmt: skip
            print(f"webcare-lint: {told}", file=sys.stderr)


def override(settings: Config, **options: object) -> Config:
    """The same configuration with what options say; one that is None or empty says nothing."""
    given = {name: getattr(value, "value", value) for name, value in options.items() if value is not None and value != []}
    # An option holds everywhere, also where the config has something else for some paths.
    beaten = {name: None for name in ("channel", "select") if name in given}
    overrides = [msgspec.structs.replace(override, **beaten) for override in settings.overrides]
    return msgspec.structs.replace(settings, **given, overrides=overrides)
