"""What the types of a rule cannot say: codes, names, numbers, lists that say nothing, places in messages."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from itertools import chain

from webcare_lint.checks import Rule
from webcare_lint.checks.fix import Swap
from webcare_lint.errors import RuleError, Text
from webcare_lint.located import Located, Path
from webcare_lint.names import COMMANDMENTS
from webcare_lint.source_codes import UNRULED_CODES

_CODE = re.compile(r"WC(\d{1,2})(\d{2})")
_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_UNRULED_NAMES = frozenset(info.name for info in UNRULED_CODES.values())
_SLOT = re.compile(r"\{(\w*)\}")
_SHARES = ("threshold", "advice_from", "over", "likeness")
SLOTS = {"quote", "word", "first", "count", "length", "limit", "over", "channel", "question", "sentence", "known", "about",
          "other", "others", "share", "total", "missing", "overlooked"}  # fmt: skip

Mistakes = Iterator[tuple[Path, Text]]
"""What is wrong and where, the path from the rule on."""


def validate_rule(rule: Rule, commandment: int | None, located: Located, at: Path) -> None:
    """Check one rule.

    Raises:
        RuleError: at the place of what is wrong.
    """
    if commandment is not None and commandment not in COMMANDMENTS:
        text = Text(
            "een gebod is een getal van 1 tot en met 10; laat de sleutel weg bij een regel naast de tien",
            "a commandment is a number from 1 to 10; leave the key out for a rule beside the ten",
        )
        raise located.error(RuleError, text, ("commandment",))
    for key, wrong in (("code", _code(rule.code, commandment)), ("name", _name(rule.name))):
        if wrong:
            raise located.error(RuleError, wrong, (*at, key))
    for path, text in chain(_numbers(rule), _lists(rule), _texts(rule), _slots(rule)):
        raise located.error(RuleError, text, (*at, *path))


def _code(code: str, commandment: int | None) -> Text | None:
    """What is wrong with a code."""
    parts = _CODE.fullmatch(code)
    if not parts:
        return Text(
            f"{code!r} is geen code zoals WC201: WC, het gebod en twee cijfers die vrij zijn in `webcare-lint rules list`",
            f"{code!r} is no code like WC201: WC, the commandment and two digits free in `webcare-lint rules list`",
        )
    if code in UNRULED_CODES:
        return Text(f"code {code} is al van webcare-lint zelf", f"code {code} is taken by webcare-lint itself")
    number = int(parts[1])
    if commandment is not None and number != commandment:
        return Text(
            f"{code} hoort bij een ander gebod dan {commandment}",
            f"{code} belongs to another commandment than {commandment}",
        )
    if commandment is None and number in COMMANDMENTS:
        return Text(
            f"{code} hoort bij gebod {number}: zet commandment: {number} bovenaan het bestand, of kies een code als WC1195",
            f"{code} belongs to commandment {number}: put commandment: {number} at the top, or choose a code like WC1195",
        )
    return None


def _name(name: str) -> Text | None:
    """What is wrong with a name."""
    if not _NAME.fullmatch(name):
        return Text(f"{name!r} is geen naam: die bestaat uit kleine letters, cijfers en streepjes, zoals bel-ons",
                    f"{name!r} is no name: that is made of small letters, digits and hyphens, such as bel-ons")  # fmt: skip
    if name in _UNRULED_NAMES:
        return Text(f"de naam {name} is al van webcare-lint zelf", f"the name {name} is taken by webcare-lint itself")
    return None


def _numbers(rule: Rule) -> Mistakes:
    for field in _SHARES:
        share = getattr(rule, field, None)
        if share is not None and not 0 <= share <= 1:
            text = Text(f"{share:g} is geen deel of kans van 0 tot 1", f"{share:g} is no share or probability from 0 to 1")
            yield (field.replace("_", "-"),), text
    if getattr(rule, "at_least", 1) < 1:
        yield ("at-least",), Text("at-least is minstens 1", "at-least is 1 or more")


def _lists(rule: Rule) -> Mistakes:
    for path, patterns in _pattern_lists(rule):
        if not patterns:
            yield path, Text("hier ontbreekt een patroon, zoals [bel ons]", "a pattern is missing here, such as [bel ons]")


def _texts(rule: Rule) -> Mistakes:
    if rule.suggestions.nl_u and len(rule.suggestions.nl_u) != len(rule.suggestions.nl):
        yield ("suggestions", "nl-u"), Text("nl-u heeft niet evenveel teksten als nl", "nl-u has not as many texts as nl")
    fix = getattr(rule, "fix", None)
    if isinstance(fix, Swap) and not (fix.words and all(fix.words)):
        text = Text(
            "hier ontbreekt een woord; geef elk woord met wat het wordt, zoals {zij: wij}",
            "a word is missing here; give each word with what it becomes, such as {zij: wij}",
        )
        yield ("fix", "words"), text


def _slots(rule: Rule) -> Mistakes:
    say = rule.needs.say if rule.needs else None
    told = ((("message",), rule.message), (("echo",), rule.echo), (("needs", "say"), say),
            (("overlooked",), getattr(rule, "overlooked", None)))  # fmt: skip
    for path, texts in told:
        for language in ("nl", "en") if texts else ():
            for slot in _SLOT.findall(getattr(texts, language)):
                if slot not in SLOTS:
                    known = ", ".join(sorted(SLOTS))
                    text = Text(f"onbekende plek {{{slot}}}; bekend: {known}", f"unknown slot {{{slot}}}; known: {known}")
                    yield (*path, language), text


def _pattern_lists(rule: Rule) -> Iterator[tuple[Path, Collection[object]]]:
    """The lists that say nothing when they are empty, with their paths."""
    if (find := getattr(rule, "find", None)) is not None:
        yield ("find",), find
    if (groups := getattr(rule, "groups", None)) is not None:
        yield ("groups",), groups
        yield from ((("groups", name), specs) for name, specs in groups.items())
    for key, conditions in (("only-if", rule.only_if), ("unless", rule.unless)):
        yield from (((key, j, "find"), condition.find) for j, condition in enumerate(conditions))
