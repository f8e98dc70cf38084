"""What stands around every request: which host and pages are let in, how long it may take, and errors as one line of text."""

from __future__ import annotations

import sys
from typing import Any

import anyio
from starlette.requests import ClientDisconnect
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from webcare_lint.server.guard import Guard
from webcare_lint.server.protocol import Refused

TIME_LIMIT = 20.0
"""Seconds that a request may wait for its turn, and for what it asks of others. A check that has begun is finished, as a thread
cannot be stopped: how long that takes is bounded by the length of a text and the time of a regular expression."""


class Doorman:
    """Around every request: the host is ours, CORS headers also on errors, a limit to waiting, and errors as one line of text."""

    def __init__(self, app: ASGIApp, guard: Guard) -> None:
        self.app, self.guard = app, guard

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = {key.decode("latin-1"): value.decode("latin-1") for key, value in scope["headers"]}
        extra = self.guard.cors(headers.get("origin"), headers)
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

        if not self.guard.knows_host(headers.get("host", "")):
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
