"""The trained network as 8-bit ONNX, with the vocabulary beside it."""

from __future__ import annotations

import tempfile
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from training.reader.network import Reader


class _Plain(nn.Module):
    """The network with its attention written out: ONNX has no word for the fused one."""

    def __init__(self, reader: Reader) -> None:
        super().__init__()
        self.reader = reader

    def forward(self, ids: Tensor, lengths: Tensor, replies: Tensor) -> tuple[Tensor, Tensor]:
        r = self.reader
        length = ids.shape[1]
        at = torch.arange(length)[None, :]
        inside, own = at < lengths[:, None], at < replies[:, None]
        barred = (~inside)[:, None, None, :].float() * -1e4
        x = r.body.word(ids) + r.body.position[:length] + r.body.segment
        x = r.body.norm(x + (~own)[:, :, None].float() * r.answered)
        for block in r.body.blocks:
            shape = (x.shape[0], length, block.heads, x.shape[2] // block.heads)  # type: ignore[union-attr]
            q, k, v = (part.reshape(shape).transpose(1, 2) for part in block.qkv(x).chunk(3, dim=-1))  # type: ignore[union-attr]
            weights = (q @ k.transpose(2, 3) / shape[3] ** 0.5 + barred).softmax(-1)
            y = (weights @ v).transpose(1, 2).reshape(x.shape)
            x = block.norm1(x + block.out(y))  # type: ignore[union-attr]
            x = block.norm2(x + block.down(nn.functional.gelu(block.up(x))))  # type: ignore[union-attr]
        attention = (r.attend(x) + (~inside)[:, :, None].float() * -1e4).softmax(1)
        pooled = attention.transpose(1, 2) @ x
        marks = r.mark(x) + (~own)[:, :, None].float() * -1e4
        peak = (marks * 2).logsumexp(1) / 2
        return (pooled * r.judge).sum(-1) + r.strongest * peak + r.bias, marks


def write(reader: Reader, path: Path) -> None:
    """``encoder.onnx``: weights of eight bits, the word table too."""
    reader.eval()
    ids = torch.randint(4, 100, (2, 12))
    given = (ids, torch.tensor([12, 9]), torch.tensor([8, 5]))
    names = ["ids", "lengths", "replies"]
    axes: dict = {"ids": {0: "batch", 1: "piece"}, "lengths": {0: "batch"}, "replies": {0: "batch"},
                  "logits": {0: "batch"}, "marks": {0: "batch", 1: "piece"}}  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        full = Path(folder) / "full.onnx"
        torch.onnx.export(_Plain(reader), given, str(full), input_names=names, output_names=["logits", "marks"],
                          dynamic_axes=axes, opset_version=17, dynamo=False)  # fmt: skip
        # The judging layers stay in full precision: they are small, and everything hangs on them.
        small = [n.name for n in onnx.load(full).graph.node if n.op_type == "MatMul" and n.name.startswith(("/attend", "/mark"))]
        quantize_dynamic(full, path, weight_type=QuantType.QInt8, per_channel=True, nodes_to_exclude=small,
                         op_types_to_quantize=["MatMul", "Gather"], extra_options={"MatMulConstBOnly": True})  # fmt: skip
