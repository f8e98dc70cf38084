"""What is worth reading again: replies that were misjudged; of the others a share, lest they are forgotten."""

from __future__ import annotations

import random
from collections.abc import Sequence

from torch import Tensor

from training.reader.batches import Batch
from training.reader.records import Record


class Revision:
    """Remembers how far off the last judgement of each group was, before anything was learnt from it.

    ``easy``: how far off no label of a group may be (0–1) for it to be known; ``again``: the chance that what is known is read.
    """

    def __init__(self, easy: float, again: float, off: dict[str, float] | None = None) -> None:
        self._easy, self._again = easy, again
        self.off = off or {}

    def saw(self, batch: Batch, logits: Tensor) -> None:
        """A group is never split over batches, so that one batch tells all of it."""
        worst = ((logits.sigmoid() - batch.broken).abs() * batch.known).amax(1).tolist()
        told: dict[str, float] = {}
        for group, far in zip(batch.groups, worst, strict=True):
            told[group] = max(far, told.get(group, 0.0))
        self.off |= told

    def chosen(self, records: Sequence[Record], rng: random.Random) -> list[Record]:
        """The records to read now; groups that were never seen are among them."""
        known = sorted({r.group for r in records if self.off.get(r.group, 1.0) < self._easy})
        left = {group for group in known if rng.random() >= self._again}
        return [r for r in records if r.group not in left]
