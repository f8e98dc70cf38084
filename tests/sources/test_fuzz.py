"""Damaged files: a reader answers with replies or with ``SourceError``, whatever it gets, and places stay inside the file."""

from __future__ import annotations

import contextlib
from pathlib import Path
from random import Random

import pytest

from webcare_lint.errors import SourceError
from webcare_lint.sources import EXTENSIONS, INPUT_FORMATS, read_document
from webcare_lint.text import Span

FILES = sorted((Path(__file__).parent / "data").iterdir())
PIECES = [
    b"", b"\n", b"\r", b"\t", b'""', b";;;", b"\\u", b"\\ud800", b"&#x110000;", b"&#99999999;", b"- ", b": ", b"&a ", b"&a [*a]",
    b"<<: *a", b"!!int x", b"!!binary x", b"|9\n", b"---\n", b"...\n", b"\xff", b"\xef\xbb\xbf", b"\xe2\x80\xa8", b"\xc2\x85",
    b"null", b"2024-99-99", b"1e999", b"9" * 5000, b"[" * 150, b"- " * 150, b"## ", b"> ", b"<!--", b"<br", b"sep=,\n",
    b'"actions": [{"field": 1, "value": [[]]}]', b'"messages": [1]', *(bytes([char]) for char in b"\"'{}[]<>&\\*?|#"),
]  # fmt: skip


def damaged(data: bytes, random: Random) -> bytes:
    for _ in range(random.randint(1, 4)):
        a = random.randint(0, len(data))
        b = min(len(data), a + random.choice((0, 0, 1, 3, 20)))
        data = data[:a] + random.choice(PIECES) + data[b:]
    return data


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_damaged_files_are_read_or_refused(path: Path) -> None:
    random = Random(path.name)
    original = path.read_bytes()
    for _ in range(300):
        data = damaged(original, random)
        form = random.choice((None, None, *INPUT_FORMATS))
        name = random.choice((path.name, "a" + random.choice(list(EXTENSIONS)), "-"))
        with contextlib.suppress(SourceError):
            document = read_document(data, name, form)
            for reply in document.replies:
                place = reply.source.to_source(Span(0, len(reply.text)))
                assert 0 <= place.start <= place.end <= len(document.text)
                assert reply.source.text == reply.text


DOUBLED = "a0: &a0 [x, x]\n" + "".join(f"a{i}: &a{i} [*a{i - 1}, *a{i - 1}]\n" for i in range(1, 40))
"""Each list is twice the one above it; the last has more items than there is memory."""


@pytest.mark.parametrize(
    ("name", "text", "replies"),
    [
        ("a.yaml", "data: &a {data: *a}\n", []),
        ("a.yaml", "data: &a {x: {y: 1}, items: *a}\n", []),
        ("a.yaml", "- &a {reply: hoi, x: *a} # webcare-lint: negeer 4\n", ["hoi"]),
        ("a.yaml", "# webcare-lint: negeer 4\n" + DOUBLED + "r: {reply: hoi, id: *a39, channel: *a39}\n", ["hoi"]),
        ("a.yaml", DOUBLED + "? *a39\n: hoi\n", ["hoi"]),
        ("a.md", "---\n" + DOUBLED + "channel: *a39\n---\nhoi\n", ["hoi"]),
    ],
)
def test_aliases_are_followed_once(name: str, text: str, replies: list[str]) -> None:
    assert [reply.text for reply in read_document(text.encode(), name).replies] == replies


def test_front_matter_cannot_contain_itself() -> None:
    with pytest.raises(SourceError) as caught:
        read_document(b"---\na: &a [*a]\n---\nhoi\n", "a.md")
    assert (caught.value.line, caught.value.column) == (2, 4)


@pytest.mark.parametrize(
    "text", ["[" * 50_000, '{"a":' * 50_000, "- " * 50_000, "&a [*a]", "a: &a {<<: *a, reply: x}", "- &a\n  - *a\n"]
)
def test_what_is_nested_without_end(text: str) -> None:
    for name in ("a.json", "a.jsonl", "a.yaml"):
        with contextlib.suppress(SourceError):
            read_document(text.encode(), name)
