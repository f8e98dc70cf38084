"""The network of our pipeline, in numpy: words in, tags, lemma rules, sentence starts and trees out.

The same sums as ``training/student.py``. Batches are padded matrices, so that one core's matrix library does the work.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from webcare_lint.nl.features import features
from webcare_lint.nl.tree import best_heads

Floats = NDArray[np.float32]
_REMEMBERED = 20_000
"""Forms whose input vector is kept: nine in ten words of a log are among them."""


class Parsed(Struct):
    """One text's answers, an entry per word; heads are indices, -1 for a root; rules are the best three."""

    tags: NDArray[np.int64]
    rules: NDArray[np.int64]
    starts: NDArray[np.bool_]
    heads: NDArray[np.int64]
    deps: NDArray[np.int64]


class Network:
    """Weights and label names from a folder; ``parse`` runs a batch."""

    def __init__(self, folder: Path) -> None:
        with np.load(folder / "weights.npz") as file:
            raw = {name: file[name] for name in file.files}
        self._tables = {n: (raw.pop(n), raw.pop(f"{n}_scale").astype(np.float32)) for n in ("static", "words", "grams")}
        self._w: dict[str, Floats] = {n: np.ascontiguousarray(a.astype(np.float32)) for n, a in raw.items()}
        for name in [n for n in self._w if n.endswith(".weight") and self._w[n].ndim == 2]:
            self._w[name] = np.ascontiguousarray(self._w[name].T)
        shape: dict[str, Any] = json.loads((folder / "labels.json").read_text("utf-8"))
        self.tags: list[str] = shape["tags"]
        self.rules: list[str] = shape["rules"]
        self.deps: list[str] = shape["deps"]
        self._dilations: list[int] = shape["dilations"]
        words = (folder / "words.txt").read_text("utf-8").split("\n")
        self._vocabulary = {word: i for i, word in enumerate(words)}
        self._inputs: dict[str, Floats] = {}

    def parse(self, texts: Sequence[Sequence[str]], breaks: Sequence[Sequence[bool]]) -> list[Parsed]:
        """Parse texts of at least one word each; ``breaks`` marks words that open a line, which open a sentence
        unless a comma stands before them."""
        lengths = np.array([len(t) for t in texts])
        x, mask = self._embed(texts, breaks, lengths)
        for i, dilation in enumerate(self._dilations):
            x = self._conv(x, mask, f"convs.{i}", dilation)
        x = self._conv(self._attend(x, mask), mask, "last", 1)
        tags = self._linear(x, "heads.tag").argmax(-1)
        scores = self._linear(x, "heads.rule")
        rules = _best_three(scores)
        starts = self._linear(x, "heads.start")[..., 0] > 0
        arcs = self._arcs(x)
        rel_dep = self._linear(x, "heads.rel_dep")
        rel_head = self._linear(x, "heads.rel_head")
        root_rel = self._linear(self._w["heads.root"], "heads.rel_head")
        result, picked = [], np.zeros_like(rel_dep)
        all_heads = []
        for row, n in enumerate(lengths):
            begins = starts[row, :n].copy()
            forms, opens = texts[row], breaks[row]
            for i in range(1, n):
                if opens[i] and forms[i - 1] != ",":
                    begins[i] = True
            begins[0] = True
            heads = best_heads(arcs[row, :n, : n + 1], begins)
            all_heads.append((heads, begins))
            picked[row, :n] = np.where(heads[:, None] >= 0, rel_head[row, heads], root_rel)
        joined = rel_dep + picked
        joined = np.maximum(joined, 0.1 * joined) + np.tanh(rel_dep) * np.tanh(picked)
        deps = self._linear(joined, "heads.rel_out").argmax(-1)
        for row, n in enumerate(lengths):
            heads, begins = all_heads[row]
            result.append(Parsed(tags[row, :n], rules[row, :n], begins, heads, deps[row, :n]))
        return result

    def _linear(self, x: Floats, name: str) -> Floats:
        # One product of two matrices: numpy would run a batch of small ones, at a third of the speed.
        weight = self._w[f"{name}.weight"]
        flat = x.reshape(-1, x.shape[-1]) @ weight
        flat += self._w[f"{name}.bias"]
        return flat.reshape(*x.shape[:-1], weight.shape[1])

    def _norm(self, x: Floats, name: str) -> Floats:
        x = x - x.mean(axis=-1, keepdims=True)
        x /= np.sqrt(np.einsum("...i,...i->...", x, x)[..., None] / x.shape[-1] + 1e-5)
        x *= self._w[f"{name}.weight"]
        x += self._w[f"{name}.bias"]
        return x

    def _word(self, form: str) -> Floats:
        """The mixed input vector of a form, remembered: replies repeat their words."""
        known = self._inputs.get(form)
        if known is None:
            key, whole, grams = features(form)
            index = self._vocabulary.get(key, 0)
            parts = [
                self._rows("static", [index])[0],
                self._rows("words", whole).sum(0),
                self._rows("grams", grams).mean(0),
            ]
            both = self._linear(np.concatenate(parts), "mix")
            half = len(both) // 2
            known = self._norm(np.maximum(both[:half], both[half:]), "mix_norm")
            if len(self._inputs) >= _REMEMBERED:
                self._inputs.clear()
            self._inputs[form] = known
        return known

    def _rows(self, table: str, rows: Sequence[int]) -> Floats:
        values, scale = self._tables[table]
        index = list(rows)
        picked: Floats = values[index].astype(np.float32) * scale[index, None]
        return picked

    def _embed(
        self, texts: Sequence[Sequence[str]], breaks: Sequence[Sequence[bool]], lengths: NDArray[np.int64]
    ) -> tuple[Floats, Floats]:
        width = len(self._w["line_break"])
        x = np.zeros((len(texts), int(lengths.max()), width), dtype=np.float32)
        for row, (forms, opens) in enumerate(zip(texts, breaks, strict=True)):
            for i, form in enumerate(forms):
                x[row, i] = self._word(form)
                if opens[i]:
                    x[row, i] += self._w["line_break"]
        mask = (np.arange(x.shape[1])[None] < lengths[:, None])[..., None].astype(np.float32)
        return x, mask

    def _conv(self, x: Floats, mask: Floats, name: str, dilation: int) -> Floats:
        width = x.shape[-1]
        window = np.zeros((*x.shape[:2], 3 * width), dtype=np.float32)
        window[:, dilation:, :width] = x[:, :-dilation]
        window[:, :, width : 2 * width] = x
        window[:, :-dilation, 2 * width :] = x[:, dilation:]
        both = self._linear(window, f"{name}.linear")
        return (x + self._norm(np.maximum(both[..., :width], both[..., width:]), f"{name}.norm")) * mask

    def _attend(self, x: Floats, mask: Floats) -> Floats:
        batch, length, width = x.shape
        bias = self._w["attention.distance"]
        heads = len(bias)
        size = width // heads
        qkv = self._linear(x, "attention.qkv").reshape(batch, length, 3, heads, size).transpose(2, 3, 0, 1, 4)
        scores = qkv[0] @ qkv[1].swapaxes(-1, -2)
        scores *= np.float32(size**-0.5)
        scores += bias[:, self._distances(length, bias.shape[1])][:, None]
        scores += (mask[..., 0][None, :, None] - 1) * np.float32(1e4)
        scores -= scores.max(axis=-1, keepdims=True)
        np.exp(scores, out=scores)
        scores /= scores.sum(axis=-1, keepdims=True)
        y = (scores @ qkv[2]).transpose(1, 2, 0, 3).reshape(batch, length, width)
        return (x + self._norm(self._linear(y, "attention.out"), "attention.norm")) * mask

    @staticmethod
    def _distances(length: int, classes: int) -> NDArray[np.int64]:
        limit = (classes - 1) // 2
        return (np.arange(length)[None] - np.arange(length)[:, None]).clip(-limit, limit) + limit

    def _arcs(self, x: Floats) -> Floats:
        """Scores (batch, word, head), head 0 the root."""
        dep, head = self._linear(x, "heads.arc_dep"), self._linear(x, "heads.arc_head")
        dep, head = np.maximum(dep, 0.1 * dep), np.maximum(head, 0.1 * head)
        root = self._linear(self._w["heads.root"], "heads.arc_head")
        root = np.maximum(root, 0.1 * root)
        biaffine = self._w["heads.arc_biaffine"]
        scale = np.float32(len(root) ** -0.5)
        left = (dep.reshape(-1, dep.shape[-1]) @ biaffine[:-1]).reshape(dep.shape)
        left = (left + biaffine[-1]) * scale
        arcs = left @ head.swapaxes(1, 2)
        bias = self._w["arc_distance"]
        arcs += bias[self._distances(x.shape[1], len(bias))]
        return np.concatenate([(left @ root)[..., None], arcs], axis=-1)


def _best_three(scores: Floats) -> NDArray[np.int64]:
    """The places of the three highest scores, best first; ``scores`` are spent. Three passes beat sorting or partitioning."""
    best = np.empty((*scores.shape[:-1], 3), dtype=np.int64)
    for rank in range(3):
        best[..., rank] = scores.argmax(-1)
        np.put_along_axis(scores, best[..., rank, None], -np.inf, axis=-1)
    return best
