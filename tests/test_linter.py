"""The linter as a library: what its report tells, what it shows of its rules, and how it travels."""

from __future__ import annotations

import pickle

from webcare_lint import Linter
from webcare_lint.config import Config, Override, WordChanges
from webcare_lint.sources import read_document


def test_a_report_names_the_rules_of_its_own_run() -> None:
    linter = Linter(Config(select=["2"], overrides=[Override(paths=["*.md"], select=["4"])], cache=False))
    first, second = (linter.check_documents([read_document(b"Graag gedaan.", name)]).rules for name in ("a.txt", "a.md"))
    assert "WC201" in first
    assert "WC402" in second
    assert not {"WC201"} & second.keys()


def test_a_linter_travels_as_it_was_made() -> None:
    come = pickle.loads(pickle.dumps(Linter(Config(cache=False), eight=True, jobs=3)))
    assert come.jobs == 3
    assert come.check_text("Ja hoor, dat mag.").eight


def test_the_rules_are_the_same_from_the_cache() -> None:
    config = Config(words=WordChanges(add={"merk": ["Voorbeeldwinkel"]}))
    cold, warm = (Linter(config) for _ in range(2))
    books = [linter.rulebook for linter in (cold, warm)]
    assert "all_rules" not in vars(warm.loaded)
    assert books[1].lists == books[0].lists
    assert books[1].files == books[0].files
    assert "Voorbeeldwinkel" in books[0].lists["merk"]
