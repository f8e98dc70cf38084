"""How long a message may be on a channel, and how that channel counts.

X counts a normalised text by weight: one for Latin and the like, two for the rest, 23 for a URL whatever its length, two for an
emoji whatever it is made of. A placeholder counts by the length configured for its name, else as its fallback, else by the
length configured for its kind: the outcome is an estimate then (``is_estimate``).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Literal

from msgspec import Struct, field
from msgspec.structs import replace

from webcare_lint.nl.mask import find_masks
from webcare_lint.nl.placeholders import fallback, name
from webcare_lint.text import utf16

Unit = Literal["weighted", "utf16", "characters", "graphemes", "bytes"]
_LIGHT = ((0x0000, 0x10FF), (0x2000, 0x200D), (0x2010, 0x201F), (0x2032, 0x2037))
URL_WEIGHT = 23

PLACEHOLDER_LENGTHS: Mapping[str, int] = {
    "placeholder-name": 8,
    "placeholder-number": 10,
    "placeholder-link": URL_WEIGHT,
    "placeholder-date": 11,
    "placeholder": 10,
}


class Channel(Struct, frozen=True):
    """A channel's limit; ``url`` is a fixed length of links."""

    name: str
    limit: int
    unit: Unit
    url: int | None = None


class Counting(Struct, frozen=True):
    """What the config says about counting."""

    limits: Mapping[str, int] = field(default_factory=dict)
    """By channel, as ``channel_key`` writes it."""
    placeholder_lengths: Mapping[str, int] = field(default_factory=dict)
    placeholders: Mapping[str, int | None] = field(default_factory=dict)
    """The placeholders that exist, by name (``nl.placeholders.by_name``), each with its length where that is known."""


@cache
def channels() -> Mapping[str, Channel]:
    """The shipped channels by name."""
    import yaml

    raw = yaml.safe_load(Path(__file__).with_name("data").joinpath("channels.yaml").read_text("utf-8"))
    return {key: Channel(key, entry["limit"], entry["unit"], entry.get("url")) for key, entry in raw.items()}


def channel_key(called: str) -> str:
    """The name by which a channel is known, for what somebody calls it."""
    key = called.strip().lower()
    return {"twitter": "x"}.get(key, key)


def find_channel(called: str | None, counting: Counting | None = None) -> Channel | None:
    """The channel called so with its limit, or None for one without a known limit."""
    if called is None:
        return None
    key = channel_key(called)
    known = channels().get(key)
    limit = counting.limits.get(key) if counting else None
    if limit is not None:
        return replace(known or Channel(key, limit, "characters"), limit=limit)
    return known


def length(text: str, channel: Channel, counting: Counting | None = None) -> int:
    """The length of ``text`` as ``channel`` counts it, in the channel's unit."""
    total, at = 0, 0
    for mask in find_masks(text):
        fixed = _fixed(text[mask.start : mask.end], mask.kind, channel, counting or Counting())
        if fixed is not None:
            total += _plain(text[at : mask.start], channel.unit) + fixed
            at = mask.end
    return total + _plain(text[at:], channel.unit)


def is_estimate(text: str) -> bool:
    """Whether placeholders make the length of ``text`` uncertain."""
    return any(mask.kind.startswith("placeholder") for mask in find_masks(text))


def overflow(text: str, channel: Channel, counting: Counting | None = None) -> int | None:
    """The offset from which ``text`` no longer fits, or None when it does. Counted per character of the text."""
    if length(text, channel, counting) <= channel.limit:
        return None
    fits, breaks = 0, len(text)
    while fits < breaks:
        middle = (fits + breaks + 1) // 2
        if length(text[:middle], channel, counting) <= channel.limit:
            fits = middle
        else:
            breaks = middle - 1
    return fits


def _fixed(masked: str, kind: str, channel: Channel, counting: Counting) -> int | None:
    if kind.startswith("placeholder"):
        named = counting.placeholders.get(name(masked) or "")
        if named is not None:
            return named
        instead = fallback(masked)
        if instead is not None:
            return _plain(instead, channel.unit)
        return counting.placeholder_lengths.get(kind, PLACEHOLDER_LENGTHS[kind])
    if kind == "url":
        return URL_WEIGHT if channel.unit == "weighted" else channel.url
    if kind == "emoji" and channel.unit == "weighted":
        return 2
    return None


def _plain(text: str, unit: Unit) -> int:
    match unit:
        case "weighted":
            normal = unicodedata.normalize("NFC", text)
            return sum(1 if any(a <= ord(c) <= b for a, b in _LIGHT) else 2 for c in normal)
        case "utf16":
            return utf16(text)
        case "bytes":
            return len(text.encode("utf-8", "surrogatepass"))
        case "graphemes":
            import regex  # knows \X, the grapheme cluster

            return len(regex.findall(r"\X", text))
        case "characters":
            return len(text)
