"""The teacher: multilingual-e5-small tuned on the treebanks. It labels raw text for the small model to learn from.

It is never shipped. Bfloat16 makes it trainable on a processor: about a minute per epoch on one core.
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
import torch
from data import Document, Word
from e5 import E5, E5File, Pieces, default_file
from heads import Batch, Heads, Labels
from torch import Tensor, nn

from webcare_lint.nl.lemmas import apply_rule
from webcare_lint.nl.lexical import read_as
from webcare_lint.nl.tree import best_heads


class Teacher(nn.Module):
    """e5's first layers and the common output heads."""

    def __init__(self, labels: Labels, layers: int = 10) -> None:
        super().__init__()
        file = E5File(default_file())
        self.labels = labels
        self.encoder = E5(file, layers)
        self.pieces = Pieces(file)
        self.heads = Heads(self.encoder.width, labels, arc=256, rel=128)

    def encode(self, documents: list[Document]) -> Tensor:
        """A vector per word (batch, longest, width): the mean of its pieces' vectors."""
        rows, owners = [], []
        for words in documents:
            ids, owner, space = [0], [-1], True
            for i, word in enumerate(words):
                pieces = self.pieces.of(read_as(word.form), space)
                ids += pieces
                owner += [i] * len(pieces)
                space = word.space
            rows.append([*ids[:511], 2])
            owners.append([*owner[:511], -1])
        longest = max(map(len, rows))
        ids_ = torch.tensor([r + [1] * (longest - len(r)) for r in rows])
        hidden = self.encoder(ids_, torch.tensor([len(r) for r in rows])).float()
        count = max(map(len, documents))
        owner_ = torch.tensor([o + [-1] * (longest - len(o)) for o in owners]) + 1
        sums = torch.zeros(len(rows), count + 1, hidden.shape[-1])
        sums = sums.scatter_add(1, owner_[..., None].expand_as(hidden), hidden)
        sizes = torch.zeros(len(rows), count + 1).scatter_add(1, owner_, torch.ones_like(owner_, dtype=torch.float))
        return (sums / sizes.clamp(min=1)[..., None])[:, 1:]

    def forward(self, documents: list[Document]) -> dict[str, Tensor]:
        return self.heads(self.encode(documents))


def batches(documents: list[Document], words: int, rng: random.Random) -> Iterator[list[int]]:
    """Indices in batches of about ``words`` words, documents of a length together, in random order."""
    order = sorted(range(len(documents)), key=lambda i: len(documents[i]) + rng.random() * 8)
    out, current = [], []
    for i in order:
        current.append(i)
        if len(current) * len(documents[i]) >= words:
            out.append(current)
            current = []
    if current:
        out.append(current)
    rng.shuffle(out)
    yield from out


def train_teacher(
    train: Iterable[tuple[Document, float]], labels: Labels, epochs: int, report: Iterable[tuple[str, list[Document]]] = ()
) -> Teacher:
    """Tune for ``epochs``; ``train`` pairs documents with their weight."""
    torch.manual_seed(1)
    rng = random.Random(1)
    model = Teacher(labels)
    data = list(train)
    documents = [d for d, _ in data]
    top = list(model.heads.parameters())
    body = [p for p in model.encoder.parameters() if p.requires_grad]
    steps = epochs * sum(1 for _ in batches(documents, 550, random.Random(0)))
    optimizer = torch.optim.AdamW([{"params": body, "lr": 1.5e-4}, {"params": top, "lr": 1.5e-3}], weight_decay=0.01,
                                  betas=(0.9, 0.98))  # fmt: skip
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, [1.5e-4, 1.5e-3], total_steps=steps + 50, pct_start=0.1)
    for epoch in range(epochs):
        model.train()
        began, total, count = time.time(), 0.0, 0
        for batch in batches(documents, 550, rng):
            picked = [data[i] for i in batch]
            gold = Batch.of([d for d, _ in picked], labels, [w for _, w in picked])
            with torch.autocast("cpu", torch.bfloat16):
                out = model(picked_documents := [d for d, _ in picked])
                loss = model.heads.loss(out, gold)
            del picked_documents
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            total, count = total + loss.item(), count + 1
        print(f"epoch {epoch + 1}: loss {total / count:.3f}, {time.time() - began:.0f} s", flush=True)
        for name, gold_documents in report:
            print("  ", name, score(gold_documents, list(label(model, gold_documents))), flush=True)
    return model


@torch.no_grad()
def label(model: nn.Module, documents: list[Document], size: int = 1500) -> list[Document]:
    """The documents with the model's labels in place of their own, in the same order."""
    model.eval()
    labels: Labels = model.labels  # type: ignore[assignment]
    result: list[Document] = [[] for _ in documents]
    for batch in batches(documents, size, random.Random(0)):
        words = [documents[i] for i in batch]
        with torch.autocast("cpu", torch.bfloat16):
            out = model(words)
        arcs, starts = out["arc"].float().numpy(), (out["start"] > 0).numpy()
        heads = np.zeros(arcs.shape[:2], dtype=np.int64)
        for row, document in enumerate(words):
            n = len(document)
            heads[row, :n] = best_heads(arcs[row, :n, : n + 1], starts[row, :n]) + 1
        deps = model.heads.relations(out, torch.from_numpy(heads)).argmax(-1).numpy()  # type: ignore[operator, union-attr]
        tags, rules = out["tag"].argmax(-1).numpy(), out["rule"].float().topk(3).indices.numpy()
        for row, (at, document) in enumerate(zip(batch, words, strict=True)):
            result[at] = [
                _relabel(w, labels, int(tags[row, i]), rules[row, i], int(heads[row, i]) - 1, int(deps[row, i]),
                         i == 0 or bool(starts[row, i]))
                for i, w in enumerate(document)
            ]  # fmt: skip
    return result


def _relabel(word: Word, labels: Labels, tag: int, rules: np.ndarray, head: int, dep: int, start: bool) -> Word:
    upos, _, feats = labels.tags[tag].partition(" ")
    lemma, rule = word.form, labels.rules[int(rules[0])]
    for r in rules:
        made = apply_rule(word.form, labels.rules[int(r)])
        if made:
            lemma, rule = made, labels.rules[int(r)]
            break
    name = "root" if head < 0 else labels.deps[dep]
    return Word(word.form, word.space, labels.tags[tag], lemma, head, name, start, upos, feats, rule)


def score(gold: list[Document], found: list[Document]) -> str:
    """UPOS, features, lemma rule, UAS, LAS, sentence-start F1, in per cent."""
    n = upos = feats = rule = uas = las = tp = fp = fn = 0
    for g_doc, f_doc in zip(gold, found, strict=True):
        for i, (g, f) in enumerate(zip(g_doc, f_doc, strict=True)):
            n += 1
            upos += g.upos == f.upos
            feats += g.tag == f.tag
            rule += apply_rule(g.form, g.rule) == apply_rule(f.form, f.rule)
            uas += g.head == f.head
            las += g.head == f.head and g.dep == f.dep
            if i:
                tp, fp, fn = tp + (g.start and f.start), fp + (f.start and not g.start), fn + (g.start and not f.start)
    values = {"upos": upos, "tag": feats, "lemma": rule, "uas": uas, "las": las}
    line = " ".join(f"{k} {100 * v / n:.2f}" for k, v in values.items())
    return f"{line} breaks {200 * tp / max(1, 2 * tp + fp + fn):.2f}"


def save(model: Teacher, path: Path) -> None:
    """Weights without the frozen word table, in half precision."""
    state = {k: v.half() for k, v in model.state_dict().items() if k != "encoder.word.weight"}
    torch.save({"state": state, "labels": model.labels.__dict__}, path)


def load(path: Path) -> Teacher:
    saved = torch.load(path, weights_only=True)
    model = Teacher(Labels(**saved["labels"]))
    model.load_state_dict(saved["state"], strict=False)
    return model
