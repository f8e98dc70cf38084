"""Make the encoder cheaper in the course of training: of the inner neurons of each layer the least important ones go.

How important one is: the square of its activation times the gradient of the loss on it, summed over replies (the change of the
loss, to first order, were it not there).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

import torch
from torch import Tensor, nn

from training.e5 import Layer
from training.reader.batches import Batch
from training.reader.network import Reader


def most_important(model: Reader, batches: Iterable[Batch], loss: Callable[[Batch], Tensor], inner: int) -> list[Tensor]:
    """For each layer the numbers of the ``inner`` neurons to keep, in order."""
    seen: dict[int, Tensor] = {}

    def look(number: int) -> Callable[[nn.Module, tuple[Tensor]], None]:
        def before(_module: nn.Module, given: tuple[Tensor]) -> None:
            given[0].retain_grad()
            seen[number] = given[0]

        return before

    layers = _layers(model)
    hooks = [layer.down.register_forward_pre_hook(look(number)) for number, layer in enumerate(layers)]
    weights = [torch.zeros(layer.up.out_features) for layer in layers]
    model.eval()
    for batch in batches:
        loss(batch).backward()  # type: ignore[no-untyped-call]
        for number, activation in seen.items():
            assert activation.grad is not None
            weights[number] += (activation.float() * activation.grad.float()).sum((0, 1)).square()
        model.zero_grad()
    for hook in hooks:
        hook.remove()
    model.train()
    return [weight.topk(inner).indices.sort().values for weight in weights]


def narrow(model: Reader, kept: list[Tensor], average: dict[str, Tensor], optimiser: torch.optim.Optimizer) -> dict[str, dict]:
    """Leave only the neurons ``kept``, in ``average`` too; what the optimiser knew of each parameter comes back by its name."""
    known = {name: optimiser.state.get(parameter, {}) for name, parameter in model.named_parameters()}
    cut = {name: _cut(name, parameter.detach(), kept) for name, parameter in model.named_parameters()}
    shape_like(model, cut)
    model.load_state_dict(cut, strict=False)
    average.update({name: _cut(name, value, kept) for name, value in average.items()})
    return {
        name: {key: _cut(name, value, kept) if value.dim() else value for key, value in state.items()}
        for name, state in known.items()
    }


def shape_like(model: Reader, state: dict[str, Tensor]) -> None:
    """Give the layers the width that they have in ``state``."""
    for number, layer in enumerate(_layers(model)):
        inner = state[f"body.blocks.{number}.up.weight"].shape[0]
        if inner != layer.up.out_features:
            layer.up, layer.down = nn.Linear(model.body.width, inner), nn.Linear(inner, model.body.width)


def _layers(model: Reader) -> list[Layer]:
    return [layer for layer in model.body.blocks if isinstance(layer, Layer)]


def _cut(name: str, value: Tensor, kept: list[Tensor]) -> Tensor:
    """What is left of a parameter, or of what has its shape."""
    parts = name.split(".")
    if parts[:2] != ["body", "blocks"] or parts[3] not in ("up", "down") or parts[3:] == ["down", "bias"]:
        return value
    numbers = kept[int(parts[2])]
    return (value[numbers] if parts[3] == "up" else value[:, numbers]).clone()
