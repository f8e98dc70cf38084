"""The windows of an editor: what stands in them, when they are checked, and what is then shown."""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from lsprotocol import types
from msgspec.structs import replace
from pygls.lsp.server import LanguageServer
from pygls.protocol import LanguageServerProtocol, lsp_method

from webcare_lint import __version__
from webcare_lint.errors import Language
from webcare_lint.lsp import findings
from webcare_lint.lsp.buffers import Buffer
from webcare_lint.lsp.checker import Checked, Checker
from webcare_lint.lsp.places import Places

DELAY = 0.25
"""Seconds without typing before a text is checked; as long as its last check took, where that is longer."""
LONGEST_DELAY = 5.0


class _Protocol(LanguageServerProtocol):
    """Leaves the text of windows to us.

    The library's own copy breaks lines where editors do not (U+2028, form feed), and every place behind one would be wrong.
    """

    @lsp_method(types.TEXT_DOCUMENT_DID_OPEN)
    def lsp_text_document__did_open(self, params: types.DidOpenTextDocumentParams) -> Any:
        yield self.fm.features[types.TEXT_DOCUMENT_DID_OPEN], (params,), None

    @lsp_method(types.TEXT_DOCUMENT_DID_CHANGE)
    def lsp_text_document__did_change(self, params: types.DidChangeTextDocumentParams) -> Any:
        yield self.fm.features[types.TEXT_DOCUMENT_DID_CHANGE], (params,), None

    @lsp_method(types.TEXT_DOCUMENT_DID_CLOSE)
    def lsp_text_document__did_close(self, params: types.DidCloseTextDocumentParams) -> Any:
        yield self.fm.features[types.TEXT_DOCUMENT_DID_CLOSE], (params,), None


class Server(LanguageServer):
    """The server with its windows. ``language`` is what the command line asked for."""

    def __init__(self, language: Language | None = None) -> None:
        super().__init__("webcare-lint", __version__, protocol_cls=_Protocol)
        self.checker = Checker(language)
        self.can_watch = False
        """Whether the editor can tell of files that change outside it."""
        self.buffers: dict[str, Buffer] = {}
        self._checks: dict[str, tuple[Buffer, asyncio.Task[Checked]]] = {}
        self._stamps: dict[str, tuple[int, int] | None] = {}
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._took: dict[str, float] = {}

    def report_server_error(self, error: Exception, source: Any) -> None:  # noqa: ARG002 - the library's signature
        """One line without the text that an exception may quote."""
        complain(error, "lsp")

    def places(self, buffer: Buffer) -> Places:
        return Places(buffer.text, self.encoding)

    @property
    def encoding(self) -> str:
        """How the editor counts, as was agreed at the start."""
        return str(getattr(self.workspace.position_encoding, "value", self.workspace.position_encoding) or "utf-16")

    def language(self, buffer: Buffer) -> Language:
        return self.checker.language_in(buffer.folder)

    def check_soon(self, buffer: Buffer, delay: float = 0.0) -> None:
        """Check a window in a moment, unless it changes before."""
        self.buffers[buffer.uri] = buffer
        self.stop(buffer.uri)
        self._tasks[buffer.uri] = asyncio.get_running_loop().create_task(self._check_later(buffer, delay))

    def delay(self, uri: str) -> float:
        return min(max(DELAY, self._took.get(uri, 0.0)), LONGEST_DELAY)

    def stop(self, uri: str) -> None:
        task = self._tasks.pop(uri, None)
        if task:
            task.cancel()

    def close(self, uri: str) -> None:
        self.stop(uri)
        for kept in (self.buffers, self._checks, self._took):
            kept.pop(uri, None)
        self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, []))

    async def checked(self, buffer: Buffer) -> Checked:
        """What is wrong in a window as it is now; nothing when it has changed since it was asked."""
        if not self._holds(buffer):
            return Checked(buffer)
        known = self._checks.get(buffer.uri)
        if known is None or known[0] is not buffer:
            known = self._checks[buffer.uri] = buffer, asyncio.create_task(self._check(buffer))
        # Several may wait for one check, and it goes on when one of them is cancelled.
        return await asyncio.shield(known[1])

    async def _check(self, buffer: Buffer) -> Checked:
        started = time.monotonic()
        made = await asyncio.to_thread(self.checker.check, buffer, lambda: self._holds(buffer))
        if self._holds(buffer):
            self._took[buffer.uri] = time.monotonic() - started
        return made

    def _holds(self, buffer: Buffer) -> bool:
        """Whether a window is still as it was."""
        return self.buffers.get(buffer.uri) is buffer

    async def _check_later(self, buffer: Buffer, delay: float) -> None:
        try:
            await asyncio.sleep(delay)
            checked = await self.checked(buffer)
            shown = await asyncio.to_thread(self._shown, checked)
        except Exception as error:
            complain(error, "diagnostics")
            return
        if self._holds(buffer):
            self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(buffer.uri, shown, buffer.version))

    def _shown(self, checked: Checked) -> list[types.Diagnostic]:
        buffer = checked.buffer
        rules = self.checker.rules(buffer.folder)
        return findings.diagnostics(checked, self.places(buffer), rules, self.language(buffer))

    def check_all(self) -> None:
        """Check every window anew, with configuration and rules as they are now."""
        self.checker.forget()
        for buffer in list(self.buffers.values()):
            self.check_soon(replace(buffer))  # another one, for which no check that runs already counts

    def check_all_for(self, paths: Iterable[str]) -> None:
        """Check every window anew for changed files, once: both the window that saves a file and the watcher tell of it."""
        stamps = {path: _stamp(path) for path in paths}
        if not stamps.items() <= self._stamps.items():
            self._stamps |= stamps
            self.check_all()


def _stamp(path: str) -> tuple[int, int] | None:
    """What tells whether a file has changed; None for one that is not there."""
    try:
        state = Path(path).stat()
    except OSError:
        return None
    return state.st_mtime_ns, state.st_size


def complain(error: Exception, where: str) -> None:
    """One line about a bug, without the text that an exception may quote."""
    print(f"webcare-lint: {type(error).__name__} in {where}", file=sys.stderr)
