"""The rulebook: all rules in play, each compiled once and only when it is first needed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import zip_longest
from pathlib import Path
from typing import TypeVar

import msgspec

from webcare_lint.channels import channels
from webcare_lint.checks import Rule
from webcare_lint.checks.advice import with_advice
from webcare_lint.checks.base import Bilingual, Check, Condition, Lists, Struct
from webcare_lint.checks.exchange import Exchange
from webcare_lint.checks.gate import Gate
from webcare_lint.checks.length import ESTIMATE
from webcare_lint.checks.reader import Reads
from webcare_lint.config import WORDS_FILE
from webcare_lint.errors import RuleError, Text
from webcare_lint.located import Located, unreadable
from webcare_lint.model import Hit, RuleInfo
from webcare_lint.patterns.notation import NotationError
from webcare_lint.patterns.specs import BadPattern
from webcare_lint.rulebook.validate import locate_pattern_error, validate_rule
from webcare_lint.typed import convert

T = TypeVar("T")
EIGHT_FILE = "de-acht.yaml"
"""The stations of De 8: no rules, and read only when asked for."""


class RuleFile(Struct, frozen=True, kw_only=True):
    """A rule file: one commandment, its word lists, its rules."""

    title: Bilingual
    rules: list[Rule]
    commandment: int | None = None
    ways: Bilingual | None = None
    """The ways Dutch has of breaking this commandment, for the rule page (Markdown)."""
    words: dict[str, list[str]] = msgspec.field(default_factory=dict)
    """Word lists of this file, beside the shared ones."""


class WordsFile(Struct, frozen=True, kw_only=True):
    """Named word lists that all rules share."""

    words: dict[str, list[str]]


class CompiledRule(msgspec.Struct, frozen=True, dict=True):
    """A rule with its commandment, the file that it came from and its place there."""

    rule: Rule
    commandment: int | None
    lists: Lists
    located: Located
    index: int = 0
    own: bool = False
    """A team wrote it and means it: the reader never doubts it."""
    exempt: tuple[Condition, ...] = ()
    """Where the config wants nothing said about what it finds."""

    @property
    def code(self) -> str:
        return self.rule.code

    @cached_property
    def words(self) -> frozenset[str]:
        """Words of the rule that its messages may name, and no words of a reply."""
        return frozenset((*getattr(self.rule, "groups", ()), *channels(), ESTIMATE))

    @property
    def info(self) -> RuleInfo:
        """What is told about this rule."""
        rule = self.rule
        suggestions = tuple(Text(nl, en) for nl, en in zip_longest(rule.suggestions.nl, rule.suggestions.en, fillvalue=""))
        formal = {**dict(zip(rule.suggestions.nl, rule.suggestions.nl_u, strict=False)),
                  **{each.nl: each.nl_u for each in rule.advice if each.nl_u}}  # fmt: skip
        return RuleInfo(
            rule.code, rule.name, self.commandment, rule.level, rule.message.text, rule.why.text, suggestions,
            echo=rule.echo.text if rule.echo else None,
            advice=tuple(each.text for each in rule.advice),
            formal=formal,
            lacking=rule.needs.say.text if rule.needs else None,
            parts=tuple(part.text for part in rule.needs.parts) if rule.needs else (),
            overlooked=rule.overlooked.text if isinstance(rule, Reads) and rule.overlooked else None,
            own=self.own,
        )  # fmt: skip

    @property
    def gate(self) -> Gate:
        """What an exchange must hold before the check can find anything.

        Raises:
            RuleError: for a pattern that cannot be read, at its place in the rule file.
        """
        return self._read(self.rule.gate)

    def _read(self, patterns: Callable[[Lists], T]) -> T:
        try:
            return patterns(self.lists)
        except (NotationError, BadPattern) as error:
            raise locate_pattern_error(self.rule, self.lists, self.located, ("rules", self.index), error) from error

    @cached_property
    def check(self) -> Check:
        """The compiled check.

        Raises:
            RuleError: for a pattern that cannot be read, at its place in the rule file.
        """
        check = self._read(lambda lists: with_advice(self.rule, self._compiled(lists), lists))
        about_unanswered = self.rule.about_unanswered
        return lambda exchange: check(exchange) if exchange.unanswered == about_unanswered else ()

    def _compiled(self, lists: Lists) -> Check:
        """The check of the rule; it marks what the config exempts, since that may lie over what other rules find."""
        check = self.rule.compile(lists)
        if not self.exempt:
            return check
        strict = msgspec.structs.replace(self.rule, unless=[*self.rule.unless, *self.exempt]).compile(lists)

        def marked(exchange: Exchange) -> Iterator[Hit]:
            stays = list(strict(exchange))
            yield from stays
            for hit in check(exchange):
                if not any(hit.span == other.span or hit.span.overlaps(other.span) for other in stays):
                    yield msgspec.structs.replace(hit, exempt=True)

        return marked


class Rulebook(msgspec.Struct, frozen=True):
    """Rules by code, in order."""

    rules: Mapping[str, CompiledRule]
    files: Sequence[tuple[RuleFile, Located]] = ()
    lists: Lists = msgspec.field(default_factory=dict)

    def __iter__(self) -> Iterator[CompiledRule]:
        return iter(self.rules.values())

    def __len__(self) -> int:
        return len(self.rules)

    @property
    def own(self) -> Rulebook:
        """The same book with only the rules of the team."""
        return self.restrict(rule.code for rule in self if rule.own)

    def restrict(self, codes: Iterable[str]) -> Rulebook:
        """The same book with only these codes."""
        wanted = set(codes)
        return Rulebook({c: r for c, r in self.rules.items() if c in wanted}, self.files, self.lists)


def shipped_rules() -> Path:
    """The folder of the rules that come with webcare-lint: in the wheel, or at the top of a checkout."""
    inside = Path(__file__).parents[1] / "rules"
    return inside if inside.is_dir() else inside.parents[1] / "rules"


_NEVER = "\uf8ff"
"""Stands in no text: the entry of a list that nobody filled."""
OWN_LISTS: Lists = {"merk": [_NEVER], "handtekening": ["{signature}"]}
"""Lists that the config fills: the names of the organisation, and how replies are signed."""


def load_rulebook(extra: Iterable[Path] = (), *, shipped: bool = True, lists: Lists = OWN_LISTS) -> Rulebook:
    """Read the shipped rules and those in ``extra`` files or folders.

    ``lists`` are word lists beside those in the files.

    Raises:
        RuleError: for the first thing that is wrong, at its place.
    """
    folder = shipped_rules()
    own = _own_files(extra)
    _no_other_copy(own)
    paths = [p for p in sorted(folder.rglob("*.yaml")) if p.name not in (WORDS_FILE, EIGHT_FILE)] if shipped else []
    named = {p.resolve() for p in own}  # who tests shipped rules names them
    paths = [p for p in paths if p.resolve() not in named]
    lists = _shared(own, {**OWN_LISTS, **lists})
    words = [path for path in own if path.name == WORDS_FILE]
    rules: dict[str, CompiledRule] = {}
    taken: dict[str, CompiledRule] = {}
    files = []
    for path in [*paths, *(p for p in own if p.name != WORDS_FILE)]:
        located = read_located(path)
        file: RuleFile = convert(located, RuleFile, RuleError)
        files.append((file, located))
        here = {**lists, **file.words}
        for index, rule in enumerate(file.rules):
            at = ("rules", index)
            validate_rule(rule, file.commandment, located, at)
            made = CompiledRule(rule, file.commandment, here, located, index, path in own)
            claim(made, taken)
            rules[rule.code] = made
            if path in own:
                # An own rule is checked at once; the shipped ones by our tests.
                locate_pattern_error(rule, here, located, at, None, words)
                _ = made.check
    return Rulebook(rules, files, lists)


def _no_other_copy(own: Iterable[Path]) -> None:
    """Refuse the shipped rules of another checkout: all their codes and lists would be taken."""
    here = shipped_rules().resolve()
    for path in own:
        for folder in path.resolve().parents[:2]:  # some lie one folder deeper
            if folder != here and (folder / EIGHT_FILE).is_file() and (folder / "lezer").is_dir():
                text = Text(
                    f"dit zijn regels van webcare-lint zelf, maar nu draait het met die in {here}; "
                    f"doe eerst: python -m pip install -e {folder.parent}",
                    f"these are rules of webcare-lint itself, but it runs with those in {here} now; "
                    f"first do: python -m pip install -e {folder.parent}",
                )
                raise RuleError(text, path=str(path))


def claim(made: CompiledRule, taken: dict[str, CompiledRule]) -> None:
    """Take the code and the name of a rule; ``taken`` are the rules before it, by both.

    Raises:
        RuleError: where another rule has the code or the name.
    """
    code, name, at = made.code, made.rule.name, ("rules", made.index)
    if other := taken.get(code):
        text = Text(f"code {code} is al gebruikt in {other.located.path}", f"code {code} is used in {other.located.path} already")
        raise made.located.error(RuleError, text, (*at, "code"))
    if other := taken.get(name):
        text = Text(f"de naam {name} is al van {other.code} in {other.located.path}; kies een andere",
                    f"the name {name} is that of {other.code} in {other.located.path} already; choose another")  # fmt: skip
        raise made.located.error(RuleError, text, (*at, "name"))
    taken[code] = taken[name] = made


def shared_lists(extra: Iterable[Path]) -> Lists:
    """The word lists that all rules share, shipped or in ``extra`` files or folders.

    Raises:
        RuleError: for a file with words that is wrong.
    """
    return _shared(_own_files(extra), OWN_LISTS)


def _shared(own: Iterable[Path], lists: Lists) -> Lists:
    """``lists`` with those of the shipped and the own files; a list that is there already is never replaced unseen."""
    found = dict(lists)
    files = [shipped_rules() / WORDS_FILE, *(path for path in own if path.name == WORDS_FILE)]
    for path in {path.resolve(): path for path in files}.values():  # who tests the shipped rules names their words too
        located = read_located(path)
        for name, entries in convert(located, WordsFile, RuleError).words.items():
            if name in found:
                raise located.error(RuleError, _taken_list(name), ("words", name), key=True)
            found[name] = entries
    return found


def _taken_list(name: str) -> Text:
    """What is wrong with a shared list whose name is taken."""
    return Text(
        f"de lijst {name!r} bestaat al; kies een andere naam, of vul haar aan met words: {{add: …}} in de configuratie",
        f"the list {name!r} exists already; choose another name, or add to it with words: {{add: …}} in the config",
    )


def rule_files(extra: Iterable[Path]) -> list[Path]:
    """The shipped files and the own ones.

    Raises:
        RuleError: for a folder without any.
    """
    return [*sorted(shipped_rules().rglob("*.yaml")), *_own_files(extra)]


def _own_files(extra: Iterable[Path]) -> list[Path]:
    own: list[Path] = []
    for path in extra:
        found = sorted([*path.rglob("*.yaml"), *path.rglob("*.yml")]) if path.is_dir() else [path]
        if not found:
            text = Text("hier staan geen regelbestanden (*.yaml)", "no rule files (*.yaml) here")
            raise RuleError(text, path=str(path))
        own += found
    return own


def read_located(path: Path) -> Located:
    """The data of a rule file with its places.

    Raises:
        RuleError: when it cannot be read.
    """
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise RuleError(unreadable(error), path=str(path)) from error
    from webcare_lint.yaml_places import load

    return load(text, str(path), RuleError)
