"""Weigh encoder, n-grams and rules into one probability, on replies that none of them has seen before.

The weights of the voices are shared by all commandments; what a rule's word counts for, and the bias, is each one's own but
drawn to what all have.
"""

from __future__ import annotations

import json
import shutil
from fnmatch import fnmatch
from pathlib import Path
from typing import NamedTuple

import msgspec
import torch
from torch import Tensor
from torch.nn import functional

from training.reader import export, ngrams
from training.reader.batches import collate, item
from training.reader.records import COMMANDMENTS, Record
from training.reader.train import HERE, corpora, report, restore
from webcare_lint import Linter
from webcare_lint.config import Config
from webcare_lint.model import Document, Reply
from webcare_lint.reader.encoder import Encoder
from webcare_lint.reader.ngrams import Ngrams
from webcare_lint.reader.pieces import Pieces
from webcare_lint.text import SourceMap

HEADS = len(COMMANDMENTS)
TYPICAL = 400
"""Replies that show the encoder's largest numbers before it is cut to eight bits."""
ADVICE = -0.85
"""A logit below which no rule says anything (0.3)."""


def heard(records: list[Record]) -> tuple[Tensor, Tensor, Tensor]:
    """Per reply and commandment: whether a rule found it, whether one gives advice on it, whether the finding is beyond doubt."""
    linter = Linter(Config(channel="forum", cache=False), jobs=None, reads=False)
    replies = tuple(Reply(r.reply, r.id, r.customer, source=SourceMap.verbatim(r.reply)) for r in records)
    doubtful = {rule.code: rule.rule.doubtful for rule in linter.loaded.all_rules}
    sure, advised, beyond = (torch.zeros(len(records), HEADS) for _ in range(3))
    for row, checked in enumerate(linter.check_document(Document("-", "", replies))):
        for diagnostic in checked.diagnostics:
            if diagnostic.commandment in COMMANDMENTS:
                table = advised if diagnostic.level == "advice" else sure
                table[row, COMMANDMENTS.index(diagnostic.commandment)] = 1.0
                if table is sure and not doubtful[diagnostic.code]:
                    beyond[row, COMMANDMENTS.index(diagnostic.commandment)] = 1.0
    return sure, advised, beyond


class Fit(NamedTuple):
    """The weights of the vote; ``shared`` are those of encoder, n-grams and others, the rest is one number a commandment."""

    shared: Tensor
    advised: Tensor
    sure: Tensor
    bias: Tensor

    def logits(self, voices: Tensor, advised: Tensor, sure: Tensor) -> Tensor:
        """``voices``: per reply and commandment what encoder, n-grams and others say; the rules' tables hold ones and noughts."""
        return voices @ self.shared + torch.where(sure > 0, self.sure, advised * self.advised) + self.bias


def fit(voices: Tensor, advised: Tensor, sure: Tensor, decided: Tensor, wanted: Tensor) -> Fit:
    """The likeliest weights, drawn to what is usual: there are a few dozen examples of most commandments.

    Only on replies that neither the encoder was trained on nor a rule was written on: both seem surer of those than they are.
    What is ``decided`` by a rule that bears no doubt is left out.
    """
    usual = torch.tensor([0.8, 0.3, 0.3])
    shared = usual.clone().requires_grad_()
    # Advice, finding and bias: what all commandments have, and what each has beside it.
    common = torch.tensor([1.5, 2.5, 0.0], requires_grad=True)
    own = torch.zeros(3, HEADS, requires_grad=True)
    optimiser = torch.optim.LBFGS([shared, common, own], max_iter=300)

    def found() -> Fit:
        return Fit(shared, *(common[:, None] + own))

    def loss() -> Tensor:
        optimiser.zero_grad()
        logits = found().logits(voices, advised, sure)
        missed = functional.binary_cross_entropy_with_logits(logits, wanted, reduction="none")[decided == 0].sum()
        total = missed + 4 * own.pow(2).sum() + 2 * (shared - usual).pow(2).sum()
        total.backward()
        return total

    optimiser.step(loss)  # type: ignore[arg-type]
    return Fit(*(part.detach() for part in found()))


def others(encoder: Tensor) -> Tensor:
    """How many of the other commandments are broken, going by the encoder's logits."""
    each = encoder.sigmoid()
    return each.sum(1, keepdim=True) - each


def gate(phrases: Tensor, voted: Tensor) -> float:
    """What the n-grams must expect: a fifth less than of any reply in which the vote finds something, advice included."""
    found = (voted > ADVICE).any(1)
    return float(phrases.sigmoid().sum(1)[found].min()) * 0.8


def make_folder(work: Path, out: Path, own: list[Path]) -> None:
    """Everything that the reader needs, from what was trained in ``work``; prints what each voice reaches."""
    torch.set_num_threads(1)
    out.mkdir(parents=True, exist_ok=True)
    model, pieces_file, recipe = restore(work)
    train, sets = corpora(own, recipe)
    pieces = Pieces.load(pieces_file)
    export.write(model, out / "encoder.onnx", (collate([item(r, pieces, None)]) for r in train[:: max(1, len(train) // TYPICAL)]))
    shutil.copyfile(pieces_file, out / "pieces.tsv")
    for name in ("README.md", "LICENSE"):
        shutil.copyfile(HERE / "about" / name, out / name)

    table = ngrams.train(train)
    written = ngrams.write(table, out)
    quantised = Ngrams.load(out / "ngrams.bin", written["scales"], written["biases"])
    encoder = Encoder.load(out)
    every = [r for records in sets.values() for r in records]
    exchanges = [(r.reply, r.customer) for r in every]
    read_ = torch.tensor([raw.logits for raw in encoder.read(exchanges)])
    phrases = torch.tensor([quantised.logits(*exchange) for exchange in exchanges])
    sure, advised, beyond = heard(every)
    wanted = torch.tensor([[float(n in r.broken) for n in range(HEADS)] for r in every])
    voices = torch.stack([read_, phrases, others(read_)], -1)
    fresh = torch.tensor([any(fnmatch(r.family, name) for name in recipe["unseen_by_rules"]) for r in every])
    vote = fit(voices[fresh], advised[fresh], sure[fresh], beyond[fresh], wanted[fresh])
    print("fitted on", int(fresh.sum()), "replies:", *([round(w, 2) for w in part.tolist()] for part in vote))

    nothing = torch.zeros_like(sure)
    final = torch.where(beyond > 0, torch.full_like(read_, 10.0), vote.logits(voices, advised, sure))
    # The gate must not lose anything on the replies that were trained on either.
    seen = [(r.reply, r.customer) for r in train]
    read_all = torch.cat([torch.tensor([raw.logits for raw in encoder.read(seen)]), read_])
    phrases_all = torch.cat([torch.tensor([quantised.logits(*exchange) for exchange in seen]), phrases])
    voices_all = torch.stack([read_all, phrases_all, others(read_all)], -1)
    least = gate(phrases_all, vote.logits(voices_all, torch.ones_like(read_all), torch.zeros_like(read_all)))
    through = (phrases_all.sigmoid().sum(1) >= least).float().mean()
    print(f"gate clears {100 * (1 - float(through)):.1f} % of {len(phrases_all)} replies")
    names = ("encoder", "ngrams", "others", "advised", "sure", "bias")
    columns = zip(vote.advised.tolist(), vote.sure.tolist(), vote.bias.tolist(), strict=True)
    settings = {
        "commandments": list(COMMANDMENTS),
        "ngram_scales": written["scales"],
        "ngram_biases": written["biases"],
        "gate": least,
        "vote": {
            str(k): dict(zip(names, (*vote.shared.tolist(), *own), strict=True))
            for k, own in zip(COMMANDMENTS, columns, strict=True)
        },
    }
    (out / "reader.json").write_bytes(msgspec.json.format(json.dumps(settings).encode(), indent=1))

    at = 0
    for name, records in sets.items():
        rows = slice(at, at + len(records))
        at += len(records)
        for title, logits in (
            ("encoder", read_[rows]), ("n-grams", phrases[rows]), ("vote", vote.logits(voices, nothing, nothing)[rows]),
            ("rules", (sure[rows] - 0.5) * 20), ("all", final[rows]),
        ):  # fmt: skip
            for probability in (0.4, 0.5, 0.6) if title in ("vote", "all") else (0.5,):
                edge = float(torch.logit(torch.tensor(probability)))
                print(f"{name:9} {title:8} {probability} {report(logits, records, edge)}")
