"""A real client of the protocol, over standard input and output of the real command."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable, Coroutine, Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("pygls")
from lsprotocol import types
from pygls.lsp.client import LanguageClient

from webcare_lint.lsp.places import Places

PATIENCE = 120.0
"""Seconds; a shared machine can be slow."""


class Editor:
    """An editor with one window at a time, as tests need it."""

    def __init__(self, encoding: str = "utf-16") -> None:
        self.folder, self.encoding = Path.cwd(), encoding
        self.client = LanguageClient("tests", "1")
        self.published: asyncio.Queue[types.PublishDiagnosticsParams] = asyncio.Queue()
        self.uri, self.text, self.version = "", "", 0
        self.capabilities: types.ServerCapabilities | None = None
        self.registered: list[str] = []

        @self.client.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
        def publish(params: types.PublishDiagnosticsParams) -> None:
            self.published.put_nowait(params)

        @self.client.feature(types.CLIENT_REGISTER_CAPABILITY)
        def register(params: types.RegistrationParams) -> None:
            self.registered += [each.method for each in params.registrations]

    async def start(self, options: Any = None) -> None:
        await self.client.start_io(sys.executable, "-m", "webcare_lint", "lsp", cwd=self.folder)
        general = types.GeneralClientCapabilities(position_encodings=[self.encoding])
        files = types.WorkspaceClientCapabilities(
            did_change_watched_files=types.DidChangeWatchedFilesClientCapabilities(dynamic_registration=True)
        )
        answer = await self.client.initialize_async(
            types.InitializeParams(
                capabilities=types.ClientCapabilities(workspace=files, general=general),
                root_uri=self.folder.as_uri(), initialization_options=options,
            )
        )  # fmt: skip
        self.capabilities = answer.capabilities
        self.client.initialized(types.InitializedParams())

    async def stop(self) -> None:
        await asyncio.wait_for(self.client.shutdown_async(None), PATIENCE)
        self.client.exit(None)
        await asyncio.wait_for(self.client.stop(), PATIENCE)

    async def open(self, name: str, text: str, language: str = "") -> list[types.Diagnostic]:
        """Open a window; answers with what is underlined."""
        self.uri, self.text, self.version = (self.folder / name).as_uri(), text, 1
        self.client.text_document_did_open(
            types.DidOpenTextDocumentParams(types.TextDocumentItem(self.uri, language, self.version, text))
        )
        return await self.underlined()

    async def underlined(self) -> list[types.Diagnostic]:
        """What is underlined, once it is about the text as it is now."""
        while True:
            found = await asyncio.wait_for(self.published.get(), PATIENCE)
            if (found.uri, found.version) == (self.uri, self.version):
                return list(found.diagnostics)

    def type(self, *edits: types.TextEdit) -> None:
        """Edits, as an editor sends them: only what changed, the last place first."""
        places = Places(self.text, self.encoding)
        edits = tuple(sorted(edits, key=lambda e: (e.range.start.line, e.range.start.character), reverse=True))
        for edit in edits:
            span = places.span(edit.range)
            self.text = self.text[: span.start] + edit.new_text + self.text[span.end :]
        self.version += 1
        self.client.text_document_did_change(
            types.DidChangeTextDocumentParams(
                types.VersionedTextDocumentIdentifier(self.version, self.uri),
                [types.TextDocumentContentChangePartial(edit.range, edit.new_text) for edit in edits],
            )
        )

    def changed_elsewhere(self, name: str) -> None:
        """A file changed that has no window, or outside this editor."""
        change = types.FileEvent((self.folder / name).as_uri(), types.FileChangeType.Changed)
        self.client.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams([change]))

    def words(self, found: types.Diagnostic) -> str:
        """The underlined words."""
        span = Places(self.text, self.encoding).span(found.range)
        return self.text[span.start : span.end]

    def place(self, words: str, plus: int = 0) -> types.Position:
        return Places(self.text, self.encoding).position(self.text.index(words) + plus)

    async def actions(self, found: types.Diagnostic) -> list[types.CodeAction]:
        answer = await self.client.text_document_code_action_async(
            types.CodeActionParams(
                types.TextDocumentIdentifier(self.uri), found.range, types.CodeActionContext(diagnostics=[found])
            )
        )
        return [action for action in answer or [] if isinstance(action, types.CodeAction)]

    def apply(self, action: types.CodeAction) -> None:
        assert action.edit
        assert action.edit.changes
        self.type(*action.edit.changes[self.uri])

    async def hover(self, position: types.Position) -> str:
        answer = await self.client.text_document_hover_async(types.HoverParams(types.TextDocumentIdentifier(self.uri), position))
        return answer.contents.value if answer and isinstance(answer.contents, types.MarkupContent) else ""

    async def complete(self, position: types.Position) -> list[types.CompletionItem]:
        answer = await self.client.text_document_completion_async(
            types.CompletionParams(types.TextDocumentIdentifier(self.uri), position)
        )
        return list(answer or [])


Session = Callable[[Editor], Coroutine[Any, Any, None]]


@pytest.fixture(scope="session")
def editors() -> Iterator[Callable[..., tuple[asyncio.AbstractEventLoop, Editor]]]:
    """Editors, each with a server of its own, that stay open from test to test."""
    loop = asyncio.new_event_loop()
    started: dict[str, Editor] = {}

    def editor(options: Any, encoding: str) -> tuple[asyncio.AbstractEventLoop, Editor]:
        key = repr((options, encoding))
        if key not in started:
            started[key] = Editor(encoding)
            loop.run_until_complete(started[key].start(options))
        return loop, started[key]

    yield editor
    for one in started.values():
        loop.run_until_complete(one.stop())
    loop.close()


@pytest.fixture
def edit(tmp_path: Path, editors: Callable[..., tuple[asyncio.AbstractEventLoop, Editor]]) -> Callable[..., None]:
    """Runs a session with an editor in an empty folder."""

    def run(session: Session, options: Any = None, encoding: str = "utf-16") -> None:
        loop, editor = editors(options, encoding)
        editor.folder = tmp_path
        loop.run_until_complete(asyncio.wait_for(session(editor), 2 * PATIENCE))

    return run
