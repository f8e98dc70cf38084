"""When the windows of an editor are checked: once for all who ask, and no more than somebody waits for."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Coroutine
from pathlib import Path, PurePath
from threading import Event, Semaphore
from typing import Any

import pytest

pytest.importorskip("pygls")
from lsprotocol import types

from webcare_lint.linter import Linter
from webcare_lint.lsp import server as server_module
from webcare_lint.lsp.buffers import Buffer
from webcare_lint.lsp.windows import Server

PATIENCE = 60.0


class Slow:
    """Stands before the real check: writes down the texts, and lets each through when it is told to."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.texts: list[str] = []
        self.begun, self.go = Event(), Semaphore(0)
        real = Linter.check_documents

        def slowly(linter: Linter, documents: Any, *more: Any) -> Any:
            documents = list(documents)
            if documents:
                self.texts += [document.text for document in documents]
                self.begun.set()
                assert self.go.acquire(timeout=PATIENCE)
            return real(linter, documents, *more)

        monkeypatch.setattr(Linter, "check_documents", slowly)


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> Slow:
    return Slow(monkeypatch)


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Server:
    """A server without an editor: it counts as most do, and tells nobody."""
    monkeypatch.setattr(Server, "encoding", "utf-16")
    made = server_module.create()
    monkeypatch.setattr(made, "text_document_publish_diagnostics", lambda _: None)
    return made


def heard(server: Server, method: str) -> Callable[[Any], Any]:
    """What the server does when the editor says something."""
    return server.protocol.fm.features[method]


def window(server: Server, folder: Path, text: str = "Bel ons even.") -> Buffer:
    path = folder / "a.txt"
    server.buffers[path.as_uri()] = Buffer(path.as_uri(), str(path), text, 1)
    return server.buffers[path.as_uri()]


def run(session: Coroutine[Any, Any, None]) -> None:
    asyncio.run(asyncio.wait_for(session, PATIENCE))


def test_a_window_is_checked_once_for_all_who_ask(server: Server, slow: Slow, tmp_path: Path) -> None:
    async def session() -> None:
        buffer = window(server, tmp_path)
        first, second, third = (asyncio.create_task(server.checked(buffer)) for _ in range(3))
        await asyncio.to_thread(slow.begun.wait, PATIENCE)
        first.cancel()  # nor does the check of the others end when one of them is no longer asked for
        slow.go.release()
        assert [found.code for found in (await second).diagnostics] == ["WC201"]
        assert await third is await second
        assert await server.checked(buffer) is await second
        assert slow.texts == [buffer.text]

    slow.go.release()  # so that what is checked twice fails, and does not hang
    run(session())


def test_what_was_overtaken_while_it_waited_is_not_checked(server: Server, slow: Slow, tmp_path: Path) -> None:
    async def session() -> None:
        buffer = window(server, tmp_path, "Een.")
        tasks = [asyncio.create_task(server.checked(buffer))]
        await asyncio.to_thread(slow.begun.wait, PATIENCE)
        overtaken = window(server, tmp_path, "Bel ons.")
        tasks += [asyncio.create_task(server.checked(overtaken))]
        await asyncio.sleep(0)
        last = window(server, tmp_path, "Bel ons even.")
        for _ in range(3):
            slow.go.release()
        await asyncio.gather(*tasks)
        assert [found.code for found in (await server.checked(last)).diagnostics] == ["WC201"]
        assert slow.texts == ["Een.", "Bel ons even."]
        assert (await server.checked(overtaken)).diagnostics == ()

    run(session())


def test_a_check_by_the_rules_of_before_is_not_kept(server: Server, slow: Slow, tmp_path: Path) -> None:
    async def session() -> None:
        buffer = window(server, tmp_path)
        before = asyncio.create_task(server.checked(buffer))
        await asyncio.to_thread(slow.begun.wait, PATIENCE)
        (tmp_path / ".webcare-lint.yaml").write_text("ignore: [2]\n", "utf-8")
        server.check_all()
        for _ in range(3):
            slow.go.release()
        await before
        assert (await server.checked(server.buffers[buffer.uri])).diagnostics == ()
        assert slow.texts == [buffer.text] * 2

    run(session())


@pytest.mark.parametrize("refuses", [True, False])
def test_an_editor_that_does_not_watch_holds_nothing_up(
    server: Server, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], *, refuses: bool
) -> None:
    warmed, asked = Event(), []

    async def register(params: types.RegistrationParams) -> None:
        asked.append(params)
        if refuses:
            raise RuntimeError("geheimpje")
        await asyncio.Event().wait()

    monkeypatch.setattr(server.checker, "warm", warmed.set)
    monkeypatch.setattr(server, "client_register_capability_async", register)
    server.can_watch = True

    async def session() -> None:
        started = asyncio.create_task(heard(server, types.INITIALIZED)(types.InitializedParams()))
        assert await asyncio.to_thread(warmed.wait, 10)
        assert asked
        if refuses:
            await started
        started.cancel()

    run(session())
    assert "geheimpje" not in capfd.readouterr().err
    patterns = [watcher.glob_pattern for watcher in asked[0].registrations[0].register_options.watchers]
    for name in (".webcare-lint.yaml", "regels/een.yml", ".webcare-lint-baseline.json"):
        assert any(PurePath("map", name).match(pattern) for pattern in patterns)


@pytest.mark.parametrize("window_first", [True, False])
def test_a_save_that_is_told_twice_counts_once(
    server: Server, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, *, window_first: bool
) -> None:
    path, times = tmp_path / ".webcare-lint.yaml", []
    monkeypatch.setattr(server, "check_all", lambda: times.append(1))
    document = types.TextDocumentIdentifier(path.as_uri())
    server.buffers[document.uri] = Buffer(document.uri, str(path), "lang: nl\n", 1)
    change = types.FileEvent(document.uri, types.FileChangeType.Changed)

    def save() -> None:
        heard(server, types.TEXT_DOCUMENT_DID_SAVE)(types.DidSaveTextDocumentParams(document))

    def watch() -> None:
        heard(server, types.WORKSPACE_DID_CHANGE_WATCHED_FILES)(types.DidChangeWatchedFilesParams([change]))

    for number in range(1, 3):
        path.write_text("lang: nl\n", "utf-8")
        os.utime(path, ns=(number, number))
        for tell in (save, watch) if window_first else (watch, save):
            tell()
        assert len(times) == number
    path.unlink()
    watch()
    assert len(times) == 3
