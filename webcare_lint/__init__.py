"""webcare-lint: the linter for Dutch customer-service replies.

>>> from webcare_lint import Linter
>>> report = Linter().check_text("Bel ons even.")  # doctest: +SKIP
"""

from __future__ import annotations

TYPE_CHECKING = False  # nor is the module `typing` imported: a warm start ends before anything asks for it
if TYPE_CHECKING:
    from typing import Any

    from webcare_lint.config import Config
    from webcare_lint.linter import Linter
    from webcare_lint.model import Diagnostic, Report

__version__ = "0.1.0"
__all__ = ["Config", "Diagnostic", "Linter", "Report", "__version__"]

_HOMES = {"Config": "config", "Linter": "linter", "Diagnostic": "model", "Report": "model"}


def __getattr__(name: str) -> Any:
    # Imported only when asked for, so that `import webcare_lint` costs nothing.
    if name in _HOMES:
        from importlib import import_module

        return getattr(import_module(f"webcare_lint.{_HOMES[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
