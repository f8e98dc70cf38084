"""Replies as hasty people type them: the same labels, other letters. A text travels with one mark per character."""

from __future__ import annotations

import random
import re

Marked = tuple[str, list[int]]

_GREETED = re.compile("|".join(rf"(?<=^{word} )[A-Z]\w+" for word in ("Hoi", "Hi", "Dag", "Hallo", "Beste", "Hey", "Hé")))
_SIGNED = re.compile(r"\s*[\^~][\w ]{1,12}$")
_EMOJI = re.compile(r"\s?[\U0001F300-\U0001FAFF\u2600-\u27BF][\ufe0f\U0001F3FB-\U0001F3FF]*")
_SHORT = [
    (r"\bhet\b", "t"), (r"\bhet\b", "'t"), (r"\been\b", "n"), (r"\beven\b", "ff"), (r"\bniet\b", "nie"), (r"\bdat\b", "da"),
    (r"\bje\b", "jij"), (r"\bvan de\b", "vd"), (r"\bmisschien\b", "mss"), (r"\bin ieder geval\b", "iig"),
    (r"\bzo snel mogelijk\b", "zsm"), (r"\bmaar\b", "mr"), (r"\bwordt\b", "word"), (r"\bmet\b", "mt"), (r"\bik\b", "k"),
    (r"\bnatuurlijk\b", "tuurlijk"), (r"\bDank je wel\b", "Dankjewel"), (r"\bals\b", "indien"), (r"\bgraag\b", "grg"),
]  # fmt: skip
_NAMES = (
    "Anouk Bas Celine Daan Esra Femke Gijs Hanna Ilse Jeroen Karima Lars Mo Noor Olaf Petra Quinten Rachid Sven Tess Ugur Vera "
    "Wim Xander Yara Zoë Koen Griet Pieter-Jan Lotte Fatima Kees {{naam}} {{voornaam}}"
).split()
_NEAR = {"a": "sq", "e": "wr", "i": "uo", "o": "ip", "n": "bm", "t": "ry", "r": "et", "s": "ad", "d": "sf", "l": "k"}


def noisy(text: str, marks: list[int], rng: random.Random) -> Marked:
    """A variant of the text; half of them stay as they are but for names."""
    out: Marked = (text, marks)
    out = _replace(out, _GREETED, lambda _: rng.choice(_NAMES), 0.5, rng)
    if rng.random() < 0.3:
        out = _replace(
            out, _SIGNED, lambda _: rng.choice(["", "", f" ^{rng.choice(_NAMES)[:2]}", f" - {rng.choice(_NAMES)}"]), 1, rng
        )
    if rng.random() < 0.5:
        return out
    if rng.random() < 0.25:
        out = "".join(c.lower() if len(c.lower()) == 1 else c for c in out[0]), out[1]
    if rng.random() < 0.3:
        out = _replace(out, _EMOJI, lambda _: "", 1, rng, unmarked=True)
    if rng.random() < 0.3:
        for pattern, short in rng.sample(_SHORT, 4):
            out = _replace(out, re.compile(pattern), lambda _, s=short: s, 0.7, rng)
    if rng.random() < 0.3:
        out = _replace(out, re.compile(r"(?<=\w)[,!](?= )"), lambda _: "", 0.5, rng)
    if rng.random() < 0.2 and out[0].endswith((".", "!")):
        out = out[0][:-1], out[1][:-1]
    if rng.random() < 0.35:
        out = _typos(out, rng)
    return out


def _replace(marked: Marked, pattern: re.Pattern[str], by, share: float, rng: random.Random, unmarked: bool = False) -> Marked:
    text, marks = marked
    parts, kept, at = [], [], 0
    for match in pattern.finditer(text):
        if rng.random() > share or (unmarked and any(marks[match.start() : match.end()])):
            continue
        new = by(match)
        parts += [text[at : match.start()], new]
        kept += marks[at : match.start()] + [marks[match.start()]] * len(new)
        at = match.end()
    return "".join([*parts, text[at:]]), kept + marks[at:]


def _typos(marked: Marked, rng: random.Random) -> Marked:
    chars, marks = list(marked[0]), list(marked[1])
    at = 1
    while at < len(chars) - 1:
        if chars[at].isalpha() and rng.random() < 0.02:
            kind = rng.randrange(4)
            if kind == 0 and chars[at + 1].isalpha():
                chars[at], chars[at + 1] = chars[at + 1], chars[at]
            elif kind == 1:
                del chars[at], marks[at]
            elif kind == 2:
                chars.insert(at, chars[at])
                marks.insert(at, marks[at])
            elif chars[at] in _NEAR:
                chars[at] = rng.choice(_NEAR[chars[at]])
        at += 1
    return "".join(chars), marks
