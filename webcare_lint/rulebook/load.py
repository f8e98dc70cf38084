"""Reads a rulebook, and the word lists that all rules share, from the shipped files and a team's own."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from webcare_lint.config import WORDS_FILE
from webcare_lint.errors import RuleError, Text
from webcare_lint.patterns.notation import Lists
from webcare_lint.rulebook.book import CompiledRule, Rulebook
from webcare_lint.rulebook.files import EIGHT_FILE, RuleFile, WordsFile, own_files, read_located, shipped_rules
from webcare_lint.rulebook.pattern_errors import check_patterns
from webcare_lint.rulebook.validate import validate_rule
from webcare_lint.typed import convert

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
    own = own_files(extra)
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
        file = convert(located, RuleFile, RuleError)
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
                check_patterns(rule, here, located, at, words)
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
    return _shared(own_files(extra), OWN_LISTS)


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
