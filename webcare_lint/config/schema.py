"""What a team can set, as types: an unknown key or a wrong value is fatal. ``docs/configuration.md`` tells what each is for."""

from __future__ import annotations

from typing import Literal

import msgspec

from webcare_lint.channels import Counting, channel_key
from webcare_lint.model import Level
from webcare_lint.nl.placeholders import by_name

FailOn = Literal["error", "warning", "advice", "never"]
Codes = list[str | int]
"""Codes, prefixes, names or commandment numbers: ``WC201``, ``WC2``, ``2``."""
Levels = dict[str, Literal["error", "warning", "advice"]]


class Struct(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Data of a configuration: unknown keys are errors."""


class Both(Struct, frozen=True):
    """A text in Dutch and in English."""

    nl: str
    en: str


class WordChanges(Struct, frozen=True):
    """Words added to or taken from named word lists."""

    add: dict[str, list[str]] = msgspec.field(default_factory=dict)
    remove: dict[str, list[str]] = msgspec.field(default_factory=dict)


class RuleChange(Struct, frozen=True):
    """What a team changes in a rule without copying it."""

    level: Level | None = None
    message: str | Both | None = None
    why: str | Both | None = None
    suggestions: list[str | Both] | None = None
    words: WordChanges = WordChanges()


class Exemption(Struct, frozen=True):
    """Where rules stay silent: when any of the patterns stands in the scope of a finding."""

    code: str | int | Codes
    when: list[str]
    in_: Literal["clause", "sentence", "reply", "before", "after", "customer"] = msgspec.field(default="reply", name="in")


class LanguageTool(Struct, frozen=True):
    """LanguageTool's Dutch spelling, grammar and style beside our own findings."""

    enabled: bool = False
    url: str | None = None
    """A running server; without it a local one is started (Java needed)."""
    enabled_categories: list[str] = msgspec.field(default_factory=list)
    """Only these of LanguageTool's categories; empty: all that are on by default."""
    disabled_categories: list[str] = msgspec.field(default_factory=list)
    disabled_rules: list[str] = msgspec.field(default_factory=list)
    words: list[str] = msgspec.field(default_factory=list)
    """Words that are right; the brand's names are so anyway."""


class Override(Struct, frozen=True):
    """Other settings for the files that fit one of ``paths``."""

    paths: list[str]
    select: Codes | None = None
    ignore: Codes = msgspec.field(default_factory=list)
    levels: Levels = msgspec.field(default_factory=dict)
    channel: str | None = None


class Config(Struct, frozen=True):
    """What a team can set."""

    lang: Literal["nl", "en"] = "nl"
    """Language of the messages."""
    channel: str = "x"
    """Channel where the input names none."""
    fail_on: FailOn = "warning"
    """The level from which the exit status is 1."""
    select: Codes = msgspec.field(default_factory=list)
    """Codes, prefixes or commandment numbers to check; empty: the ten commandments, own rules and trouble with
    the source."""
    ignore: Codes = msgspec.field(default_factory=list)
    """Codes, prefixes or commandment numbers to leave out."""
    levels: Levels = msgspec.field(default_factory=dict)
    """Another level for a code, prefix or commandment."""
    overrides: list[Override] = msgspec.field(default_factory=list)
    """Other settings for some paths; a later one wins."""
    rules: dict[str, RuleChange] = msgspec.field(default_factory=dict)
    """Changes to single rules, by code."""
    words: WordChanges = WordChanges()
    """Changes to the word lists of all rules."""
    exempt: list[Exemption] = msgspec.field(default_factory=list)
    """Where rules stay silent."""
    extend_rules: list[str] = msgspec.field(default_factory=list)
    """Own rule files or folders, relative to the config."""
    brand: list[str] = msgspec.field(default_factory=list)
    """The names of the organisation; rules know them as ``@merk``."""
    signature: list[str] = msgspec.field(default_factory=list)
    """How replies are signed, as patterns; rules know them as ``@handtekening``."""
    limits: dict[str, int] = msgspec.field(default_factory=dict)
    """Another length limit for a channel."""
    placeholders: dict[str, int | None] = msgspec.field(default_factory=dict)
    """The placeholders that exist, by the name between the brackets, each with its length if that is known."""
    placeholder_lengths: dict[str, int] = msgspec.field(default_factory=dict)
    """How long a placeholder counts, by kind (name, number, link, date, other)."""
    pipeline: str | None = None
    """Another installed Dutch spaCy pipeline, or a folder with one, relative to the config."""
    reader: str | None = None
    """The folder of another reader, relative to the config."""
    languagetool: LanguageTool = LanguageTool()
    """LanguageTool beside our own rules."""
    baseline: str | None = None
    """A file with known findings, relative to the config; only new ones are reported."""
    cache: bool = True
    """Whether results are kept in the user's cache folder."""
    server: bool | str = False
    """Whether a server that runs already does the checking, or where on this computer that one listens."""

    @property
    def counting(self) -> Counting:
        kinds = {("placeholder" if k == "other" else f"placeholder-{k}"): n for k, n in self.placeholder_lengths.items()}
        return Counting({channel_key(k): n for k, n in self.limits.items()}, kinds, by_name(self.placeholders))
