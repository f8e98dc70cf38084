"""What rules carry along is labelled too: examples for their own commandment, suggestions clean of all."""

from __future__ import annotations

from collections.abc import Iterator

from training.reader.records import COMMANDMENTS, Record
from webcare_lint.checks.base import Example
from webcare_lint.checks.reader import Reads
from webcare_lint.rulebook.examples import marked
from webcare_lint.rulebook.load import load_rulebook


def examples() -> Iterator[Record]:
    """Examples of the pattern rules, known for the commandment of the rule alone, and what rules suggest to write instead."""
    for rule in load_rulebook():
        if rule.commandment not in COMMANDMENTS or isinstance(rule.rule, Reads):
            continue
        number = COMMANDMENTS.index(rule.commandment)
        for kind, raws in (("bad", rule.rule.examples.bad), ("good", rule.rule.examples.good)):
            for place, raw in enumerate(raws):
                example, spans = marked(raw)
                if example.history or example.library or not _told(raw):
                    continue
                broken = {number: tuple(spans)} if kind == "bad" else {}
                key = f"{rule.code}-{kind}-{place}"
                yield Record(key, example.reply, example.customer, broken, key, frozenset({number}))
        for place, text in enumerate(rule.rule.suggestions.nl):
            yield Record(f"{rule.code}-suggestion-{place}", text, None, {}, f"{rule.code}-suggestion-{place}")


def _told(raw: str | Example) -> bool:
    """Whether there is something to read."""
    return len((raw if isinstance(raw, str) else raw.reply).split()) > 1
