from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from webcare_lint.text import LineIndex, Position, SourceMap, Span


def test_lines_and_columns_count_from_one_in_code_points() -> None:
    index = LineIndex("één\r\n👍 twee\rdrie\n")
    assert index.position(0) == Position(1, 1, 0)
    assert index.position(5) == Position(2, 1, 5)
    assert index.position(7) == Position(2, 3, 7)
    assert index.position(12) == Position(3, 1, 12)
    assert index.line(2) == "👍 twee"


@given(st.text(alphabet="ab\r\n👍é"), st.data())
def test_position_and_offset_are_inverse(text: str, data: st.DataObject) -> None:
    offset = data.draw(st.integers(0, len(text)))
    index = LineIndex(text)
    place = index.position(offset)
    assert index.offset(place.line, place.column) == offset
    ends = [i for i in range(offset) if text[i] == "\n" or (text[i] == "\r" and text[i + 1 : i + 2] != "\n")]
    assert place.line == 1 + len(ends)


def test_decoded_pieces_map_as_a_whole() -> None:
    made = SourceMap()
    made.add("ab", 10, 12, verbatim=True)
    made.add("é", 12, 18, verbatim=False)  # é
    made.add("cd", 18, 20, verbatim=True)
    assert made.text == "abécd"
    assert made.to_source(Span(1, 3)) == Span(11, 18)
    assert made.to_source(Span(2, 3)) == Span(12, 18)
    assert made.to_source(Span(3, 5)) == Span(18, 20)
    assert made.to_source(Span(0, 5)) == Span(10, 20)


def test_an_empty_map_points_nowhere_bad() -> None:
    assert SourceMap().to_source(Span(0, 0)) == Span(0, 0)


@given(st.lists(st.tuples(st.text(min_size=1, max_size=4), st.integers(0, 3), st.booleans()), max_size=8), st.data())
def test_spans_cover_exactly_what_their_characters_came_from(parts: list[tuple[str, int, bool]], data: st.DataObject) -> None:
    made, at, came_from = SourceMap(), 0, []
    for text, gap, verbatim in parts:
        at += gap
        length = len(text) if verbatim else len(text) + 3
        made.add(text, at, at + length, verbatim=verbatim)
        came_from += [Span(at + i, at + i + 1) if verbatim else Span(at, at + length) for i in range(len(text))]
        at += length
    if not came_from:
        return
    start = data.draw(st.integers(0, len(came_from) - 1))
    end = data.draw(st.integers(start + 1, len(came_from)))
    assert made.to_source(Span(start, end)) == Span(came_from[start].start, came_from[end - 1].end)
