"""Many clients at once against ``webcare-lint serve``, and against a real LanguageTool beside it.

    python benchmarks/serve_load.py --clients 64 --seconds 60 --languagetool-url http://127.0.0.1:8010

Starts the server itself, on loopback. Each client keeps its connection and sends one reply after the other, as fast as answers
come. Prints errors, p50 and p99 per reply, replies per second and the server's memory at the start, halfway and at the end.
The exit status is 1 when a single request went wrong.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import json
import os
import re
import statistics
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode, urlsplit

ROOT = Path(__file__).parent.parent
TEXTS = ROOT / "training/corpus/dev/echt.jsonl"
PATIENCE = 60.0
"""Seconds after which an answer counts as an error."""


@dataclass
class Outcome:
    """What came of one server."""

    seconds: float = 0.0
    times: list[float] = field(default_factory=list)
    errors: Counter[str] = field(default_factory=Counter)
    matches: int = 0
    memory: list[int] = field(default_factory=list)

    def row(self, name: str) -> str:
        cuts = statistics.quantiles(self.times, n=100) if len(self.times) > 1 else [0.0] * 99
        memory = " → ".join(f"{kib / 1024:.0f}" for kib in self.memory) or "–"
        return (
            f"{name:<14} {len(self.times):>8} {sum(self.errors.values()):>7} {cuts[49] * 1000:>9.0f} {cuts[98] * 1000:>9.0f}"
            f" {len(self.times) / self.seconds:>10.1f} {self.matches / max(1, len(self.times)):>9.2f}   {memory}"
        )


HEADER = f"{'':<14} {'replies':>8} {'errors':>7} {'p50 (ms)':>9} {'p99 (ms)':>9} {'replies/s':>10} {'found':>9}   memory (MB)"


class Connection:
    """One kept connection of HTTP/1.1, no more than this needs."""

    def __init__(self, base: str) -> None:
        parts = urlsplit(base)
        self.host, self.port = parts.hostname or "127.0.0.1", parts.port or 80
        self.path = parts.path.rstrip("/").removesuffix("/v2") + "/v2/check"
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def check(self, text: str) -> int:
        """Send one reply; answers with how many things were found.

        Raises:
            OSError, ValueError, EOFError: for anything but a right answer.
        """
        if self._streams is None:
            self._streams = await asyncio.open_connection(self.host, self.port)
        reader, writer = self._streams
        body = urlencode({"text": text, "language": "nl"}).encode()
        head = (
            f"POST {self.path} HTTP/1.1\r\nHost: {self.host}:{self.port}\r\nContent-Length: {len(body)}\r\n"
            "Content-Type: application/x-www-form-urlencoded\r\n\r\n"
        )
        writer.write(head.encode() + body)
        await writer.drain()
        status, answer = await self._answer(reader)
        if status != 200:
            raise ValueError(f"status {status}")
        return len(json.loads(answer)["matches"])

    async def _answer(self, reader: asyncio.StreamReader) -> tuple[int, bytes]:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        status = int(head.split(" ", 2)[1])
        length = re.search(r"^content-length:\s*(\d+)", head, re.IGNORECASE | re.MULTILINE)
        if length:
            return status, await reader.readexactly(int(length.group(1)))
        parts = []
        while size := int((await reader.readline()).split(b";")[0], 16):
            parts.append(await reader.readexactly(size))
            await reader.readexactly(2)
        await reader.readline()
        return status, b"".join(parts)

    def close(self) -> None:
        if self._streams:
            self._streams[1].close()
        self._streams = None


async def load(base: str, texts: Sequence[str], clients: int, seconds: float, pid: int | None) -> Outcome:
    """Put a server under load."""
    outcome = Outcome()
    warm = Connection(base)
    for text in texts[:5]:
        await asyncio.wait_for(warm.check(text), PATIENCE)
    warm.close()
    waiting = itertools.cycle(texts)
    started = time.perf_counter()
    outcome.memory += _memory(pid)

    async def client() -> None:
        connection = Connection(base)
        while time.perf_counter() - started < seconds:
            sent = time.perf_counter()
            try:
                found = await asyncio.wait_for(connection.check(next(waiting)), PATIENCE)
                outcome.matches += found
                outcome.times.append(time.perf_counter() - sent)
            except (OSError, ValueError, KeyError, EOFError, asyncio.TimeoutError) as error:
                outcome.errors[f"{type(error).__name__}: {error}"[:80]] += 1
                connection.close()
                await asyncio.sleep(0.05)
        connection.close()

    async def halfway() -> None:
        await asyncio.sleep(seconds / 2)
        outcome.memory += _memory(pid)

    await asyncio.gather(halfway(), *(client() for _ in range(clients)))
    outcome.seconds = time.perf_counter() - started
    outcome.memory += _memory(pid)
    return outcome


def _memory(pid: int | None) -> list[int]:
    """What a process has in memory, in KiB, where the system tells."""
    try:
        status = Path(f"/proc/{pid}/status").read_text() if pid else ""
    except OSError:
        status = ""
    found = re.search(r"^VmRSS:\s+(\d+) kB", status, re.MULTILINE)
    return [int(found.group(1))] if found else []


@contextmanager
def serving() -> Iterator[tuple[str, int]]:
    """A server of our own: its address and process."""
    environment = {**os.environ, "WEBCARE_LINT_TOKEN": "", "WEBCARE_LINT_LANG": "en"}
    process = subprocess.Popen(
        [sys.executable, "-m", "webcare_lint", "serve", "--port", "0"], stderr=subprocess.PIPE, text=True, env=environment
    )
    assert process.stderr
    try:
        line = process.stderr.readline()
        found = re.search(r"http://[\d.]+:\d+", line)
        if not found:
            sys.exit(line.strip() or "the server did not start")
        yield found.group(), process.pid
    finally:
        process.terminate()
        process.wait(10)


def read_texts(path: Path) -> list[str]:
    with path.open(encoding="utf-8") as lines:
        return [text for line in lines if (text := json.loads(line)["reply"]).strip()]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--clients", type=int, default=64)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--texts", type=Path, default=TEXTS, help="a .jsonl file with replies")
    parser.add_argument(
        "--languagetool-url", metavar="URL", help="a running LanguageTool, measured after ours with the same texts"
    )
    options = parser.parse_args()
    if options.languagetool_url and urlsplit(options.languagetool_url).hostname not in ("127.0.0.1", "localhost", "::1"):
        parser.error("only a LanguageTool on this machine is put under load")
    texts = read_texts(options.texts)
    print(f"{options.clients} clients, {options.seconds:g} s, {len(texts)} replies of "
          f"{statistics.mean(map(len, texts)):.0f} characters on average\n\n{HEADER}", flush=True)  # fmt: skip
    outcomes = []
    with serving() as (base, pid):
        outcomes.append(("webcare-lint", asyncio.run(load(base, texts, options.clients, options.seconds, pid))))
    print(outcomes[-1][1].row("webcare-lint"), flush=True)
    if options.languagetool_url:
        other = asyncio.run(load(options.languagetool_url, texts, options.clients, options.seconds, None))
        outcomes.append(("LanguageTool", other))
        print(other.row("LanguageTool"))
    for name, outcome in outcomes:
        for error, count in outcome.errors.most_common(5):
            print(f"  {name}: {count} × {error}")
    return 1 if any(outcome.errors for _, outcome in outcomes) else 0


if __name__ == "__main__":
    sys.exit(main())
