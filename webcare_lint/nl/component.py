"""The spaCy component that runs our network and writes its answers into ``Doc`` objects."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
from spacy.attrs import DEP, HEAD, LEMMA, MORPH, POS
from spacy.language import Language
from spacy.symbols import IDS
from spacy.tokens import Doc
from spacy.util import ensure_path, minibatch
from spacy.vocab import Vocab

from webcare_lint.nl.lemmatize import Lemmatizer
from webcare_lint.nl.network import Network, Parsed

FACTORY = "webcare_parser"
_WINDOW = 300
"""Words parsed together at most: scores for heads grow with the square. Longer texts are cut at sentence ends."""
_PADDED = 400
"""Words, padding included, in one batch of the network: few enough to stay in the processor's cache."""
_FILES = ("weights.npz", "labels.json", "words.txt", "lemmas.tsv.gz", "known.txt.gz")
_ENDS = frozenset((".", "!", "?", "...", "…", "!!"))


class WebcareParser:
    """Tags, lemmas, features, sentences and dependencies in one pass."""

    def __init__(self, vocab: Vocab, name: str = FACTORY) -> None:
        self.vocab = vocab
        self.name = name
        self._folder: Path | None = None
        self._network: Network | None = None

    def __call__(self, doc: Doc) -> Doc:
        return next(self.pipe([doc]))

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 128) -> Iterator[Doc]:
        """Parse a stream in batches; documents come back in order."""
        for batch in minibatch(stream, size=batch_size):  # type: ignore[no-untyped-call]
            docs = list(batch)
            self._annotate(docs)
            yield from docs

    def _annotate(self, docs: list[Doc]) -> None:
        if self._network is None:
            raise ValueError(f"{FACTORY}: no weights loaded; open the pipeline with spacy.load")
        pieces: list[tuple[int, list[int], list[str], list[bool]]] = []
        for d, doc in enumerate(docs):
            pieces.extend((d, *piece) for piece in _pieces(doc))
        answers: list[list[tuple[list[int], Parsed]]] = [[] for _ in docs]
        pieces.sort(key=lambda p: (len(p[1]), p[0]))
        at = 0
        while at < len(pieces):
            end = at + 1
            while end < len(pieces) and (end - at + 1) * len(pieces[end][1]) <= _PADDED:
                end += 1
            group = pieces[at:end]
            parsed = self._network.parse([p[2] for p in group], [p[3] for p in group])
            for (d, indices, _, _), answer in zip(group, parsed, strict=True):
                answers[d].append((indices, answer))
            at = end
        for doc, found in zip(docs, answers, strict=True):
            self._write(doc, found)

    def _write(self, doc: Doc, found: list[tuple[list[int], Parsed]]) -> None:
        """Fill the columns that spaCy reads in one go; whitespace hangs on the word before it."""
        size = len(doc)
        if not size:
            return
        columns = np.zeros((size, 5), dtype=np.uint64)
        heads = np.zeros(size, dtype=np.int64)
        lemmas = [token.text for token in doc]
        filled = np.zeros(size, dtype=bool)
        for indices, answer in found:
            index = np.array(indices)
            filled[index] = True
            columns[index, 0] = self._tag_pos[answer.tags]
            columns[index, 1] = self._tag_morph[answer.tags]
            columns[index, 3] = np.where(answer.heads < 0, self._root, self._dep_ids[answer.deps])
            heads[index] = np.where(answer.heads < 0, index, index[answer.heads]) - index
            self._lemmas(answer, indices, lemmas)
        for i in np.flatnonzero(~filled):
            columns[i, 0], columns[i, 3] = IDS["SPACE"], self._space
            heads[i] = -1 if i else (1 if size > 1 and filled[1] else 0)
        if not filled.any():
            heads[:] = [0] + [-1] * (size - 1)
        columns[:, 4] = heads.astype(np.uint64)
        add = self.vocab.strings.add
        columns[:, 2] = [add(lemma) for lemma in lemmas]
        doc.from_array([POS, MORPH, LEMMA, DEP, HEAD], columns)  # type: ignore[arg-type]

    def _lemmas(self, answer: Parsed, indices: list[int], lemmas: list[str]) -> None:
        """Lemmas in place; a split particle is joined to its verb's: ``zet ... door`` is ``door_zetten``."""
        upos, find, tags, rules = self._tag_upos, self._lemmatizer.lemma, answer.tags.tolist(), answer.rules.tolist()
        forms = [lemmas[i] for i in indices]
        for i, form, tag, best in zip(indices, forms, tags, rules, strict=True):
            lemmas[i] = find(form, upos[tag], best)
        # "in de gaten houden" keeps the plain verb: its particle has words of its own.
        phrases = set(answer.heads[answer.deps == self._fixed].tolist())
        for child in np.flatnonzero((answer.deps == self._particle) & (answer.heads >= 0)).tolist():
            verb = int(answer.heads[child])
            particle = forms[child].lower()
            if child in phrases or upos[tags[verb]] not in ("VERB", "AUX"):
                continue
            if "_" not in lemmas[indices[verb]]:
                lemmas[indices[verb]] = f"{particle}_{lemmas[indices[verb]]}"

    def _prepare(self, folder: Path) -> None:
        network = Network(folder)
        self._folder, self._network = folder, network
        self._lemmatizer = Lemmatizer(folder, network.rules)
        add, morph = self.vocab.strings.add, self.vocab.morphology.add
        split = [tag.partition(" ") for tag in network.tags]
        self._tag_upos = [upos for upos, _, _ in split]
        self._tag_pos = np.array([IDS[upos] for upos in self._tag_upos], dtype=np.uint64)
        self._tag_morph = np.array([morph("" if f == "_" else f) for _, _, f in split], dtype=np.uint64)
        self._dep_ids = np.array([add(dep) for dep in network.deps], dtype=np.uint64)
        self._root, self._space = add("ROOT"), add("dep")
        self._particle, self._fixed = network.deps.index("compound:prt"), network.deps.index("fixed")

    def to_disk(self, path: str | Path, **_options: Any) -> None:
        """Copy the weights and tables to a folder."""
        folder = ensure_path(path)
        folder.mkdir(parents=True, exist_ok=True)
        for name in _FILES:
            if self._folder is not None and (self._folder / name).exists() and self._folder != folder:
                shutil.copyfile(self._folder / name, folder / name)

    def from_disk(self, path: str | Path, **_options: Any) -> WebcareParser:
        """Read the weights and tables; raises OSError where one is missing."""
        self._prepare(ensure_path(path))
        return self


def _pieces(doc: Doc) -> Iterator[tuple[list[int], list[str], list[bool]]]:
    """The words of a text without its whitespace, in stretches of at most ``_WINDOW``, and which open a line."""
    indices: list[int] = []
    forms: list[str] = []
    opens: list[bool] = []
    gap = ""
    for i, form in enumerate([token.text for token in doc]):
        if form.isspace():
            gap += form
            continue
        if len(forms) >= _WINDOW or (len(forms) >= _WINDOW // 2 and forms[-1] in _ENDS):
            yield indices, forms, opens
            indices, forms, opens = [], [], []
        opens.append("\n" in gap and not _runs_on(gap, forms[-1] if forms else "", form))
        indices.append(i)
        forms.append(form)
        gap = ""
    if forms:
        yield indices, forms, opens


def _runs_on(gap: str, before: str, after: str) -> bool:
    """Whether a line break only wraps a line: one break, a lower-case word behind it, no mark before it."""
    return gap.count("\n") == 1 and after[:1].islower() and (before[-1:].isalnum() or before == ",")


def create(nlp: Language, name: str) -> WebcareParser:
    """Entry point ``spacy_factories``: ``webcare_parser``."""
    return WebcareParser(nlp.vocab, name)


def register() -> None:
    """Make the factory known where the package's entry points are not installed."""
    if not Language.has_factory(FACTORY):
        Language.factory(
            FACTORY,
            assigns=["token.pos", "token.morph", "token.lemma", "token.dep", "token.head", "token.is_sent_start"],
            func=create,
        )


register()
__all__: list[Any] = ["FACTORY", "WebcareParser", "create", "register"]
