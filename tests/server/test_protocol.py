from __future__ import annotations

import json
import socketserver
import threading
from collections.abc import Iterator
from importlib import resources
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webcare_lint.languagetool.server import LanguageToolError, running
from webcare_lint.model import Diagnostic, Report
from webcare_lint.output.human import summary
from webcare_lint.server.guard import Guard, bare
from webcare_lint.server.protocol import Refused, check_request, match, parameters, rule_id
from webcare_lint.server.upstream import UpstreamError, findings
from webcare_lint.source_codes import UNRULED_CODES
from webcare_lint.text import Position, Span


def diagnostic(text: str, start: int, end: int) -> Diagnostic:
    return Diagnostic(
        "WC201", "bel-ons", 2, "error", "m", "w", "-", "1", None, Position(1, 1, start), Position(1, 1, end),
        Span(start, end), text[start:end], ("s",),
    )  # fmt: skip


@pytest.mark.parametrize("body", [b"text=a%20b&language=nl", b'{"text": "a b", "language": "nl"}'])
def test_form_and_json_bodies_are_read_whatever_the_header(body: bytes) -> None:
    assert parameters("level=picky", body) == {"text": "a b", "language": "nl", "level": "picky"}


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({"text": "a"}, 400),
        ({"language": "nl"}, 400),
        ({"language": "nl", "text": "a", "data": "{}"}, 400),
        ({"language": "nl", "data": "[]"}, 400),
        ({"language": "nl", "data": "[" * 100_000}, 400),
        ({"language": "nl", "text": "a", "enabledOnly": "true"}, 400),
        ({"language": "nl", "text": "a" * 40_001}, 413),
        ({"language": "nl", "data": json.dumps({"annotation": [{"markup": "<p>", "interpretAs": "a" * 40_001}]})}, 413),
    ],
)
def test_what_is_refused(sent: dict[str, str], status: int) -> None:
    with pytest.raises(Refused) as caught:
        check_request(sent)
    assert caught.value.status == status
    assert caught.value.message.startswith("Error: ")


def test_a_body_that_is_no_utf8_or_json_is_refused() -> None:
    for body in (b"\xff\xfe", b'{"text": ', b'{"text": ' * 50_000):
        with pytest.raises(Refused):
            parameters("", body)


PIECES = st.lists(
    st.one_of(
        st.fixed_dictionaries({"text": st.text(max_size=8)}),
        st.fixed_dictionaries({"markup": st.text(min_size=1, max_size=5)}, optional={"interpretAs": st.text(max_size=3)}),
    ),
    max_size=8,
)


@given(PIECES, st.data())
def test_offsets_are_utf16_over_the_original(pieces: list[dict[str, str]], data: st.DataObject) -> None:
    request = check_request({"language": "nl", "data": json.dumps({"annotation": pieces})})
    assert request.original == "".join(p.get("text", p.get("markup", "")) for p in pieces)
    assert request.text == "".join(p.get("text", p.get("interpretAs", "")) for p in pieces)
    if not request.text:
        return
    start = data.draw(st.integers(0, len(request.text) - 1))
    end = data.draw(st.integers(start + 1, len(request.text)))
    found = match(diagnostic(request.text, start, end), request)
    raw = request.original.encode("utf-16-le", "surrogatepass")
    marked = raw[2 * found["offset"] : 2 * (found["offset"] + found["length"])].decode("utf-16-le", "surrogatepass")
    if all("text" in p for p in pieces):
        assert marked == request.text[start:end]
    place = request.source.to_source(Span(start, end))
    assert marked == request.original[place.start : place.end]


def test_rules_can_be_switched() -> None:
    base = {"language": "nl", "text": "a"}
    ident, category = rule_id("WC201", "bel-ons"), "GEBOD_2"
    assert ident == "WC201_BEL_ONS"
    assert check_request(base).wants(ident, category)
    assert not check_request(base | {"disabledRules": ident}).wants(ident, category)
    assert not check_request(base | {"disabledCategories": category}).wants(ident, category)
    assert check_request(base | {"enabledRules": ident, "enabledOnly": "true"}).wants(ident, category)
    assert not check_request(base | {"enabledRules": "WC301_X", "enabledOnly": "true"}).wants(ident, category)
    assert check_request(base | {"enabledCategories": category, "enabledOnly": "true"}).wants(ident, category)


@pytest.mark.parametrize(
    ("origin", "allowed"),
    [
        ("moz-extension://0a1b-2c", True),
        ("chrome-extension://oldceeleldhonbafppcapldpdifcinji", True),
        ("http://localhost:3000", True),
        ("http://127.0.0.1:8081", True),
        ("https://evil.example", False),
        ("http://localhost.evil.example", False),
        ("null", False),
        (None, False),
    ],
)
def test_who_may_read_answers(origin: str | None, allowed: bool) -> None:
    assert bool(Guard().cors(origin, {})) is allowed


def test_host_names_and_tokens() -> None:
    guard = Guard(token="geheim")
    assert all(map(guard.knows_host, ("localhost:8081", "127.0.0.1", "[::1]:8081")))
    assert not any(map(guard.knows_host, ("evil.example", "localhost.evil.example:8081", "")))
    assert guard.admits("Bearer geheim", {})
    assert guard.admits(None, {"apiKey": "geheim"})
    assert not guard.admits(None, {})
    assert not guard.admits("Bearer fout", {})
    assert Guard().admits(None, {})


@pytest.mark.parametrize(
    ("listening", "asked", "known"),
    [
        ("fd00::5", "[fd00::5]:8081", True),
        ("[FD00:0::5]", "[fd00::5]", True),
        ("fe80::1%eth0", "[fe80::1]:8081", True),
        ("Kantoor", "kantoor:8081", True),
        ("fd00::5", "[fd00::6]:8081", False),
        ("fd00::5", "fd00", False),
    ],
)
def test_addresses_are_known_with_and_without_brackets(listening: str, asked: str, known: bool) -> None:
    assert Guard(frozenset({bare(listening)})).knows_host(asked) is known


def test_beyond_this_computer_any_address_is_known_but_no_name() -> None:
    guard = Guard(frozenset({"kantoor"}), addresses=True)
    assert all(map(guard.knows_host, ("192.168.1.5:8081", "[fd00::6]:8081", "[fe80::1%eth0]", "kantoor:8081")))
    assert not any(map(guard.knows_host, ("evil.example", "1.2.3.4.evil.example", "1:8081", "fd00::6", "")))


def answering(said: bytes) -> Iterator[str]:
    """The address of a server that answers everything with the same bytes and hangs up."""

    class Handler(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            self.request.recv(65536)
            self.request.sendall(said)

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


@pytest.mark.parametrize("said", [b"SSH-2.0-OpenSSH_9\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{", b""])
def test_an_upstream_that_breaks_off_is_an_upstream_that_fails(said: bytes) -> None:
    for base in answering(said):
        with pytest.raises(UpstreamError):
            findings(base, {"language": "nl", "text": "a"}, 5.0)
        with pytest.raises(LanguageToolError, match="does not answer"), running(base):
            pass


@pytest.mark.parametrize("yes", ["true", "True", "yes", "1"])
def test_an_upstream_is_not_asked_where_only_our_rules_are_wanted(yes: str) -> None:
    given = {"language": "nl", "text": "a", "enabledOnly": yes, "enabledRules": "WC201_BEL_ONS"}
    assert findings("localhost", given, 5.0) == []
    assert check_request(given).enabled_only
    with pytest.raises(UpstreamError):
        findings("localhost", given | {"enabledRules": "WC201_BEL_ONS,DE_HET"}, 5.0)


def test_an_upstream_that_is_no_address_fails() -> None:
    with pytest.raises(UpstreamError):
        findings("localhost", {"language": "nl", "text": "a"}, 5.0)


def test_matches_without_a_place_are_dropped() -> None:
    placed = {"offset": 0, "length": 1}
    body = json.dumps({"matches": [{"offset": 3}, None, {"length": 1}, placed]}).encode()
    for base in answering(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body)):
        assert findings(base, {"language": "nl", "text": "a"}, 5.0) == [placed]


def test_a_query_is_enough() -> None:
    assert check_request(parameters(urlencode({"language": "nl-NL", "text": "é 👍"}), b"")).text == "é 👍"


def test_the_page_praises_in_the_words_of_the_command() -> None:
    page = resources.files("webcare_lint").joinpath("server/page.html").read_text("utf-8")
    assert summary(Report((), (), files=1, replies=1, rules=UNRULED_CODES), "nl") in page
