"""The plain recipe of the treebanks' README, to compare speed with: spaCy's efficiency config on the news alone.

    python training/plain.py --ud FOLDER --out work/plain [--steps 20000]

Speed and loading time do not depend on how long it trains; a few hundred steps do for those.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

import spacy  # noqa: E402
from conllu import Sentence  # noqa: E402
from data import news  # noqa: E402
from spacy.tokens import Doc, DocBin  # noqa: E402


def to_spacy(nlp: spacy.Language, sentences: list[Sentence]) -> DocBin:
    """One ``Doc`` a sentence, as ``spacy convert`` makes them."""
    docs = DocBin()
    for sentence in sentences:
        tokens = sentence.tokens
        docs.add(
            Doc(
                nlp.vocab, words=[t.form for t in tokens], spaces=[t.space_after for t in tokens],
                heads=[t.head - 1 if t.head else t.id - 1 for t in tokens], lemmas=[t.lemma for t in tokens],
                deps=["ROOT" if t.deprel == "root" else t.deprel for t in tokens], pos=[t.upos for t in tokens],
                morphs=["" if t.feats == "_" else t.feats for t in tokens],
            )
        )  # fmt: skip
    return docs


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--ud", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--steps", type=int, default=20_000)
    options = parser.parse_args()
    nlp = spacy.blank("nl")
    train, held = news(options.ud)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        to_spacy(nlp, train).to_disk(folder / "train.spacy")
        to_spacy(nlp, held).to_disk(folder / "dev.spacy")
        run = [sys.executable, "-m", "spacy"]
        subprocess.run([*run, "init", "config", str(folder / "plain.cfg"), "--lang", "nl", "--optimize", "efficiency",
                        "--pipeline", "morphologizer,trainable_lemmatizer,parser"], check=True)  # fmt: skip
        subprocess.run([*run, "train", str(folder / "plain.cfg"), "--output", str(options.out),
                        "--paths.train", str(folder / "train.spacy"), "--paths.dev", str(folder / "dev.spacy"),
                        "--training.max_steps", str(options.steps)], check=True)  # fmt: skip


if __name__ == "__main__":
    main()
