"""The command ``webcare-lint``: one module per command; ``main`` turns errors into an exit status."""

from __future__ import annotations

from webcare_lint.cli.main import app, main

__all__ = ["app", "main"]
