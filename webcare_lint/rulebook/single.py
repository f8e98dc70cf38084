"""Checks one rule file on its own, as it stands in an editor: everything that is wrong in it, each at its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path, PurePath

from webcare_lint.config import WORDS_FILE
from webcare_lint.errors import RuleError, WebcareLintError
from webcare_lint.located import Located
from webcare_lint.patterns.notation import Lists
from webcare_lint.rulebook.book import CompiledRule, Rulebook
from webcare_lint.rulebook.files import RuleFile, WordsFile, read_located
from webcare_lint.rulebook.load import claim
from webcare_lint.rulebook.pattern_errors import check_patterns
from webcare_lint.rulebook.validate import validate_rule
from webcare_lint.typed import convert
from webcare_lint.yaml_places import load

_SUFFIXES = (".yaml", ".yml")
_RULES = re.compile(r"^rules:", re.MULTILINE)
_TELLING = re.compile(r"^(?:rules|words|commandment):", re.MULTILINE)
_COMMANDMENT = re.compile(r"^commandment:", re.MULTILINE)


def is_rule_file(text: str, path: str) -> bool:
    """Whether a file holds rules and not replies: by what stands in it, and for less by its folder, ``rules``."""
    name = PurePath(path)
    if name.suffix.lower() not in _SUFFIXES:
        return False
    if _RULES.search(text) and _COMMANDMENT.search(text):
        return True
    return "rules" in name.parts[:-1] and (not text.strip() or _TELLING.search(text) is not None)


def check_rule_file(text: str, path: str, known: Rulebook) -> Iterator[WebcareLintError]:
    """What is wrong in a rule file; ``known`` are the rules and word lists that are there already."""
    try:
        located = load(text, path, RuleError)
        if located.data is None:
            return
        if PurePath(path).name == WORDS_FILE:
            convert(located, WordsFile, RuleError)
            return
        file = convert(located, RuleFile, RuleError)
    except WebcareLintError as error:
        yield error
        return
    lists = {**known.lists, **_beside(path), **file.words}
    elsewhere = [rule for rule in known if not _same(rule.located, located)]
    taken = {key: rule for rule in elsewhere for key in (rule.code, rule.rule.name)}
    for index, rule in enumerate(file.rules):
        compiled = CompiledRule(rule, file.commandment, lists, located, index)
        try:
            claim(compiled, taken)
            validate_rule(rule, file.commandment, located, ("rules", index))
            _ = compiled.check
            check_patterns(rule, lists, located, ("rules", index))
        except WebcareLintError as error:
            yield error


def lists_for(text: str, path: str, known: Rulebook) -> Lists:
    """The word lists that a rule file can name, also while the rest of it is broken."""
    found = {**known.lists, **_beside(path)}
    try:
        data = load(text, path, RuleError).data
    except WebcareLintError:
        data = None
    own = data.get("words") if isinstance(data, dict) else None
    if isinstance(own, dict):
        return {**found, **{name: [str(e) for e in entries] for name, entries in own.items() if isinstance(entries, list)}}
    return {**found, **dict.fromkeys(_names(text), ())}


def _names(text: str) -> Iterator[str]:
    """The names of the lists in a file that cannot be read, by their indentation."""
    block = re.search(r"^words:[ \t]*(?:#.*)?\n((?:[ \t#].*\n|\n)*)", text + "\n", re.MULTILINE)
    for match in re.finditer(r"^ {2}([\w-]+):", block.group(1) if block else "", re.MULTILINE):
        yield match.group(1)


def _beside(path: str) -> Lists:
    """The word lists of the folder."""
    try:
        beside = convert(read_located(Path(path).with_name(WORDS_FILE)), WordsFile, RuleError)
    except WebcareLintError:
        return {}  # wrong there, and shown there
    return beside.words


def _same(one: Located, other: Located) -> bool:
    return Path(one.path).resolve() == Path(other.path).resolve()
