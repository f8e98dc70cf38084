"""Where the configuration is. Imports nothing that not every start of Python has loaded, but for a TOML file that names us.

A warm start goes through here.
"""

from __future__ import annotations

import os
import sys

NAME = ".webcare-lint.yaml"


def find(start: str) -> str | None:
    """The nearest configuration at or above the folder ``start``."""
    folder = start
    while True:
        own, project = os.path.join(folder, NAME), os.path.join(folder, "pyproject.toml")
        if os.path.isfile(own):
            return own
        if _has_table(project):
            return project
        above = os.path.dirname(folder)
        if above == folder:
            return None
        folder = above


def _has_table(path: str) -> bool:
    try:
        with open(path, encoding="utf-8") as file:
            text = file.read()
    except (OSError, UnicodeDecodeError):
        return False
    if "webcare-lint" not in text:
        return False
    if sys.version_info >= (3, 11):
        import tomllib
    else:
        import tomli as tomllib
    try:
        return "webcare-lint" in tomllib.loads(text).get("tool", {})
    except (tomllib.TOMLDecodeError, AttributeError, RecursionError):
        return "[tool.webcare-lint" in text  # what is wrong with it is told by whoever reads it
