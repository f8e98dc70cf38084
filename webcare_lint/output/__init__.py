"""Outputs: from a report to text. One module each, and one line in ``_MODULES``; the human one is ``output.human``."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module

from webcare_lint.errors import Language
from webcare_lint.model import Report

_MODULES = {
    "json": "json_output",
    "github": "github",
    "sarif": "sarif",
    "junit": "junit",
    "gitlab": "gitlab",
    "html": "html",
}
"""Each has ``render``, a pure function from a report, and the language of what it adds to it, to text; or ``pieces``."""
FORMATS = tuple(_MODULES)


def pieces(form: str, report: Report, language: Language) -> Iterable[str]:
    """The report in a format, in pieces where its module can make it so: a long one is then never whole in memory."""
    module = import_module(f"{__name__}.{_MODULES[form]}")
    made: Iterable[str] = module.pieces(report, language) if hasattr(module, "pieces") else [module.render(report, language)]
    return made


def render(form: str, report: Report, language: Language) -> str:
    """The report in a format."""
    return "".join(pieces(form, report, language))
