"""The language of everything that the command itself says, known before typer reads the options."""

from __future__ import annotations

import os
import sys
from enum import Enum
from itertools import pairwise

from webcare_lint.errors import Language, Text

VARIABLE = "WEBCARE_LINT_LANG"
_configured: Language = "nl"


def language() -> Language:
    """What is asked for, else what the configuration says once it has been read, else Dutch."""
    return _asked() or _configured


def configured(lang: Language) -> None:
    """Let everything from now on be said in the language of the configuration, where nothing else is asked for."""
    global _configured  # a command reads one configuration
    _configured = lang


def _asked() -> Language | None:
    """The last ``--lang`` on the command line, else what the environment variable says."""
    asked: Language | None = "en" if os.environ.get(VARIABLE, "").startswith("en") else None
    for before, argument in pairwise(sys.argv):
        if argument == "--lang=nl" or (before, argument) == ("--lang", "nl"):
            asked = "nl"
        elif argument == "--lang=en" or (before, argument) == ("--lang", "en"):
            asked = "en"
    return asked


def asked_for(lang: Enum | None) -> Language | None:
    """The language of findings that an option or the environment asks for; None: the configuration says."""
    return lang.value if lang is not None else _asked()


def say(nl: str, en: str) -> str:
    """The one of the two that the user reads."""
    return Text(nl, en).in_(language())
