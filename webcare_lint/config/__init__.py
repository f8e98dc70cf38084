"""The configuration: ``.webcare-lint.yaml``, or ``[tool.webcare-lint]`` in ``pyproject.toml``, nearest first going up."""

from __future__ import annotations

from webcare_lint.config.codes import codes_for, expand_codes, unknown_code
from webcare_lint.config.load import (
    WORDS_FILE,
    baseline_file,
    config_error,
    extra_rules,
    find_config,
    load_config,
    not_here,
    origins,
    pipeline_name,
    reader_folder,
    with_words,
)
from webcare_lint.config.paths import effective
from webcare_lint.config.play import Play, settle
from webcare_lint.config.schema import Config, Exemption, Override, RuleChange, WordChanges
from webcare_lint.config_file import NAME

__all__ = [
    "NAME",
    "WORDS_FILE",
    "Config",
    "Exemption",
    "Override",
    "Play",
    "RuleChange",
    "WordChanges",
    "baseline_file",
    "codes_for",
    "config_error",
    "effective",
    "expand_codes",
    "extra_rules",
    "find_config",
    "load_config",
    "not_here",
    "origins",
    "pipeline_name",
    "reader_folder",
    "settle",
    "unknown_code",
    "with_words",
]
