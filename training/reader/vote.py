"""Weigh encoder, n-grams and advice of rules into one probability, on replies that none of them was trained on.

Fitted on the held-out share of the training replies and the development sets; the weights of the voices are shared by all
commandments, the bias is each one's own but drawn to what all have: there are a few dozen examples of most.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import msgspec
import torch
from torch import Tensor
from torch.nn import functional

from training.reader import export, ngrams
from training.reader.records import COMMANDMENTS, Record
from training.reader.train import HERE, corpora, report, restore
from webcare_lint import Linter
from webcare_lint.config import Config
from webcare_lint.model import Document, Reply
from webcare_lint.reader.encoder import Encoder
from webcare_lint.reader.ngrams import Ngrams
from webcare_lint.text import SourceMap

HEADS = len(COMMANDMENTS)
ADVICE = -0.85
"""A logit below which no rule says anything (0.3)."""


def heard(records: list[Record]) -> tuple[Tensor, Tensor, Tensor]:
    """Per reply and commandment: whether a rule found it, whether one gives advice on it, whether the finding is beyond doubt."""
    linter = Linter(Config(channel="forum", cache=False))
    pattern_rules = [rule.code for rule in linter.all_rules if type(rule.rule).__name__ != "Reads"]
    linter = Linter(Config(channel="forum", cache=False, select=pattern_rules), jobs=None)
    replies = tuple(Reply(r.reply, r.id, r.customer, source=SourceMap.verbatim(r.reply)) for r in records)
    doubtful = {rule.code: rule.rule.doubtful for rule in linter.all_rules}
    sure, advised, beyond = (torch.zeros(len(records), HEADS) for _ in range(3))
    for row, checked in enumerate(linter.check_document(Document("-", "", replies))):
        for diagnostic in checked.diagnostics:
            if diagnostic.commandment in COMMANDMENTS:
                table = advised if diagnostic.level == "advice" else sure
                table[row, COMMANDMENTS.index(diagnostic.commandment)] = 1.0
                if table is sure and not doubtful[diagnostic.code]:
                    beyond[row, COMMANDMENTS.index(diagnostic.commandment)] = 1.0
    return sure, advised, beyond


def fit(encoder: Tensor, phrases: Tensor, wanted: Tensor) -> tuple[Tensor, Tensor]:
    """The weights of encoder and n-grams, and the bias of each commandment.

    What rules found is left out of it: they were written with the development sets in sight and would seem surer than they are.
    """
    prior = torch.tensor([0.8, 0.3])
    shared = prior.clone().requires_grad_()
    common, own = torch.zeros(1, requires_grad=True), torch.zeros(HEADS, requires_grad=True)
    optimiser = torch.optim.LBFGS([shared, common, own], max_iter=200)

    def loss() -> Tensor:
        optimiser.zero_grad()
        logits = encoder * shared[0] + phrases * shared[1] + common + own
        missed = functional.binary_cross_entropy_with_logits(logits, wanted, reduction="sum")
        total = missed + 4 * own.pow(2).sum() + 2 * (shared - prior).pow(2).sum()
        total.backward()
        return total

    optimiser.step(loss)  # type: ignore[arg-type]
    return shared.detach().clamp(min=0), (common + own).detach()


def evidence(sure: Tensor, wanted: Tensor) -> Tensor:
    """How much a rule's finding adds to the logit, by commandment: the log of how much more often rules find it where it is.

    Counted on families that no rule was written on, drawn to the mean of all, and taken for two thirds, since rules and encoder
    often see the same words.
    """
    broken, whole = wanted.sum(0), (1 - wanted).sum(0)
    found, cried = (sure * wanted).sum(0), (sure * (1 - wanted)).sum(0)
    everywhere = (found.sum() / broken.sum(), cried.sum() / whole.sum())
    strength = 5.0
    recall = (found + strength * everywhere[0]) / (broken + strength)
    alarms = (cried + 20 * strength * everywhere[1]) / (whole + 20 * strength)
    return (recall / alarms).log() * 2 / 3


def gate(phrases: Tensor, voted: Tensor) -> float:
    """What the n-grams must expect: a fifth less than of any reply in which the vote finds something, advice included."""
    found = (voted > ADVICE).any(1)
    return float(phrases.sigmoid().sum(1)[found].min()) * 0.8


def make_folder(work: Path, out: Path, own: list[Path]) -> None:
    """Everything that the reader needs, from what was trained in ``work``; prints what each voice reaches."""
    torch.set_num_threads(1)
    out.mkdir(parents=True, exist_ok=True)
    model, pieces_file, recipe = restore(work)
    export.write(model, out / "encoder.onnx")
    shutil.copyfile(pieces_file, out / "pieces.tsv")
    for name in ("README.md", "LICENSE"):
        shutil.copyfile(HERE / "about" / name, out / name)

    train, sets = corpora(own, recipe)
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
    shared, bias = fit(read_, phrases, wanted)
    print("weights", shared.tolist(), "bias", [round(b, 2) for b in bias.tolist()])

    fresh = [r for r in [*train, *every] if r.family.startswith(tuple(recipe["unseen_by_rules"]))]
    fresh_sure, fresh_advised, _ = heard(fresh)
    fresh_wanted = torch.tensor([[float(n in r.broken) for n in range(HEADS)] for r in fresh])
    found, hinted = evidence(fresh_sure, fresh_wanted), evidence(fresh_advised, fresh_wanted).clamp(min=0)
    print("rules on", len(fresh), "fresh replies", *([round(w, 2) for w in t.tolist()] for t in (found, hinted)))

    def voted(e: Tensor, p: Tensor, a: Tensor) -> Tensor:
        return e * shared[0] + p * shared[1] + a * hinted + bias

    final = voted(read_, phrases, advised)
    final = torch.where(sure > 0, voted(read_, phrases, 0 * advised) + found, final)
    final = torch.where(beyond > 0, torch.full_like(final, 10.0), final)
    everything = [*train, *every]
    # The gate must not lose anything on the replies that were trained on either.
    seen = [(r.reply, r.customer) for r in train]
    read_seen = torch.tensor([raw.logits for raw in encoder.read(seen)])
    phrases_seen = torch.tensor([quantised.logits(*exchange) for exchange in seen])
    all_phrases = torch.cat([phrases_seen, phrases])
    all_voted = voted(torch.cat([read_seen, read_]), all_phrases, torch.ones_like(all_phrases))
    least = gate(all_phrases, all_voted)
    through = (all_phrases.sigmoid().sum(1) >= least).float().mean()
    print(f"gate clears {100 * (1 - float(through)):.1f} % of {len(everything)} replies")
    a, b = shared.tolist()
    settings = {
        "commandments": list(COMMANDMENTS),
        "ngram_scales": written["scales"],
        "ngram_biases": written["biases"],
        "gate": least,
        "vote": {
            str(k): {"encoder": a, "ngrams": b, "advised": float(hinted[n]), "sure": float(found[n]), "bias": float(bias[n])}
            for n, k in enumerate(COMMANDMENTS)
        },
    }
    (out / "reader.json").write_bytes(msgspec.json.format(json.dumps(settings).encode(), indent=1))

    at = 0
    for name, records in sets.items():
        rows = slice(at, at + len(records))
        at += len(records)
        for title, logits in (
            ("encoder", read_[rows]), ("n-grams", phrases[rows]), ("vote", voted(read_, phrases, 0 * advised)[rows]),
            ("rules", (sure[rows] - 0.5) * 20), ("all", final[rows]),
        ):  # fmt: skip
            for probability in (0.4, 0.5, 0.6) if title in ("vote", "all") else (0.5,):
                edge = float(torch.logit(torch.tensor(probability)))
                print(f"{name:9} {title:8} {probability} {report(logits, records, edge)}")
