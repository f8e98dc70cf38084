"""What stands behind the editor's windows: nobody waits for a check who need not, and wrong rules are read once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event
from typing import Any

import pytest

pytest.importorskip("pygls")

from webcare_lint.linter import Linter
from webcare_lint.lsp import checker as checker_module
from webcare_lint.lsp.buffers import Buffer
from webcare_lint.lsp.checker import Checker
from webcare_lint.rulebook import load as load_module

WRONG = "title: {nl: T, en: T}\nrules:\n  - code: WC297\n"


def window(folder: Path, text: str = "Bel ons even op 0900-1234.") -> Buffer:
    path = folder / "a.txt"
    return Buffer(path.as_uri(), str(path), text, 1)


def test_the_language_and_forgetting_do_not_wait_for_a_check(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    begun, done = Event(), Event()
    real = Linter.check_documents

    def slowly(self: Linter, *given: Any) -> Any:
        begun.set()
        done.wait(60)
        return real(self, *given)

    monkeypatch.setattr(Linter, "check_documents", slowly)
    checker = Checker()
    with ThreadPoolExecutor(2) as pool:
        check = pool.submit(checker.check, window(tmp_path))
        try:
            assert begun.wait(60)
            assert pool.submit(checker.language_in, tmp_path).result(20) == "nl"
            pool.submit(checker.forget).result(20)
        finally:
            done.set()
        assert [found.code for found in check.result(60).diagnostics] == ["WC201"]


def test_a_folder_keeps_the_name_by_which_it_was_opened(tmp_path: Path) -> None:
    (tmp_path / "echt" / "regels").mkdir(parents=True)
    (tmp_path / "link").symlink_to(tmp_path / "echt", target_is_directory=True)
    (tmp_path / "echt" / "regels" / "words.yaml").write_text("words: {balies: [balie]}\n", "utf-8")
    settings = "extend_rules: [regels]\noverrides:\n  - {paths: [vrij/**], ignore: [2]}\n"
    (tmp_path / "echt" / ".webcare-lint.yaml").write_text(settings, "utf-8")
    checker = Checker()
    assert [found.code for found in checker.check(window(tmp_path / "link")).diagnostics] == ["WC201"]
    assert checker.check(window(tmp_path / "link" / "vrij")).diagnostics == ()
    assert checker.goes_by(str(tmp_path / "link" / "regels" / "een.yaml"))


def test_models_are_shared_by_configurations_that_name_the_same(tmp_path: Path) -> None:
    def models(folder: Path) -> list[object]:
        checker.check(window(folder, "Bel ons even, dan kijken we samen wat er aan de hand is."))
        loaded = vars(checker.linter(folder).loaded)
        return [loaded.get("nlp"), loaded.get("reader")]

    settings = tmp_path / ".webcare-lint.yaml"
    settings.write_text("lang: nl\n", "utf-8")
    (tmp_path / "link").symlink_to(tmp_path, target_is_directory=True)
    checker = Checker()
    first = models(tmp_path)
    assert all(first)
    assert models(tmp_path / "link") == first
    settings.write_text("lang: en\n", "utf-8")
    checker.forget()
    assert models(tmp_path) == first

    settings.write_text("pipeline: ./ander\n", "utf-8")
    checker.forget()
    assert models(tmp_path) == [None, None]


def test_wrong_rules_are_read_once_until_they_are_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[object] = []
    for module in (load_module, checker_module):
        real = module.load_rulebook
        monkeypatch.setattr(module, "load_rulebook", lambda *a, _real=real, **k: read.append(a) or _real(*a, **k))
    (tmp_path / "eigen.yaml").write_text(WRONG, "utf-8")
    (tmp_path / ".webcare-lint.yaml").write_text("extend_rules: [eigen.yaml]\n", "utf-8")
    checker, buffer = Checker(), window(tmp_path)
    for _ in range(3):
        (error,) = checker.check(buffer).broken
        assert (error.path or "").endswith("eigen.yaml")
        assert "WC201" in checker.rules(tmp_path).rules
    assert len(read) == 2  # with the wrong rules, and the shipped ones alone

    (tmp_path / ".webcare-lint.yaml").write_text("lang: en\n", "utf-8")
    checker.forget()
    assert [found.code for found in checker.check(buffer).diagnostics] == ["WC201"]
