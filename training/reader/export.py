"""The trained network as 8-bit ONNX, with the vocabulary beside it."""

from __future__ import annotations

import copy
import tempfile
from collections.abc import Iterable
from pathlib import Path

import torch
from torch import Tensor, nn

from training.reader.batches import Batch
from training.reader.network import Reader
from training.reader.outliers import factors
from webcare_lint.reader.encoder import quiet_runtime

_JUDGING = ("/attend/Gemm_MatMul", "/mark/Gemm_MatMul", "/seek/Gemm_MatMul")


class _Even(nn.Module):
    """A matrix that divides the columns of what it is given by ``factor``, and gives what it always gave."""

    def __init__(self, matrix: nn.Linear, factor: Tensor) -> None:
        super().__init__()
        self.matrix, self.share = matrix, nn.Parameter(1 / factor)
        self.matrix.weight.data *= factor

    def forward(self, x: Tensor) -> Tensor:
        return self.matrix(x * self.share)


class _One(nn.Module):
    """The network for one reply at a time: no padding, no masks, and no shape that is worked out on the way.

    Attention is written out, ONNX has no word for the fused one; its scale is in the weights of the queries.
    """

    def __init__(self, reader: Reader, factors: list[dict[str, Tensor]]) -> None:
        super().__init__()
        self.reader = copy.deepcopy(reader).eval()
        body, width = self.reader.body, reader.body.width
        self.place = nn.Parameter(body.position.data + body.segment.data)
        for block, factor_of in zip(body.blocks, factors, strict=True):
            scale = (width // block.heads) ** -0.5  # type: ignore[operator]
            block.qkv.weight.data[:width] *= scale  # type: ignore[union-attr]
            block.qkv.bias.data[:width] *= scale  # type: ignore[union-attr]
            for name, factor in factor_of.items():
                setattr(block, name, _Even(getattr(block, name), factor))

    def forward(self, ids: Tensor, reply: Tensor) -> tuple[Tensor, Tensor]:
        r, width = self.reader, self.reader.body.width
        message = (torch.arange(ids.shape[0]) >= reply)[:, None].float()
        x = r.body.norm(r.body.word(ids) + self.place[: ids.shape[0]] + message * r.answered)
        for block in r.body.blocks:
            shape = (-1, block.heads, width // block.heads)  # type: ignore[operator]
            q, k, v = (part.reshape(shape) for part in torch.split(block.qkv(x), width, dim=-1))  # type: ignore[operator]
            weights = (q.permute(1, 0, 2) @ k.permute(1, 2, 0)).softmax(-1)
            y = (weights @ v.permute(1, 0, 2)).permute(1, 0, 2).reshape(-1, width)
            x = block.norm1(x + block.out(y))  # type: ignore[operator]
            x = block.norm2(x + block.down(nn.functional.gelu(block.up(x))))  # type: ignore[operator]
        pooled = r.attend(x).softmax(0).transpose(0, 1) @ x
        marks = r.mark(x)
        peak = ((marks - message * 1e4) * 2).logsumexp(0) / 2
        return (pooled * r.judge).sum(-1) + r.strongest * peak + r.bias, marks + message * (r.seek(x) - marks)


def write(reader: Reader, path: Path, typical: Iterable[Batch]) -> None:
    """``encoder.onnx``: weights of eight bits, the word table too; ``typical`` batches show how large the numbers grow."""
    quiet_runtime()
    from onnxruntime.quantization import QuantType, quantize_dynamic

    given = (torch.randint(4, 100, (12,)), torch.tensor(8))
    axes = {"ids": {0: "piece"}, "marks": {0: "piece"}}
    with tempfile.TemporaryDirectory() as folder:
        full = Path(folder) / "full.onnx"
        one = _One(reader, factors(reader, typical))
        torch.onnx.export(one, given, str(full), input_names=["ids", "reply"], output_names=["logits", "marks"],
                          dynamic_axes=axes, opset_version=17, dynamo=False)  # fmt: skip
        # The judging layers stay in full precision: they are small, and everything hangs on them.
        quantize_dynamic(full, path, weight_type=QuantType.QInt8, per_channel=True,
                         nodes_to_exclude=list(_JUDGING),
                         op_types_to_quantize=["MatMul", "Gather"], extra_options={"MatMulConstBOnly": True})  # fmt: skip
