from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webcare_lint.patterns.finders import make_finder
from webcare_lint.patterns.passage import Passage
from webcare_lint.patterns.segments import sentences
from webcare_lint.text import LineIndex, Position, SourceMap, Span, utf16, word_before

TRAINING = Path(__file__).parents[1] / "training" / "corpus" / "train"


def test_lines_and_columns_count_from_one_in_code_points() -> None:
    index = LineIndex("één\r\n👍 twee\rdrie\n")
    assert index.position(0) == Position(1, 1, 0)
    assert index.position(5) == Position(2, 1, 5)
    assert index.position(7) == Position(2, 3, 7)
    assert index.position(12) == Position(3, 1, 12)
    assert index.line(2) == "👍 twee"


def test_utf16_counts_an_emoji_for_two() -> None:
    assert utf16("a👍é") == 4


@given(st.text(alphabet="ab\r\n👍é"), st.data())
def test_position_and_offset_are_inverse(text: str, data: st.DataObject) -> None:
    offset = data.draw(st.integers(0, len(text)))
    index = LineIndex(text)
    place = index.position(offset)
    assert index.offset(place.line, place.column) == offset
    ends = [i for i in range(offset) if text[i] == "\n" or (text[i] == "\r" and text[i + 1 : i + 2] != "\n")]
    assert place.line == 1 + len(ends)


def corpus() -> Iterator[str]:
    """All texts of the organisation in the training corpus."""
    for path in sorted(TRAINING.glob("*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            record = json.loads(line)
            yield from [record["reply"]] if "reply" in record else (message["text"] for message in record["messages"])


def test_the_word_before_a_place_is_what_an_expression_finds() -> None:
    whole, part = re.compile(r"\w+\Z"), re.compile(r"[\w.]+\Z")
    for text in islice(corpus(), 2000):
        for place in re.finditer(r"[.\s]|$", text):
            at = place.start()
            for expression, marks in ((whole, "_"), (part, "_.")):
                found = expression.search(text, max(0, at - 30), at)
                assert word_before(text, at, max(0, at - 30), marks) == (found.group() if found else "")


@pytest.mark.parametrize(
    "text", ["Bel ons. " + "a" * 70_000 + ", ja. ", "bijv. " * 10_000, "!" * 30_000 + "x", " " * 30_000 + "x", "😀" * 30_000]
)
def test_long_texts_are_split_in_no_time(text: str) -> None:
    begun = time.process_time()
    sentences(text)
    assert time.process_time() - begun < 1.5


def test_the_starts_of_clauses_in_a_text_without_full_stops_are_found_in_no_time() -> None:
    passage = Passage("bel ons even en mail dan " * 2_500)
    begun = time.process_time()
    assert len(make_finder("^ mail", {}).find(passage)) == 2_500
    assert time.process_time() - begun < 1.5


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
