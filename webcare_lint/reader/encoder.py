"""The encoder, run by onnxruntime on one thread; a reply and the message that it answers are two segments of one text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from webcare_lint.reader.pieces import BOS, EOS, PAD, Piece, Pieces

if TYPE_CHECKING:
    import numpy as np

BATCH = 16
LONGEST = 250
"""Pieces of a reply, or of a message, that are read; what comes after is not."""

Exchange = tuple[str, "str | None"]


class Raw(NamedTuple):
    """What the encoder says: a logit per head; and for each piece of the reply a logit per head."""

    logits: list[float]
    marks: list[list[float]]
    pieces: list[Piece]


class Encoder:
    """A session with its vocabulary."""

    def __init__(self, session: Any, pieces: Pieces) -> None:
        self._session = session
        self._pieces = pieces

    @classmethod
    def load(cls, folder: Path) -> Encoder:
        """From a folder with ``encoder.onnx`` and ``pieces.tsv``; imports onnxruntime."""
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        session = onnxruntime.InferenceSession(str(folder / "encoder.onnx"), options, providers=["CPUExecutionProvider"])
        return cls(session, Pieces.load(folder / "pieces.tsv"))

    def read(self, exchanges: Sequence[Exchange]) -> list[Raw]:
        """One outcome per exchange, in order; those of like length are read together."""
        cut = [self._cut(*exchange) for exchange in exchanges]
        order = sorted(range(len(cut)), key=lambda i: len(cut[i][0]))
        found: dict[int, Raw] = {}
        for at in range(0, len(order), BATCH):
            chosen = order[at : at + BATCH]
            found.update(zip(chosen, self._run([cut[i] for i in chosen]), strict=True))
        return [found[i] for i in range(len(cut))]

    def _cut(self, reply: str, customer: str | None) -> tuple[list[int], list[Piece]]:
        own = self._pieces.cut(reply)[:LONGEST]
        ids = [BOS, *(piece.id for piece in own), EOS]
        if customer:
            ids += [EOS, *(piece.id for piece in self._pieces.cut(customer)[:LONGEST]), EOS]
        return ids, own

    def _run(self, cut: Sequence[tuple[list[int], list[Piece]]]) -> Iterator[Raw]:
        import numpy as np

        longest = max(len(ids) for ids, _ in cut)
        padded = np.full((len(cut), longest), PAD, np.int64)
        for row, (ids, _) in enumerate(cut):
            padded[row, : len(ids)] = ids
        lengths = np.array([len(ids) for ids, _ in cut], np.int64)
        replies = np.array([len(own) + 2 for _, own in cut], np.int64)
        given: dict[str, np.ndarray[Any, Any]] = {"ids": padded, "lengths": lengths, "replies": replies}
        logits, marks = self._session.run(["logits", "marks"], given)
        for row, (_, own) in enumerate(cut):
            yield Raw(logits[row].tolist(), marks[row, 1 : len(own) + 1].tolist(), own)
