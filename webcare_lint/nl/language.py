"""The spaCy language ``nl_webcare``: found by its entry point when a pipeline of ours is loaded.

Only ``pipeline`` and spaCy itself import this module; it imports spaCy.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from confection import Config
from spacy import attrs
from spacy.language import BaseDefaults, Language
from spacy.tokens import Doc
from spacy.util import registry
from spacy.vocab import Vocab

from webcare_lint.nl.lexical import norm
from webcare_lint.nl.tokenizer import split


class WebcareTokenizer:
    """Splits a text with ``webcare_lint.nl.tokenizer``; ``doc.text`` is always the text that went in."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        words: list[str] = []
        spaces: list[bool] = []
        at = 0
        for start, end, _kind in split(text):
            self._add_gap(text[at:start], words, spaces)
            words.append(text[start:end])
            spaces.append(False)
            at = end
        self._add_gap(text[at:], words, spaces)
        return Doc(self.vocab, words=words, spaces=spaces)

    @staticmethod
    def _add_gap(gap: str, words: list[str], spaces: list[bool]) -> None:
        """One space is the word's own; what is left of a gap is a whitespace token."""
        if gap.startswith(" ") and words:
            spaces[-1] = True
            gap = gap[1:]
        if gap:
            words.append(gap)
            spaces.append(False)

    # spaCy saves and opens every tokenizer; this one has nothing to keep, its rules are code.

    def to_disk(self, *_args: Any, **_options: Any) -> None:
        """Writes nothing."""

    def from_disk(self, *_args: Any, **_options: Any) -> WebcareTokenizer:
        """Reads nothing."""
        return self

    def to_bytes(self, **_options: Any) -> bytes:
        """Nothing."""
        return b""

    def from_bytes(self, *_args: Any, **_options: Any) -> WebcareTokenizer:
        """Takes nothing."""
        return self


def create_tokenizer() -> Callable[[Language], WebcareTokenizer]:
    """Entry point ``spacy_tokenizers``: ``webcare_lint.Tokenizer.v1``."""

    def tokenizer(nlp: Language) -> WebcareTokenizer:
        return WebcareTokenizer(nlp.vocab)

    return tokenizer


if "webcare_lint.Tokenizer.v1" not in registry.tokenizers:
    registry.tokenizers.register("webcare_lint.Tokenizer.v1", func=create_tokenizer)


class WebcareDutchDefaults(BaseDefaults):
    """Norms by ``lexical``; no tokenizer exceptions, which cost half a second to set up."""

    lex_attr_getters = {**BaseDefaults.lex_attr_getters, attrs.NORM: norm}  # noqa: RUF012
    config = Config({"nlp": {"tokenizer": {"@tokenizers": "webcare_lint.Tokenizer.v1"}}})


class WebcareDutch(Language):  # type: ignore[no-untyped-call]
    """Dutch as webcare writes it."""

    lang = "nl_webcare"
    Defaults = WebcareDutchDefaults


if "nl_webcare" not in registry.languages:
    registry.languages.register("nl_webcare", func=WebcareDutch)
