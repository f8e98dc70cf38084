"""What is wrong with a pattern of a rule, at its place: in the rule, or in the word list that it names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path as FilePath
from typing import Any, get_args

import msgspec

from webcare_lint.checks import Rule
from webcare_lint.checks.base import RuleBase
from webcare_lint.errors import RuleError, Text, WebcareLintError
from webcare_lint.located import Located, Path
from webcare_lint.patterns.finders import PatternFinder, RegexFinder, TokensFinder, make_finder
from webcare_lint.patterns.mistakes import PatternError, Place
from webcare_lint.patterns.notation import Lists, placed_entries
from webcare_lint.patterns.specs import FinderSpec, PatternLines, Patterns
from webcare_lint.rulebook.files import read_located


def check_patterns(rule: Rule, lists: Lists, located: Located, at: Path, words: Sequence[FilePath] = ()) -> None:
    """Read all patterns of a rule, have spaCy read its own, and look lemmas up.

    ``words`` are the files with lists that the rule may name.

    Raises:
        RuleError: for the first pattern that cannot be read, or that names a lemma which no word has, at its place.
    """
    if error := _first_error(rule, lists, located, at, words):
        raise error


def pattern_error(rule: Rule, lists: Lists, located: Located, at: Path, cause: PatternError) -> WebcareLintError:
    """The error that points at the pattern which is wrong; at the rule where none is by itself."""
    return _first_error(rule, lists, located, at) or located.error(RuleError, cause.text, at)


def _first_error(rule: Rule, lists: Lists, located: Located, at: Path, words: Sequence[FilePath] = ()) -> WebcareLintError | None:
    for path, spec in _patterns(rule):
        wrong, entry = _trouble(spec, lists)
        if wrong:
            text = Text(f"patroon: {wrong.text.nl}", f"pattern: {wrong.text.en}")
            error = _in_words(entry, text, located, words) if entry else None
            error = error or located.error(RuleError, text, (*at, *path, *_field(spec)))
            error.__cause__ = wrong
            return error
    return None


def _trouble(spec: str | FinderSpec, lists: Lists) -> tuple[PatternError | None, Place]:
    """What is wrong with an entry, and the entry of a word list that it comes from; None where nothing is, or it is from none."""
    entry: Place = None
    try:
        for pattern, entry in placed_entries(spec, lists) if isinstance(spec, str) else [(spec, None)]:  # noqa: B007
            finder = make_finder(pattern, lists)
            if isinstance(finder, PatternFinder | TokensFinder | RegexFinder):
                finder.validate()
    except PatternError as error:
        return error, error.entry or entry
    return None, None


def _field(spec: str | FinderSpec) -> Path:
    """The step to what an entry with fields looks for."""
    fields = () if isinstance(spec, str) else ("regex", "tokens", "dependency", "action")
    return next(((field,) for field in fields if getattr(spec, field)), ())


def _patterns(data: msgspec.Struct) -> Iterator[tuple[Path, str | FinderSpec]]:
    """All pattern entries of a rule with their paths, by the types of its fields; first those that only its kind has."""
    for field in _fields(type(data)):
        for at, spec in _entries(getattr(data, field.name), field.type):
            yield (field.encode_name, *at), spec


@cache
def _fields(kind: type[msgspec.Struct]) -> list[msgspec.structs.FieldInfo]:
    return sorted(msgspec.structs.fields(kind), key=lambda field: field.name in RuleBase.__struct_fields__)


def _entries(value: Any, kind: Any) -> Iterator[tuple[Path, str | FinderSpec]]:
    if isinstance(value, msgspec.Struct) and not isinstance(value, FinderSpec):
        yield from _patterns(value)
    elif isinstance(value, dict | list):
        items = value.items() if isinstance(value, dict) else enumerate(value)
        if kind in (Patterns, PatternLines):
            yield from (((key,), spec) for key, spec in items)
        else:
            yield from (((key, *at), spec) for key, inner in items for at, spec in _entries(inner, get_args(kind)[-1]))


def _in_words(entry: tuple[str, int], text: Text, located: Located, words: Sequence[FilePath]) -> WebcareLintError | None:
    """The error at the entry of a word list, of the rule file itself or of one of ``words``; None where it stands elsewhere."""
    at = ("words", *entry)
    if at in located.places:
        return located.error(RuleError, text, at)
    named = (other for path in words if at in (other := read_located(path)).places)
    return next((other.error(RuleError, text, at) for other in named), None)
