"""The server: routes to functions. Rules and model are loaded once and stay warm; no text is ever logged."""

from __future__ import annotations

import json
import sys
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from functools import cached_property, partial
from importlib import resources
from threading import Thread
from typing import Any, Protocol, TypeVar

import anyio
from anyio import to_thread
from msgspec import Struct, field
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from webcare_lint import __version__, warm
from webcare_lint.channels import channels, find_channel, length
from webcare_lint.linter import Linter
from webcare_lint.model import Message, Reply
from webcare_lint.output.json_output import to_dict
from webcare_lint.server import openapi, protocol, upstream
from webcare_lint.server.guard import Guard
from webcare_lint.server.protocol import Refused
from webcare_lint.text import whole

LARGEST_BODY = 1_000_000
"""Bytes of one request."""
TIME_LIMIT = 20.0
"""Seconds that a request may wait for its turn, and for what it asks of others. A check that has begun is finished, as a thread
cannot be stopped: how long that takes is bounded by the length of a text and the time of a regular expression."""
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; connect-src 'self'; form-action 'none'"
T = TypeVar("T")
UPSTREAM_LIMIT = 12.0
"""Seconds to wait for the LanguageTool server behind ours."""


class Answers(Protocol):
    """What a check of the command is answered with (``warm.py``), and who answers."""

    identity: bytes

    def __call__(self, body: bytes) -> bytes: ...


class Server(Struct, dict=True):
    """A linter behind HTTP. ``upstream`` is the base URL of a LanguageTool server to merge with, ``answers`` the command's."""

    linter: Linter
    guard: Guard = field(default_factory=Guard)
    upstream: str | None = None
    answers: Answers | None = None
    _complained: bool = False

    def warm(self) -> None:
        """Load rules and model before the first request, so that nobody waits for them."""
        if self.upstream:
            # A fresh LanguageTool takes ten seconds over its first Dutch text; meanwhile ours are there.
            Thread(target=self._warm_upstream, args=(self.upstream,), daemon=True).start()
        _ = self.linter.loaded.eight
        self.linter.check_text("Bel ons even, dan kijken we samen wat er aan de hand is.", channel="x",
                               customer="Waar blijft mijn pakket? Ik heb al drie keer gebeld.")  # fmt: skip

    @staticmethod
    def _warm_upstream(base: str) -> None:
        with suppress(upstream.UpstreamError):
            upstream.findings(base, {"language": "nl", "text": "Dat is een mooie dag."}, 60.0)

    @cached_property
    def _turn(self) -> anyio.CapacityLimiter:
        # One text at a time: a check takes milliseconds, and the pipeline was not made for several threads.
        return anyio.CapacityLimiter(1)

    async def in_turn(self, work: Callable[[], T]) -> T:
        """Do work with the linter in a thread, one at a time; who waits too long for it is turned away undone."""
        return await to_thread.run_sync(work, limiter=self._turn)

    async def languagetool(self, given: Mapping[str, str]) -> dict[str, Any]:
        """The answer to ``/v2/check``."""
        request = protocol.check_request(given)
        matches: list[dict[str, Any]] = []
        if request.dutch and not request.text_level_only and request.text.strip():
            matches += await self.in_turn(partial(self._matches, request, given.get("channel") or "lt"))
        others = await self._behind(self.upstream, given) if self.upstream else []
        return protocol.response(matches + (others or []), request, incomplete=others is None)

    def _matches(self, request: protocol.CheckRequest, channel: str) -> list[dict[str, Any]]:
        spoken, matches = self.linter.config.lang, []
        for found in self.linter.check_text(request.text, channel=channel).diagnostics:
            ident, category = protocol.rule_id(found.code, found.name), protocol.category(found.commandment, spoken)[0]
            if (found.level != "advice" or request.picky) and request.wants(ident, category):
                matches.append(protocol.match(found, request, spoken))
        return matches

    async def _behind(self, base: str, given: Mapping[str, str]) -> list[dict[str, Any]] | None:
        """What the LanguageTool server behind ours found; None where it fails in the time that is left."""
        left = anyio.current_effective_deadline() - anyio.current_time() - 1.0
        limit = max(0.0, min(UPSTREAM_LIMIT, left))
        try:
            with anyio.fail_after(limit):
                return await to_thread.run_sync(upstream.findings, base, given, limit, abandon_on_cancel=True)
        except TimeoutError:
            self._complain(upstream.UpstreamError(f"{upstream.root(base)}: timed out"))
        except upstream.UpstreamError as error:
            self._complain(error)
        return None

    def _complain(self, error: Exception) -> None:
        if not self._complained:  # once: a server that is down would fill the terminal
            self._complained = True
            print(f"webcare-lint: LanguageTool {error}", file=sys.stderr)

    def lint(self, sent: Mapping[str, Any]) -> dict[str, Any]:
        """The answer to ``/lint``: the JSON report over one draft, with the length that its channel counts."""
        text, customer, channel = sent.get("reply"), sent.get("customer"), sent.get("channel")
        if not isinstance(text, str):
            raise Refused(400, "Error: 'reply' is missing or no text")
        if len(text) > protocol.MAX_TEXT:
            raise Refused(413, f"Error: 'reply' exceeds the limit of {protocol.MAX_TEXT} characters")
        for name, value in (("customer", customer), ("channel", channel)):
            if value is not None and not isinstance(value, str):
                raise Refused(400, f"Error: {name!r} is no text")
        text, customer, channel = whole(text), customer and whole(customer), channel and whole(channel)
        history = _history(sent.get("conversation") or [])
        report = self.linter.check_text(text, channel, customer, history)
        answer = to_dict(report, self.linter.config.lang)
        for shown, found in zip(answer["diagnostics"], report.diagnostics, strict=True):
            shown["why"] = found.why
        eight = self.linter.loaded.eight.reached(Reply(text, customer=customer))
        return answer | {"de_acht": eight, "length": self._length(text, channel or self.linter.config.channel)}

    def _length(self, text: str, name: str) -> dict[str, Any]:
        counting = self.linter.config.counting
        channel = find_channel(name, counting)
        if channel is None:
            return {"channel": name, "count": len(text), "limit": None, "unit": "characters"}
        return {"channel": channel.name, "count": length(text, channel, counting), "limit": channel.limit, "unit": channel.unit}


def _history(raw: Any) -> tuple[Message, ...]:
    made = []
    for message in raw if isinstance(raw, list) else [None]:
        author = message.get("author") if isinstance(message, dict) else None
        text = message.get("text") if isinstance(message, dict) else None
        if author not in ("customer", "organisation") or not isinstance(text, str):
            raise Refused(400, "Error: 'conversation' is a list of {author: customer|organisation, text}")
        made.append(Message(author, text))
    return tuple(made)


def create_app(server: Server) -> Starlette:
    """The ASGI application."""

    async def check(request: Request) -> Response:
        given = await _parameters(request)
        _admit(server, request, given)
        return JSONResponse(await server.languagetool(given))

    async def lint(request: Request) -> Response:
        body = await _body(request)
        _admit(server, request, dict(request.query_params))
        try:
            sent = json.loads(body)
        except (ValueError, RecursionError) as error:
            raise Refused(400, "Error: the body is no valid JSON") from error
        if not isinstance(sent, dict):
            raise Refused(400, "Error: the body is no JSON object")
        return JSONResponse(await server.in_turn(partial(server.lint, sent)))

    async def identity(_request: Request) -> Response:
        return PlainTextResponse(server.answers.identity if server.answers else b"")

    async def command(request: Request) -> Response:
        body = await _body(request)
        _admit(server, request, {})
        if server.answers is None:
            raise Refused(404, "Error: not here")
        return Response(await server.in_turn(partial(server.answers, body)), media_type="application/octet-stream")

    def answer(value: Any) -> Callable[[Request], Awaitable[Response]]:
        async def respond(_request: Request) -> Response:
            return PlainTextResponse(value) if isinstance(value, str) else JSONResponse(value)

        return respond

    async def page(_request: Request) -> Response:
        text = resources.files("webcare_lint").joinpath("server/page.html").read_text("utf-8")
        return HTMLResponse(text, headers={"Content-Security-Policy": _POLICY})

    async def docs(_request: Request) -> Response:
        return HTMLResponse(openapi.page())

    about = {
        "software": {"name": "webcare-lint", "version": __version__, "buildDate": "", "commit": "", "premium": False},
    }
    limits = {name: {"limit": channel.limit, "unit": channel.unit} for name, channel in channels().items()}
    routes = [
        Route("/", page), Route("/docs", docs), Route("/openapi.json", answer(openapi.document())),
        Route("/lint", lint, methods=["POST"]), Route("/channels", answer(limits)),
        Route(warm.PATH, identity, methods=["GET"]), Route(warm.PATH, command, methods=["POST"]),
    ]  # fmt: skip
    for base in ("/v2", "/api/v2"):
        routes += [
            Route(f"{base}/check", check, methods=["GET", "POST"]),
            Route(f"{base}/languages", answer(protocol.languages())),
            Route(f"{base}/info", answer(about)),
            Route(f"{base}/healthcheck", answer("OK"), methods=["GET", "POST"]),
            Route(f"{base}/maxtextlength", answer(str(protocol.MAX_TEXT)), methods=["GET", "POST"]),
            Route(f"{base}/configinfo", answer(about | {"parameter": {"maxTextLength": protocol.MAX_TEXT}}),
                  methods=["GET", "POST"]),
        ]  # fmt: skip
    return Starlette(routes=routes, middleware=[Middleware(_Doorman, server=server)])


async def _body(request: Request) -> bytes:
    parts, size = [], 0
    async for part in request.stream():
        size += len(part)
        if size > LARGEST_BODY:
            raise Refused(413, f"Error: the request exceeds the limit of {LARGEST_BODY} bytes")
        parts.append(part)
    return b"".join(parts)


async def _parameters(request: Request) -> dict[str, str]:
    return protocol.parameters(request.url.query, await _body(request) if request.method == "POST" else b"")


def _admit(server: Server, request: Request, given: Mapping[str, str]) -> None:
    if not server.guard.admits(request.headers.get("authorization"), given):
        raise Refused(401, "Error: a token is needed (Authorization: Bearer …, or apiKey)")


class _Doorman:
    """Around every request: the host is ours, CORS headers also on errors, a limit to waiting, and errors as one line of text."""

    def __init__(self, app: ASGIApp, server: Server) -> None:
        self.app, self.server = app, server

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = {key.decode("latin-1"): value.decode("latin-1") for key, value in scope["headers"]}
        extra = self.server.guard.cors(headers.get("origin"), headers)
        started = False

        async def tell(message: Any) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                message["headers"] = [*message["headers"], *((k.lower().encode(), v.encode()) for k, v in extra.items())]
            await send(message)

        async def refuse(status: int, message: str) -> None:
            if not started:
                await PlainTextResponse(message, status)(scope, receive, tell)

        if not self.server.guard.knows_host(headers.get("host", "")):
            await refuse(421, "Error: this server does not answer to that host name")
            return
        if scope["method"] == "OPTIONS":
            await Response(status_code=204)(scope, receive, tell)
            return
        try:
            with anyio.fail_after(TIME_LIMIT):
                await self.app(scope, receive, tell)
        except Refused as error:
            await refuse(error.status, error.message)
        except TimeoutError:
            await refuse(503, "Error: this took too long")
        except ClientDisconnect:
            return
        except Exception as error:  # the text must not reach a log through a traceback
            print(f"webcare-lint: {type(error).__name__} in {scope['path']}", file=sys.stderr)
            await refuse(500, "Error: something went wrong")
