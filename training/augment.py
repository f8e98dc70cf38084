"""The noise of webcare, added to clean sentences: no capitals, no full stops, doubled marks, emoji, line breaks."""

from __future__ import annotations

import random
from dataclasses import replace

from data import Document, Word, joined, sentences_of

from webcare_lint.nl.lemmas import make_rule

_EMOJI = "😊 🙂 😉 👍 🙏 😀 😬 💚 ❤️ 🎉 😅 👋 🌳 ☀️ 😕 💪 🤞 :) ;) :-) :(".split()


def noisy(words: Document, rng: random.Random, strength: float = 1.0) -> Document:
    """A changed copy of a document; ``strength`` scales how often each change is made."""
    sentences = list(sentences_of(words))
    lower_all = rng.random() < 0.15 * strength
    lower_start = rng.random() < 0.1 * strength
    bare = rng.random() < 0.12 * strength
    breaks = rng.random() < 0.3 * strength
    out = []
    for number, original in enumerate(sentences):
        sentence = original
        if lower_all:
            sentence = [_lower(w) for w in sentence]
        elif lower_start and sentence[0].upos != "PROPN":
            sentence = [_lower(sentence[0]), *sentence[1:]]
        sentence = _end(sentence, rng, bare, strength)
        if breaks and number and rng.random() < 0.6:
            sentence = [replace(sentence[0], line_break=True), *sentence[1:]]
        if breaks and len(sentence) > 4:
            sentence = _after_greeting(sentence)
        out.append(sentence)
    return joined(out)


def _lower(word: Word) -> Word:
    form = word.form.lower()
    if form == word.form:
        return word
    return replace(word, form=form, rule=make_rule(form, word.lemma) if word.rule.startswith("k") else word.rule)


def _end(sentence: Document, rng: random.Random, bare: bool, strength: float) -> Document:
    """Change the last mark and perhaps put an emoji behind it."""
    last = len(sentence) - 1
    mark = sentence[last]
    if last and mark.upos == "PUNCT" and all(w.head != last for w in sentence):
        if mark.form == "." and bare and rng.random() < 0.8:
            sentence = sentence[:last]
        elif mark.form in ".!" and rng.random() < 0.15 * strength:
            sentence = [*sentence[:last], _mark(mark, rng.choice(("!", "!!", "!!!", "...", "…")))]
        elif mark.form == "?" and rng.random() < 0.2 * strength:
            sentence = [*sentence[:last], _mark(mark, rng.choice(("??", "?!", "?")))]
    root = next((i for i, w in enumerate(sentence) if w.head < 0), 0)
    if rng.random() < 0.12 * strength:
        for _ in range(rng.choice((1, 1, 1, 2))):
            form = rng.choice(_EMOJI)
            sentence = [*sentence, Word(form, True, "SYM _", form, root, "discourse", False, "SYM", "_",
                                        make_rule(form, form))]  # fmt: skip
    return sentence


def _mark(word: Word, form: str) -> Word:
    return replace(word, form=form, lemma=form, rule=make_rule(form, form))


def _after_greeting(sentence: Document) -> Document:
    """A line break behind the comma of "Hoi Sanne,", which does not end the sentence."""
    for i in (1, 2, 3):
        if sentence[i].form == "," and sentence[0].dep in ("discourse", "vocative"):
            return [*sentence[: i + 1], replace(sentence[i + 1], line_break=True), *sentence[i + 2 :]]
    return sentence
