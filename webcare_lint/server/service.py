"""What the server does with what it is sent, one text at a time: a linter behind HTTP, without the HTTP."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import cached_property, partial
from threading import Thread
from typing import Any, Protocol, TypeVar

import anyio
from anyio import to_thread
from msgspec import Struct, field

from webcare_lint.channels import find_channel, length
from webcare_lint.languagetool.server import root
from webcare_lint.linter import TRIAL, Linter
from webcare_lint.model import Message, Reply
from webcare_lint.output.json_output import to_dict
from webcare_lint.server import protocol, upstream
from webcare_lint.server.guard import Guard
from webcare_lint.server.protocol import Refused
from webcare_lint.text import whole

UPSTREAM_LIMIT = 12.0
"""Seconds to wait for the LanguageTool server behind ours."""
T = TypeVar("T")


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
        self.linter.check_text(TRIAL, channel="x",
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
            self._complain(upstream.UpstreamError(f"{root(base)}: timed out"))
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
        for name, value in (("customer", customer), ("channel", channel)):
            if value is not None and not isinstance(value, str):
                raise Refused(400, f"Error: {name!r} is no text")
        text, customer, channel = whole(text), customer and whole(customer), channel and whole(channel)
        history = _history(sent.get("conversation") or [])
        for name, value in (("reply", text), ("customer", customer), *(("conversation", said.text) for said in history)):
            if value and len(value) > protocol.MAX_TEXT:
                raise Refused(413, f"Error: {name!r} exceeds the limit of {protocol.MAX_TEXT} characters")
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
