"""Expressions of the ``regex`` library, compiled when first used: most runs use few, and importing it takes long."""

from __future__ import annotations

from functools import cached_property
from typing import Any


class Lazy:
    """An expression; ``regex.VERBOSE`` when it is ``verbose``."""

    def __init__(self, expression: str, *, verbose: bool = False) -> None:
        self._expression, self._verbose = expression, verbose

    @cached_property
    def compiled(self) -> Any:
        import regex

        return regex.compile(self._expression, regex.VERSION0 | (regex.VERBOSE if self._verbose else 0))

    def __getattr__(self, name: str) -> Any:
        return getattr(self.compiled, name)
