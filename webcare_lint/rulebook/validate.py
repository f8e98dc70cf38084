"""What the types of a rule cannot say: codes, names, examples, patterns."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path as FilePath

import msgspec

from webcare_lint.checks import Rule
from webcare_lint.checks.base import Example, Lists
from webcare_lint.checks.fix import Swap
from webcare_lint.errors import RuleError, Text, WebcareLintError
from webcare_lint.located import Located, Path
from webcare_lint.model import COMMANDMENTS
from webcare_lint.patterns.finders import PatternFinder, RegexFinder, TokensFinder, make_finder
from webcare_lint.patterns.notation import NotationError, placed_entries
from webcare_lint.patterns.specs import BadPattern, FinderSpec
from webcare_lint.source_codes import UNRULED_CODES

_CODE = re.compile(r"WC(\d{1,2})(\d{2})")
_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_UNRULED_NAMES = frozenset(info.name for info in UNRULED_CODES.values())
_MARK = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)
_SLOT = re.compile(r"\{(\w*)\}")
_SHARES = ("threshold", "advice_from", "over", "likeness")
SLOTS = {"quote", "word", "first", "count", "length", "limit", "over", "channel", "question", "sentence", "known", "about",
          "other", "others", "share", "total", "missing", "overlooked"}  # fmt: skip


def validate_rule(rule: Rule, commandment: int | None, located: Located, at: Path) -> None:
    """Check one rule.

    Raises:
        RuleError: at the place of what is wrong.
    """
    code = _CODE.fullmatch(rule.code)
    if not code:
        text = Text(
            f"{rule.code!r} is geen code zoals WC201: WC, het gebod en twee cijfers die vrij zijn in `webcare-lint rules list`",
            f"{rule.code!r} is no code like WC201: WC, the commandment and two digits free in `webcare-lint rules list`",
        )
        raise located.error(RuleError, text, (*at, "code"))
    if rule.code in UNRULED_CODES:
        text = Text(f"code {rule.code} is al van webcare-lint zelf", f"code {rule.code} is taken by webcare-lint itself")
        raise located.error(RuleError, text, (*at, "code"))
    if commandment is not None and commandment not in COMMANDMENTS:
        text = Text(
            "een gebod is een getal van 1 tot en met 10; laat de sleutel weg bij een regel naast de tien",
            "a commandment is a number from 1 to 10; leave the key out for a rule beside the ten",
        )
        raise located.error(RuleError, text, ("commandment",))
    number = int(code.group(1))
    if commandment is not None and number != commandment:
        text = Text(
            f"{rule.code} hoort bij een ander gebod dan {commandment}",
            f"{rule.code} belongs to another commandment than {commandment}",
        )
        raise located.error(RuleError, text, (*at, "code"))
    if commandment is None and number in COMMANDMENTS:
        text = Text(
            f"{rule.code} hoort bij gebod {number}: zet commandment: {number} bovenaan het bestand, of kies een code als WC1195",
            f"{rule.code} belongs to commandment {number}: put commandment: {number} at the top, or choose a code like WC1195",
        )
        raise located.error(RuleError, text, (*at, "code"))
    if not _NAME.fullmatch(rule.name):
        text = Text(f"{rule.name!r} is geen naam: die bestaat uit kleine letters, cijfers en streepjes, zoals bel-ons",
                    f"{rule.name!r} is no name: that is made of small letters, digits and hyphens, such as bel-ons")  # fmt: skip
        raise located.error(RuleError, text, (*at, "name"))
    if rule.name in _UNRULED_NAMES:
        text = Text(f"de naam {rule.name} is al van webcare-lint zelf", f"the name {rule.name} is taken by webcare-lint itself")
        raise located.error(RuleError, text, (*at, "name"))
    for field in _SHARES:
        share = getattr(rule, field, None)
        if share is not None and not 0 <= share <= 1:
            text = Text(f"{share:g} is geen deel of kans van 0 tot 1", f"{share:g} is no share or probability from 0 to 1")
            raise located.error(RuleError, text, (*at, field.replace("_", "-")))
    if getattr(rule, "at_least", 1) < 1:
        raise located.error(RuleError, Text("at-least is minstens 1", "at-least is 1 or more"), (*at, "at-least"))
    for path, patterns in _pattern_lists(rule):
        if not patterns:
            text = Text("hier ontbreekt een patroon, zoals [bel ons]", "a pattern is missing here, such as [bel ons]")
            raise located.error(RuleError, text, (*at, *path))
    if rule.suggestions.nl_u and len(rule.suggestions.nl_u) != len(rule.suggestions.nl):
        text = Text("nl-u heeft niet evenveel teksten als nl", "nl-u has not as many texts as nl")
        raise located.error(RuleError, text, (*at, "suggestions", "nl-u"))
    fix = getattr(rule, "fix", None)
    if isinstance(fix, Swap) and not (fix.words and all(fix.words)):
        text = Text(
            "hier ontbreekt een woord; geef elk woord met wat het wordt, zoals {zij: wij}",
            "a word is missing here; give each word with what it becomes, such as {zij: wij}",
        )
        raise located.error(RuleError, text, (*at, "fix", "words"))
    for key, texts in (("message", rule.message), ("echo", rule.echo), ("needs", rule.needs.say if rule.needs else None),
                       ("overlooked", getattr(rule, "overlooked", None))):  # fmt: skip
        for language in ("nl", "en") if texts else ():
            for slot in _SLOT.findall(getattr(texts, language)):
                if slot not in SLOTS:
                    known = ", ".join(sorted(SLOTS))
                    text = Text(f"onbekende plek {{{slot}}}; bekend: {known}", f"unknown slot {{{slot}}}; known: {known}")
                    raise located.error(RuleError, text, (*at, key, *(["say"] if key == "needs" else []), language))


def marked(example: str | Example) -> tuple[Example, list[tuple[int, int]]]:
    """An example without its ``**``, and the spans that stood between them."""
    made = example if isinstance(example, Example) else Example(reply=example)
    spans, parts, at, length = [], [], 0, 0
    for match in _MARK.finditer(made.reply):
        before, inside = made.reply[at : match.start()], match.group(1)
        parts += [before, inside]
        length += len(before)
        spans.append((length, length + len(inside)))
        length += len(inside)
        at = match.end()
    parts.append(made.reply[at:])
    return msgspec.structs.replace(made, reply="".join(parts)), spans


def _pattern_lists(rule: Rule) -> Iterator[tuple[Path, Collection[object]]]:
    """The lists that say nothing when they are empty, with their paths."""
    if (find := getattr(rule, "find", None)) is not None:
        yield ("find",), find
    if (groups := getattr(rule, "groups", None)) is not None:
        yield ("groups",), groups
        yield from ((("groups", name), specs) for name, specs in groups.items())
    for key, conditions in (("only-if", rule.only_if), ("unless", rule.unless)):
        yield from (((key, j, "find"), condition.find) for j, condition in enumerate(conditions))


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
    from webcare_lint.yaml_places import load

    for path in words:
        other = load(path.read_text("utf-8"), str(path), RuleError)
        if at in other.places:
            return other.error(RuleError, text, at)
    return None


def locate_pattern_error(
    rule: Rule, lists: Lists, located: Located, at: Path, cause: Exception | None, words: Sequence[FilePath] = ()
) -> WebcareLintError:
    """The error that points at the pattern which is wrong; also has spaCy read its own patterns, and looks lemmas up.

    ``words`` are the files with lists that the rule may name, where a pattern of one of those is to be pointed at.

    Raises:
        RuleError: when a spaCy pattern or a lemma is rejected, which shows only on validation.
    """
    for path, spec in _patterns(rule):
        entry = None
        try:
            each = placed_entries(spec, lists) if isinstance(spec, str) else [(spec, None)]
            for pattern, entry in each:  # noqa: B007
                finder = make_finder(pattern, lists)
                if isinstance(finder, PatternFinder | TokensFinder | RegexFinder):
                    finder.validate()
        except (NotationError, BadPattern) as error:
            where = path
            if isinstance(spec, FinderSpec):
                field = next((f for f in ("regex", "tokens", "dependency", "action") if getattr(spec, f)), None)
                where = (*path, field) if field else path
            text = Text(f"patroon: {error.nl}", f"pattern: {error.en}")
            in_list = getattr(error, "entry", None) or entry
            found = _in_words(in_list, text, located, words) if in_list else None
            found = found or located.error(RuleError, text, (*at, *where))
            if cause is None:
                raise found from error
            return found
    return located.error(RuleError, Text(str(cause), str(cause)), at)
