"""Train the encoder on the labelled replies. After each epoch everything is kept, so that it goes on where it was stopped."""

from __future__ import annotations

import json
import random
import shutil
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from zlib import crc32

import torch
from torch import Tensor
from torch.nn import functional

from training.e5 import E5File, default_file
from training.reader.batches import Batch, collate, item, shuffled
from training.reader.from_rules import examples
from training.reader.narrow import most_important, narrow, shape_like
from training.reader.network import Reader
from training.reader.records import COMMANDMENTS, CORPUS, Record, read, split
from training.reader.splice import Splicer, set_phrases
from training.reader.vocabulary import choose
from webcare_lint.reader.pieces import Pieces

HERE = Path(__file__).parent
MEASURED_ON = 100
"""Batches by which the importance of neurons is measured."""


def losses(model: Reader, batch: Batch, recipe: dict) -> Tensor:
    """On the reply, the quoted words, what of the message was overlooked, and between a broken reply and its mended twin."""
    with torch.autocast("cpu", torch.bfloat16):
        logits, marks = model(batch.ids, batch.lengths, batch.replies)
    smooth = recipe["smoothing"]
    wanted = batch.broken * (1 - 2 * smooth) + smooth
    on_reply = functional.binary_cross_entropy_with_logits(logits, wanted, reduction="none")
    on_reply = (on_reply * batch.known).sum(1).mean()
    at = torch.arange(batch.ids.shape[1])[None, :]
    own = (at < batch.replies[:, None]).float()
    asked = (at < batch.lengths[:, None]).float() - own
    each = functional.binary_cross_entropy_with_logits(marks, batch.marks, reduction="none")
    per_reply = (each * own[:, :, None]).sum(1) / own.sum(1, keepdim=True)
    per_message = (each * asked[:, :, None]).sum(1) / asked.sum(1, keepdim=True).clamp(min=1)
    on_words = (per_reply * batch.marked).sum(1).mean()
    on_message = (per_message * batch.sought).sum(1).mean()
    between = []
    for i, group in enumerate(batch.groups):
        for j, other in enumerate(batch.groups):
            if i != j and group == other:
                differ = batch.broken[i] * (1 - batch.broken[j]) * batch.known[i] * batch.known[j]
                between.append((functional.softplus(1 - logits[i] + logits[j]) * differ).sum())
    on_pairs = torch.stack(between).sum() / len(batch.groups) if between else torch.zeros(())
    return on_reply + recipe["words"] * on_words + recipe["overlooked"] * on_message + recipe["pairs"] * on_pairs


@torch.no_grad()
def logits_of(model: Reader, records: list[Record], pieces: Pieces) -> Tensor:
    model.eval()
    items = [item(r, pieces, None) for r in records]
    order = sorted(range(len(items)), key=lambda i: len(items[i].ids))
    out = torch.zeros(len(items), len(COMMANDMENTS))
    for at in range(0, len(order), 16):
        chosen = order[at : at + 16]
        batch = collate([items[i] for i in chosen])
        with torch.autocast("cpu", torch.bfloat16):
            out[chosen] = model(batch.ids, batch.lengths, batch.replies)[0].float()
    model.train()
    return out


def report(logits: Tensor, records: list[Record], threshold: float = 0.0) -> str:
    """Micro F1, clean replies flagged and F1 per commandment."""
    found, wanted = logits > threshold, torch.tensor([[n in r.broken for n in range(len(COMMANDMENTS))] for r in records])

    def f1(f: Tensor, w: Tensor) -> float:
        return float(2 * (f & w).sum() / max(1, f.sum() + w.sum()))

    clean = ~wanted.any(1)
    each = " ".join(f"{c}:{f1(found[:, n], wanted[:, n]):.2f}" for n, c in enumerate(COMMANDMENTS))
    precision = float((found & wanted).sum() / max(1, found.sum()))
    flagged = int(found[clean].any(1).sum())
    return f"F1 {f1(found, wanted):.3f} P {precision:.2f} flagged {flagged}/{int(clean.sum())} | {each}"


def restore(work: Path) -> tuple[Reader, Path, dict]:
    """The trained network, its vocabulary file and its recipe."""
    recipe = json.loads((work / "recipe.json").read_text("utf-8"))
    file = E5File(default_file())
    model = Reader(file, _numbers(file, work / "pieces.tsv"), recipe["layers"], len(COMMANDMENTS), recipe["dropout"])
    state = torch.load(work / "model.pt")
    shape_like(model, state)
    model.load_state_dict(state)
    return model.eval(), work / "pieces.tsv", recipe


def _numbers(file: E5File, vocabulary: Path) -> list[int]:
    """The numbers of the pieces that a vocabulary file lists."""
    number = {piece: n for n, (piece, _) in enumerate(file.pieces)}
    return [number[line.rpartition("\t")[0]] for line in vocabulary.read_text("utf-8").split("\n")]


def corpora(own: list[Path], recipe: dict) -> tuple[list[Record], dict[str, list[Record]]]:
    """What is trained on, and what is measured on: the held-out share and families, and the development sets."""
    families = sorted((CORPUS / "train").glob("*.jsonl"))
    apart = [file for file in families if file.stem in recipe["held_out_families"]]
    train, held = split(read([file for file in families if file not in apart], own), recipe["held_out"])
    train += examples()
    return train, {"held": [*held, *read(apart)], **{name: read([CORPUS / f"dev/{name}.jsonl"]) for name in ("moeilijk", "echt")}}


def optimiser_of(model: Reader, recipe: dict) -> torch.optim.Optimizer:
    """A fresh one; its rates follow the recipe, the lower the layer the smaller."""
    return torch.optim.AdamW(model.groups(recipe["rate"], recipe["decay"]), betas=(0.9, 0.98), fused=True)


def train_encoder(work: Path, recipe: dict, own: list[Path], minutes: float | None = None) -> None:
    """Train, or go on where it was stopped."""
    work.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(recipe["threads"])
    torch.manual_seed(recipe["seed"])
    train, sets = corpora(own, recipe)
    file = E5File(default_file())
    vocabulary = work / "pieces.tsv"
    if not vocabulary.exists():  # what was begun with one vocabulary goes on with it
        chosen = choose(file, (t for r in train for t in (r.reply, r.customer) if t), recipe["pieces"])
        lines = (f"{piece}\t{score:.4f}" for piece, score in (file.pieces[i] for i in chosen))
        vocabulary.write_text("\n".join(lines), "utf-8")
    kept = _numbers(file, vocabulary)
    pieces = Pieces(file.pieces[i] for i in kept)
    (work / "recipe.json").write_text(json.dumps(recipe), "utf-8")
    model = Reader(file, kept, recipe["layers"], len(COMMANDMENTS), recipe["dropout"])
    splicers: list[Splicer] = []

    def material(epoch: int) -> list[Record]:
        """All replies at first; then half of them, by turns, beside such as have a clause of another set in."""
        if epoch < recipe["plain_epochs"]:
            return train
        if not splicers:
            splicers.append(_splicer(model, work / "plain.pt", train, pieces, recipe["seed"]))
        half = [r for r in train if r.family in recipe["spliced_always"] or crc32(r.group.encode()) % 2 == epoch % 2]
        return half + splicers[0].draw(recipe["spliced_broken"], recipe["spliced_clean"], random.Random(100 + epoch))

    run(model, pieces, material, sets, recipe, work, minutes)


def _splicer(model: Reader, plain: Path, train: list[Record], pieces: Pieces, seed: int) -> Splicer:
    """One whose clauses are judged by what the plain epochs have taught."""
    now = {name: value.clone() for name, value in model.state_dict().items()}
    model.load_state_dict(torch.load(plain))

    def judge(records: Sequence[Record]) -> list[list[float]]:
        return logits_of(model, list(records), pieces).tolist()

    splicer = Splicer(train, judge, random.Random(seed), set_phrases())
    model.load_state_dict(now)
    return splicer


def run(
    model: Reader,
    pieces: Pieces,
    material: Callable[[int], list[Record]],
    sets: dict,
    recipe: dict,
    work: Path,
    minutes: float | None,
) -> None:
    """Train on what ``material`` gives for each epoch; what noise and narrowing change, they change from the second epoch on."""
    optimiser = optimiser_of(model, recipe)
    peaks = [g["lr"] for g in optimiser.param_groups]
    average = {n: p.detach().clone() for n, p in model.named_parameters() if p.requires_grad}
    state_file, first, step = work / "state.pt", 0, 0
    if state_file.exists():
        kept = torch.load(state_file)
        shape_like(model, kept["model"])
        model.load_state_dict(kept["model"])
        optimiser = optimiser_of(model, recipe)
        optimiser.load_state_dict(kept["optimiser"])
        average, first, step = kept["average"], kept["epoch"], kept["step"]
    began = time.time()
    for epoch in range(first, recipe["epochs"]):
        rng = random.Random(recipe["seed"] * 1000 + epoch)
        torch.manual_seed(recipe["seed"] * 1000 + epoch)
        train = material(epoch)
        items = [item(r, pieces, rng if recipe["noise"] and epoch else None, recipe["alone"], recipe["dropped"]) for r in train]
        batches = shuffled(items, recipe["batch"], rng)
        started, sum_loss = time.time(), 0.0
        for at, batch in enumerate(map(collate, batches), 1):
            step += 1
            done = (epoch + at / len(batches)) / recipe["epochs"]
            share = min(done / 0.08, (1 - done) / 0.92 + 0.02)
            for group, peak in zip(optimiser.param_groups, peaks, strict=True):
                group["lr"] = peak * share
            loss = losses(model, batch, recipe)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            optimiser.zero_grad()
            sum_loss += float(loss.detach())
            keep = min(recipe["average"], step / (step + 20))
            for name, parameter in model.named_parameters():
                if name in average:
                    average[name].lerp_(parameter.detach(), 1 - keep)
            if at % 50 == 0:
                print(
                    f"epoch {epoch + 1} batch {at}/{len(batches)} loss {sum_loss / at:.3f} {time.time() - started:.0f}s",
                    flush=True,
                )
        took = time.time() - started
        print(f"epoch {epoch + 1} loss {sum_loss / len(batches):.3f} {len(train) / took:.1f} replies/s", flush=True)
        if epoch + 1 == recipe["narrow_after"]:
            some = [
                collate(chosen)
                for chosen in shuffled([item(r, pieces, None) for r in train], recipe["batch"], random.Random(1))[:MEASURED_ON]
            ]
            neurons = most_important(model, some, lambda batch: losses(model, batch, recipe), recipe["inner"])
            known = narrow(model, neurons, average, optimiser)
            optimiser = optimiser_of(model, recipe)
            optimiser.state.update({p: known[name] for name, p in model.named_parameters() if known[name]})
        last = {n: p.detach().clone() for n, p in model.named_parameters() if n in average}
        model.load_state_dict(average, strict=False)
        for name, records in sets.items():
            print(f"  {name:9} {report(logits_of(model, records, pieces), records)}", flush=True)
        torch.save(model.state_dict(), work / "model.pt")
        if epoch + 1 == recipe["plain_epochs"]:
            shutil.copyfile(work / "model.pt", work / "plain.pt")
        model.load_state_dict(last, strict=False)
        torch.save({"model": model.state_dict(), "optimiser": optimiser.state_dict(), "average": average,
                    "epoch": epoch + 1, "step": step}, state_file)  # fmt: skip
        if minutes and time.time() - began > 60 * minutes:
            return
