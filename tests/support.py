"""What several tests share: the type of the real command, and documents built by hand."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from typing import Any

Run = Callable[..., "subprocess.CompletedProcess[str]"]


def make_doc(*rows: tuple[str, str, str, str, int, str]) -> Any:
    """A spaCy ``Doc`` from (form, lemma, tag, features, head from 0, relation), without any model."""
    from spacy.lang.lex_attrs import LEX_ATTRS
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

    words, lemmas, tags, morphs, heads, deps = (list(column) for column in zip(*rows, strict=True))
    return Doc(Vocab(lex_attr_getters=LEX_ATTRS), words=words, lemmas=lemmas, pos=tags, morphs=morphs, heads=heads, deps=deps)
