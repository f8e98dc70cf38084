"""A large file in parts: the same replies, places, findings, failures and order as when it is read at once, in little memory."""

from __future__ import annotations

import csv
import io
import json
import pickle
import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from webcare_lint import files, findings, sources
from webcare_lint import run as run_module
from webcare_lint.config import Config
from webcare_lint.errors import SourceError
from webcare_lint.findings import Findings, Tally, kept
from webcare_lint.linter import Linter
from webcare_lint.model import Diagnostic, Document, Report
from webcare_lint.output import render
from webcare_lint.output.json_output import to_dict
from webcare_lint.sources import read_document, read_parts
from webcare_lint.text import LineIndex, Position, Span

SIZE = 200
"""Bytes of a part here: a record or two."""
RECORDS: list[dict[str, Any]] = [
    {"id": "a", "reply": "Bel ons even op 0900-1234.", "customer": "Waar blijft mijn pakket?"},
    {"reply": "Goedemiddag.", "customer": "Waar blijft mijn pakket? 😡"},
    {"id": "c", "reply": "Wat vervelend! Heel vervelend,\nSanne…", "customer": "😡", "channel": "facebook"},
    {"id": "d", "reply": "Bel ons even.", "customer": "Hé?", "ignore": "WC201 – mag"},
    {"id": "e", "reply": "Graag gedaan.", "customer": "Fijn", "ignore": "WC401"},
    {"id": "f", "reply": "Call us.", "customer": "Hi", "lang": "en"},
    {"id": "g", "reply": "Bel even \\ \"ons\" <b>nu</b> &amp; straks", "customer": "Help"},
    {"id": "h", "customer": "Zonder antwoord"},
]  # fmt: skip
TALK = {
    "id": "t", "messages": [
        {"author": "customer", "text": "Storing?"}, {"author": "organisation", "text": "Wat vervelend! Bel ons even."},
        {"author": "customer", "text": "Nee."}, {"author": "organisation", "text": "Wat vervelend! Bel ons even."},
        {"author": "customer", "text": "Hallo?"},
    ],
}  # fmt: skip


def jsonl(records: list[Any], line_end: str = "\n") -> bytes:
    lines = (record if isinstance(record, str) else json.dumps(record, ensure_ascii=False) for record in records)
    return "".join(line + line_end for line in lines).encode()


def table(records: list[dict[str, Any]], separator: str = ";", line_end: str = "\r\n") -> bytes:
    names = ["id", "reply", "customer", "channel", "ignore", "lang"]
    made = io.StringIO()
    writer = csv.DictWriter(made, names, delimiter=separator, lineterminator=line_end)
    writer.writeheader()
    writer.writerows(records)
    return made.getvalue().encode()


LOTS = [*RECORDS, TALK] * 5
FILES = {
    "a.jsonl": jsonl(LOTS),
    "crlf.jsonl": b"\xef\xbb\xbf" + jsonl([*LOTS[:20], "{kapot", "", '["geen record"]', *LOTS], "\r\n"),
    "open.jsonl": jsonl(LOTS).rstrip(b"\n"),
    "a.csv": table(RECORDS * 5),
    "tabs.tsv": table(RECORDS * 5, "\t", "\n")
    + b"x\tte\tveel\t\t\t\tcellen\n\n"
    + table(RECORDS * 3, "\t", "\n").partition(b"\n")[2],
    "sep.csv": b"sep=|\n" + table(RECORDS * 5, "|", "\n"),
}


def in_parts(data: bytes, path: str, size: int = SIZE) -> list[Document]:
    return list(read_parts(io.BytesIO(data), path, size=size))


def facts(documents: list[Document]) -> tuple[Any, ...]:
    """What is in documents, with all places in the file."""
    replies = []
    for document in documents:
        index = LineIndex(document.text, document.begins)
        for reply in document.replies:
            places = [index.position(reply.source.to_source(Span(at, at + 1)).start) for at in range(len(reply.text))]
            asked = [(s.entries, index.position(s.span.start), index.position(s.span.end)) for s in reply.suppressions]
            replies.append(
                (reply.text, reply.id, reply.customer, reply.channel, reply.history, reply.message_index, places, asked)
            )
    skipped = {key: sum(d.skipped.get(key, 0) for d in documents) for d in documents for key in d.skipped}
    return replies, skipped, sorted(failure for d in documents for failure in map(str, d.failures))


@pytest.mark.parametrize("name", FILES)
def test_parts_make_the_whole(name: str) -> None:
    made = in_parts(FILES[name], name)
    assert len(made) > 5
    assert "".join(document.text for document in made) == FILES[name].decode()
    assert facts(made) == facts([read_document(FILES[name], name)])
    assert [document.ends for document in made] == [False] * (len(made) - 1) + [True]


CELL = st.text(st.sampled_from('ab"\n\r;é😀 ,'), max_size=12)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(CELL, CELL), min_size=1, max_size=12), st.sampled_from([b"\n", b"\r\n"]), st.integers(1, 90))
def test_rows_are_never_cut(rows: list[tuple[str, str]], line_end: bytes, size: int) -> None:
    made = io.StringIO()
    writer = csv.writer(made, delimiter=";", lineterminator=line_end.decode(), quoting=csv.QUOTE_ALL)
    writer.writerows([("reply", "customer"), ("Bel ons", "Hoi"), *rows])
    data = made.getvalue().encode()
    documents = in_parts(data, "a.csv", size)
    if documents:  # none when the first part is too small to tell
        assert facts(documents) == facts([read_document(data, "a.csv")])


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("library.jsonl", jsonl([{"id": str(n), "reply": f"Antwoord {n}"} for n in range(50)])),
        ("export.jsonl", jsonl([{"title": "x", "actions": [{"field": "comment_value", "value": "Bel ons"}]}] * 50)),
        ("list.json", json.dumps(RECORDS * 5).encode()), ("a.yaml", b"- Bel ons\n" * 100), ("a.txt", b"Bel ons\n" * 100),
        ("empty.jsonl", b""),
    ],
)  # fmt: skip
def test_what_has_to_be_seen_whole_comes_not_in_parts(name: str, data: bytes) -> None:
    assert in_parts(data, name) == []


def report(path: Path, *, jobs: int = 1, cache: bool = False, **more: Any) -> Report:
    return Linter(Config(cache=cache, **more), jobs=jobs).check_paths([path])


def told(made: Report) -> tuple[Any, ...]:
    return list(made.diagnostics), made.failures, made.files, made.replies, dict(made.skipped), made.suppressed


SELECT: dict[str, Any] = {"select": ["WC201", "WC4", "WC551", "WC1006", "WC0", "WC501"]}


@pytest.mark.parametrize("name", ["crlf.jsonl", "tabs.tsv"])
def test_the_same_is_found(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / name
    path.write_bytes(FILES[name])
    whole = report(path, **SELECT)
    codes = {diagnostic.code for diagnostic in whole.diagnostics}
    assert {"WC201", "WC501", "WC002"} <= codes
    assert any(d.fix for d in whole.diagnostics)
    assert whole.suppressed
    monkeypatch.setattr(files, "PART", 300)
    monkeypatch.setattr(files.read_parts, "__defaults__", (None, 300))
    for module, limit, value in ((findings, "MANY", 1), (findings, "PACK", 3), (run_module, "WORTH_IT", 5)):
        monkeypatch.setattr(module, limit, value)
    assert told(report(path, **SELECT)) == told(whole)
    assert told(report(path, jobs=2, **SELECT)) == told(whole)
    for _ in range(2):  # the second time from the cache
        assert told(report(path, cache=True, **SELECT)) == told(whole)


def test_a_second_run_over_parts_comes_from_the_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(FILES["a.jsonl"])
    monkeypatch.setattr(files, "PART", 300)
    monkeypatch.setattr(files.read_parts, "__defaults__", (None, 300))
    config = Config(select=["WC201", "WC402"])
    first = told(Linter(config).check_paths([path]))
    again = Linter(config)
    monkeypatch.setattr(again, "engine", None)
    assert told(again.check_paths([path])) == first


@pytest.mark.parametrize(
    ("name", "tail", "line"),
    [("a.jsonl", b'{"reply": "caf\xe9"}\n', 1), ("a.csv", b'x;"nooit dicht\r\n', 0), ("a.csv", b'x;"dicht" maar;\r\n', 0)],
)  # fmt: skip
def test_a_file_that_breaks_off_counts_for_nothing(
    name: str, tail: bytes, line: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, other, alike = tmp_path / name, tmp_path / "z.txt", tmp_path / f"b{name}"
    data = FILES[name].rstrip() + (b"\n" if line else b"\r\n") + tail
    path.write_bytes(data)
    alike.write_bytes(data)
    other.write_text("Bel ons even.", "utf-8")
    config = Config(select=["WC201"], cache=False)
    whole = Linter(config, jobs=1).check_paths([path, other, alike])
    assert len(whole.failures) == 2
    assert whole.failures[0].line == len(LineIndex((FILES[name].rstrip() + b"\n").decode()).breaks) + 1
    monkeypatch.setattr(files, "PART", 300)
    monkeypatch.setattr(files.read_parts, "__defaults__", (None, 300))
    assert told(Linter(config, jobs=1).check_paths([path, other, alike])) == told(whole)


@pytest.mark.parametrize("name", ["a.jsonl", "a.csv"])
def test_a_binary_part_is_refused_like_a_binary_file(name: str) -> None:
    data = FILES[name] + b"\x00\n" + FILES[name]
    told = []
    for read in (in_parts, read_document):
        with pytest.raises(SourceError) as caught:
            read(data, name)
        told.append(str(caught.value))
    assert told[0] == told[1]


def test_records_behind_a_broken_one_have_the_same_number_in_parts() -> None:
    for name in ("crlf.jsonl", "tabs.tsv"):
        data = FILES[name].replace(b'"id"', b'"x"').replace(b"id", b"x", 1)  # so that all are called by their number
        numbers = [reply.id for document in in_parts(data, name) for reply in document.replies]
        assert numbers == [reply.id for reply in read_document(data, name).replies]
        assert len(set(numbers)) > 30


def diagnostic(path: str, at: int) -> Diagnostic:
    place = Position(1, at + 1, at)
    return Diagnostic(
        "WC201", "bel-ons", 2, "error", "m", "w", path, "1", None, place, place, Span(at, at), "q", ("s",), reply="r"
    )


def test_packed_findings_are_a_sequence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(findings, "PACK", 7)
    monkeypatch.setattr(findings, "MANY", 20)
    plain = tuple(diagnostic("a", at) for at in range(45))
    packed = kept(iter(plain))
    assert isinstance(packed, Findings)
    assert list(packed) == list(packed) == list(plain)
    assert packed == plain
    assert packed != plain[:-1]
    assert (len(packed), packed[0], packed[-1], packed[3:40:9]) == (45, plain[0], plain[-1], list(plain[3:40:9]))
    with pytest.raises(IndexError):
        packed[45]
    with pytest.raises(ValueError, match="WC201"):
        packed.index(plain[3], 4)
    assert kept(plain[:5]) == plain[:5]


def doubled(path: str) -> Sequence[Diagnostic]:
    """The findings of files of which one was given twice."""
    total = Tally()
    for name in (path, "b", path):
        file = Tally(files=1)
        file.part(name, [diagnostic(name, at) for at in range(20)])
        total.add(file)
    return total.diagnostics


@pytest.mark.parametrize("path", ["a", "c"])
def test_packed_findings_can_be_asked_from_any_side(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(findings, "PACK", 7)
    monkeypatch.setattr(findings, "MANY", 20)
    packed = doubled(path)
    plain = list(packed)
    assert isinstance(packed, Findings)
    assert [packed[at] for at in range(len(packed))] == list(reversed(packed))[::-1] == plain
    assert [packed.index(each) for each in plain] == [plain.index(each) for each in plain]
    for cut in (slice(3, 50, 9), slice(None, None, -1), slice(-2, 4, -3), slice(50, 3), slice(-5, None)):
        assert packed[cut] == plain[cut]
    assert pickle.loads(pickle.dumps(packed)) == plain


def test_only_the_packs_that_are_asked_for_are_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(findings, "PACK", 10)
    monkeypatch.setattr(findings, "MANY", 20)
    packed = kept(diagnostic("a", at) for at in range(200))
    unpacked = []
    decompress = findings.zlib.decompress
    monkeypatch.setattr(findings.zlib, "decompress", lambda data: unpacked.append(1) or decompress(data))  # type: ignore[func-returns-value]
    for ask, packs in ((lambda: packed[150], 1), (lambda: packed[95:115], 3), (lambda: list(reversed(packed)), 20)):
        unpacked.clear()
        ask()
        assert len(unpacked) == packs


def test_findings_are_unpacked_once_to_count_their_levels() -> None:
    walks = []

    class Counted(Findings):
        def __iter__(self) -> Iterator[Diagnostic]:
            walks.append(1)
            return super().__iter__()

    made = Report(Counted(kept(diagnostic("a", at) for at in range(findings.MANY))._files), (), 1, 3)  # type: ignore[attr-defined]
    assert [made.count(level) for level in ("error", "warning", "advice")] == [findings.MANY, 0, 0]
    assert len(walks) == 1


def test_files_given_in_any_order_and_twice_come_by_place(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(findings, "PACK", 7)
    monkeypatch.setattr(findings, "MANY", 1)
    everything, total = [], Tally()
    for path in ("b", "a", "b", "c"):
        found = [diagnostic(path, at) for at in range(30)]
        everything += found
        file = Tally(files=1)
        for some in (found[:15], found[15:]):
            mixed = list(some)
            random.Random(path).shuffle(mixed)
            file.part(path, mixed)
        total.add(file)
    assert list(total.diagnostics) == sorted(everything, key=lambda d: (d.path, d.start.offset))
    assert total.files == 4


def test_json_in_pieces_is_json_at_once() -> None:
    for made in (Report((), (), 1, 1), Report(tuple(diagnostic("a", at) for at in range(3)), (), 1, 3, eight=())):
        assert render("json", made, "nl") == json.dumps(to_dict(made), ensure_ascii=False, indent=2) + "\n"


def test_a_standing_pipe_is_read_once(run: Any, tmp_path: Path) -> None:
    import os
    from threading import Thread

    pipe = tmp_path / "a.jsonl"
    os.mkfifo(pipe)
    writer = Thread(target=lambda: pipe.write_bytes(jsonl(RECORDS[:1])), daemon=True)
    writer.start()
    assert "WC201" in run("check", "a.jsonl").stdout
    writer.join(10)


def test_standard_input_comes_in_parts_too(run: Any, tmp_path: Path) -> None:
    data = jsonl([{**record, "customer": f"{record.get('customer')} Hoi! {'…' * 2000}"} for record in RECORDS * 25])
    assert len(data) > sources.PART
    (tmp_path / "a.jsonl").write_bytes(data)
    options = ("--select", "WC402", "--select", "WC002", "--format", "json", "--jobs", "1", "--no-cache", "--fail-on", "never")
    piped = run("check", "-", "--input-format", "jsonl", *options, stdin=data).stdout
    assert json.loads(piped.replace('"path": "-"', '"path": "a.jsonl"')) == json.loads(run("check", "a.jsonl", *options).stdout)
    library = jsonl([{"reply": f"Dank je wel. {'…' * 2000}"}] * 200)
    assert len(library) > sources.PART
    made = run("check", "-", "--input-format", "jsonl", *options, stdin=library)
    assert json.loads(made.stdout)["summary"]["replies"] == 200
