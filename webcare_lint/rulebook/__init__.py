"""The rules: from YAML files to checked, frozen data and from there to compiled checks.

``files`` are what rules stand in, ``load`` reads them into a ``book``, ``validate`` and ``pattern_errors`` say what is wrong with
one, ``customise`` makes of a book what a team's configuration wants, ``stored`` is what the cache keeps of it. ``examples`` runs
the examples in the rules, ``single`` and ``schema`` are for whoever writes some.

What reads and checks rules is not imported here: most starts have them from the cache.
"""

from __future__ import annotations

from webcare_lint.rulebook.book import CompiledRule, Rulebook
from webcare_lint.rulebook.files import rule_files, shipped_rules
from webcare_lint.rulebook.stored import Known, StoredBook, StoredGates

__all__ = [
    "CompiledRule",
    "Known",
    "Rulebook",
    "StoredBook",
    "StoredGates",
    "rule_files",
    "shipped_rules",
]
