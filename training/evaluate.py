"""Measure a pipeline: accuracy on the webcare test set and held-out news, size, loading time, replies per second.

    python training/evaluate.py --ud FOLDER --corpus training/corpus/dev/moeilijk.jsonl [--plain FOLDER] [--model FOLDER]

The webcare figures start from raw text (words and sentences are the pipeline's own; what it splits wrongly counts as
wrong); the news figures from given words, one sentence at a time. ``--plain`` names a pipeline trained by the plain
recipe (``python training/plain.py``) to set beside ours.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

import spacy  # noqa: E402
from conllu import Sentence, read  # noqa: E402
from data import HELD_OUT  # noqa: E402
from spacy.language import Language  # noqa: E402
from spacy.tokens import Doc  # noqa: E402

from webcare_lint.nl import component, language  # noqa: E402, F401
from webcare_lint.nl.pipeline import model_path  # noqa: E402

Span = tuple[int, int]
FIGURES = ("words", "sentences", "upos", "feats", "lemma", "uas", "las", "imperatives", "subjects")


@dataclass(frozen=True)
class Entry:
    """One word as both sides have it; the head is a span, None for a root."""

    span: Span
    upos: str
    feats: frozenset[str]
    lemma: str
    head: Span | None
    dep: str
    start: bool


def gold_entries(sentences: Iterable[Sentence]) -> tuple[str, list[Entry]]:
    """The text of a document and its annotated words."""
    text, entries = "", []
    for sentence in sentences:
        spans: list[Span] = []
        for t in sentence.tokens:
            spans.append((len(text), len(text) + len(t.form)))
            text += t.form + (" " if t.space_after else "")
        text = text.rstrip(" ") + " "
        for t, span in zip(sentence.tokens, spans, strict=True):
            head = spans[t.head - 1] if t.head else None
            entries.append(Entry(span, t.upos, _features(t.feats), t.lemma, head, t.deprel, t.id == 1))
    return text.rstrip(" "), entries


def found_entries(doc: Doc) -> list[Entry]:
    """What the pipeline says, without whitespace tokens."""
    out = []
    for t in doc:
        if t.is_space:
            continue
        head = None if t.head.i == t.i else (t.head.idx, t.head.idx + len(t.head))
        dep = "root" if head is None else t.dep_
        start = t.is_sent_start is True or not out
        out.append(Entry((t.idx, t.idx + len(t)), t.pos_, _features(str(t.morph)), t.lemma_, head, dep, start))
    return out


def _features(text: str) -> frozenset[str]:
    return frozenset(f for f in text.split("|") if f and f != "_" and not f.startswith("ExtPos"))


def compare(pairs: Iterable[tuple[list[Entry], list[Entry]]]) -> dict[str, tuple[float, float, float]]:
    """Precision, recall and F1 of each figure, in per cent, over (gold, found) documents."""
    counts = {name: Counter[str]() for name in FIGURES}
    for gold, found in pairs:
        sides = [_facts(gold), _facts(found)]
        for name in FIGURES:
            both = sides[0][name] & sides[1][name]
            counts[name].update(hit=len(both), gold=len(sides[0][name]), found=len(sides[1][name]))
    result = {}
    for name, c in counts.items():
        p, r = 100 * c["hit"] / max(1, c["found"]), 100 * c["hit"] / max(1, c["gold"])
        result[name] = (p, r, 2 * p * r / max(1e-9, p + r))
    return result


def _facts(entries: list[Entry]) -> dict[str, set]:
    starts = [e.span[0] for e in entries if e.start] + [10**9]
    sentences = set()
    for begin, end in pairwise(starts):
        sentences.add((begin, max(e.span[1] for e in entries if begin <= e.span[0] < end)))
    verbs = {e.span for e in entries if e.upos in ("VERB", "AUX")}
    return {
        "words": {e.span for e in entries},
        "sentences": sentences,
        "upos": {(e.span, e.upos) for e in entries},
        "feats": {(e.span, e.upos, e.feats) for e in entries},
        "lemma": {(e.span, e.lemma) for e in entries},
        "uas": {(e.span, e.head) for e in entries},
        "las": {(e.span, e.head, e.dep) for e in entries},
        "imperatives": {e.span for e in entries if "Mood=Imp" in e.feats},
        "subjects": {(e.span, e.head) for e in entries if e.dep.startswith("nsubj") and e.head in verbs},
    }


def webcare(nlp: Language, path: Path) -> dict[str, tuple[float, float, float]]:
    """Figures on a webcare treebank from raw text, a document (``newdoc``) at a time."""
    groups: list[list[Sentence]] = []
    for sentence in read(path):
        if sentence.starts_document or not groups:
            groups.append([])
        groups[-1].append(sentence)
    gold = [gold_entries(g) for g in groups]
    return compare(zip([e for _, e in gold], map(found_entries, nlp.pipe(t for t, _ in gold)), strict=True))


def news(nlp: Language, ud: Path) -> dict[str, tuple[float, float, float]]:
    """Figures on the part of Alpino's file that was kept from training, words given."""
    sentences = list(read(ud / "nl_alpino-ud-dev.conllu"))
    sentences = sentences[round(len(sentences) * (1 - HELD_OUT)) :]
    docs = [Doc(nlp.vocab, [t.form for t in s.tokens], [t.space_after for t in s.tokens]) for s in sentences]
    gold = []
    for sentence, doc in zip(sentences, docs, strict=True):
        spans = [(t.idx, t.idx + len(t)) for t in doc]
        gold.append([
            Entry(span, t.upos, _features(t.feats), t.lemma, spans[t.head - 1] if t.head else None, t.deprel, t.id == 1)
            for t, span in zip(sentence.tokens, spans, strict=True)
        ])  # fmt: skip
    return compare(zip(gold, map(found_entries, nlp.pipe(docs)), strict=True))


def speed(model: str, texts: list[str], seconds: float = 6.0) -> float:
    """Replies per second with everything the pipeline has, on one core, after a first round to warm up."""
    nlp = spacy.load(model)
    list(nlp.pipe(texts, batch_size=128))
    began, done = time.perf_counter(), 0
    while time.perf_counter() - began < seconds:
        done += sum(1 for _ in nlp.pipe(texts, batch_size=128))
    return done / (time.perf_counter() - began)


def loading(model: str, runs: int = 5) -> float:
    """Median milliseconds of ``spacy.load`` in a fresh process, after ``import spacy``."""
    code = (
        "import sys, time, spacy; sys.path.insert(0, sys.argv[2]); t = time.perf_counter();"
        "import webcare_lint.nl.component, webcare_lint.nl.language; spacy.load(sys.argv[1]);"
        "print(time.perf_counter() - t)"
    )
    times = [
        float(subprocess.run([sys.executable, "-c", code, model, str(HERE.parent)], capture_output=True, text=True,
                             check=True).stdout)
        for _ in range(runs)
    ]  # fmt: skip
    return 1000 * sorted(times)[runs // 2]


def show(title: str, figures: dict[str, tuple[float, float, float]]) -> None:
    print(f"{title}: " + "  ".join(f"{name} {f:.2f}" for name, (_, _, f) in figures.items()), flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", default=str(model_path()))
    parser.add_argument("--plain", help="a pipeline trained by the plain recipe, to compare")
    parser.add_argument("--ud", type=Path, help="folder of the news treebanks")
    parser.add_argument("--corpus", type=Path, help="a .jsonl with replies, for the speed")
    parser.add_argument("--test", type=Path, default=HERE / "treebank/webcare-test.conllu")
    options = parser.parse_args()
    for name in filter(None, (options.model, options.plain)):
        nlp = spacy.load(name)
        size = sum(f.stat().st_size for f in Path(name).rglob("*") if f.is_file()) / 1e6
        print(f"== {Path(name).name}: {size:.1f} MB, loads in {loading(name):.0f} ms")
        if options.test.exists():
            show("webcare, F1", webcare(nlp, options.test))
        if options.ud:
            show("news, F1", news(nlp, options.ud))
        if options.corpus:
            texts = [json.loads(line)["reply"] for line in options.corpus.read_text("utf-8").splitlines()]
            print(f"{speed(name, texts):.0f} replies a second on one core")


if __name__ == "__main__":
    main()
