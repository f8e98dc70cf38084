"""``check --server``: what a running server answers is what the command says, and whatever is in the way changes nothing."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Thread
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webcare_lint import __version__, warm
from webcare_lint.cli import warm as client
from webcare_lint.cli.check import check

PROBE = """
import os, sys
from webcare_lint.cli import main, warm
warm.CONNECT, warm.ANSWER = 30.0, 60.0  # a busy machine is no reason to start cold here
try:
    main()
finally:
    open(os.environ["PROBE"], "w").write("cold" if "typer" in sys.modules else "warm")
"""
DRAFT = "Wat vervelend, Sanne! Bel ons even op 0900-1234."
RECORDS = (
    '{"id": "a", "reply": "Bel ons even."}\n{"id": "b", "reply": "Call us.", "lang": "en"}\n'
    '{"id": "c", "reply": "Bel ons even.", "webcare-lint": "disable WC201"}\n{"id": "d", "reply": "👍", "channel": "facebook"}\n'
)


class Said(NamedTuple):
    status: int
    out: bytes
    err: bytes
    how: str
    """``warm`` when the command had no need to load itself."""


@pytest.fixture
def command(tmp_path: Path) -> Callable[..., Said]:
    """The command in a process of its own, which tells whether a server did the work."""
    (tmp_path / "a.txt").write_text(DRAFT, "utf-8")
    (tmp_path / "b.jsonl").write_text(RECORDS, "utf-8")
    (tmp_path / "leeg.txt").write_text("", "utf-8")
    (tmp_path / "latin.txt").write_bytes(b"caf\xe9")

    def call(*arguments: str, stdin: str = "", **environment: str) -> Said:
        probe = tmp_path.parent / f"{tmp_path.name}.probe"
        done = subprocess.run(
            [sys.executable, "-c", PROBE, "check", *arguments], input=stdin.encode(), capture_output=True, cwd=tmp_path,
            env={**os.environ, "PROBE": str(probe), **environment}, timeout=120, check=False,
        )  # fmt: skip
        return Said(done.returncode, done.stdout, done.stderr, probe.read_text())

    return call


@pytest.mark.parametrize(
    ("arguments", "stdin", "environment"),
    [
        (["--text", DRAFT], "", {}),
        (["--text", "Je pakket ligt bij de buren op 12."], "", {}),
        (["--text", "Bel ons even.", "--customer", "Waar blijft mijn pakket?", "--channel=facebook"], "", {}),
        (["--text", DRAFT, "--lang", "en", "--select", "2", "--select", "5"], "", {}),
        (["--text", DRAFT], "", {"WEBCARE_LINT_LANG": "en"}),
        (["--text", DRAFT], "", {"COLUMNS": "60", "FORCE_COLOR": "1"}),
        (["--text", DRAFT], "", {"COLUMNS": "0"}),
        (["--text", DRAFT], "", {"COLUMNS": "²", "LINES": "²"}),
        (["--text", f"“{DRAFT}”", "--format", "json"], "", {}),
        (["a.txt", "b.jsonl"], "", {}),
        (["b.jsonl", "--format", "json", "--ignore", "WC401"], "", {}),
        (["b.jsonl", "--fail-on", "never", "--de-acht", "--no-cache"], "", {}),
        (["./a.txt", "--format=sarif"], "", {}),
        (["leeg.txt"], "", {}),
        ([], DRAFT, {}),
        (["-", "--input-format", "jsonl"], RECORDS, {}),
        (["--customer", "Waar blijft mijn pakket?", "-"], "Bel ons even.", {}),
    ],
)
def test_the_server_says_what_the_command_says(
    command: Callable[..., Said], server: str, arguments: list[str], stdin: str, environment: dict[str, str]
) -> None:
    cold = command(*arguments, stdin=stdin, **environment)
    made = command(*arguments, "--server-url", server, stdin=stdin, **environment)
    assert made == cold._replace(how="warm")
    assert cold.how == "cold"
    assert cold.status in (0, 1)
    assert cold.out


@pytest.mark.parametrize(
    "arguments",
    [
        ["latin.txt"], ["bestaat-niet.txt"], ["."], ["--text", "a", "a.txt"], ["a.txt", "--jobs", "2"],
        ["--text", "a", "--format", "xml"], ["--text", "a", "--select", "WC2O1"], ["--text", "a", "--onbekend"],
        ["--text", "a", "--select", "12"], ["a.txt", "--output", "verslag.txt"], ["a.txt", "--diff"],
        ["b.jsonl", "--customer", "Hoi"], ["--text"], ["-", "-"], ["a.txt", "./a.txt"],
    ],
)  # fmt: skip
def test_what_the_server_cannot_do_the_command_does(command: Callable[..., Said], server: str, arguments: list[str]) -> None:
    assert command("--server-url", server, *arguments) == command(*arguments)


def test_much_text_is_for_the_command(command: Callable[..., Said], server: str, tmp_path: Path) -> None:
    (tmp_path / "veel.jsonl").write_text(RECORDS * (warm.LARGEST // len(RECORDS) + 1), "utf-8")
    assert command("veel.jsonl", "--server-url", server, "--select", "4").how == "cold"


def test_a_fix_is_made_here(command: Callable[..., Said], server: str, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Wat vervelend! Heel vervelend.", "utf-8")
    said = command("a.txt", "--unsafe-fixes", "--server-url", server)
    assert said.how == "cold"
    assert path.read_text("utf-8") != "Wat vervelend! Heel vervelend."


def test_the_config_can_ask_for_it(command: Callable[..., Said], start_server: Callable[..., str], tmp_path: Path) -> None:
    for name, text in (
        (".webcare-lint.yaml", "select: [2]\nserver: {}\n"),
        ("pyproject.toml", "[tool.webcare-lint]\nserver = '{}'\n"),
    ):
        path = tmp_path / name
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            url = f"http://127.0.0.1:{free.getsockname()[1]}"
        path.write_text(text.format(url), "utf-8")
        cold = command("a.txt")
        assert cold.how == "cold"
        start_server("--config", str(path), "--port", url.rpartition(":")[2])
        assert command("a.txt") == cold._replace(how="warm")
        assert command("a.txt", "--no-server").how == "cold"
        path.unlink()


def test_a_server_with_other_rules_is_passed_over(
    command: Callable[..., Said], start_server: Callable[..., str], tmp_path: Path
) -> None:
    config, rules = tmp_path / ".webcare-lint.yaml", tmp_path / "eigen.yaml"
    shared = Path(__file__).parent.parent / "data" / "fixes.yaml"
    rules.write_text(shared.read_text("utf-8"), "utf-8")
    config.write_text("extend_rules: [eigen.yaml]\nselect: [WC599]\n", "utf-8")
    url = start_server("--config", str(config))

    def asked() -> Said:
        return command("--text", "Je pakket komt gewoon morgen.", "--server-url", url)

    assert (asked().status, asked().how) == (1, "warm")
    rules.write_text(rules.read_text("utf-8").replace('"gewoon"', '"heus"'), "utf-8")
    assert (asked().status, asked().how) == (0, "cold")
    rules.write_text(shared.read_text("utf-8"), "utf-8")
    config.write_text("extend_rules: [eigen.yaml]\nselect: [WC599]\nignore: [WC599]\n", "utf-8")
    assert (asked().status, asked().how) == (0, "cold")


def test_rule_files_hold_no_replies_for_the_server_either(
    command: Callable[..., Said], start_server: Callable[..., str], tmp_path: Path
) -> None:
    folder = tmp_path / "regels"
    folder.mkdir()
    rules = Path(__file__).parent.parent / "data" / "fixes.yaml"
    (folder / "eigen.yaml").write_text(rules.read_text("utf-8"), "utf-8")
    (folder / "a.txt").write_text(DRAFT, "utf-8")
    (tmp_path / ".webcare-lint.yaml").write_text("extend_rules: [regels]\nselect: [WC201]\n", "utf-8")
    url = start_server("--config", str(tmp_path / ".webcare-lint.yaml"))
    assert command("a.txt", "--server-url", url).how == "warm"
    for path in ("regels/a.txt", "./regels/../regels/eigen.yaml"):
        assert command("a.txt", path, "--server-url", url) == command("a.txt", path)


def own_identity(elsewhere: Path) -> bytes:
    """That of the package that the command runs, which may be installed beside this checkout."""
    asks = "from webcare_lint import __version__, warm; print(warm.identity(__version__, None, b'').decode())"
    return subprocess.run([sys.executable, "-c", asks], capture_output=True, cwd=elsewhere, check=True).stdout.strip()


@contextmanager
def stranger(*answers: bytes) -> Iterator[tuple[str, list[bytes]]]:
    """Something that gives these answers and then hangs up; yields its address and what it was sent."""
    heard: list[bytes] = []
    listening = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        connection, _ = listening.accept()
        with connection:
            for answer in answers:
                heard.append(connection.recv(100_000))
                connection.sendall(answer)
            connection.settimeout(0.5)
            with suppress(OSError):
                heard.append(connection.recv(100_000))

    thread = Thread(target=serve, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{listening.getsockname()[1]}", heard
    thread.join(10)
    listening.close()


def answer(body: bytes, *, length: int | None = None) -> bytes:
    return b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % (len(body) if length is None else length) + body


@pytest.mark.parametrize(
    "first",
    [
        answer(b"webcare-lint 0.0.1 00000000"), answer(warm.identity("9.9.9", None, b"")), answer(b"<html>"), answer(b""),
        answer(warm.identity(__version__, "/elders.yaml", b"")), b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n", b"SSH-2.0\r\n", b"",
    ],
)  # fmt: skip
def test_a_stranger_gets_no_text(command: Callable[..., Said], first: bytes) -> None:
    cold = command("--text", DRAFT)
    with stranger(*[first] if first else []) as (url, heard):
        assert command("--text", DRAFT, "--server-url", url) == cold
    assert not any(b"Sanne" in data for data in heard)


@pytest.mark.parametrize(
    "second",
    [
        b"",
        b"HTTP/1.1 200 OK\r\n",
        answer(b"1 status\n1", length=500),
        answer(b"1 status\n1"),
        answer(b"9 status\n1"),
        answer(b"x"),
    ],
)
def test_a_server_that_dies_on_the_way_is_no_trouble(command: Callable[..., Said], tmp_path: Path, second: bytes) -> None:
    cold = command(stdin=DRAFT)
    with stranger(answer(own_identity(tmp_path)), second) as (url, heard):
        assert command("--server-url", url, stdin=DRAFT) == cold
    assert any(b"Sanne" in data for data in heard)


def test_ctrl_c_ends_without_a_traceback(tmp_path: Path) -> None:
    # What runs in the background of a shell starts with the signal ignored.
    script = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); from webcare_lint.cli import main; main()"
    with stranger(answer(own_identity(tmp_path))) as (url, heard):
        process = subprocess.Popen(
            [sys.executable, "-c", script, "check", "--server-url", url], cwd=tmp_path,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip
        while not heard and process.poll() is None:
            time.sleep(0.01)
        process.send_signal(signal.SIGINT)  # while it waits for what is typed
        assert process.wait(30) == 130
        _, said = process.communicate()
    assert said == b""


def test_without_a_server_nothing_is_said(command: Callable[..., Said]) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}"
        assert command("--server-url", url, stdin=DRAFT) == command(stdin=DRAFT)


@pytest.mark.parametrize(
    ("url", "place"),
    [
        ("http://127.0.0.1:8081", ("127.0.0.1", 8081)), ("http://localhost:80/", ("127.0.0.1", 80)),
        ("http://[::1]:9", ("::1", 9)),
        ("http://example.com:8081", None), ("https://127.0.0.1:8081", None), ("http://127.0.0.1.example.com:80", None),
        ("http://127.0.0.1@example.com:80", None), ("http://127.0.0.1:80@example.com:80", None), ("http://127.0.0.1", None),
        ("http://127.0.0.1:0", None), ("127.0.0.1:8081", None), ("", None), ("http://127.0.0.1:8081/x", None),
    ],
)  # fmt: skip
def test_texts_stay_on_this_computer(url: str, place: tuple[str, int] | None) -> None:
    assert warm.address(url) == place


def test_another_computer_is_refused_in_words(command: Callable[..., Said], tmp_path: Path) -> None:
    said = command("--text", DRAFT, "--server-url", "http://example.com:8081")
    assert (said.status, said.out) == (2, b"")
    assert b"'http://example.com:8081' is geen adres op deze computer" in said.err
    (tmp_path / ".webcare-lint.yaml").write_text("lang: en\nserver: http://example.com:8081\n", "utf-8")
    assert (
        b".webcare-lint.yaml:2:9: 'http://example.com:8081' is no address on this computer"
        in command("a.txt", "--lang", "en").err
    )


@pytest.mark.parametrize(
    ("text", "name", "wanted"),
    [
        ("server: true", "c.yaml", warm.DEFAULT_URL), ("a: 1\nserver: http://localhost:1  # hier", "c.yaml", "http://localhost:1"),
        ("server: false", "c.yaml", "false"), ("# server: true", "c.yaml", None), ("x:\n  server: true", "c.yaml", None),
        ("[tool.webcare-lint]\nserver = true", "pyproject.toml", warm.DEFAULT_URL),
        ("[ tool.webcare-lint ]\n server = 'http://[::1]:2'", "pyproject.toml", "http://[::1]:2"),
        ("[tool.x]\nserver = true\n[tool.webcare-lint]", "pyproject.toml", None), ("server = true", "pyproject.toml", None),
    ],
)  # fmt: skip
def test_the_wish_is_read_without_a_parser(text: str, name: str, wanted: str | None) -> None:
    assert client._wanted(text.encode(), name) == wanted


def test_the_options_are_those_of_the_command() -> None:
    import typer

    app = typer.Typer()
    app.command()(check)
    known = {name: param for param in typer.main.get_command(app).params for name in param.opts}
    assert {name for name in client.VALUES if known[name].is_flag} == set()
    assert {name for name in client.FLAGS if not known[name].is_flag} == set()


@given(st.lists(st.tuples(st.text(st.characters(exclude_characters="\n", codec="utf-8")), st.binary())))
def test_parts_come_back_whole(parts: list[tuple[str, bytes]]) -> None:
    assert warm.unpack(warm.pack(parts)) == parts


@pytest.mark.skipif(sys.platform == "win32", reason="no terminals of its own")
@pytest.mark.parametrize("columns", ["70", "0", "²"])
def test_a_terminal_sees_the_same_colours(server: str, tmp_path: Path, columns: str) -> None:
    import pty

    def seen(*more: str) -> bytes:
        ours, theirs = pty.openpty()
        environment = {**os.environ, "TERM": "xterm-256color", "COLUMNS": columns}
        command = [sys.executable, "-m", "webcare_lint", "check", "--text", DRAFT, *more]
        subprocess.run(command, stdout=theirs, stdin=subprocess.DEVNULL, cwd=tmp_path, env=environment, check=False)
        os.close(theirs)
        return os.read(ours, 100_000)

    assert seen("--server-url", server) == seen()
    assert b"\x1b[" in seen()
