"""The other tools, each optional: one that is not there is passed over, and said so."""

from __future__ import annotations

import json
import shutil
import statistics
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import islice
from pathlib import Path

from inputs import endless, plain
from measure import Run

HERE = Path(__file__).parent
TOOLS = HERE.parent / ".tools"
STYLE = """extends: existence
message: "'%s'"
level: warning
ignorecase: true
tokens:
"""


def vale(folder: Path, counts: list[int]) -> list[Run]:
    """Vale with one existence rule of the plain phrases in our rules."""
    found = shutil.which("vale") or shutil.which(str(Path.home() / "go" / "bin" / "vale"))
    if not found:
        raise FileNotFoundError("vale (go install github.com/errata-ai/vale/v3/cmd/vale@v3.17.0)")
    styles = folder / "styles" / "Webcare"
    styles.mkdir(parents=True, exist_ok=True)
    (styles / "Zinnen.yml").write_text(STYLE + "".join(f"  - {json.dumps(p, ensure_ascii=False)}\n" for p in phrases()), "utf-8")
    (folder / ".vale.ini").write_text(
        "StylesPath = styles\nMinAlertLevel = suggestion\n[*.md]\nBasedOnStyles = Webcare\n", "utf-8"
    )
    return [
        Run(
            f"vale, {count}",
            [found, "--config", folder / ".vale.ini", "--no-exit", plain(folder, count)],
            replies=count,
            rounds=3,
        )
        for count in counts
    ]


def phrases() -> list[str]:
    """The pattern lines of our rules that are nothing but words."""
    from webcare_lint.config import Config
    from webcare_lint.linter import Linter

    rules = Linter(Config()).loaded.all_rules
    lines = (line for rule in rules for line in getattr(rule.rule, "find", []) if isinstance(line, str))
    return sorted({line for line in lines if all(c.isalpha() or c == " " for c in line) and not any(map(str.isupper, line))})


def proselint(folder: Path, counts: list[int]) -> list[Run]:
    found = shutil.which("proselint") or shutil.which(str(Path(sys.executable).with_name("proselint")))
    if not found:
        raise FileNotFoundError("proselint (pip install proselint)")
    return [Run(f"proselint, {count}", [found, "check", plain(folder, count)], replies=count, rounds=3) for count in counts]


def textlint(folder: Path, counts: list[int]) -> list[Run]:
    found = TOOLS / "textlint" / "node_modules" / ".bin" / "textlint"
    if not found.exists():
        raise FileNotFoundError("textlint (npm install --prefix .tools/textlint textlint textlint-rule-terminology)")
    options = ["--no-textlintrc", "--rule", "terminology"]
    return [Run(f"textlint, {count}", [found, *options, plain(folder, count)], replies=count, rounds=3) for count in counts]


def spacy(folder: Path, counts: list[int]) -> list[Run]:
    """Our own pipeline over every reply, in one process."""
    code = (
        "import sys, webcare_lint\nfrom webcare_lint.nl import pipeline\nnlp = pipeline.load(None)\n"
        "texts = open(sys.argv[1], encoding='utf-8').read().split('\\n\\n')\nfor doc in nlp.pipe(texts, batch_size=128): pass"
    )
    return [Run(f"spaCy, {n}", [sys.executable, "-c", code, plain(folder, n)], replies=n, rounds=3) for n in counts]


@contextmanager
def languagetool(folder: Path) -> Iterator[str]:
    """The real server, with its pipelines kept warm; its address."""
    libs = TOOLS / "languagetool" / "libs"
    if not libs.is_dir() or not shutil.which("java"):
        raise FileNotFoundError("LanguageTool (.tools/languagetool/libs, see docs/languagetool.md) or Java")
    settings = folder / "server.properties"
    settings.write_text("pipelineCaching=true\nmaxPipelinePoolSize=50\npipelineExpireTimeInSeconds=3600\n")
    command = ["java", "-cp", f"{libs}/*", "org.languagetool.server.HTTPServer", "--port", "8289", "--config", str(settings)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(120):
            time.sleep(0.5)
            with suppress(OSError):
                post("http://localhost:8289/v2/check", {"language": "nl", "text": "Dat is een mooie dag."})
                break
        yield "http://localhost:8289"
    finally:
        process.terminate()
        process.wait(20)


def languagetool_run(base: str, count: int) -> Run:
    """``count`` replies over two connections."""
    from concurrent.futures import ThreadPoolExecutor

    texts = [record["reply"] for record in islice(endless(), count)]

    def work() -> float:
        started = time.perf_counter()
        with ThreadPoolExecutor(2) as pool:
            list(pool.map(lambda text: post(f"{base}/v2/check", {"language": "nl", "text": text}), texts))
        return time.perf_counter() - started

    return Run(f"LanguageTool, {count}", work=work, replies=count, rounds=2)


def latency(name: str, url: str, *, ours: bool) -> Run:
    """The median of 100 replies of some 200 characters, one after the other."""
    texts = [r["reply"] for r in islice((r for r in endless() if 180 <= len(r["reply"]) <= 220), 100)]

    def work() -> float:
        each = []
        for text in texts:
            started = time.perf_counter()
            if ours:
                post(url, json.dumps({"reply": text}).encode(), "application/json")
            else:
                post(url, {"language": "nl", "text": text})
            each.append(time.perf_counter() - started)
        return statistics.median(each)

    return Run(name, work=work, rounds=3)


def post(url: str, body: bytes | dict[str, str], kind: str = "application/x-www-form-urlencoded") -> bytes:
    data = body if isinstance(body, bytes) else urllib.parse.urlencode(body).encode()
    request = urllib.request.Request(url, data, {"Content-Type": kind})
    with urllib.request.urlopen(request, timeout=60) as answer:
        return bytes(answer.read())
