"""Outputs: from a report to text. One module each, and one line in ``FORMATS``; the human one is ``output.human``."""

from __future__ import annotations

from collections.abc import Callable

from webcare_lint.model import Report
from webcare_lint.output import json_output

FORMATS: dict[str, Callable[[Report], str]] = {
    "json": json_output.render,
}
