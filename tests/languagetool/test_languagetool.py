"""LanguageTool inside: the parts without it, and the real one where it can be had."""

from __future__ import annotations

import http.server
import json
import os
import subprocess
import sys
import threading
import warnings
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from webcare_lint.languagetool.findings import Client, Settings, code_points, readable
from webcare_lint.languagetool.server import LanguageToolError, running
from webcare_lint.text import Span

ROOT = Path(__file__).parents[2]
JARS = Path(os.environ.get("WEBCARE_LINT_LANGUAGETOOL", ROOT / ".tools/languagetool/libs"))
if not any(JARS.glob("languagetool-server*.jar")):
    warnings.warn("no LanguageTool here (run .ci/tools): it was NOT tested against the real one", stacklevel=1)
real = pytest.mark.skipif(not any(JARS.glob("languagetool-server*.jar")), reason="no LanguageTool here; .ci/tools fetches it")
REPLY = (
    "👍🏽 Hoi {{naam}}, dat is een vervelende probleem. Dat had je op onze website kunnen lezen, @klant. "
    "Je wordt morge gebeld, zie zsm.nl! ^EK"
)


def match(offset: int, length: int, kind: str = "misspelling", rule: str = "R") -> SimpleNamespace:
    return SimpleNamespace(
        offset=offset, error_length=length, rule_issue_type=kind, rule_id=rule, message="m", replacements=["x"]
    )


class Tool:
    def __init__(self, matches: list[SimpleNamespace]) -> None:
        self.matches = matches

    def check(self, _text: str) -> list[SimpleNamespace]:
        return self.matches


def found(text: str, matches: list[SimpleNamespace], customer: str | None = None, **settings: Any) -> list[tuple[str, str]]:
    client = Client("http://127.0.0.1:9", Settings(**settings), Tool(matches))
    return [(f.code, text[f.span.start : f.span.end]) for f in client.findings(text, customer)]


def test_masks_read_as_words_and_places_come_back() -> None:
    text = "Hoi {{naam}}, zie https://x.nl/a 👍 nu"
    read = readable(text)
    assert read.text == "Hoi Sanne, zie https://x.nl/a 👍 nu"
    at = read.text.index("nu")
    assert read.to_source(Span(at, at + 2)) == Span(text.index("nu", 20), len(text))


def test_lengths_are_utf16_and_are_corrected() -> None:
    assert code_points("a👍b", 3) == 2
    assert code_points("ab", 9) == 2
    text = "zie 👍👍 morge"
    assert found(text, [match(4, 4, "grammar")]) == []  # an emoji is never flagged
    assert found(text, [match(7, 5)]) == [("WC1201", "morge")]


@pytest.mark.parametrize(
    ("text", "words", "flagged"),
    [
        ("Dat is morge klaar.", "morge", True),
        ("Dank je, Fleurtje.", "Fleurtje", False),  # a name
        ("Komt zsm.", "zsm", False),
        ("Onze HRB staat uit.", "HRB", False),
        ("Zie je 4Gx?", "4Gx", False),
        ("Morge komt hij.", "Morge", True),
    ],
)
def test_names_and_abbreviations_are_no_mistakes(text: str, words: str, flagged: bool) -> None:
    assert bool(found(text, [match(text.index(words), len(words))])) is flagged


def test_the_brand_and_the_customers_words_are_right() -> None:
    text = "de glimbox is kapot"
    hit = [match(3, 7)]
    assert found(text, hit)
    assert not found(text, hit, words=("Glimbox",))
    assert not found(text, hit, customer="Mijn glimbox doet niets")


def test_a_placeholder_is_never_flagged() -> None:
    text = "Hoi {{naam}}, dag"
    assert found(text, [match(4, 5), match(0, 9, "grammar")]) == []


@pytest.fixture
def nonsense() -> Iterator[str]:
    """A server that says it has Dutch and then answers nonsense."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._say(json.dumps([{"name": "Dutch", "code": "nl", "longCode": "nl"}]))

        def do_POST(self) -> None:
            self._say("<html>nee</html>")

        def _say(self, text: str) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(text.encode())

        def log_message(self, *_args: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


def check(*options: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "webcare_lint", "check", "--format", "json", *options], capture_output=True, text=True,
        timeout=180, check=False, env={**os.environ, **environment},
    )  # fmt: skip


def test_trouble_is_one_line_and_our_findings_still_come(nonsense: str, tmp_path: Path) -> None:
    for options, environment in (
        (("--languagetool-url", "http://127.0.0.1:9"), {}),
        (("--languagetool-url", nonsense), {}),
        (("--languagetool",), {"WEBCARE_LINT_LANGUAGETOOL": str(tmp_path)}),
        (("--languagetool",), {"PATH": str(tmp_path)}),
    ):
        done = check("--text", "^EK", *options, **environment)
        assert done.returncode == 2, options
        assert [d["code"] for d in json.loads(done.stdout)["diagnostics"]] == ["WC401"]
        assert done.stderr.count("\n") == 1, done.stderr
        assert "languagetool" in done.stderr.lower()


def test_a_jvm_that_dies_does_not_hang(tmp_path: Path) -> None:
    (tmp_path / "leeg.jar").write_bytes(b"")
    java = tmp_path / "java"
    java.write_text("#!/bin/sh\nexit 3\n")
    java.chmod(0o755)
    done = check("--text", "^EK", "--languagetool", WEBCARE_LINT_LANGUAGETOOL=str(tmp_path), PATH=str(tmp_path))
    assert done.returncode == 2
    assert "status 3" in done.stderr


def test_the_config_switches_it_on(tmp_path: Path) -> None:
    config = tmp_path / ".webcare-lint.yaml"
    config.write_text("languagetool: {enabled: true, url: 'http://127.0.0.1:9'}\n", "utf-8")
    done = check("--text", "^EK", "--config", str(config))
    assert done.returncode == 2
    assert "127.0.0.1:9" in done.stderr


def test_a_server_that_is_down_is_said_at_once() -> None:
    with pytest.raises(LanguageToolError, match="does not answer"), running("http://127.0.0.1:9/v2/"):
        pass


@real
def test_the_real_one_finds_spelling_and_agreement_beside_ours() -> None:
    done = check("--text", REPLY, "--languagetool", WEBCARE_LINT_LANGUAGETOOL=str(JARS))
    assert done.returncode == 1, done.stderr
    report = json.loads(done.stdout)
    seen = {(d["code"], d["quote"]) for d in report["diagnostics"]}
    assert ("WC1201", "morge") in seen
    assert any(code == "WC1202" for code, _ in seen)
    assert any(d["commandment"] == 6 for d in report["diagnostics"])
    for d in report["diagnostics"]:
        assert REPLY[d["start"]["offset"] : d["end"]["offset"]] == d["quote"]
        assert "naam" not in d["quote"]
        assert "@klant" not in d["quote"]


@real
def test_the_servers_findings_are_merged_for_a_real_client(start_server: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    import language_tool_python

    monkeypatch.setenv("WEBCARE_LINT_LANGUAGETOOL", str(JARS))

    with running(None) as base, language_tool_python.LanguageTool("nl", remote_server=start_server("--upstream", base)) as tool:
        Client(base).findings("Dat is een mooie dag.")  # its first text takes ten seconds
        rules = {m.rule_id: REPLY[m.offset : m.offset + 5] for m in tool.check(REPLY)}
    assert any(rule.startswith("WC6") for rule in rules)
    assert "morge" in rules.values()
