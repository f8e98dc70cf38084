"""Cutting text into pieces: the likeliest cut, and every piece in its place."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webcare_lint.reader.pieces import UNK, Pieces

SCORED = [("<s>", 0.0), ("<pad>", 0.0), ("</s>", 0.0), ("<unk>", 0.0), ("▁", -4.0), ("▁be", -3.0), ("l", -4.0), ("▁bel", -5.0),
          ("len", -4.0), ("e", -6.0), ("n", -6.0), ("b", -6.0), ("...", -5.0), ("😂", -7.0)]  # fmt: skip
PIECES = Pieces(SCORED)
NAMES = [name for name, _ in SCORED]


def shown(text: str) -> list[tuple[str, str]]:
    return [(NAMES[piece.id], text[piece.start : piece.end]) for piece in PIECES.cut(text)]


def test_of_all_cuts_the_likeliest_is_taken() -> None:
    assert shown("bel") == [("▁bel", "bel")]
    assert shown("bellen") == [("▁bel", "bel"), ("len", "len")]
    assert shown("be len") == [("▁be", "be"), ("▁", "l"), ("len", "len")]


def test_a_sign_that_unfolds_keeps_its_place() -> None:
    assert shown("bel…") == [("▁bel", "bel"), ("...", "…")]
    assert shown("😂") == [("▁", "😂"), ("😂", "😂")]


def test_what_is_not_known_is_one_unknown_piece_a_character() -> None:
    found = PIECES.cut("bel字")
    assert [piece.id for piece in found] == [NAMES.index("▁bel"), UNK]
    assert (found[1].start, found[1].end) == (3, 4)


@pytest.mark.parametrize("text", ["", "  \n ", "\ufe0f"])
def test_nothing_to_read_has_no_pieces(text: str) -> None:
    assert PIECES.cut(text) == []


@given(st.text())
def test_pieces_stand_in_order_and_lose_no_letter(text: str) -> None:
    found = PIECES.cut(text)
    assert all(0 <= p.start < p.end <= len(text) for p in found)
    assert [p.start for p in found] == sorted(p.start for p in found)
    read = {at for p in found for at in range(p.start, p.end)}
    assert {at for at, char in enumerate(text) if char.isalnum()} <= read


def test_a_vocabulary_file_is_read_back(tmp_path: Path) -> None:
    path = tmp_path / "pieces.tsv"
    path.write_text("\n".join(f"{piece}\t{score}" for piece, score in SCORED), "utf-8")
    assert Pieces.load(path).cut("Bellen, bel…") == PIECES.cut("Bellen, bel…")
