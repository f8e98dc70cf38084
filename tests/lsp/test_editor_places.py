"""Positions of the protocol: there and back, however the editor counts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

pytest.importorskip("pygls")
from lsprotocol import types

from webcare_lint.lsp.buffers import Buffer
from webcare_lint.lsp.places import Places
from webcare_lint.text import Span

TEXTS = st.text(st.sampled_from("ab é€😀🙏🏽\n\r\u2028\x0c"), max_size=40)
ENCODINGS = st.sampled_from(["utf-8", "utf-16", "utf-32"])


@given(TEXTS, ENCODINGS, st.data())
def test_there_and_back(text: str, encoding: str, data: st.DataObject) -> None:
    offset = data.draw(st.integers(0, len(text)))
    places = Places(text, encoding)
    found = places.offset(places.position(offset))
    # Between \r and \n there is no place: that is the end of the line.
    assert found == offset or (text[offset - 1 : offset + 1] == "\r\n" and found == offset - 1)


@given(TEXTS, ENCODINGS)
def test_a_position_counts_what_the_editor_counts(text: str, encoding: str) -> None:
    line = text.replace("\r", "").replace("\n", "")
    wide = {"utf-8": len(line.encode()), "utf-16": len(line.encode("utf-16-le")) // 2, "utf-32": len(line)}
    assert Places(line, encoding).position(len(line)) == types.Position(0, wide[encoding])


@given(TEXTS, ENCODINGS, st.integers(0, 50), st.integers(0, 50))
def test_a_place_that_is_not_there_is_the_nearest_that_is(text: str, encoding: str, line: int, character: int) -> None:
    places = Places(text, encoding)
    offset = places.offset(types.Position(line, character))
    assert 0 <= offset <= len(text)
    if line <= len(places.lines) - 1:
        assert places.position(offset).line == line


@given(TEXTS, ENCODINGS, st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40), TEXTS), max_size=4))
def test_typing_changes_what_it_says(text: str, encoding: str, edits: list[tuple[int, int, str]]) -> None:
    text = text.replace("\r", "")
    buffer, wanted, changes = Buffer("file:///a.txt", "/a.txt", text, 1), text, []
    for a, b, new in edits:
        start, end = sorted((min(a, len(wanted)), min(b, len(wanted))))
        new = new.replace("\r", "")
        changes.append(types.TextDocumentContentChangePartial(Places(wanted, encoding).range(Span(start, end)), new))
        wanted = wanted[:start] + new + wanted[end:]
    after = buffer.changed(changes, 2, encoding)
    assert (after.text, after.version) == (wanted, 2)
    assert buffer.changed([types.TextDocumentContentChangeWholeDocument("nieuw")], 3, encoding).text == "nieuw"


@pytest.mark.parametrize(
    ("uri", "language", "form"),
    [
        ("file:///x/a.yml", "yaml", "yaml"),
        ("file:///x/map%20met%20spaties/a.CSV", "", "csv"),
        ("untitled:Untitled-1", "plaintext", "text"),
        ("untitled:Untitled-1", "markdown", "markdown"),
        ("file:///x/antwoord", "plaintext", "text"),
        ("file:///x/a.py", "python", None),
    ],
)
def test_the_form_shows_in_the_name_or_in_what_the_editor_calls_it(uri: str, language: str, form: str | None) -> None:
    assert Buffer.opened(types.TextDocumentItem(uri, language, 1, "")).form == form
