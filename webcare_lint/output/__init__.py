"""Outputs: from a report to text. One module each, and one line in ``_MODULES``; the human one is ``output.human``."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from importlib import import_module

from webcare_lint.errors import Language
from webcare_lint.model import Report

Render = Callable[[Report, Language], str]
"""A pure function from a report, and the language of what it adds to it, to text."""

_MODULES = {
    "json": "json_output",
    "github": "github",
    "sarif": "sarif",
    "junit": "junit",
    "gitlab": "gitlab",
    "html": "html",
}


def pieces(form: str, report: Report, language: Language) -> Iterable[str]:
    """The report in a format, in pieces where its module can make it so: a long one is then never whole in memory."""
    module = import_module(f"{__name__}.{_MODULES[form]}")
    made: Iterable[str] = module.pieces(report, language) if hasattr(module, "pieces") else [module.render(report, language)]
    return made


class _Formats(Mapping[str, Render]):
    """The formats by name; a module is imported when its format is asked for."""

    def __getitem__(self, name: str) -> Render:
        render: Render = import_module(f"{__name__}.{_MODULES[name]}").render
        return render

    def __iter__(self) -> Iterator[str]:
        return iter(_MODULES)

    def __len__(self) -> int:
        return len(_MODULES)


FORMATS: Mapping[str, Render] = _Formats()
