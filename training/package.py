"""Put weights and tables together as a pipeline folder that ``spacy.load`` opens."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from student import DILATIONS, Student, export

from webcare_lint.nl.component import FACTORY, WebcareParser
from webcare_lint.nl.language import WebcareDutch

_ABOUT = Path(__file__).parent / "about"


def write_weights(folder: Path, model: Student, words: list[str]) -> None:
    """What the network reads: weights, label names, vocabulary."""
    folder.mkdir(parents=True, exist_ok=True)
    export(model, folder)
    labels = {**model.labels.__dict__, "dilations": DILATIONS}
    (folder / "labels.json").write_text(json.dumps(labels, ensure_ascii=False), "utf-8")
    (folder / "words.txt").write_text("\n".join(words), "utf-8")


def write_pipeline(weights: Path, out: Path, version: str) -> None:
    """Write the pipeline next to ``out`` and move it there, so that nobody reads a half-written one."""
    nlp = WebcareDutch()
    component = nlp.add_pipe(FACTORY)
    assert isinstance(component, WebcareParser)
    component.from_disk(weights)
    nlp.meta.update(
        name="webcare", version=version, license="CC BY-SA 4.0", author="webcare-lint",
        description="Dutch as webcare writes it: tags, features, lemmas, sentences, dependencies",
    )  # fmt: skip
    staging = out.with_name(out.name + ".new")
    shutil.rmtree(staging, ignore_errors=True)
    nlp.to_disk(staging)
    for name in ("README.md", "LICENSE"):
        shutil.copyfile(_ABOUT / name, staging / name)
    shutil.rmtree(out, ignore_errors=True)
    staging.rename(out)
