"""Read and validate CoNLL-U: the format of the treebanks that the Dutch pipeline is trained on.

Run as ``python training/conllu.py FILE…`` it prints what is wrong, one line per error, and exits 1.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

UPOS = frozenset("ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X".split())
DEPRELS = frozenset(
    """acl acl:relcl advcl advmod amod appos aux aux:pass case cc cc:preconj ccomp compound:prt conj
    cop csubj csubj:outer dep det discourse dislocated expl expl:pv fixed flat goeswith iobj list mark nmod nmod:poss nsubj
    nsubj:outer nsubj:pass nummod obj obl obl:agent obl:arg orphan parataxis punct reparandum root
    vocative xcomp""".split()
)


@dataclass
class Token:
    """One word of a sentence, with the ten CoNLL-U columns that the project uses."""

    id: int
    form: str
    lemma: str
    upos: str
    feats: str
    head: int
    deprel: str
    misc: str

    @property
    def space_after(self) -> bool:
        return "SpaceAfter=No" not in self.misc.split("|")


@dataclass
class Sentence:
    """A sentence with its comment lines; ``line`` is where it starts in the file, from 1."""

    line: int
    comments: dict[str, str] = field(default_factory=dict)
    tokens: list[Token] = field(default_factory=list)

    @property
    def text(self) -> str:
        parts = (t.form + (" " if t.space_after else "") for t in self.tokens)
        return "".join(parts).rstrip(" ")

    @property
    def starts_document(self) -> bool:
        return any(key.startswith("newdoc") for key in self.comments)


class ConlluError(ValueError):
    """A line that is no CoNLL-U; the message says which and why."""


def read(path: Path) -> Iterator[Sentence]:
    """Yield the sentences of a CoNLL-U file; empty nodes and multiword ranges are passed over.

    Raises:
        ConlluError: when a token line has not ten columns or an id or head that is no number.
    """
    sentence = Sentence(line=1)
    for number, raw in enumerate([*path.read_text("utf-8").split("\n"), ""], start=1):
        if not raw.strip():
            if sentence.tokens:
                yield sentence
            sentence = Sentence(line=number + 1)
        elif raw.startswith("#"):
            key, _, value = raw[1:].strip().partition("=")
            sentence.comments[key.strip()] = value.strip()
        else:
            columns = raw.split("\t")
            if len(columns) != 10:
                raise ConlluError(f"{path}:{number}: {len(columns)} columns, expected 10")
            if "-" in columns[0] or "." in columns[0]:
                continue
            try:
                ident, head = int(columns[0]), int(columns[6])
            except ValueError as error:
                raise ConlluError(f"{path}:{number}: id or head is no number") from error
            form, lemma, upos, feats, deprel, misc = (columns[i] for i in (1, 2, 3, 5, 7, 9))
            sentence.tokens.append(Token(ident, form, lemma, upos, feats, head, deprel, misc))


def errors(sentence: Sentence) -> list[str]:
    """What is wrong with one sentence: ids, heads, roots, cycles, unknown tags, text."""
    found = []
    tokens = sentence.tokens
    if [t.id for t in tokens] != list(range(1, len(tokens) + 1)):
        found.append("ids do not count from 1")
        return found
    for t in tokens:
        if not 0 <= t.head <= len(tokens) or t.head == t.id:
            found.append(f"token {t.id} {t.form!r}: head {t.head} does not exist")
        if t.upos not in UPOS:
            found.append(f"token {t.id} {t.form!r}: unknown UPOS {t.upos!r}")
        if t.deprel not in DEPRELS:
            found.append(f"token {t.id} {t.form!r}: unknown relation {t.deprel!r}")
        if (t.head == 0) != (t.deprel == "root"):
            found.append(f"token {t.id} {t.form!r}: head 0 and 'root' go together")
        if not t.lemma or (t.lemma == "_" and t.form != "_"):
            found.append(f"token {t.id} {t.form!r}: no lemma")
        pairs = [] if t.feats == "_" else t.feats.split("|")
        if any("=" not in p for p in pairs) or pairs != sorted(pairs, key=str.lower):
            found.append(f"token {t.id} {t.form!r}: features {t.feats!r} not sorted Name=Value")
    if found:
        return found
    if sum(t.head == 0 for t in tokens) != 1:
        found.append("not exactly one root")
    for t in tokens:
        seen, at = set(), t.id
        while at and at not in seen:
            seen.add(at)
            at = tokens[at - 1].head
        if at:
            found.append(f"token {t.id} {t.form!r}: its heads run in a circle")
            break
    wanted = sentence.comments.get("text")
    if wanted is not None and wanted != sentence.text:
        found.append(f"text is {wanted!r} but the tokens read {sentence.text!r}")
    return found


def main(paths: list[str]) -> int:
    bad = count = 0
    for path in paths:
        for sentence in read(Path(path)):
            count += 1
            for message in errors(sentence):
                bad += 1
                print(f"{path}:{sentence.line}: {message}")
    print(f"{count} sentences, {bad} errors", file=sys.stderr)
    return 1 if bad else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
