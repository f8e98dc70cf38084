"""Reads the rules: YAML files to checked, frozen data and from there to compiled checks."""

from __future__ import annotations

from webcare_lint.rulebook.book import CompiledRule, Rulebook, load_rulebook, rule_files, shipped_rules
from webcare_lint.rulebook.customise import config_lists, customise
from webcare_lint.rulebook.stored import Known, StoredBook, StoredGates

__all__ = [
    "CompiledRule",
    "Known",
    "Rulebook",
    "StoredBook",
    "StoredGates",
    "config_lists",
    "customise",
    "load_rulebook",
    "rule_files",
    "shipped_rules",
]
