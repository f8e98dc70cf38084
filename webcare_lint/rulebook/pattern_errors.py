"""What is wrong with a pattern of a rule, at its place: in the rule, or in the word list that it names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path as FilePath

from webcare_lint.checks import Rule
from webcare_lint.errors import RuleError, Text, WebcareLintError
from webcare_lint.located import Located, Path
from webcare_lint.patterns.finders import PatternFinder, RegexFinder, TokensFinder, make_finder
from webcare_lint.patterns.mistakes import PatternError, Place
from webcare_lint.patterns.notation import Lists, placed_entries
from webcare_lint.patterns.specs import FinderSpec
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


def _patterns(rule: Rule) -> Iterator[tuple[Path, str | FinderSpec]]:
    """All pattern entries of a rule with their paths."""
    find = getattr(rule, "find", None) or []
    yield from ((("find", i), spec) for i, spec in enumerate(find))
    groups = getattr(rule, "groups", None) or {}
    for name, specs in groups.items():
        yield from ((("groups", name, i), spec) for i, spec in enumerate(specs))
    for key in ("beyond_doubt", "request", "familiar", "asking", "formal", "aside", "ignore", "opens"):
        yield from (((key.replace("_", "-"), i), spec) for i, spec in enumerate(getattr(rule, key, None) or []))
    things = getattr(rule, "things", None) or {}
    for name, thing in things.items():
        for key in ("asked", "given"):
            yield from ((("things", name, key, i), spec) for i, spec in enumerate(getattr(thing, key)))
    for index, pair in enumerate(getattr(rule, "answers", None) or []):
        for key in ("asks", "answer"):
            yield from ((("answers", index, key, i), spec) for i, spec in enumerate(getattr(pair, key)))
    for index, each in enumerate(rule.advice):
        for key in ("when", "unless"):
            yield from ((("advice", index, key, i), spec) for i, spec in enumerate(getattr(each, key)))
    for index, part in enumerate(rule.needs.parts if rule.needs else []):
        yield from ((("needs", "parts", index, "find", i), spec) for i, spec in enumerate(part.find))
    for key, conditions in (("only-if", rule.only_if), ("unless", rule.unless)):
        for j, condition in enumerate(conditions):
            yield from (((key, j, "find", i), spec) for i, spec in enumerate(condition.find))


def _in_words(entry: tuple[str, int], text: Text, located: Located, words: Sequence[FilePath]) -> WebcareLintError | None:
    """The error at the entry of a word list, of the rule file itself or of one of ``words``; None where it stands elsewhere."""
    at = ("words", *entry)
    if at in located.places:
        return located.error(RuleError, text, at)
    named = (other for path in words if at in (other := read_located(path)).places)
    return next((other.error(RuleError, text, at) for other in named), None)
