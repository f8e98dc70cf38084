"""Raw Dutch for the teacher to label: replies and customer messages, and manuals from Debian packages."""

from __future__ import annotations

import html
import json
import random
import re
from collections.abc import Iterator, Sequence
from fnmatch import fnmatch
from pathlib import Path

from data import Document, Word

from webcare_lint.nl.tokenizer import split

_TAG = re.compile(r"<[^>]+>")
_PARAGRAPH = re.compile(r"<(p|li|dd|td|paragraph)\b[^>]*>(.*?)</\1>", re.S | re.I)
_DUTCH = re.compile(r"\b(de|het|een|van|is|en|niet|je|u)\b", re.I)


def untagged(text: str) -> Document:
    """The words of ``text`` without labels; line breaks count as spaces."""
    words = split(text)
    out: Document = []
    for i, (start, end, _) in enumerate(words):
        space = i + 1 == len(words) or words[i + 1][0] > end
        out.append(Word(text[start:end], space, "", "", -1, "", i == 0, "", ""))
    return out


def webcare(corpus: Path, without: Sequence[str] = ()) -> Iterator[str]:
    """Replies and customer messages of the training corpus (``train/*.jsonl``); families with names like ``without`` are left."""
    for file in sorted((corpus / "train").glob("*.jsonl")):
        if any(fnmatch(file.stem, name) for name in without):
            continue
        for line in file.read_text("utf-8").splitlines():
            record = json.loads(line)
            for key in ("customer", "reply"):
                if record.get(key):
                    yield record[key]


def manuals(folder: Path, limit: int, seed: int = 3) -> list[str]:
    """Up to ``limit`` Dutch paragraphs from the HTML under ``folder`` (unpacked ``*-help-nl``, ``*-doc-nl`` packages)."""
    found: set[str] = set()
    for file in sorted(folder.rglob("*.html")):
        if "nl" not in str(file):
            continue
        text = file.read_text("utf-8", "ignore")
        for _, inside in _PARAGRAPH.findall(text):
            plain = " ".join(html.unescape(_TAG.sub("", inside)).split())
            if 30 <= len(plain) <= 400 and len(_DUTCH.findall(plain)) >= 2 and plain[-1] in ".!?":
                found.add(plain)
    chosen = sorted(found)
    random.Random(seed).shuffle(chosen)
    return chosen[:limit]
