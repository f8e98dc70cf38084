"""Train the table of hashed n-grams: logistic, on sentences where words are quoted and on the whole reply."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from training.reader.records import COMMANDMENTS, Record
from webcare_lint.reader.ngrams import BUCKETS, exchange_features, sentences

HEADS = len(COMMANDMENTS)


class Bags:
    """Features of many exchanges laid end to end, so that a batch is cut out without a loop over them."""

    def __init__(self, bags: list[list[int]]) -> None:
        self.sizes = np.array([len(bag) for bag in bags])
        self.starts = np.concatenate([[0], self.sizes.cumsum()])
        self.flat = np.array([bucket for bag in bags for bucket in bag], np.int64)

    def take(self, chosen: Iterable[int], dropped: float, rng: np.random.Generator) -> tuple[Tensor, Tensor, Tensor]:
        """Buckets of the chosen bags, where each begins, and the weight of each bucket: a share of them goes unread."""
        rows = np.fromiter(chosen, np.int64)
        parts = [self.flat[self.starts[r] : self.starts[r + 1]] for r in rows]
        flat = np.concatenate(parts) if parts else np.zeros(0, np.int64)
        sizes = self.sizes[rows]
        kept = (rng.random(len(flat)) >= dropped) / np.sqrt(np.repeat(sizes, sizes).clip(1) * (1 - dropped))
        starts = np.concatenate([[0], sizes.cumsum()[:-1]])
        return torch.from_numpy(flat), torch.from_numpy(starts), torch.from_numpy(kept.astype(np.float32))


class Features:
    """Of every reply its sentences, itself as a whole and the customer's message."""

    def __init__(self, records: list[Record]) -> None:
        made = [exchange_features(r.reply, r.customer) for r in records]
        self.counts = [len(parts) for parts, _, _ in made]
        self.first = np.concatenate([[0], np.cumsum(self.counts)])
        self.parts = Bags([bag for parts, _, _ in made for bag in parts])
        self.whole = Bags([whole for _, whole, _ in made])
        self.asked = Bags([asked for _, _, asked in made])

    def sentences_of(self, chosen: list[int]) -> list[int]:
        return [n for i in chosen for n in range(self.first[i], self.first[i + 1])]


class Table(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.zeros(BUCKETS, HEADS))
        self.bias = nn.Parameter(torch.full((HEADS,), -2.5))

    def bag(self, taken: tuple[Tensor, Tensor, Tensor]) -> Tensor:
        flat, starts, kept = taken
        return functional.embedding_bag(flat, self.weight, starts, mode="sum", per_sample_weights=kept)

    def forward(self, f: Features, chosen: list[int], dropped: float, rng: np.random.Generator) -> tuple[Tensor, Tensor]:
        """Logits of the replies and of all their sentences, one after the other."""
        of_sentence = self.bag(f.parts.take(f.sentences_of(chosen), dropped, rng))
        rest = self.bag(f.whole.take(chosen, dropped, rng)) + self.bag(f.asked.take(chosen, dropped, rng))
        counts = [f.counts[i] for i in chosen]
        worst = torch.stack([part.max(0).values for part in of_sentence.split(counts)])
        spread = torch.repeat_interleave(rest, torch.tensor(counts), 0)
        return worst + rest + self.bias, of_sentence + spread + self.bias


def _sentence_labels(record: Record) -> tuple[list[list[float]], list[list[float]]]:
    """Per sentence and head: whether quoted words stand in it, and whether that is known."""
    labels, known, at = [], [], 0
    for sentence in sentences(record.reply):
        start = record.reply.find(sentence, at)
        at = start + len(sentence)
        row, sure = [0.0] * HEADS, [float(record.known is None or n in record.known) for n in range(HEADS)]
        for number, places in record.broken.items():
            if places:
                row[number] = float(any(a < at and start < b for a, b in places))
            else:
                sure[number] = 0.0
        labels.append(row)
        known.append(sure)
    return labels, known


def train(records: list[Record], epochs: int = 16, rate: float = 0.05, decay: float = 1e-5, seed: int = 1) -> Table:
    torch.manual_seed(seed)
    rng = np.random.default_rng(seed)
    made = Features(records)
    wanted = torch.tensor([[float(n in r.broken) for n in range(HEADS)] for r in records])
    sure = torch.tensor([[float(r.known is None or n in r.known) for n in range(HEADS)] for r in records])
    of_sentence = [_sentence_labels(r) for r in records]
    labels = torch.tensor([row for rows, _ in of_sentence for row in rows])
    known = torch.tensor([row for _, rows in of_sentence for row in rows])
    table = Table()
    optimiser = torch.optim.Adam(table.parameters(), lr=rate)
    for epoch in range(epochs):
        for group in optimiser.param_groups:
            group["lr"] = rate * (1 - epoch / epochs)
        order = rng.permutation(len(records)).tolist()
        for at in range(0, len(order), 64):
            chosen = order[at : at + 64]
            rows = made.sentences_of(chosen)
            # One in five features goes unread, so that no single one decides.
            whole, parts = table(made, chosen, 0.2, rng)
            by_reply = functional.binary_cross_entropy_with_logits(whole, wanted[chosen], reduction="none")
            loss = (by_reply * sure[chosen]).sum(1).mean()
            by_sentence = functional.binary_cross_entropy_with_logits(parts, labels[rows], reduction="none")
            loss = loss + 0.5 * (by_sentence * known[rows]).sum(1).mean() + decay * table.weight.pow(2).sum()
            loss.backward()
            optimiser.step()
            optimiser.zero_grad()
    return table


def write(table: Table, folder: Path) -> dict[str, list[float]]:
    """``ngrams.bin``; returns the scales and biases that go with it."""
    weight = table.weight.detach()
    scales = weight.abs().max(0).values / 127
    (folder / "ngrams.bin").write_bytes((weight / scales).round().to(torch.int8).numpy().tobytes())
    return {"scales": scales.tolist(), "biases": table.bias.tolist()}
