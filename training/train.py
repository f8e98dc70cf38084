"""Train the Dutch pipeline: teacher, silver labels, word vectors, student, export.

    python training/train.py --ud FOLDER --corpus training/corpus --manuals FOLDER --out webcare_lint/nl/model

Every stage leaves its outcome in ``--work`` and is passed over when that is there already. Seeds are fixed. On one
thread: teacher 25 minutes, silver and vectors 10, student 45.
"""

from __future__ import annotations

import argparse
import pickle
import random
import sys
import time
from collections import Counter
from pathlib import Path
from zlib import crc32

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

import torch  # noqa: E402
import yaml  # noqa: E402
from augment import noisy  # noqa: E402
from data import Document, documents, in_chunks, news, to_document  # noqa: E402
from heads import Batch, Labels  # noqa: E402
from lexicon import write_lexicon  # noqa: E402
from package import write_pipeline, write_weights  # noqa: E402
from rawtext import manuals, untagged, webcare  # noqa: E402
from student import Student, averaged  # noqa: E402
from teacher import Teacher, batches, label, load, save, score, train_teacher  # noqa: E402
from vectors import make_vectors  # noqa: E402

from webcare_lint.nl.features import features  # noqa: E402

Weighted = list[tuple[Document, float]]


def gold(ud: Path, config: dict) -> tuple[list[Document], list[Document], dict[str, list[Document]]]:
    """News and webcare documents to train on, and the held-out ones by name."""
    rng = random.Random(1)
    train, held = news(ud, config["held_out_news"])
    news_documents = [to_document(g) for g in in_chunks(train, rng)]
    groups = [g for f in sorted((HERE / "treebank/parts").glob("*.conllu")) for g in documents(f)]
    share = config["held_out_webcare"]
    dev = [to_document(g) for g in groups if share and crc32(g[0].text.encode()) % share == 0]
    ours = [to_document(g) for g in groups if not share or crc32(g[0].text.encode()) % share]
    rng.shuffle(ours)
    report = {"news": [to_document([s]) for s in held]} if held else {}
    if dev:
        report["webcare"] = dev
    return news_documents, ours, report


def stage_teacher(path: Path, news_documents: list[Document], ours: list[Document], report: dict, config: dict) -> Teacher:
    if path.exists():
        return load(path)
    rng = random.Random(2)
    train: Weighted = [(d, 1.0) for d in news_documents]
    train += [(d, 1.5) for d in ours for _ in range(config["teacher"]["webcare_copies"])]
    train += [(noisy(d, rng), 1.0) for d in ours for _ in range(2)] + [(noisy(d, rng), 1.0) for d in news_documents[:300]]
    labels = Labels.of([d for d, _ in train])
    model = train_teacher(train, labels, config["teacher"]["epochs"], list(report.items()))
    save(model, path)
    return model


def stage_silver(path: Path, teacher: Teacher, corpus: Path | None, docs: Path | None, config: dict) -> list[Document]:
    if path.exists():
        return pickle.loads(path.read_bytes())
    texts = list(webcare(corpus, config["silver"]["without"])) if corpus else []
    texts += manuals(docs, config["silver"]["paragraphs"]) if docs else []
    raw = [d for d in map(untagged, texts) if 1 <= len(d) <= 150]
    silver = label(teacher, raw)
    path.write_bytes(pickle.dumps(silver))
    return silver


def stage_student(
    labels: Labels, vocabulary: dict[str, int], vectors: torch.Tensor, groups: list[tuple[list[Document], float, float]],
    report: dict[str, list[Document]], config: dict,
) -> Student:  # fmt: skip
    """``groups`` are documents with their weight and how many copies an epoch holds (a fraction samples)."""
    torch.manual_seed(config["seed"])
    rng = random.Random(config["seed"])
    settings = config["student"]
    model = Student(labels, vocabulary, vectors, width=settings["width"], dropout=settings["dropout"])

    def epoch_data() -> Weighted:
        data: Weighted = []
        for group, weight, copies in groups:
            whole, part = int(copies), copies - int(copies)
            picked = [d for d in group for _ in range(whole)] + rng.sample(group, int(part * len(group)))
            data += [(noisy(d, rng, settings["noise"]) if rng.random() < 0.5 else d, weight) for d in picked]
        return data

    epochs, size = settings["epochs"], settings["batch_words"]
    steps = int(1.03 * epochs * sum(1 for _ in batches([d for d, _ in epoch_data()], size, random.Random(0)))) + 50
    optimizer = torch.optim.AdamW(model.parameters(), lr=settings["rate"], weight_decay=0.01, betas=(0.9, 0.98))
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, settings["rate"], total_steps=steps, pct_start=0.08)
    kept = []
    for epoch in range(epochs):
        model.train()
        began, total, count, data = time.time(), 0.0, 0, epoch_data()
        for index in batches([d for d, _ in data], size, rng):
            picked = [data[i] for i in index]
            with torch.autocast("cpu", torch.bfloat16):
                loss = model.heads.loss(model([d for d, _ in picked]),
                                        Batch.of([d for d, _ in picked], labels, [w for _, w in picked]))  # fmt: skip
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 2.0)
            optimizer.step()
            schedule.step()
            total, count = total + loss.item(), count + 1
        print(f"epoch {epoch + 1}: {count} steps, loss {total / count:.3f}, {time.time() - began:.0f} s", flush=True)
        if epoch >= epochs - settings["average"]:
            kept.append({k: v.clone() for k, v in model.state_dict().items()})
        if epoch % 2 or epoch == epochs - 1:
            for name, held in report.items():
                print("  ", name, score(held, label(model, held)), flush=True)
    model.load_state_dict(averaged(kept))
    for name, held in report.items():
        print("averaged", name, score(held, label(model, held)), flush=True)
    return model


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--ud", type=Path, required=True)
    parser.add_argument("--corpus", type=Path, help="folder with train/*.jsonl, raw webcare text")
    parser.add_argument("--manuals", type=Path, help="folder with unpacked Dutch documentation packages")
    parser.add_argument("--work", type=Path, default=HERE / "work")
    parser.add_argument("--config", type=Path, default=HERE / "config.yaml")
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    config = yaml.safe_load(options.config.read_text("utf-8"))
    torch.set_num_threads(config["threads"])
    options.work.mkdir(parents=True, exist_ok=True)

    news_documents, ours, report = gold(options.ud, config)
    teacher = stage_teacher(options.work / "teacher.pt", news_documents, ours, report, config)
    silver = stage_silver(options.work / "silver.pickle", teacher, options.corpus, options.manuals, config)
    everything = [*news_documents, *ours, *silver]
    counts = Counter(features(w.form)[0] for d in everything for w in d)
    words, vectors = make_vectors(options.work / "vectors.pt", teacher, everything, counts, config["vectors"])
    labels = Labels.of([*news_documents, *ours, *silver[: len(silver) // 2]], min_rule=3)
    copies = config["copies"]
    web = sum(1 for _ in webcare(options.corpus, config["silver"]["without"])) if options.corpus else 0
    groups = [
        (news_documents, 1.0, copies["news"]), (ours, config["webcare_weight"], copies["webcare"]),
        (silver[:web], config["silver"]["weight"], copies["silver_webcare"]),
        (silver[web:], config["silver"]["weight"], copies["silver_manuals"]),
    ]  # fmt: skip
    model = stage_student(labels, {w: i for i, w in enumerate(words)}, vectors, groups, report, config)
    torch.save(model.state_dict(), options.work / "student.pt")
    weights = options.work / "weights"
    write_weights(weights, model, words)
    write_lexicon(weights, news_documents, ours)
    write_pipeline(weights, options.out, str(config["version"]))


if __name__ == "__main__":
    main()
