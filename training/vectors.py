"""Static word vectors from the teacher: the mean of a word's vectors over its occurrences, reduced by PCA."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import torch
from data import Document
from teacher import Teacher, batches
from torch import Tensor

from webcare_lint.nl.features import features

_OCCURRENCES = 12
"""A word's first occurrences decide; more hardly move the mean."""


@torch.no_grad()
def make_vectors(
    path: Path, teacher: Teacher, documents: list[Document], counts: Counter[str], config: dict
) -> tuple[list[str], Tensor]:
    """Words (the first is the empty string, for unknown words) and their vectors, one row each."""
    if path.exists():
        saved = torch.load(path, weights_only=True)
        return saved["words"], saved["vectors"]
    import random

    words = ["", *(w for w, n in counts.most_common(config["size"]) if n >= config["min_count"] and "\n" not in w)]
    index = {w: i for i, w in enumerate(words)}
    sums = torch.zeros(len(words), teacher.encoder.width)
    seen = torch.zeros(len(words))
    teacher.eval()
    budget = Counter(dict.fromkeys(words, _OCCURRENCES))
    useful = []
    for document in documents:
        keys = [features(w.form)[0] for w in document]
        if any(budget[k] > 0 for k in keys):
            useful.append(document)
            budget.subtract(keys)
    for batch in batches(useful, 1500, random.Random(0)):
        picked = [useful[i] for i in batch]
        with torch.autocast("cpu", torch.bfloat16):
            hidden = teacher.encode(picked).float()
        rows = torch.tensor([index.get(features(w.form)[0], 0) for d in picked for w in d])
        flat = torch.cat([hidden[i, : len(d)] for i, d in enumerate(picked)])
        sums.index_add_(0, rows, flat)
        seen.index_add_(0, rows, torch.ones(len(rows)))
    vectors = sums / seen.clamp(min=1)[:, None]
    centred = vectors - vectors[1:].mean(0)
    _, _, axes = torch.pca_lowrank(centred[1:], q=config["width"], center=False)
    reduced = centred @ axes
    reduced = 0.3 * reduced / reduced[1:].std()
    reduced[0] = 0
    torch.save({"words": words, "vectors": reduced}, path)
    return words, reduced
