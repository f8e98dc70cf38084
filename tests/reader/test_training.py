"""How the reader is trained and written out, on an encoder of a few neurons. Needs the extra ``training``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

torch = pytest.importorskip("torch", reason="the extra training")
pytest.importorskip("onnx", reason="the extra training")

from training.reader import export  # noqa: E402
from training.reader.batches import Batch, item  # noqa: E402
from training.reader.narrow import most_important, narrow  # noqa: E402
from training.reader.network import Reader  # noqa: E402
from training.reader.outliers import factors  # noqa: E402
from training.reader.records import COMMANDMENTS, Record  # noqa: E402
from training.reader.train import run  # noqa: E402
from webcare_lint.reader.encoder import quiet_runtime  # noqa: E402
from webcare_lint.reader.pieces import Pieces  # noqa: E402
from webcare_lint.reader.read import model_path  # noqa: E402

HEADS, WIDTH, INNER, WORDS = 3, 32, 48, 120


class SmallFile:
    """Stands for the file of a pretrained encoder: random weights that are the same every time."""

    width, heads, inner, eps = WIDTH, 4, INNER, 1e-12

    def __init__(self, vocab: int = WORDS) -> None:
        self.vocab = vocab

    def tensor(self, name: str, *shape: int) -> Any:
        generator = torch.Generator().manual_seed(sum(name.encode()))
        rows = {"emb.pos": [64, WIDTH], "emb.type": [1, WIDTH]}.get(name, [WIDTH if size == -1 else size for size in shape])
        return torch.randn(rows, generator=generator) * 0.3


def reader() -> Reader:
    torch.manual_seed(1)
    return Reader(SmallFile(), list(range(WORDS)), 2, HEADS, 0.0).eval()  # type: ignore[arg-type]


def batch(size: int = 4, seed: int = 3) -> Batch:
    generator = torch.Generator().manual_seed(seed)
    ids = torch.randint(4, WORDS, (size, 12), generator=generator)
    broken = torch.randint(0, 2, (size, HEADS), generator=generator).float()
    ones = torch.ones(size, HEADS)
    return Batch(
        ids, torch.full((size,), 12), torch.full((size,), 8), torch.zeros(size, 12, HEADS), broken, ones, ones, ones, ["a"] * size
    )


def written_out(model: Reader, path: Path, given: Batch) -> list[Any]:
    """The logits of each reply of the batch, by the network as it is shipped."""
    export.write(model, path, [given])
    session = quiet_runtime().InferenceSession(str(path), providers=["CPUExecutionProvider"])
    each = zip(given.ids, given.replies, strict=True)
    return [session.run(["logits"], {"ids": ids.numpy(), "reply": reply.numpy()})[0] for ids, reply in each]


def test_dividing_columns_changes_nothing_that_comes_out() -> None:
    model, given = reader(), batch()
    expected, marks = model(given.ids, given.lengths, given.replies)
    one = export._One(model, factors(model, [given]))
    for row in range(4):
        logits, words = one(given.ids[row], given.replies[row])
        assert torch.allclose(logits, expected[row], atol=1e-4)
        assert torch.allclose(words, marks[row], atol=1e-4)


def test_eight_bits_bear_a_neuron_that_outgrows_the_rest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    model, given = reader(), batch()
    with torch.no_grad():
        block: Any = model.body.blocks[1]
        block.up.bias[5] = 400.0
        block.down.weight[:, 5] *= 1e-3
        expected = model(given.ids, given.lengths, given.replies)[0]

    def away() -> float:
        return max(
            float((torch.tensor(o) - e).abs().max())
            for o, e in zip(written_out(model, tmp_path / "a", given), expected, strict=True)
        )

    even = away()
    monkeypatch.setattr(export, "factors", lambda *_: [{}, {}])
    assert even < 0.3 * away()


def test_the_neurons_that_mean_nothing_go() -> None:
    model, given = reader(), batch()
    idle = [3, 11, 12, 40]
    with torch.no_grad():
        for block in model.body.blocks:
            block.down.weight[:, idle] = 0.0  # type: ignore[union-attr, operator, index]
    expected = model(given.ids, given.lengths, given.replies)[0]
    target = torch.nn.functional.binary_cross_entropy_with_logits
    kept = most_important(
        model, [given], lambda b: target(model.train()(b.ids, b.lengths, b.replies)[0], b.broken), INNER - len(idle)
    )
    assert all(set(range(INNER)) - set(numbers.tolist()) == set(idle) for numbers in kept)

    average = {name: parameter.detach().clone() for name, parameter in model.named_parameters()}
    narrow(model, kept, average, torch.optim.AdamW(model.parameters()))
    assert torch.allclose(model.eval()(given.ids, given.lengths, given.replies)[0], expected, atol=1e-5)
    assert all(average[name].shape == parameter.shape for name, parameter in model.named_parameters())


def test_what_was_overlooked_is_marked_in_the_message_alone() -> None:
    nine, customer = COMMANDMENTS.index(9), "Hoe laat open? Kan ik er pinnen?"
    asked = (customer.index("Kan"), len(customer))
    record = Record("a", "Om 9 uur.", customer, {nine: ()}, "a", overlooked={nine: (asked,)})
    pieces = Pieces.load(model_path() / "pieces.tsv")
    made = item(record, pieces, None)
    assert len(made.marks) == len(made.ids)
    of_message = pieces.cut(customer)
    expected = [piece.end > asked[0] for piece in of_message]
    assert [bool(mark >> nine & 1) for mark in made.marks[made.reply + 1 : made.reply + 1 + len(of_message)]] == expected
    assert not any(made.marks[: made.reply])
    assert made.sought[nine] == 1.0

    nobody_said = item(Record("a", "Om 9 uur.", customer, {nine: ()}, "a"), pieces, None)
    assert nobody_said.sought[nine] == 0.0
    assert nobody_said.sought[COMMANDMENTS.index(10)] == 1.0  # not broken, so nothing was overlooked


def test_training_goes_on_where_it_was_stopped(tmp_path: Path) -> None:
    pieces = Pieces.load(model_path() / "pieces.tsv")
    replies = ("Bel ons even.", "Dat lees je gewoon op de site.", "Je krijgt morgen je geld terug.", "Fijn, tot dan!") * 8
    records = [Record(str(n), reply, "Waar blijft het?", {}, str(n)) for n, reply in enumerate(replies)]
    recipe = {
        "seed": 1, "epochs": 3, "plain_epochs": 1, "narrow_after": 1, "inner": 32, "batch": 8, "rate": 0.01, "decay": 0.9,
        "smoothing": 0.02, "words": 0.5, "overlooked": 0.25, "pairs": 0.1, "average": 0.9, "noise": True, "alone": 0.15,
        "dropped": 0.03,
    }  # fmt: skip

    def trained(work: Path, minutes: float | None, times: int) -> dict[str, Any]:
        work.mkdir()
        read: list[int] = []

        def material(epoch: int) -> list[Record]:
            read.append(epoch)
            return records[epoch:]

        for _ in range(times):
            torch.manual_seed(1)
            model = Reader(SmallFile(16_000), list(range(16_000)), 2, len(COMMANDMENTS), 0.1)  # type: ignore[arg-type]
            run(model, pieces, material, {"all": records}, recipe, work, minutes)
        assert read == [0, 1, 2]
        return torch.load(work / "model.pt")

    at_once = trained(tmp_path / "once", None, 1)
    with_stops = trained(tmp_path / "stops", 1e-9, 3)
    assert at_once["body.blocks.0.up.weight"].shape == (32, WIDTH)
    assert all(torch.equal(value, with_stops[name]) for name, value in at_once.items())
    assert (tmp_path / "once" / "plain.pt").is_file()
