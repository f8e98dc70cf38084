"""One text at a time, and nobody waits longer than the limit: who would is turned away before the work is done."""

from __future__ import annotations

import asyncio
import socket
import time
from collections import Counter
from typing import Any

import httpx
import pytest

from webcare_lint.config import Config
from webcare_lint.linter import Linter
from webcare_lint.model import Report
from webcare_lint.server import app, doorman
from webcare_lint.server.service import Server

DRAFT = {"language": "nl", "text": "Bel ons even op 0900-1234."}


class Slow(Linter):
    """One that takes its time and knows how often it was asked, and by how many at once."""

    asked = busy = most = 0

    def check_text(self, *given: Any, **named: Any) -> Report:
        self.asked += 1
        self.busy += 1
        self.most = max(self.most, self.busy)
        time.sleep(0.3)
        self.busy -= 1
        return super().check_text(*given, **named)


async def sent(server: Server, times: int, path: str = "/v2/check") -> list[httpx.Response]:
    transport = httpx.ASGITransport(app.create_app(server))
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
        if path == "/lint":
            return await asyncio.gather(*(client.post(path, json={"reply": DRAFT["text"]}) for _ in range(times)))
        return await asyncio.gather(*(client.post(path, data=DRAFT) for _ in range(times)))


@pytest.mark.parametrize("path", ["/v2/check", "/lint"])
def test_who_waits_too_long_is_turned_away_undone(monkeypatch: pytest.MonkeyPatch, path: str) -> None:
    linter = Slow(Config(cache=False, select=["WC201"]))
    Linter.check_text(linter, DRAFT["text"])
    monkeypatch.setattr(doorman, "TIME_LIMIT", 1.0)
    statuses = Counter(answer.status_code for answer in asyncio.run(sent(Server(linter), 12, path)))
    assert set(statuses) == {200, 503}
    assert linter.most == 1
    assert linter.asked <= 5  # and not all twelve, whose answers would be thrown away


def test_an_upstream_that_hangs_never_takes_ours_away(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(doorman, "TIME_LIMIT", 3.0)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        server = Server(Linter(Config(cache=False, select=["WC201"])), upstream=f"http://127.0.0.1:{silent.getsockname()[1]}")
        server.linter.check_text(DRAFT["text"])
        started = time.monotonic()
        (answer,) = asyncio.run(sent(server, 1))
        assert time.monotonic() - started < 6
    assert answer.status_code == 200
    assert answer.json()["warnings"]["incompleteResults"] is True
    assert [found["rule"]["id"] for found in answer.json()["matches"]] == ["WC201_BEL_ONS"]
    assert capsys.readouterr().err.count("\n") == 1
