"""Real clients against the real command, and requests shaped like those of clients that cannot run here."""

from __future__ import annotations

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest

DRAFT = "👍🏽 Wat vervelend, Sanne! Bel even met onze klantenservice op 0900-1234. 😀"
WORDS = "Bel even met onze klantenservice"


def marked(answer: dict[str, Any], text: str) -> list[str]:
    raw = text.encode("utf-16-le")
    return [raw[2 * m["offset"] : 2 * (m["offset"] + m["length"])].decode("utf-16-le") for m in answer["matches"]]


def test_language_tool_python(server: str) -> None:
    import language_tool_python

    with language_tool_python.LanguageTool("nl", remote_server=server) as tool:
        matches = tool.check(DRAFT)
    assert any(m.rule_id.startswith("WC2") for m in matches)
    found = next(m for m in matches if m.rule_id.startswith("WC2"))
    assert DRAFT[found.offset :].startswith("Bel even")
    assert found.replacements


def test_half_a_surrogate_pair_is_read_as_one_character(server: str) -> None:
    half = "Hoi \ud83d! Bel ons even op 0900-1234."
    sent = {"reply": half, "customer": half, "conversation": [{"author": "customer", "text": half}]}
    answer = httpx.post(f"{server}/lint", content=json.dumps(sent))
    assert "WC201" in {found["code"] for found in answer.json()["diagnostics"]}
    for body in ({"text": half}, {"data": json.dumps({"text": half})}, {"data": json.dumps({"annotation": [{"text": half}]})}):
        answer = httpx.post(f"{server}/v2/check", content=json.dumps({"language": "nl", **body}))
        assert marked(answer.json(), half.replace("\ud83d", "x"))[0].startswith("Bel ons")


def test_pylanguagetool(server: str) -> None:
    from pylanguagetool import api

    answer = api.check(DRAFT, api_url=f"{server}/v2/", lang="nl")
    assert any(words.startswith("Bel even") for words in marked(answer, DRAFT))


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        # The browser add-on: a form with data={"text": …} and parameters nobody documented.
        ({"Origin": "moz-extension://0a1b", "Content-Type": "text/plain;charset=UTF-8"},
         {"data": json.dumps({"text": DRAFT}), "language": "auto", "mode": "all", "level": "default", "textSessionId": "1"}),
        # LTeX+: a form-encoded body under a JSON header.
        ({"Content-Type": "application/json"}, {"language": "nl", "text": DRAFT, "disabledRules": "HUNSPELL_RULE"}),
        # LibreOffice: nl-NL.
        ({"Content-Type": "application/x-www-form-urlencoded"}, {"language": "nl-NL", "text": DRAFT}),
    ],
)  # fmt: skip
def test_requests_as_clients_shape_them(server: str, headers: dict[str, str], body: dict[str, str]) -> None:
    from urllib.parse import urlencode

    answer = httpx.post(f"{server}/v2/check", content=urlencode(body), headers=headers)
    assert answer.status_code == 200
    assert any(words.startswith("Bel even") for words in marked(answer.json(), DRAFT))
    assert ("access-control-allow-origin" in answer.headers) == ("Origin" in headers)
    for found in answer.json()["matches"]:
        assert found["sentence"]
        assert found["rule"]["issueType"] == "style"
        assert found["rule"]["category"]["id"].startswith("GEBOD_")
        context = found["context"]
        assert context["length"] == found["length"]


def test_the_editor_linter_sends_annotated_data(server: str) -> None:
    annotation = [{"markup": "> 👍 "}, {"text": "Wat vervelend! "}, {"markup": "**"}, {"text": "Bel ons even"}, {"markup": "**"},
                  {"text": " op 0900-1234."}]  # fmt: skip
    answer = httpx.post(f"{server}/v2/check", data={"language": "nl", "data": json.dumps({"annotation": annotation})})
    original = "".join(p.get("text", p.get("markup", "")) for p in annotation)
    assert any(words.startswith("Bel ons even") for words in marked(answer.json(), original))


def test_get_and_the_other_routes(server: str) -> None:
    assert httpx.get(f"{server}/v2/check", params={"language": "nl", "text": DRAFT}).json()["matches"]
    assert {"nl", "nl-NL", "nl-BE"} == {each["longCode"] for each in httpx.get(f"{server}/v2/languages").json()}
    assert httpx.get(f"{server}/v2/healthcheck").text == "OK"
    assert httpx.post(f"{server}/v2/maxtextlength", content=b"\x00").text.isdigit()
    assert httpx.post(f"{server}/api/v2/configinfo", content=b"\x00").json()["software"]["name"] == "webcare-lint"
    assert httpx.get(f"{server}/v2/info").json()["software"]["version"]


def test_errors_are_one_line_with_cors(server: str) -> None:
    headers = {"Origin": "moz-extension://0a1b"}
    answer = httpx.post(f"{server}/v2/check", data={"text": "a"}, headers=headers)
    assert (answer.status_code, answer.text[:7]) == (400, "Error: ")
    assert answer.headers["access-control-allow-origin"] == "moz-extension://0a1b"
    assert httpx.post(f"{server}/v2/check", content=b"text=" + b"a" * 1_100_000).status_code == 413
    assert httpx.get(f"{server}/v2/languages", headers={"Host": "evil.example"}).status_code == 421
    assert httpx.get(f"{server}/v2/niets").status_code == 404
    preflight = httpx.options(f"{server}/v2/check", headers={
        **headers, "Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "x-een"})  # fmt: skip
    assert preflight.status_code == 204
    assert preflight.headers["access-control-allow-headers"] == "x-een"


def test_nothing_is_found_twice_or_in_other_languages(server: str) -> None:
    body = {"language": "nl", "text": DRAFT, "mode": "textLevelOnly"}
    assert httpx.post(f"{server}/v2/check", data=body).json()["matches"] == []
    assert httpx.post(f"{server}/v2/check", data={"language": "en-US", "text": DRAFT}).json()["matches"] == []


def test_our_own_endpoint_answers_the_json_report(server: str) -> None:
    sent = {"reply": DRAFT, "customer": "Waar blijft mijn pakket?", "channel": "x",
            "conversation": [{"author": "customer", "text": "Hallo?"}]}  # fmt: skip
    report = httpx.post(f"{server}/lint", json=sent).json()
    assert report["schema"] == 1
    assert any(d["commandment"] == 2 and d["quote"].startswith("Bel even") for d in report["diagnostics"])
    assert report["length"]["limit"] == 280
    for wrong in ({}, {"reply": 1}, {"reply": "a", "conversation": [1]}, {"reply": "a", "channel": 3}):
        assert httpx.post(f"{server}/lint", json=wrong).status_code == 400
    assert httpx.post(f"{server}/lint", content="[" * 100_000).status_code == 400
    long = "a" * 40_001
    for name, value in (("reply", long), ("customer", long), ("conversation", [{"author": "customer", "text": long}])):
        answer = httpx.post(f"{server}/lint", json={"reply": "a", name: value})
        assert (answer.status_code, answer.text[: 8 + len(name)]) == (413, f"Error: '{name}")
    document = httpx.get(f"{server}/openapi.json").json()
    assert "/lint" in document["paths"]
    assert "/lint" in httpx.get(f"{server}/docs").text


def test_many_at_once(server: str) -> None:
    def one(number: int) -> int:
        text = f"Bel ons even, klant {number}."
        answer = httpx.post(f"{server}/v2/check", data={"language": "nl", "text": text}, timeout=30)
        return sum(text[m["offset"] :].startswith("Bel ons") for m in answer.json()["matches"])

    with ThreadPoolExecutor(16) as pool:
        assert all(pool.map(one, range(64)))


def test_no_text_reaches_the_log_and_upstream_may_fail(start_server: Any) -> None:
    address = start_server("--upstream", "http://127.0.0.1:9")
    answer = httpx.post(f"{address}/v2/check", data={"language": "nl", "text": DRAFT}).json()
    assert answer["warnings"]["incompleteResults"] is True
    assert any(words.startswith("Bel even") for words in marked(answer, DRAFT))


def test_all_of_an_answer_is_in_one_language(start_server: Any) -> None:
    address = start_server("--lang", "en")
    (found, *_) = httpx.post(f"{address}/v2/check", data={"language": "nl", "text": DRAFT}).json()["matches"]
    assert found["rule"]["category"]["name"].startswith("Commandment ")


def test_a_token_is_asked_for(start_server: Any) -> None:
    address = start_server("--token", "geheim")
    body = {"language": "nl", "text": DRAFT}
    assert httpx.post(f"{address}/v2/check", data=body).status_code == 401
    assert httpx.post(f"{address}/v2/check", data=body | {"apiKey": "geheim"}).status_code == 200
    assert httpx.post(f"{address}/lint", json={"reply": "a"}, headers={"Authorization": "Bearer geheim"}).status_code == 200


@pytest.mark.parametrize("options", [("--host", "0.0.0.0"), ("--port", "99999999"), ("--config", "er-is-niets.yaml")])
def test_what_cannot_be_is_one_line_and_status_2(options: tuple[str, ...]) -> None:
    done = subprocess.run([sys.executable, "-m", "webcare_lint", "serve", *options], capture_output=True, text=True, timeout=60,
                          check=False)  # fmt: skip
    assert done.returncode == 2
    assert done.stderr.startswith("webcare-lint: ")
    assert done.stderr.count("\n") <= 2
