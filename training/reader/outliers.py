"""Ready the encoder for eight bits: what is multiplied with a matrix must not hold a few numbers far larger than the rest.

Eight bits divide the span from the smallest to the largest number of a reply into 255 steps. A few neurons reach 30 or 60 where
most stay below 2, so two steps are left for nearly everything that is meant. Each column is therefore divided by a factor, and
its row of the weights multiplied by the same: the product is what it was, and the weights, whose scales are their own, can bear
it. After SmoothQuant (Xiao and others, 2023).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

import torch
from torch import Tensor, nn

from training.reader.batches import Batch
from training.reader.network import Reader

SHARE = 0.75
"""How much of its size a column gives away: 1 makes all columns equally large, and the weights as uneven as they were."""
EVEN = ("qkv", "up", "down")
"""The matrices whose input is uneven; that of ``out``, a mean of values, is not."""


@torch.no_grad()
def factors(model: Reader, batches: Iterable[Batch]) -> list[dict[str, Tensor]]:
    """For each layer, and each matrix of ``EVEN``, by what each column of its input is to be divided; the mean is 1."""
    largest: dict[tuple[int, str], Tensor] = {}

    def look(key: tuple[int, str]) -> Callable[[nn.Module, tuple[Tensor]], None]:
        def before(_module: nn.Module, given: tuple[Tensor]) -> None:
            seen = given[0].abs().flatten(0, -2).amax(0)
            largest[key] = torch.maximum(largest[key], seen) if key in largest else seen

        return before

    matrices = {(n, name): getattr(block, name) for n, block in enumerate(model.body.blocks) for name in EVEN}
    hooks = [matrix.register_forward_pre_hook(look(key)) for key, matrix in matrices.items()]
    model.eval()
    for batch in batches:
        model(batch.ids, batch.lengths, batch.replies)
    for hook in hooks:
        hook.remove()
    return [{name: _factor(largest[n, name], matrices[n, name].weight) for name in EVEN} for n in range(len(model.body.blocks))]


def _factor(largest: Tensor, weight: Tensor) -> Tensor:
    factor = largest.clamp(min=1e-3) ** SHARE / weight.abs().amax(0).clamp(min=1e-3) ** (1 - SHARE)
    return factor / factor.mean()
