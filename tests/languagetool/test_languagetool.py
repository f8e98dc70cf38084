"""LanguageTool inside: the parts without it, and the real one where it can be had."""

from __future__ import annotations

import http.server
import json
import os
import subprocess
import sys
import threading
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qs

import pytest
from support import Run

from webcare_lint import Linter
from webcare_lint.config import Config
from webcare_lint.languagetool.findings import Client, Settings, code_points, for_languagetool
from webcare_lint.languagetool.server import LanguageToolError, running
from webcare_lint.model import Report
from webcare_lint.source_codes import LANGUAGETOOL_CODES
from webcare_lint.sources import read_document
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
    read = for_languagetool(text)
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


def answer(said: Callable[[str], str]) -> Iterator[str]:
    """A server that says it has Dutch and then answers a text with what is given."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._say(json.dumps([{"name": "Dutch", "code": "nl", "longCode": "nl"}]))

        def do_POST(self) -> None:
            sent = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
            self._say(said(sent["text"][0]))

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


@pytest.fixture
def nonsense() -> Iterator[str]:
    yield from answer(lambda _text: "<html>nee</html>")


@pytest.fixture
def speller() -> Iterator[str]:
    """A LanguageTool that knows one mistake in spelling and one in grammar."""
    rule = {"description": "", "category": {"id": "X", "name": "X"}}
    kinds = (("morge", "misspelling", "TYPO"), ("een vervelende probleem", "grammar", "AGREEMENT"))

    def said(text: str) -> str:
        return json.dumps({"language": {"code": "nl"}, "matches": [
            {"message": "m", "offset": text.index(words), "length": len(words), "replacements": [], "sentence": text,
             "context": {"text": text, "offset": text.index(words), "length": len(words)},
             "rule": {**rule, "id": ident, "issueType": kind}}
            for words, kind, ident in kinds if words in text
        ]})  # fmt: skip

    yield from answer(said)


def beside(url: str, config: Config, *texts: str, name: str = "a.jsonl") -> Report:
    """A check of replies, with LanguageTool beside it."""
    data = "\n".join(texts if name == "a.txt" else (json.dumps({"reply": text}) for text in texts)).encode()
    return Linter(config, languagetool=Settings(url)).check_documents([read_document(data, name)])


MISTAKES = "Dat is een vervelende probleem, Sanne; ik kijk er morge naar."


def test_the_config_decides_about_its_codes_too(speller: str) -> None:
    def levels(**settings: Any) -> list[tuple[str, str]]:
        report = beside(speller, Config(cache=False, **settings), MISTAKES)
        assert not report.failures
        assert set(LANGUAGETOOL_CODES) & set(report.rules) >= {d.code for d in report.diagnostics}
        return [(d.code, d.level) for d in report.diagnostics if d.code.startswith("WC12")]

    assert levels() == [("WC1202", "warning"), ("WC1201", "warning")]
    assert levels(ignore=["WC1201"], levels={"grammatica": "error"}) == [("WC1202", "error")]
    assert levels(ignore=["WC12"]) == []
    assert levels(select=[2, "spelling"]) == [("WC1201", "warning")]
    assert levels(select=[2]) == []
    assert beside("http://127.0.0.1:9", Config(cache=False, select=[2]), MISTAKES).failures == ()  # it is not even started


def test_its_codes_are_known_where_it_is_off() -> None:
    report = Linter(Config(cache=False, ignore=["WC1203"], levels={"WC1201": "error"})).check_text(MISTAKES)
    assert not LANGUAGETOOL_CODES.keys() & report.rules.keys()


def test_its_findings_can_be_silenced(speller: str) -> None:
    silenced = f"# webcare-lint: negeer WC1201, grammatica – mag hier\n{MISTAKES}"
    report = beside(speller, Config(cache=False), silenced, name="a.txt")
    assert ([d.code for d in report.diagnostics], report.suppressed) == ([], 2)
    report = beside(speller, Config(cache=False), "# webcare-lint: negeer WC1201\nGraag gedaan, Sanne.", name="a.txt")
    assert [d.code for d in report.diagnostics] == ["WC002"]
    # Whoever could not ask does not know what is in vain.
    assert [d.code for d in beside("http://127.0.0.1:9", Config(cache=False), silenced, name="a.txt").diagnostics] == []
    document = read_document(silenced.encode(), "a.txt")
    assert [d.code for d in Linter(Config(cache=False)).check_documents([document]).diagnostics] == []


def test_the_customer_may_write_as_they_like(speller: str) -> None:
    sent = [{"author": "customer", "text": "Waar blijft mijn pakket? Het zou morge komen."}]
    document = read_document(json.dumps({"id": "G", "messages": sent}).encode(), "a.jsonl")
    assert [reply.unanswered for reply in document.replies] == [True]
    report = Linter(Config(cache=False), languagetool=Settings(speller)).check_documents([document])
    assert not [d for d in report.diagnostics if d.code.startswith("WC12")]


def test_its_codes_are_listed_and_explained(run: Run) -> None:
    assert {*LANGUAGETOOL_CODES} <= {row["code"] for row in json.loads(run("rules", "list", "--json").stdout)}
    assert "LanguageTool" in run("rules", "list").stdout
    assert "spelfout" in run("explain", "wc1201").stdout
    assert "Reported by LanguageTool" in run("explain", "stijl", "--lang", "en").stdout


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
