"""The encoder with a head per commandment: attention over the words, and a score for every word.

A word of the reply is scored for how it shows the break, a word of the message for how it was overlooked.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

from training.e5 import E5, Dropout, E5File


class Reader(nn.Module):
    """Reply and customer's message as two segments in; a logit per commandment and one per word and commandment out."""

    def __init__(self, file: E5File, pieces: list[int], layers: int, heads: int, dropout: float) -> None:
        super().__init__()
        self.body = E5(file, layers)
        self.body.word = nn.Embedding.from_pretrained(self.body.word.weight[pieces].clone(), freeze=True)
        self.body.position = nn.Parameter(self.body.position.data[:512].clone())
        width = self.body.width
        self.answered = nn.Parameter(torch.zeros(width))
        self.attend = nn.Linear(width, heads)
        self.mark = nn.Linear(width, heads)
        self.seek = nn.Linear(width, heads)
        self.judge = nn.Parameter(torch.randn(heads, width) * 0.02)
        self.strongest = nn.Parameter(torch.full((heads,), 0.3))
        self.bias = nn.Parameter(torch.full((heads,), -2.0))
        self.drop = Dropout(dropout)
        for head in (self.attend, self.mark, self.seek):
            nn.init.normal_(head.weight, std=0.02)
        nn.init.constant_(self.mark.bias, -2.0)
        nn.init.constant_(self.seek.bias, -2.0)
        for block in self.body.blocks:
            block.drop.p = dropout  # type: ignore[union-attr]

    def forward(self, ids: Tensor, lengths: Tensor, replies: Tensor) -> tuple[Tensor, Tensor]:
        """``lengths``: pieces in all; ``replies``: pieces of the reply, with the sign before and after it."""
        at = torch.arange(ids.shape[1])[None, :]
        inside, own = at < lengths[:, None], at < replies[:, None]
        x = self.body.word(ids) + self.body.position[: ids.shape[1]] + self.body.segment
        x = self.body.norm(x + (~own)[:, :, None].to(x.dtype) * self.answered)
        for block in self.body.blocks:
            x = block(x, inside[:, None, None, :])
        x = self.drop(x).float()
        attention = self.attend(x).masked_fill(~inside[:, :, None], -1e4).softmax(1)
        pooled = torch.einsum("bth,btd->bhd", attention, x)
        marks = self.mark(x)
        peak = (marks.masked_fill(~own[:, :, None], -1e4) * 2).logsumexp(1) / 2
        logits = (pooled * self.judge).sum(-1) + self.strongest * peak + self.bias
        return logits, torch.where(own[:, :, None], marks, self.seek(x))

    def groups(self, rate: float, decay: float) -> list[dict]:
        """Parameters with their learning rates: the lower the layer, the smaller."""
        layers = len(self.body.blocks)
        out = []
        for name, parameter in self.named_parameters():
            if not parameter.requires_grad:
                continue
            if name.startswith("body.blocks."):
                depth = layers - 1 - int(name.split(".")[2])
                speed = rate * decay**depth
            elif name.startswith("body."):
                speed = rate * decay**layers
            else:
                speed = rate * 3
            out.append({"params": [parameter], "lr": speed, "weight_decay": 0.01 if parameter.dim() > 1 else 0.0})
        return out
