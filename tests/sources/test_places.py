"""Whatever is written into whatever form of file: the quote of every stretch is what the file says at its place."""

from __future__ import annotations

import os
import re
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from writers import FORMS, Form

from webcare_lint.sources import html, read_document
from webcare_lint.sources.placed import Placed
from webcare_lint.text import Span

MANY = settings(
    max_examples=500, deadline=None, derandomize=bool(os.environ.get("CI")),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.differing_executors],
)  # fmt: skip

_AWKWARD = [
    *("' \" “ ’ \\ \\n & &amp; < > <3 # - : % { } [ ] | ; , {{naam}} ^EK 0900-1234").split(),
    *("👍 👩‍👩‍👧 🇳🇱 é e\u0301 ë € … 日本 \U0001f600").split(),
    *("- ", ": ", "\u00a0", "\t", "  ", "Bel ons even"),
]
_CHARACTERS = st.characters(
    min_codepoint=33, max_codepoint=0x1FAFF, exclude_categories=["Cs", "Cc", "Cn", "Zl", "Zp"], exclude_characters="\ufeff"
)
_WORD = st.sampled_from(_AWKWARD) | st.text(_CHARACTERS, min_size=1, max_size=6)
_LINE = st.lists(_WORD, min_size=1, max_size=5).map(" ".join)
_TEXT = st.builds(
    lambda lines, end: end.join(lines).strip(),
    st.lists(_LINE, min_size=1, max_size=3),
    st.sampled_from(["\n", "\r\n", " \n", "\n\n"]),
).filter(lambda text: text and not html._SIGN.search(text))  # what looks like HTML is read as HTML


def _simple(text: str) -> str:
    return " ".join(text.split())


def _stretches(text: str, random: Random) -> list[Span]:
    """The whole text and some stretches of it that begin and end with a character that shows."""
    solid = [at for at, char in enumerate(text) if not char.isspace()]
    spans = [Span(solid[0], solid[-1] + 1)]
    for _ in range(5):
        a, b = sorted((random.choice(solid), random.choice(solid)))
        spans.append(Span(a, b + 1))
    return spans


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
@MANY
@given(texts=st.lists(_TEXT, min_size=1, max_size=2), seed=st.integers(0, 10_000))
def test_the_file_says_at_its_place_what_is_quoted(form: Form, texts: list[str], seed: int) -> None:
    random = Random(seed)
    if form.plain_lines:
        texts = [re.sub(r"^[\s>#]+", "", re.sub(r"\s+", " ", text)) or "x" for text in texts]
    if form.name == "yaml-folded":
        texts = [re.sub(r"(?m)^[ \t]+|[ \t\u00a0]+(?=\r?$)", "", text) for text in texts]
    if form.name in ("yaml-single", "yaml-plain"):
        texts = [re.sub(r"[ \t]*(\n+)[ \t]*", r"\1", text.replace("\r\n", "\n")) for text in texts]
    if form.name == "yaml-plain":
        texts = ["Hallo " + re.sub(r"[:#\t]", "", text).strip() + "." for text in texts]
        texts = [re.sub(r"[ \t]*(\n+)[ \t]*", r"\1", text) for text in texts]
    texts = texts[:1] if form.name == "text" else texts
    written = form.write(texts, random)
    document = read_document(written.encode("utf-8"), f"a{form.extension}")
    assert document.failures == ()
    assert len(document.replies) == len(texts)
    for reply, given_text in zip(document.replies, texts, strict=True):
        text = Placed.verbatim(given_text, 0).unquoted()
        if form.exact and not form.name.startswith(("yaml-literal", "yaml-folded")):
            assert reply.text == text
        else:
            assert _simple(reply.text) == _simple(text)
        for span in _stretches(reply.text, random):
            place = reply.source.to_source(span)
            quote, said = reply.text[span.start : span.end], form.say(written[place.start : place.end])
            if form.exact:
                assert said == quote
            else:
                assert _simple(said) == _simple(quote)
