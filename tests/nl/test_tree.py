"""Every choice of heads is one tree per sentence, and a plain one is found."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from webcare_lint.nl.tree import best_heads


@given(st.integers(1, 12), st.integers(0, 2**32 - 1))
def test_one_root_no_cycle_inside_each_sentence(size: int, seed: int) -> None:
    random = np.random.default_rng(seed)
    arcs = random.normal(size=(size, size + 1)).astype(np.float32)
    starts = random.random(size) < 0.3
    heads = best_heads(arcs, starts)
    sentence = np.cumsum(np.concatenate([[True], starts[1:]]))
    for number in set(sentence.tolist()):
        inside = np.flatnonzero(sentence == number)
        assert sum(heads[i] < 0 for i in inside) == 1
        for i in inside:
            at, steps = int(i), 0
            while heads[at] >= 0:
                at, steps = int(heads[at]), steps + 1
                assert sentence[at] == number
                assert steps <= size


def test_the_best_tree_breaks_a_cycle() -> None:
    # Words 0 and 1 like each other best; the cheapest way out is 1 as the root.
    arcs = np.array([[0.0, -9, 5], [4.5, 5, -9]], dtype=np.float32)
    assert best_heads(arcs, np.array([True, False])).tolist() == [1, -1]
