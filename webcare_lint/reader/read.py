"""Gate, encoder and vote behind one small interface."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path

import msgspec
from msgspec import Struct, field

from webcare_lint.model import Level
from webcare_lint.nl.readable import readable
from webcare_lint.reader.encoder import Encoder, Pair, Raw
from webcare_lint.reader.ngrams import Ngrams
from webcare_lint.reader.pieces import Piece
from webcare_lint.reader.vote import Settings, Voices, Weights, expected, probability, sigmoid
from webcare_lint.text import SourceMap, Span

DOUBT = 0.4
"""The probability under which a rule's finding is no more than advice."""
DISMISSAL = 0.2
"""The probability under which it is not told at all: measured, one in fourteen of those is right."""


class ReaderError(ValueError):
    """A reader that cannot be loaded; the message says which and why."""


def model_path() -> Path:
    """The folder of the reader that comes with webcare-lint."""
    return Path(__file__).parent / "model"


class Reading(Struct, frozen=True):
    """What was read in one reply. One that the gate held back breaks nothing."""

    length: int
    """Characters of the reply."""
    asked_length: int = 0
    """Characters of the message that it answers."""
    voices: Mapping[int, Voices] = field(default_factory=dict)
    weights: Mapping[int, Weights] = field(default_factory=dict)
    raw: Raw | None = field(default=None)
    heads: tuple[int, ...] = ()

    def probability(self, commandment: int, heard: Level | None = None) -> float:
        """How likely it is that the reply breaks the commandment; ``heard``: the heaviest level of what rules found of it."""
        voices, weights = self.voices.get(commandment), self.weights.get(commandment)
        return probability(weights, voices, heard) if voices and weights else 0.0

    def level(self, commandment: int | None, level: Level) -> Level | None:
        """What is left of a rule's finding of this level: all, only advice, or nothing. Where nothing was read: all."""
        if commandment is None or commandment not in self.voices:
            return level
        likely = self.probability(commandment, level)
        if likely < DISMISSAL:
            return None
        return "advice" if likely < DOUBT else level

    def bearing(self, commandment: int) -> list[float]:
        """How much each character of the reply bears on it, from 0 to 1."""
        return self._spread(commandment, self.length, self.raw and zip(self.raw.pieces, self.raw.marks, strict=True))

    def overlooked(self, commandment: int) -> list[float]:
        """How surely each character of the message was overlooked, from 0 to 1; learnt for 9 and 10 alone."""
        return self._spread(commandment, self.asked_length, self.raw and zip(self.raw.asked, self.raw.asked_marks, strict=True))

    def _spread(self, commandment: int, length: int, marks: Iterable[tuple[Piece, list[float]]] | None) -> list[float]:
        found = [0.0] * length
        if marks is None or commandment not in self.heads:
            return found
        head = self.heads.index(commandment)
        for piece, of_heads in marks:
            found[piece.start : piece.end] = [sigmoid(of_heads[head])] * (piece.end - piece.start)
        return found


class Reader:
    """A model folder: the encoder in it is loaded when the gate lets the first reply through."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder or model_path()
        try:
            self._settings = msgspec.json.decode((self._folder / "reader.json").read_bytes(), type=Settings)
            scales, biases = self._settings.ngram_scales, self._settings.ngram_biases
            self._ngrams = Ngrams.load(self._folder / "ngrams.bin", scales, biases)
        except (OSError, msgspec.DecodeError) as error:
            raise ReaderError(f"{self._folder}: {error}") from error

    @cached_property
    def encoder(self) -> Encoder:
        """The encoder.

        Raises:
            ReaderError: when onnxruntime is not there or cannot read the file.
        """
        try:
            return Encoder.load(self._folder)
        except Exception as error:  # onnxruntime has a dozen exceptions of its own
            first = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
            raise ReaderError(f"{self._folder}: {first}") from error

    def read(self, pairs: Sequence[Pair]) -> list[Reading]:
        """One reading per reply with what it answers, in order."""
        texts = [readable(reply) for reply, _ in pairs]
        shown = [(text.text, customer) for text, (_, customer) in zip(texts, pairs, strict=True)]
        phrases = [self._ngrams.logits(*pair) for pair in shown]
        through = [i for i, logits in enumerate(phrases) if expected(logits) >= self._settings.gate]
        raws = self.encoder.read([shown[i] for i in through]) if through else []
        read = {i: _placed(raw, texts[i]) for i, raw in zip(through, raws, strict=True)}
        heads = tuple(self._settings.commandments)
        readings = []
        for number, (reply, customer) in enumerate(pairs):
            raw, lengths = read.get(number), (len(reply), len(customer or ""))
            if raw is None:
                readings.append(Reading(*lengths))
                continue
            total = expected(raw.logits)
            voices = {k: Voices(e, n, total - expected((e,))) for k, e, n in zip(heads, raw.logits, phrases[number], strict=True)}
            readings.append(Reading(*lengths, voices, self._settings.vote, raw, heads))
        return readings


def _placed(raw: Raw, text: SourceMap) -> Raw:
    """With the pieces where they stand in the reply itself."""
    if len(text.pieces) == 1 and text.pieces[0].verbatim and not text.pieces[0].source_start:
        return raw
    spans = (text.to_source(Span(piece.start, piece.end)) for piece in raw.pieces)
    return raw._replace(pieces=[piece._replace(start=s.start, end=s.end) for piece, s in zip(raw.pieces, spans, strict=True)])
