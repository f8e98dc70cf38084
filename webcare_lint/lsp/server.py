"""The language server: what the editor says to functions. It keeps no text beyond the open windows and logs none."""

from __future__ import annotations

import asyncio
import logging
import sys
import time
from collections.abc import Callable, Coroutine, Mapping
from functools import wraps
from pathlib import PurePath
from typing import Any, TypeVar

from lsprotocol import types
from pygls.lsp.server import LanguageServer
from pygls.protocol import LanguageServerProtocol, lsp_method

from webcare_lint import __version__
from webcare_lint.config import NAME
from webcare_lint.errors import Language
from webcare_lint.lsp import actions, findings, hover, rule_files
from webcare_lint.lsp.buffers import Buffer
from webcare_lint.lsp.checker import Checked, Checker
from webcare_lint.lsp.places import Places
from webcare_lint.rulebook.single import is_rule_file, lists_for

DELAY = 0.25
"""Seconds without typing before a text is checked; as long as its last check took, where that is longer."""
LONGEST_DELAY = 5.0
_CONFIGS = (NAME, "pyproject.toml", "words.yaml")
Answer = TypeVar("Answer")


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
        self.buffers: dict[str, Buffer] = {}
        self._checked: dict[str, Checked] = {}
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._took: dict[str, float] = {}

    def report_server_error(self, error: Exception, source: Any) -> None:  # noqa: ARG002 - the library's signature
        """One line without the text that an exception may quote."""
        _complain(error, "lsp")

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
        for kept in (self.buffers, self._checked, self._took):
            kept.pop(uri, None)
        self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, []))

    async def checked(self, buffer: Buffer) -> Checked:
        """What is wrong in a window as it is now."""
        known = self._checked.get(buffer.uri)
        if known is not None and known.buffer is buffer:
            return known
        started = time.monotonic()
        made = await asyncio.to_thread(self.checker.check, buffer)
        if self.buffers.get(buffer.uri) is buffer:
            self._checked[buffer.uri] = made
            self._took[buffer.uri] = time.monotonic() - started
        return made

    async def _check_later(self, buffer: Buffer, delay: float) -> None:
        try:
            await asyncio.sleep(delay)
            checked = await self.checked(buffer)
            shown = await asyncio.to_thread(self._shown, checked)
        except Exception as error:
            _complain(error, "diagnostics")
            return
        if self.buffers.get(buffer.uri) is buffer:
            self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(buffer.uri, shown, buffer.version))

    def _shown(self, checked: Checked) -> list[types.Diagnostic]:
        buffer = checked.buffer
        rules = self.checker.rules(buffer.folder)
        return findings.diagnostics(checked, self.places(buffer), rules, self.language(buffer))

    def check_all(self) -> None:
        """Check every window anew, with configuration and rules as they are now."""
        self.checker.forget()
        self._checked.clear()
        for buffer in list(self.buffers.values()):
            self.check_soon(buffer)


def create(language: Language | None = None) -> Server:
    """A server with all that it can do."""
    # What the library logs has the text of the messages in it.
    log = logging.getLogger("pygls")
    log.handlers, log.propagate = [logging.NullHandler()], False
    server = Server(language)

    @server.feature(types.INITIALIZE)
    def initialize(params: types.InitializeParams) -> None:
        asked = _option(params.initialization_options, "lang")
        if asked in ("nl", "en"):
            server.checker.language = asked

    @server.feature(types.INITIALIZED)
    async def initialized(_params: types.InitializedParams) -> None:
        await asyncio.to_thread(server.checker.warm)

    @server.feature(types.TEXT_DOCUMENT_DID_OPEN)
    def opened(params: types.DidOpenTextDocumentParams) -> None:
        server.check_soon(Buffer.opened(params.text_document))

    @server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    def changed(params: types.DidChangeTextDocumentParams) -> None:
        uri = params.text_document.uri
        if uri in server.buffers:
            buffer = server.buffers[uri].changed(params.content_changes, params.text_document.version, server.encoding)
            server.check_soon(buffer, server.delay(uri))

    @server.feature(types.TEXT_DOCUMENT_DID_SAVE)
    def saved(params: types.DidSaveTextDocumentParams) -> None:
        buffer = server.buffers.get(params.text_document.uri)
        name = PurePath(buffer.path).name if buffer else ""
        if buffer and (name in _CONFIGS or is_rule_file(buffer.text, buffer.path)):
            server.check_all()

    @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    def closed(params: types.DidCloseTextDocumentParams) -> None:
        server.close(params.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_CODE_ACTION, types.CodeActionOptions(code_action_kinds=[types.CodeActionKind.QuickFix]))
    @_safely
    async def code_action(params: types.CodeActionParams) -> list[types.CodeAction] | None:
        buffer = server.buffers.get(params.text_document.uri)
        wanted = params.context.only
        if buffer is None or (wanted and not any(types.CodeActionKind.QuickFix.startswith(kind) for kind in wanted)):
            return None
        checked = await server.checked(buffer)

        def made() -> list[types.CodeAction]:
            rules = server.checker.rules(buffer.folder)
            return actions.actions(checked, params.range, server.places(buffer), rules, server.language(buffer))

        return await asyncio.to_thread(made)

    @server.feature(types.TEXT_DOCUMENT_HOVER)
    @_safely
    async def hovered(params: types.HoverParams) -> types.Hover | None:
        buffer = server.buffers.get(params.text_document.uri)
        if buffer is None:
            return None
        places, language = server.places(buffer), server.language(buffer)
        rules = await asyncio.to_thread(server.checker.rules, buffer.folder)
        if is_rule_file(buffer.text, buffer.path):
            told = rule_files.hover(places, params.position, lists_for(buffer.text, buffer.path, rules), language)
            return _markdown(told) if told else None
        at = places.offset(params.position)
        for found in (await server.checked(buffer)).diagnostics:
            span = findings.shown(found, buffer.text)
            if span.start <= at <= span.end:
                told = hover.explanation(found, rules.rules.get(found.code), language)
                return types.Hover(_markdown(told).contents, places.range(span))
        return None

    @server.feature(types.TEXT_DOCUMENT_COMPLETION, types.CompletionOptions(trigger_characters=["@", "{", ":"]))
    @_safely
    async def completion(params: types.CompletionParams) -> list[types.CompletionItem] | None:
        buffer = server.buffers.get(params.text_document.uri)
        if buffer is None or not is_rule_file(buffer.text, buffer.path):
            return None
        rules = await asyncio.to_thread(server.checker.rules, buffer.folder)
        lists = lists_for(buffer.text, buffer.path, rules)
        return rule_files.complete(server.places(buffer), params.position, lists, server.language(buffer))

    return server


def _markdown(text: str) -> types.Hover:
    return types.Hover(types.MarkupContent(types.MarkupKind.Markdown, text))


def _option(given: Any, name: str) -> Any:
    return given.get(name) if isinstance(given, Mapping) else getattr(given, name, None)


def _safely(work: Callable[[Any], Coroutine[Any, Any, Answer | None]]) -> Callable[[Any], Coroutine[Any, Any, Answer | None]]:
    """Nothing instead of a crash: the library would answer with a traceback, and an editor would log it."""

    @wraps(work)
    async def done(params: Any) -> Answer | None:
        try:
            return await work(params)
        except Exception as error:
            _complain(error, work.__name__)
            return None

    return done


def _complain(error: Exception, where: str) -> None:
    print(f"webcare-lint: {type(error).__name__} in {where}", file=sys.stderr)
