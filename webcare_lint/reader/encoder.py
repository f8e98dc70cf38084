"""The encoder, run by onnxruntime on one thread; a reply and the message that it answers are two segments of one text."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from webcare_lint.reader.pieces import BOS, EOS, Piece, Pieces

LONGEST = 250
"""Pieces of a reply, or of a message, that are read; what comes after is not."""

Pair = tuple[str, "str | None"]
"""A reply, and the message that it answers where there is one."""


class Raw(NamedTuple):
    """What the encoder says: a logit per head, and one per head for each piece of the reply and of the message (``asked``)."""

    logits: list[float]
    marks: list[list[float]]
    pieces: list[Piece]
    asked_marks: Sequence[list[float]] = ()
    asked: Sequence[Piece] = ()


def quiet_runtime() -> Any:
    """The module onnxruntime; by itself it keeps a record of its use on disk and sends that to its makers."""
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"  # read when it is imported, and never after
    import onnxruntime

    return onnxruntime


class Encoder:
    """A session with its vocabulary."""

    def __init__(self, session: Any, pieces: Pieces) -> None:
        self._session = session
        self._pieces = pieces

    @classmethod
    def load(cls, folder: Path) -> Encoder:
        """From a folder with ``encoder.onnx`` and ``pieces.tsv``; imports onnxruntime."""
        onnxruntime = quiet_runtime()
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        options.enable_mem_pattern = False  # a plan for every length that was met, and each is as large as the longest text
        session = onnxruntime.InferenceSession(str(folder / "encoder.onnx"), options, providers=["CPUExecutionProvider"])
        return cls(session, Pieces.load(folder / "pieces.tsv"))

    def read(self, pairs: Sequence[Pair]) -> list[Raw]:
        """One outcome per pair, in order.

        Each is read by itself. Eight bits are scaled to all that is read at once, so in a batch a reply would be judged a little
        otherwise for what stands beside it.
        """
        return [self._run(*self._cut(*pair)) for pair in pairs]

    def _cut(self, reply: str, customer: str | None) -> tuple[list[int], list[Piece], list[Piece]]:
        own = self._pieces.cut(reply)[:LONGEST]
        ids, asked = [BOS, *(piece.id for piece in own), EOS], []
        if customer:
            asked = self._pieces.cut(customer)[:LONGEST]
            ids += [EOS, *(piece.id for piece in asked), EOS]
        return ids, own, asked

    def _run(self, ids: list[int], own: list[Piece], asked: list[Piece]) -> Raw:
        import numpy as np

        given = {"ids": np.array(ids, np.int64), "reply": np.array(len(own) + 2, np.int64)}
        logits, marks = self._session.run(["logits", "marks"], given)
        begins = len(own) + 3
        return Raw(logits.tolist(), marks[1 : len(own) + 1].tolist(), own, marks[begins : begins + len(asked)].tolist(), asked)
