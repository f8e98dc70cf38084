"""The small network that is shipped, in torch; ``webcare_lint.nl.network`` runs the same sums in numpy."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from data import Document
from heads import Heads, Labels
from torch import Tensor, nn
from torch.nn import functional as F

from webcare_lint.nl.features import GRAM_ROWS, WORD_ROWS, features

DILATIONS = (1, 1, 2, 4)
ATTENTION_HEADS = 2
MAX_DISTANCE = 20


class Conv(nn.Module):
    """A residual window of three words, ``dilation`` apart, with maxout."""

    def __init__(self, width: int, dilation: int, dropout: float) -> None:
        super().__init__()
        self.dilation = dilation
        self.linear = nn.Linear(3 * width, 2 * width)
        self.norm = nn.LayerNorm(width)
        self.drop = nn.Dropout(dropout)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        d = self.dilation
        padded = F.pad(x, (0, 0, d, d))
        window = torch.cat([padded[:, : -2 * d], x, padded[:, 2 * d :]], dim=-1)
        a, b = self.linear(window).chunk(2, dim=-1)
        return (x + self.drop(self.norm(torch.maximum(a, b)))) * mask


class Attention(nn.Module):
    """A residual look at the whole document, with a bias by distance."""

    def __init__(self, width: int, dropout: float) -> None:
        super().__init__()
        self.qkv = nn.Linear(width, 3 * width)
        self.out = nn.Linear(width, width)
        self.norm = nn.LayerNorm(width)
        self.distance = nn.Parameter(torch.zeros(ATTENTION_HEADS, 2 * MAX_DISTANCE + 1))
        self.drop = nn.Dropout(dropout)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        batch, length, width = x.shape
        q, k, v = (p.reshape(batch, length, ATTENTION_HEADS, -1).transpose(1, 2) for p in self.qkv(x).chunk(3, -1))
        bias = self.distance[:, distances(length, length)][None] + (mask.transpose(1, 2)[:, None] - 1) * 1e4
        y = F.scaled_dot_product_attention(q, k, v, attn_mask=bias.to(q.dtype))
        y = self.out(y.transpose(1, 2).reshape(batch, length, width))
        return (x + self.drop(self.norm(y))) * mask


def distances(rows: int, columns: int) -> Tensor:
    """Clipped ``column - row``, counted from 0."""
    difference = torch.arange(columns)[None] - torch.arange(rows)[:, None]
    return difference.clamp(-MAX_DISTANCE, MAX_DISTANCE) + MAX_DISTANCE


class Student(nn.Module):
    """Word vectors, four windows, one attention, and the common heads with a bias by distance."""

    def __init__(self, labels: Labels, vocabulary: dict[str, int], vectors: Tensor, width: int = 144,
                 dropout: float = 0.25) -> None:  # fmt: skip
        super().__init__()
        self.labels = labels
        self.vocabulary = vocabulary
        self.static = nn.Embedding.from_pretrained(vectors, freeze=False)
        self.words = nn.EmbeddingBag(WORD_ROWS, 96, mode="sum")
        self.grams = nn.EmbeddingBag(GRAM_ROWS, 64, mode="mean")
        nn.init.normal_(self.words.weight, std=0.1)
        nn.init.normal_(self.grams.weight, std=0.2)
        self.line_break = nn.Parameter(torch.zeros(width))
        self.mix = nn.Linear(vectors.shape[1] + 96 + 64, 2 * width)
        self.mix_norm = nn.LayerNorm(width)
        self.drop = nn.Dropout(dropout)
        self.convs = nn.ModuleList(Conv(width, d, dropout) for d in DILATIONS)
        self.attention = Attention(width, dropout)
        self.last = Conv(width, 1, dropout)
        self.heads = Heads(width, labels, arc=96, rel=64, dropout=dropout)
        self.arc_distance = nn.Parameter(torch.zeros(2 * MAX_DISTANCE + 1))
        self.word_dropout = 0.06

    def encode(self, documents: list[Document]) -> tuple[Tensor, Tensor]:
        longest = max(map(len, documents))
        static, whole, grams, offsets, breaks = [], [], [], [], []
        for words in documents:
            for w in words:
                key, rows, chars = features(w.form)
                static.append(self.vocabulary.get(key, 0))
                whole.append(rows)
                offsets.append(len(grams))
                grams.extend(chars)
                breaks.append(w.line_break)
        ids = torch.tensor(static)
        if self.training:
            ids = torch.where(torch.rand(len(ids)) < self.word_dropout, 0, ids)
        x = torch.cat(
            [self.static(ids), self.words(torch.tensor(whole)), self.grams(torch.tensor(grams), torch.tensor(offsets))], -1
        )
        a, b = self.mix(self.drop(x)).chunk(2, -1)
        x = self.mix_norm(torch.maximum(a, b)) + torch.tensor(breaks, dtype=torch.float)[:, None] * self.line_break
        lengths = torch.tensor([len(d) for d in documents])
        mask = (torch.arange(longest)[None] < lengths[:, None])[..., None]
        padded = torch.zeros(len(documents), longest, x.shape[-1])
        padded = padded.masked_scatter(mask, x.float())
        return self.drop(padded), mask.float()

    def forward(self, documents: list[Document]) -> dict[str, Tensor]:
        x, mask = self.encode(documents)
        for conv in self.convs:
            x = conv(x, mask)
        x = self.last(self.attention(x, mask), mask)
        out = self.heads(x)
        length = x.shape[1]
        bias = torch.cat([torch.zeros(length, 1), self.arc_distance[distances(length, length)]], 1)
        out["arc"] = out["arc"] + bias
        return out


def averaged(states: list[dict[str, Tensor]]) -> dict[str, Tensor]:
    """The mean of several checkpoints' weights."""
    return {k: torch.stack([s[k].float() for s in states]).mean(0) for k in states[0]}


def export(model: Student, folder: Path) -> None:
    """Write the weights as numpy reads them: half precision, the embedding tables in eight bits with a scale per row."""
    arrays: dict[str, np.ndarray] = {}
    for name, value in model.state_dict().items():
        array = value.detach().float().numpy()
        if name in ("static.weight", "words.weight", "grams.weight"):
            scale = np.abs(array).max(axis=1, keepdims=True) / 127 + 1e-12
            arrays[name.split(".")[0]] = np.round(array / scale).astype(np.int8)
            arrays[name.split(".")[0] + "_scale"] = scale[:, 0].astype(np.float16)
        else:
            arrays[name] = array.astype(np.float16)
    np.savez(folder / "weights.npz", **arrays)  # type: ignore[arg-type]
