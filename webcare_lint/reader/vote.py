"""What encoder, n-grams and rules say, weighed into one probability per commandment."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import NamedTuple

import msgspec

from webcare_lint.model import Level


class Weights(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How much each voice counts for one commandment."""

    encoder: float
    ngrams: float
    others: float
    """What the encoder expects of the other commandments: a reply that breaks one breaks another sooner."""
    advised: float
    """A rule gave advice on it."""
    sure: float
    """A rule found it."""
    bias: float


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``reader.json``, beside the model."""

    commandments: list[int]
    """What the heads are about, in order."""
    ngram_scales: list[float]
    ngram_biases: list[float]
    gate: float
    """What the n-grams must expect at least before the encoder is asked; below it a reply is plainly harmless."""
    vote: dict[int, Weights]


class Voices(NamedTuple):
    """What was said about one commandment."""

    encoder: float
    """A logit."""
    ngrams: float
    """A logit."""
    others: float
    """How many of the other commandments are broken, going by the encoder."""


def sigmoid(logit: float) -> float:
    """The probability that a logit stands for; one that is beyond all doubt is as good as 30."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, logit))))


def probability(weights: Weights, voices: Voices, heard: Level | None) -> float:
    """How likely it is that the commandment is broken; ``heard`` is the heaviest level of what rules found of it."""
    score = weights.encoder * voices.encoder + weights.ngrams * voices.ngrams + weights.others * voices.others + weights.bias
    if heard is not None:
        score += weights.advised if heard == "advice" else weights.sure
    return sigmoid(score)


def expected(logits: Iterable[float]) -> float:
    """How many commandments are broken, going by logits."""
    return sum(map(sigmoid, logits))
