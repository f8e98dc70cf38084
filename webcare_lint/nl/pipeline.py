"""Load the Dutch pipeline and parse replies with it. spaCy is imported here, inside the functions, and nowhere else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

BATCH = 128
"""Replies parsed together: large enough for the matrix library, small enough for its caches."""


class PipelineError(ValueError):
    """A pipeline that cannot be loaded; the message says which and why."""


def model_path() -> Path:
    """The folder of the pipeline that comes with webcare-lint; ``spacy.load`` opens it."""
    return Path(__file__).parent / "model"


def load(name: str | None = None) -> Language:
    """Our pipeline, or another by package name or path.

    Raises:
        PipelineError: when there is no such pipeline or spaCy cannot read it.
    """
    import spacy

    # Registers our language and factories also where the package's entry points are not installed.
    from webcare_lint.nl import component, language  # noqa: F401

    try:
        return spacy.load(name if name is not None else model_path())
    except (OSError, ValueError, ImportError) as error:
        first = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
        raise PipelineError(f"pipeline {name or model_path()} cannot be loaded: {first}") from error


def parse(nlp: Language, texts: Iterable[str]) -> Iterator[Doc]:
    """One ``Doc`` per text, in order, parsed in batches."""
    return nlp.pipe(texts, batch_size=BATCH)
