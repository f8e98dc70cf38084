"""From head scores to one tree per sentence (Chu-Liu and Edmonds), in numpy."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]
Heads = NDArray[np.int64]


def best_heads(arcs: Scores, starts: NDArray[np.bool_]) -> Heads:
    """The head of every word, -1 for each sentence's one root.

    ``arcs[i, 0]`` scores word i as a root, ``arcs[i, j + 1]`` with word j as its head; ``starts`` marks the first
    words of sentences (the first word always is one). Heads stay within their sentence.
    """
    size = len(arcs)
    heads = np.empty(size, dtype=np.int64)
    bounds = [0, *(i for i in range(1, size) if starts[i]), size]
    for begin, end in pairwise(bounds):
        if end - begin == 1:
            heads[begin] = -1
            continue
        inside = arcs[begin:end, begin + 1 : end + 1].copy()
        np.fill_diagonal(inside, -np.inf)
        found = _one_sentence(inside, arcs[begin:end, 0])
        heads[begin:end] = np.where(found < 0, -1, found + begin)
    return heads


def _one_sentence(inside: Scores, root: Scores) -> Heads:
    """Heads for one sentence: the greedy choice where it is a tree, else the best tree over a few roots."""
    greedy: Heads = inside.argmax(axis=1)
    likely = inside.max(axis=1)
    margin = root - likely
    first = int(margin.argmax())
    greedy[first] = -1
    # Exactly one root: the word that gains most by being it. Any other tree is tried only when this has a cycle.
    if not _cycle(greedy):
        return greedy
    best, best_score = greedy, -np.inf
    for candidate in np.argsort(-margin)[:2]:
        heads = _edmonds(inside, int(candidate))
        score = root[candidate] + sum(inside[i, h] for i, h in enumerate(heads) if h >= 0)
        if score > best_score:
            best, best_score = heads, score
    return best


def _cycle(heads: Heads) -> list[int]:
    """The words of one cycle, or nothing."""
    state = [0] * len(heads)
    plain = heads.tolist()
    for start in range(len(plain)):
        at, path = start, []
        while at >= 0 and not state[at]:
            state[at] = start + 1
            path.append(at)
            at = plain[at]
        if at >= 0 and state[at] == start + 1:
            return path[path.index(at) :]
    return []


def _edmonds(scores: Scores, root: int) -> Heads:
    """The best tree with ``root`` at its top; ``scores[i, j]`` is for j as the head of i."""
    heads: Heads = scores.argmax(axis=1)
    heads[root] = -1
    cycle = _cycle(heads)
    if not cycle:
        return heads
    # Contract the cycle to one node, solve the smaller graph, and break the cycle where that one enters it.
    inside = np.array(cycle)
    outside = np.array([i for i in range(len(scores)) if i not in set(cycle)])
    kept = scores[inside, heads[inside]]
    size = len(outside) + 1
    smaller = np.full((size, size), -np.inf, dtype=scores.dtype)
    smaller[:-1, :-1] = scores[np.ix_(outside, outside)]
    enter = scores[np.ix_(inside, outside)] - kept[:, None]
    leave = scores[np.ix_(outside, inside)]
    smaller[-1, :-1] = enter.max(axis=0) + kept.sum()
    smaller[:-1, -1] = leave.max(axis=1)
    np.fill_diagonal(smaller, -np.inf)
    solved = _edmonds(smaller, int(np.flatnonzero(outside == root)[0]))
    result: Heads = heads.copy()
    for i, word in enumerate(outside):
        head = solved[i]
        if head < 0:
            result[word] = -1
        elif head == size - 1:
            result[word] = inside[leave[i].argmax()]
        else:
            result[word] = outside[head]
    entry = int(solved[-1])
    result[inside[enter[:, entry].argmax()]] = outside[entry]
    return result
