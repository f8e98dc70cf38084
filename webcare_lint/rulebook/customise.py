"""What a team's configuration changes in the rules: their words, texts and levels, and where they stay silent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import msgspec
from msgspec.structs import replace

from webcare_lint.checks.base import Bilingual, Suggestions
from webcare_lint.checks.conditions import Condition
from webcare_lint.config import Config, RuleChange, WordChanges, config_error, expand_codes, extra_rules
from webcare_lint.config.schema import Both
from webcare_lint.errors import ConfigError, Text
from webcare_lint.located import Path as At
from webcare_lint.located import nearest
from webcare_lint.patterns.mistakes import PatternError
from webcare_lint.patterns.notation import Lists
from webcare_lint.patterns.several import make_finders
from webcare_lint.rulebook.book import CompiledRule, Rulebook
from webcare_lint.rulebook.load import OWN_LISTS, shared_lists


def customise(book: Rulebook, config: Config, path: Path | None) -> Rulebook:
    """The book as the config, which came from ``path``, wants it.

    Raises:
        ConfigError: for an unknown code, list or word, and for a pattern that cannot be read; at its place.
    """
    if not (config.rules or config.exempt or config.words != WordChanges()):
        return book
    return _Customiser(book, config, path).made()


def config_lists(config: Config, path: Path | None) -> Lists:
    """The word lists that the config, which came from ``path``, fills.

    Raises:
        ConfigError: for a pattern that cannot be read, at its place.
        RuleError: for a file with words that is wrong.
    """
    settings = {"brand": ("merk", config.brand), "signature": ("handtekening", config.signature)}
    filled = {name: entries for name, entries in settings.values() if entries}
    if filled:
        lists = {**OWN_LISTS, **shared_lists(extra_rules(config, path)), **filled}
        for key, (_, entries) in settings.items():
            _check_patterns(entries, (key,), lists, path)
    return filled


class _Customiser:
    def __init__(self, book: Rulebook, config: Config, path: Path | None) -> None:
        self.book, self.config, self.path = book, config, path
        self.names = {rule.code: rule.rule.name for rule in book}

    def made(self) -> Rulebook:
        rules: dict[str, CompiledRule] = dict(self.book.rules)
        known: dict[str, set[str]] = {}
        for rule in rules.values():
            for name, entries in rule.lists.items():
                known.setdefault(name, set()).update(entries)
        self._check_words(self.config.words, ("words",), known)
        if self.config.words != WordChanges():
            rules = {code: replace(rule, lists=_changed(rule.lists, self.config.words)) for code, rule in rules.items()}
        for key, change in self.config.rules.items():
            for code in self._codes([key], ("rules", key), key=True):
                rules[code] = self._change(rules[code], change, ("rules", key))
        for number, exemption in enumerate(self.config.exempt):
            at = ("exempt", number)
            given = exemption.code if isinstance(exemption.code, list) else [exemption.code]
            for code in self._codes(given, (*at, "code")):
                _check_patterns(exemption.when, (*at, "when"), rules[code].lists, self.path)
                silent = Condition(find=[*exemption.when], in_=exemption.in_)
                rules[code] = replace(rules[code], exempt=(*rules[code].exempt, silent))
        return Rulebook(rules, self.book.files, _changed(self.book.lists, self.config.words))

    def _change(self, compiled: CompiledRule, change: RuleChange, at: At) -> CompiledRule:
        known = {name: set(entries) for name, entries in compiled.lists.items()}
        self._check_words(change.words, (*at, "words"), known)
        fields: dict[str, object] = {}
        if change.level:
            fields["level"] = change.level
        if change.message is not None:
            fields["message"] = _bilingual(change.message)
        if change.why is not None:
            fields["why"] = _bilingual(change.why)
        if change.suggestions is not None:
            both = [_bilingual(suggestion) for suggestion in change.suggestions]
            fields["suggestions"] = Suggestions(nl=[b.nl for b in both], en=[b.en for b in both])
            fields["advice"] = []  # a team's own words stand alone
        rule = msgspec.structs.replace(compiled.rule, **fields)
        return replace(compiled, rule=rule, lists=_changed(compiled.lists, change.words))

    def _codes(self, entries: Sequence[str | int], at: At, *, key: bool = False) -> list[str]:
        try:
            return sorted(expand_codes(entries, self.names, str(at[0])))
        except ConfigError as error:
            raise config_error(error.text, at, self.path, key=key) from error

    def _check_words(self, changes: WordChanges, at: At, known: Mapping[str, set[str]]) -> None:
        for what, lists in (("add", changes.add), ("remove", changes.remove)):
            for name, words in lists.items():
                here = (*at, what, name)
                if name not in known:
                    text = _unknown("woordenlijst", "word list", name, sorted(known))
                    raise config_error(text, here, self.path, key=True)
                if what == "add":
                    _check_patterns(words, here, {key: sorted(entries) for key, entries in known.items()}, self.path)
                    continue
                for number, word in enumerate(words):
                    if word not in known[name]:
                        text = _unknown("woord", "word", word, sorted(known[name]))
                        raise config_error(text, (*here, number), self.path)


def _check_patterns(patterns: Sequence[str], at: At, lists: Lists, path: Path | None) -> None:
    for number, pattern in enumerate(patterns):
        try:
            make_finders([pattern], lists)
        except PatternError as error:
            text = Text(f"patroon: {error.text.nl}", f"pattern: {error.text.en}")
            raise config_error(text, (*at, number), path) from error


_SHOWN = 100
"""Names that are told where nothing like the unknown one is among them; all word lists, and the words of most."""


def _unknown(nl: str, en: str, name: str, known: Sequence[str]) -> Text:
    near = nearest(name, known)
    hint = ("", "")
    if near:
        hint = (f"; bedoel je {near!r}?", f"; did you mean {near!r}?")
    elif len(known) <= _SHOWN:
        hint = (f"; bekend: {', '.join(known)}", f"; known: {', '.join(known)}")
    return Text(f"onbekend{'e' if nl.endswith('lijst') else ''} {nl} {name!r}{hint[0]}", f"unknown {en} {name!r}{hint[1]}")


def _changed(lists: Lists, changes: WordChanges) -> Lists:
    return {name: list(_entries(name, entries, changes)) for name, entries in lists.items()}


def _entries(name: str, entries: Sequence[str], changes: WordChanges) -> Iterator[str]:
    removed = frozenset(changes.remove.get(name, ()))
    yield from (entry for entry in entries if entry not in removed)
    yield from changes.add.get(name, ())


def _bilingual(text: str | Both) -> Bilingual:
    return Bilingual(nl=text, en=text) if isinstance(text, str) else Bilingual(nl=text.nl, en=text.en)
