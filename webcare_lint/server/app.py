"""The server: routes to functions. No text is ever logged."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from importlib import resources
from typing import Any

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from webcare_lint import __version__, warm
from webcare_lint.channels import channels
from webcare_lint.server import openapi, protocol
from webcare_lint.server.doorman import Doorman
from webcare_lint.server.protocol import Refused
from webcare_lint.server.service import Server

LARGEST_BODY = 1_000_000
"""Bytes of one request."""
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; connect-src 'self'; form-action 'none'"


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

    async def page(_request: Request) -> Response:
        text = resources.files("webcare_lint").joinpath("server/page.html").read_text("utf-8")
        return HTMLResponse(text, headers={"Content-Security-Policy": _POLICY})

    async def docs(_request: Request) -> Response:
        return HTMLResponse(openapi.page())

    limits = {name: {"limit": channel.limit, "unit": channel.unit} for name, channel in channels().items()}
    routes = [
        Route("/", page), Route("/docs", docs), Route("/openapi.json", _answer(openapi.document())),
        Route("/lint", lint, methods=["POST"]), Route("/channels", _answer(limits)),
        Route(warm.PATH, identity, methods=["GET"]), Route(warm.PATH, command, methods=["POST"]),
    ]  # fmt: skip
    for base in ("/v2", "/api/v2"):
        routes.append(Route(f"{base}/check", check, methods=["GET", "POST"]))
        routes += [Route(f"{base}/{name}", _answer(value), methods=methods) for name, value, methods in _about()]
    return Starlette(routes=routes, middleware=[Middleware(Doorman, guard=server.guard)])


def _answer(value: Any) -> Callable[[Request], Awaitable[Response]]:
    """A route that always answers the same."""

    async def respond(_request: Request) -> Response:
        return PlainTextResponse(value) if isinstance(value, str) else JSONResponse(value)

    return respond


def _about() -> list[tuple[str, Any, list[str]]]:
    """What LanguageTool's clients ask about a server: the route, the answer and the methods."""
    about = {"software": {"name": "webcare-lint", "version": __version__, "buildDate": "", "commit": "", "premium": False}}
    both = ["GET", "POST"]
    return [
        ("languages", protocol.languages(), ["GET"]),
        ("info", about, ["GET"]),
        ("healthcheck", "OK", both),
        ("maxtextlength", str(protocol.MAX_TEXT), both),
        ("configinfo", about | {"parameter": {"maxTextLength": protocol.MAX_TEXT}}, both),
    ]


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
