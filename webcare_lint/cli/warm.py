"""``check --server``: a check by a server that runs already on this computer.

Whatever stands in the way (no server, another version, another configuration, an option that writes) is no error: the answer is
then None, and the check runs here. So is every message about what is wrong. Before that is known nothing heavy is imported.
"""

from __future__ import annotations

import io
import os
import sys

from webcare_lint import __version__, config_file, warm

TYPE_CHECKING = False  # the module `typing` takes half as long to import as Python takes to start
if TYPE_CHECKING:
    import _socket

VALUES = frozenset((
    "--text", "--customer", "--channel", "--input-format", "--format", "--select", "--ignore", "--fail-on", "--lang", "--config",
    "--server-url",
))  # fmt: skip
FLAGS = frozenset(("--de-acht", "--no-cache", "--server"))
"""The options of a check that a server can do; any other one is for this process."""
SEEN = ("TERM", "COLORTERM", "NO_COLOR", "FORCE_COLOR", "TTY_COMPATIBLE", "COLUMNS", "WEBCARE_LINT_LANG")
"""The variables of the environment that a report looks at."""
CONNECT, ANSWER = 0.5, 10.0
"""Seconds to wait for a server and for what it finds."""
Options = list[tuple[str, str]]


def check(arguments: list[str]) -> int | None:
    """The exit status of the check that these arguments ask for; None when it is to be done here."""
    read = _read(arguments[1:]) if arguments[:1] == ["check"] else None
    if read is None:
        return None
    options, paths = read
    try:
        given = dict(options)
        config = given.get("--config") or config_file.find(os.getcwd())
        content = _bytes(config) if config else b""
        url = given.get("--server-url") or ("--server" in given and warm.DEFAULT_URL) or _wanted(content, config)
        place = warm.address(url) if url else None
        if not place:
            return None
        parts = dict(_ask(place, warm.identity(__version__, config, content), options, paths))
        shown, notices, status = parts["stdout"], parts["stderr"], int(parts["status"])
    except Exception:  # nothing catches what gets out of here, and the cold start tells what is wrong
        return None
    return _say(shown, notices, status)


def _read(arguments: list[str]) -> tuple[Options, list[str]] | None:
    """Options and paths; None when there is one that only this process knows."""
    options: Options = []
    paths: list[str] = []
    left = iter(arguments)
    for argument in left:
        name, equals, value = argument.partition("=")
        if argument == "--":
            paths += left
        elif not argument.startswith("-") or argument == "-":
            paths.append(argument)
        elif name in VALUES:
            following = value if equals else next(left, None)
            if following is None:
                return None
            options.append((name, following))
        elif argument in FLAGS:
            options.append((argument, ""))
        else:
            return None
    return options, paths


def _wanted(content: bytes, config: str | None) -> str | None:
    """What the configuration says under ``server``, read without a parser for either of its forms; in doubt nothing."""
    toml = bool(config and config.endswith(".toml"))
    inside = not toml
    for line in content.splitlines():
        if toml and line.startswith(b"["):
            inside = line.replace(b" ", b"").startswith(b"[tool.webcare-lint]")
        key, sign, value = line.partition(b"=" if toml else b":")
        if inside and sign and key.strip(b" \"'" if toml else b"\"'") == b"server":
            said = value.partition(b" #")[0].strip().strip(b"\"'").decode("ascii", "replace")
            return warm.DEFAULT_URL if said.lower() in ("true", "yes", "on") else said
    return None


def _parts(options: Options, paths: list[str]) -> list[tuple[str, bytes]]:
    """What the server has to know, and the texts.

    Raises:
        OSError, ValueError: for what it cannot do: a folder, much text, a terminal to type in.
    """
    made = [(name, os.fsencode(value)) for name, value in options]
    if paths.count("-") > 1:
        raise ValueError("what can be read only once")
    if "--text" not in dict(options):
        made += [(f"file {path}", _standard_input() if path == "-" else _bytes(path)) for path in paths or ["-"]]
    elif paths:
        raise ValueError("a text and files")
    made += [(f"env {name}", os.fsencode(os.environ[name])) for name in SEEN if name in os.environ]
    made.append(("cwd", os.fsencode(os.getcwd())))
    if sys.stdout.isatty():
        made.append(("width", str(_width()).encode()))
    if sum(len(value) for _, value in made) > warm.LARGEST:
        raise ValueError("much text")
    return made


def _width() -> int:
    for stream in (0, 1, 2):
        try:
            return os.get_terminal_size(stream).columns
        except OSError:
            pass
    return 80


def _bytes(path: str) -> bytes:
    if not os.path.isfile(path):
        raise ValueError("a folder, or a pipe, which can be read only once")
    with open(path, "rb") as file:
        return file.read(warm.LARGEST + 1)


def _standard_input() -> bytes:
    if sys.stdin is None or sys.stdin.isatty():
        raise ValueError("nobody wants to wait here")
    data = sys.stdin.buffer.read()
    sys.stdin = io.TextIOWrapper(io.BytesIO(data))  # so that it can be read again when it comes to that
    return data


def _ask(place: tuple[str, int], identity: bytes, options: Options, paths: list[str]) -> list[tuple[str, bytes]]:
    # The module `socket` and an HTTP client take as long to import as Python takes to start.
    import _socket

    made = _socket.socket(_socket.AF_INET6 if ":" in place[0] else _socket.AF_INET, _socket.SOCK_STREAM)
    try:
        made.settimeout(CONNECT)
        made.connect(place)
        made.setsockopt(_socket.IPPROTO_TCP, _socket.TCP_NODELAY, 1)
        # Nothing of a draft is sent before the other side has shown to be ours.
        if _exchange(made, b"GET", place, b"") != identity:
            raise ValueError("another version, configuration or program")
        made.settimeout(ANSWER)
        body = warm.pack([("identity", identity), *_parts(options, paths)])
        return warm.unpack(_exchange(made, b"POST", place, body))
    finally:
        made.close()


def _exchange(connection: _socket.socket, method: bytes, place: tuple[str, int], body: bytes) -> bytes:
    """One request and the body of its answer."""
    host = f"[{place[0]}]" if ":" in place[0] else place[0]
    token = os.environ.get("WEBCARE_LINT_TOKEN") if body else None
    lines = [f"{method.decode()} {warm.PATH} HTTP/1.1", f"Host: {host}:{place[1]}", f"Content-Length: {len(body)}"]
    lines += [f"Authorization: Bearer {token}"] if token else []
    connection.sendall("\r\n".join([*lines, "", ""]).encode() + body)
    received = b""
    while b"\r\n\r\n" not in received:
        received += _more(connection.recv(65536))
    head, _, answer = received.partition(b"\r\n\r\n")
    status, *fields = head.lower().split(b"\r\n")
    if b" 200 " not in status:
        raise ValueError(status)
    lengths = [int(field.partition(b":")[2]) for field in fields if field.startswith(b"content-length:")]
    if not lengths:
        raise ValueError("not as we answer")
    while len(answer) < lengths[0]:
        answer += _more(connection.recv(65536))
    return answer


def _more(data: bytes) -> bytes:
    if not data:
        raise ValueError("the server went away")
    return data


def _say(shown: bytes, notices: bytes, status: int) -> int:
    try:
        for stream, said in ((sys.stdout, shown), (sys.stderr, notices)):
            stream.buffer.write(said.replace(b"\n", os.linesep.encode()))
            stream.buffer.flush()
    except BrokenPipeError:  # the reader (head, less) has gone
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return status
