"""The language server: from what the editor asks to functions. It keeps no text beyond the open windows and logs none."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine, Mapping
from functools import wraps
from pathlib import PurePath
from typing import Any, TypeVar

from lsprotocol import types
from pygls.uris import to_fs_path

from webcare_lint.config import NAME, WORDS_FILE
from webcare_lint.errors import Language
from webcare_lint.lsp import actions, findings, hover, rule_files
from webcare_lint.lsp.buffers import Buffer
from webcare_lint.lsp.windows import Server, complain
from webcare_lint.rulebook.single import is_rule_file, lists_for

_CONFIGS = (NAME, "pyproject.toml", WORDS_FILE)
_WATCHED = (f"**/{NAME}", "**/pyproject.toml", "**/*.yaml", "**/*.yml", "**/*.json")
Answer = TypeVar("Answer")


def create(language: Language | None = None) -> Server:
    """A server with all that it can do."""
    # What the library logs has the text of the messages in it; so may an exception in a check that nobody waits for any more.
    for log in (logging.getLogger("pygls"), logging.getLogger("asyncio")):
        log.handlers, log.propagate = [logging.NullHandler()], False
    server = Server(language)
    _greet(server)
    _follow(server)
    _answer(server)
    return server


def _greet(server: Server) -> None:
    """What is agreed at the start, and what the editor then tells of other files."""

    @server.feature(types.INITIALIZE)
    def initialize(params: types.InitializeParams) -> None:
        asked = _option(params.initialization_options, "lang")
        if asked in ("nl", "en"):
            server.checker.language = asked
        files = params.capabilities.workspace and params.capabilities.workspace.did_change_watched_files
        server.can_watch = bool(files and files.dynamic_registration)

    @server.feature(types.INITIALIZED)
    @_safely
    async def initialized(_params: types.InitializedParams) -> None:
        # At the same time: an editor may refuse to watch, or never answer.
        await asyncio.gather(asyncio.to_thread(server.checker.warm), _watch(server))

    @server.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    def changed_elsewhere(params: types.DidChangeWatchedFilesParams) -> None:
        paths = [path for change in params.changes if (path := to_fs_path(change.uri))]
        server.check_all_for(path for path in paths if PurePath(path).name in _CONFIGS or server.checker.goes_by(path))


def _follow(server: Server) -> None:
    """What happens in windows."""

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
            server.check_all_for([buffer.path])

    @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    def closed(params: types.DidCloseTextDocumentParams) -> None:
        server.close(params.text_document.uri)


def _answer(server: Server) -> None:
    """What is asked about a place in a window."""

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


async def _watch(server: Server) -> None:
    """Ask the editor to tell of files that change outside it, where it can."""
    if server.can_watch:
        asked = types.DidChangeWatchedFilesRegistrationOptions([types.FileSystemWatcher(pattern) for pattern in _WATCHED])
        files = types.Registration("rules and configuration", types.WORKSPACE_DID_CHANGE_WATCHED_FILES, asked)
        await server.client_register_capability_async(types.RegistrationParams([files]))


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
            complain(error, work.__name__)
            return None

    return done
