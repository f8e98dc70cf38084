"""The language of everything that the command itself says, known before typer reads the options."""

from __future__ import annotations

import os
import sys
from enum import Enum

from webcare_lint.errors import Language, Text

VARIABLE = "WEBCARE_LINT_LANG"


def language() -> Language:
    """``--lang`` on the command line, else the environment variable, else Dutch."""
    arguments = sys.argv[1:]
    for at, argument in enumerate(arguments):
        if argument == "--lang=en" or (argument == "--lang" and arguments[at + 1 : at + 2] == ["en"]):
            return "en"
    return "en" if os.environ.get(VARIABLE, "").startswith("en") else "nl"


def asked_for(lang: Enum | None) -> Language | None:
    """The language of findings that an option or the environment asks for; None: the configuration says."""
    return lang.value if lang is not None else "en" if language() == "en" else None


def say(nl: str, en: str) -> str:
    """The one of the two that the user reads."""
    return Text(nl, en).in_(language())
