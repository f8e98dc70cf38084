"""One LanguageTool server per run: a running one by its address, or a local one, started when first needed and always stopped.

``language-tool-python`` downloads LanguageTool but its own start waits for ever on a busy port and retries for minutes when Java
dies, so the server is started here, with a time limit and with the caches that make it twelve times as fast.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPException
from pathlib import Path

from webcare_lint.errors import Text, WebcareLintError, needs_extra

JARS_VARIABLE = "WEBCARE_LINT_LANGUAGETOOL"
"""A folder with LanguageTool's jars, for machines that have them already."""
START_LIMIT = 60.0
"""Seconds that a local server may take to become healthy."""
_SETTINGS = "pipelineCaching=true\nmaxPipelinePoolSize=20\npipelineExpireTimeInSeconds=3600\n"
OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}))
"""Asks a server directly: a proxy from the environment would capture even localhost."""


class LanguageToolError(WebcareLintError):
    """LanguageTool cannot be had, is down, too slow or answers nonsense."""


@contextmanager
def running(url: str | None) -> Iterator[str]:
    """The base address (without ``/v2``) of a healthy server.

    Raises:
        LanguageToolError: when there is none; says what to do.
    """
    if url is not None:
        base = root(url)
        if not _healthy(base, 5.0):
            raise LanguageToolError(
                Text(
                    f"LanguageTool op {base} antwoordt niet; start die server, of laat --languagetool-url weg",
                    f"LanguageTool at {base} does not answer; start that server, or leave out --languagetool-url",
                )
            )
        yield base
        return
    java, jars = _java(), _jars()
    port = _free_port()
    with tempfile.TemporaryDirectory() as folder:
        settings = Path(folder) / "server.properties"
        settings.write_text(_SETTINGS, "utf-8")
        command = [java, "-cp", jars, "org.languagetool.server.HTTPServer", "--port", str(port), "--config", str(settings)]
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            base = f"http://127.0.0.1:{port}"
            _wait(process, base)
            yield base
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def root(url: str) -> str:
    """The base address without ``/v2`` behind it, however it was written."""
    return url.rstrip("/").removesuffix("/v2").rstrip("/")


def _wait(process: subprocess.Popen[bytes], base: str) -> None:
    print("webcare-lint: LanguageTool start …", file=sys.stderr)
    deadline = time.monotonic() + START_LIMIT
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise LanguageToolError(Text(
                f"LanguageTool stopte meteen (status {process.returncode}); is dit Java 17 of nieuwer?",
                f"LanguageTool stopped at once (status {process.returncode}); is this Java 17 or newer?",
            ))  # fmt: skip
        if _healthy(base, 1.0):
            return
        time.sleep(0.2)
    seconds = f"{START_LIMIT:.0f}"
    raise LanguageToolError(
        Text(f"LanguageTool was na {seconds} s nog niet klaar", f"LanguageTool was not ready after {seconds} s")
    )


def _healthy(base: str, timeout: float) -> bool:
    try:
        with OPENER.open(f"{base}/v2/languages", timeout=timeout) as answer:
            return bool(answer.status == 200 and answer.read(1) == b"[")
    except (OSError, HTTPException, ValueError):
        return False


def _java() -> str:
    java = shutil.which("java")
    if java is None:
        raise LanguageToolError(Text(
            "LanguageTool heeft Java nodig (17 of nieuwer); installeer het of wijs een server aan met --languagetool-url",
            "LanguageTool needs Java (17 or newer); install it or name a server with --languagetool-url",
        ))  # fmt: skip
    return java


def _jars() -> str:
    """The class path: jars named by the environment, else those that language-tool-python downloaded (or now downloads)."""
    named = os.environ.get(JARS_VARIABLE)
    if named:
        if not any(Path(named).glob("*.jar")):
            raise LanguageToolError(Text(f"{JARS_VARIABLE}: geen jars in {named}", f"{JARS_VARIABLE}: no jars in {named}"))
        return f"{named}{os.sep}*"
    try:
        from language_tool_python.download_lt import LTP_DOWNLOAD_VERSION, LocalLanguageTool
    except ImportError as error:
        raise LanguageToolError(needs_extra("--languagetool", "languagetool")) from error
    try:
        found = LocalLanguageTool.get_latest_installed_version()
        if found is None:
            print("webcare-lint: LanguageTool downloaden (eenmalig) …", file=sys.stderr)
            found = LocalLanguageTool.from_version_name(LTP_DOWNLOAD_VERSION)
            found.download()
        jar = Path(found.get_jar_path())
    except (Exception, SystemExit) as error:  # it raises requests' errors, its own, and SystemExit for an old Java
        raise LanguageToolError(Text(
            f"LanguageTool is niet te downloaden ({type(error).__name__}); controleer het netwerk of gebruik --languagetool-url",
            f"LanguageTool cannot be downloaded ({type(error).__name__}); try with a network, or with --languagetool-url",
        )) from error  # fmt: skip
    return os.pathsep.join((str(jar), str(jar.parent / "libs" / "*")))


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
