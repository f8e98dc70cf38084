"""The treebanks as training documents: words, labels, splits, and the noise that webcare adds.

A document is one to five sentences that stand together, so that sentence breaks are learned. All labels of a word
are strings; the networks map them to numbers.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from conllu import Sentence, errors, read

from webcare_lint.nl.lemmas import make_rule

HELD_OUT = 0.2
"""The part of Alpino's file, at its end, that is kept from training to follow the accuracy on news."""


@dataclass(frozen=True)
class Word:
    """One word with its labels; ``head`` is an index in the document, -1 for a sentence's root.

    ``line_break`` says that a line break stands before it.
    """

    form: str
    space: bool
    tag: str
    lemma: str
    head: int
    dep: str
    start: bool
    upos: str
    feats: str
    rule: str = ""
    line_break: bool = False


Document = list[Word]


def to_document(sentences: Sequence[Sentence]) -> Document:
    """Sentences that stand together as one document."""
    words: Document = []
    for sentence in sentences:
        offset = len(words)
        particles = {t.head: t.form.lower() for t in sentence.tokens if t.deprel == "compound:prt"}
        for t in sentence.tokens:
            lemma = t.lemma
            if t.id in particles and "_" in lemma and not t.form.lower().startswith(lemma.split("_")[0]):
                # "zet ... door": the particle is joined to the verb's lemma after parsing.
                lemma = lemma.split("_", 1)[1]
            feats = "|".join(f for f in t.feats.split("|") if not f.startswith("ExtPos")) or "_"
            words.append(
                Word(
                    t.form, t.space_after, f"{t.upos} {feats}", t.lemma, offset + t.head - 1 if t.head else -1,
                    t.deprel, t.id == 1, t.upos, feats, make_rule(t.form, lemma),
                )
            )  # fmt: skip
        words[-1] = replace(words[-1], space=True)
    return words


def documents(path: Path) -> list[list[Sentence]]:
    """The valid sentences of a file, grouped by its ``newdoc`` lines (all one group where it has none)."""
    groups: list[list[Sentence]] = []
    for sentence in read(path):
        if errors(sentence):
            continue
        if sentence.starts_document or not groups:
            groups.append([])
        groups[-1].append(sentence)
    return groups


def in_chunks(sentences: Sequence[Sentence], rng: random.Random) -> Iterator[list[Sentence]]:
    """Neighbouring sentences in groups of one to four."""
    at = 0
    while at < len(sentences):
        size = rng.choice((1, 1, 2, 3, 4))
        yield list(sentences[at : at + size])
        at += size


def news(ud: Path, held_out: float = HELD_OUT) -> tuple[list[Sentence], list[Sentence]]:
    """Training and held-out sentences of the news treebanks in folder ``ud``."""
    alpino = list(read(ud / "nl_alpino-ud-dev.conllu"))
    cut = round(len(alpino) * (1 - held_out))
    train = alpino[:cut]
    for name in ("dev", "test"):
        train += read(ud / f"nl_lassysmall-ud-{name}.conllu")
    return train, alpino[cut:]


def sentences_of(words: Iterable[Word]) -> Iterator[Document]:
    """The document's sentences, heads counted from each sentence's start."""
    current: Document = []
    offset = 0
    for i, word in enumerate(words):
        if word.start and current:
            yield current
            current, offset = [], i
        current.append(replace(word, head=word.head - offset if word.head >= 0 else -1))
    if current:
        yield current


def joined(sentences: Iterable[Document]) -> Document:
    """Sentences as one document again."""
    words: Document = []
    for sentence in sentences:
        offset = len(words)
        words += [replace(w, head=w.head + offset if w.head >= 0 else -1) for w in sentence]
    return words
