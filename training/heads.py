"""What teacher and student predict from a word's vector, their losses, and reading the answers off. Needs torch."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import torch
from data import Document
from torch import Tensor, nn
from torch.nn import functional as F


@dataclass
class Labels:
    """The label inventories, in a fixed order."""

    tags: list[str]
    rules: list[str]
    deps: list[str]

    @classmethod
    def of(cls, documents: Iterable[Document], min_rule: int = 2) -> Labels:
        tags, rules, deps = Counter(), Counter(), Counter()
        for words in documents:
            tags.update(w.tag for w in words)
            rules.update(w.rule for w in words)
            deps.update(w.dep for w in words)
        return cls(sorted(tags), sorted(r for r, n in rules.items() if n >= min_rule), sorted(deps))


@dataclass
class Batch:
    """Gold labels padded to the longest document; -100 is no label. Heads count from 1, 0 is the root."""

    lengths: Tensor
    tags: Tensor
    rules: Tensor
    heads: Tensor
    deps: Tensor
    starts: Tensor
    weight: Tensor

    @classmethod
    def of(cls, documents: list[Document], labels: Labels, weights: list[float]) -> Batch:
        longest = max(map(len, documents))
        index = [{name: i for i, name in enumerate(names)} for names in (labels.tags, labels.rules, labels.deps)]
        out = np.full((5, len(documents), longest), -100, dtype=np.int64)
        for d, words in enumerate(documents):
            for i, w in enumerate(words):
                out[:, d, i] = (
                    index[0].get(w.tag, -100), index[1].get(w.rule, -100), w.head + 1, index[2].get(w.dep, -100), w.start,
                )  # fmt: skip
        parts = [torch.from_numpy(a) for a in out]
        return cls(torch.tensor([len(d) for d in documents]), *parts, torch.tensor(weights))


class Heads(nn.Module):
    """Tags, lemma rules, sentence starts, heads and relations."""

    def __init__(self, width: int, labels: Labels, arc: int = 128, rel: int = 96, dropout: float = 0.2) -> None:
        super().__init__()
        self.tag = nn.Linear(width, len(labels.tags))
        self.rule = nn.Linear(width, len(labels.rules))
        self.start = nn.Linear(width, 1)
        self.arc_dep = nn.Linear(width, arc)
        self.arc_head = nn.Linear(width, arc)
        self.arc_biaffine = nn.Parameter(torch.zeros(arc + 1, arc))
        self.root = nn.Parameter(torch.zeros(width))
        self.rel_dep = nn.Linear(width, rel)
        self.rel_head = nn.Linear(width, rel)
        self.rel_out = nn.Linear(rel, len(labels.deps))
        self.drop = nn.Dropout(dropout)
        nn.init.xavier_uniform_(self.arc_biaffine)

    def forward(self, x: Tensor) -> dict[str, Tensor]:
        x = self.drop(x)
        with_root = torch.cat([self.root.expand(x.shape[0], 1, -1), x], dim=1)
        dep = self.drop(F.leaky_relu(self.arc_dep(x), 0.1))
        dep = torch.cat([dep, torch.ones_like(dep[..., :1])], dim=-1)
        head = self.drop(F.leaky_relu(self.arc_head(with_root), 0.1))
        arcs = dep @ self.arc_biaffine @ head.transpose(1, 2) / head.shape[-1] ** 0.5
        return {
            "tag": self.tag(x), "rule": self.rule(x), "start": self.start(x)[..., 0], "arc": arcs,
            "rel_dep": self.rel_dep(x), "rel_head": self.rel_head(with_root),
        }  # fmt: skip

    def relations(self, out: dict[str, Tensor], heads: Tensor) -> Tensor:
        """Scores of the relations to the given heads (batch, length, relations)."""
        dep, head = out["rel_dep"].float(), out["rel_head"].float()
        picked = torch.gather(head, 1, heads[..., None].expand(-1, -1, head.shape[-1]))
        return self.rel_out(self.drop(F.leaky_relu(dep + picked, 0.1)) + self.drop(torch.tanh(dep) * torch.tanh(picked)))

    def loss(self, out: dict[str, Tensor], gold: Batch) -> Tensor:
        """Mean loss per word; documents count by their weight."""
        length = gold.tags.shape[1]
        mask = (torch.arange(length)[None] < gold.lengths[:, None]) * gold.weight[:, None]
        inside = torch.arange(length + 1)[None] <= gold.lengths[:, None]
        arcs = out["arc"].float().masked_fill(~inside[:, None, :], -1e4)
        rel = self.relations(out, gold.heads.clamp(min=0)).float()
        smooth = 0.03
        total = (
            _cross(out["tag"].float(), gold.tags, smooth) + 0.7 * _cross(out["rule"].float(), gold.rules, smooth)
            + _cross(arcs, gold.heads, 0.0) + _cross(rel, gold.deps, smooth)
            + F.binary_cross_entropy_with_logits(out["start"].float(), gold.starts.clamp(min=0).float(), reduction="none")
        )  # fmt: skip
        return (total * mask).sum() / mask.sum()


def _cross(scores: Tensor, gold: Tensor, smooth: float) -> Tensor:
    return F.cross_entropy(scores.transpose(1, 2), gold, ignore_index=-100, reduction="none", label_smoothing=smooth)
