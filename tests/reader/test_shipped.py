"""The reader that is shipped: small, whole, licensed, and asked only when needed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from support import Run

from webcare_lint.reader.read import Reader, ReaderError, model_path

LARGEST = 25_000_000


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


def test_it_is_small_and_carries_its_licence() -> None:
    files = {path.name: path.stat().st_size for path in model_path().iterdir()}
    assert sum(files.values()) <= LARGEST
    assert {"LICENSE", "README.md"} <= set(files)
    assert "multilingual-e5-small" in (model_path() / "LICENSE").read_text("utf-8")


def test_it_tells_a_broken_reply_from_its_mended_twin(reader: Reader) -> None:
    customer = "Waar blijft mijn pakket?"
    bad, good = reader.read([
        ("Daarvoor moet je even contact opnemen met onze afdeling Bezorging.", customer),
        ("Je pakket ligt in het depot in Weert en komt morgen tussen 9 en 11 uur.", customer),
    ])  # fmt: skip
    assert bad.probability(2) > 0.5 > good.probability(2)
    weights = bad.bearing(2)
    assert len(weights) == bad.length
    assert max(weights) > 0.5


def test_it_reads_fields_as_words_and_keeps_every_word_in_its_place(reader: Reader) -> None:
    template, plain, dashed = (
        "Je bestelling wordt {{datum}} bezorgd.",
        "Je bestelling wordt vrijdag bezorgd.",
        "Hoi {{naam}}, **we gaan ernaar kijken**.",
    )
    of_template, of_plain, of_dashed = reader.read([(template, None), (plain, None), (dashed, None)])
    assert of_template.voices == of_plain.voices
    assert len(of_template.bearing(7)) == len(template)
    weights = of_dashed.bearing(7)
    heaviest = weights.index(max(weights))
    assert dashed.index("we gaan") <= heaviest < dashed.index("**.")


def test_it_knows_what_of_the_message_was_overlooked(reader: Reader) -> None:
    customer = "Hoe laat gaat de keuken open? En hebben jullie een kinderstoel?"
    (reading,) = reader.read([("De keuken gaat om 17 uur open. Tot vanavond!", customer)])
    weights = reading.overlooked(9)
    assert len(weights) == len(customer)
    last = customer.index("En hebben")
    assert max(weights[last:]) > 0.3
    assert max(weights[last:]) > 2 * max(weights[:last])


def test_replies_are_read_the_same_alone_and_among_others(reader: Reader) -> None:
    exchanges: list[tuple[str, str | None]] = [
        ("Dat had je zelf op onze site kunnen lezen.", "Wanneer zijn jullie open?"),
        ("We nemen het mee.", None),
        ("Dat staat toch echt in de voorwaarden. " * 20, "Waarom krijg ik geen geld terug?"),
    ]
    together = reader.read(exchanges)
    for exchange, among in zip(exchanges, together, strict=True):
        (alone,) = reader.read([exchange])
        for commandment in (2, 6, 7):
            # Eight bits are scaled per batch, so the last digits differ.
            assert alone.probability(commandment) == pytest.approx(among.probability(commandment), abs=0.1)


def test_very_long_and_empty_replies_are_read_too(reader: Reader) -> None:
    for reading, text in zip(reader.read([("", None), ("woord " * 5000, "vraag " * 5000)]), ("", "woord " * 5000), strict=True):
        assert len(reading.bearing(6)) == len(text)


def test_a_folder_without_a_reader_says_so(tmp_path: Path, run: Run) -> None:
    with pytest.raises(ReaderError, match=str(tmp_path)):
        Reader(tmp_path)
    (tmp_path / ".webcare-lint.yaml").write_text("reader: nergens\nselect: [WC690]\n", "utf-8")
    done = run("check", "--text", "Dat staat toch in de mail.")
    assert done.returncode == 2
    assert "nergens" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_damaged_encoder_says_so(tmp_path: Path) -> None:
    for path in model_path().iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes() if path.name != "encoder.onnx" else b"x")
    with pytest.raises(ReaderError, match=str(tmp_path)):
        Reader(tmp_path).read([("Dat staat toch echt in de mail die je had moeten lezen.", "Hoe laat?")])


def test_nothing_heavy_is_imported_where_no_rule_reads() -> None:
    code = """
import sys
from webcare_lint import Linter
from webcare_lint.config import Config
Linter(Config(select=["WC401"], cache=False)).check_text("Ja hoor.")
assert not {"onnxruntime", "numpy"} & set(sys.modules), "heavy"
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_a_linter_without_its_reader_loads_none_to_doubt_what_patterns_find() -> None:
    code = """
import pickle, sys
from webcare_lint import Linter
from webcare_lint.config import Config
linter = pickle.loads(pickle.dumps(Linter(Config(cache=False), reads=False)))
assert "WC201" in [d.code for d in linter.check_text("Bel ons even.", customer="Waar blijft mijn pakket?").diagnostics]
assert "onnxruntime" not in sys.modules, "heavy"
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_a_finding_of_the_reader_is_reported_like_any_other(run: Run) -> None:
    done = run("check", "--text", "Dat staat toch echt duidelijk in de mail die je van ons hebt gehad.",
               "--customer", "Wanneer komt mijn pakket?", "--select", "WC690", "--format", "json")  # fmt: skip
    (found,) = json.loads(done.stdout)["diagnostics"]
    assert done.returncode == 1
    assert (found["code"], found["commandment"]) == ("WC690", 6)
    text: Any = "Dat staat toch echt duidelijk in de mail die je van ons hebt gehad."
    assert text[found["reply_span"]["start"] : found["reply_span"]["end"]] == found["quote"] != ""


def test_what_runs_it_keeps_no_record_and_tells_nobody(tmp_path: Path) -> None:
    # The runtime keeps quiet of its own accord where it sees that it is tested.
    quiet = ("CI", "ORT_", "GITHUB_", "TF_BUILD", "BUILD_")
    env = {name: value for name, value in os.environ.items() if not name.startswith(quiet)}
    env |= {"HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path / "cache"), "PYTHONDONTWRITEBYTECODE": "1"}
    code = "from webcare_lint.reader.read import Reader; print(len(Reader().read([('Bel ons even op kantoor.', None)])))"
    done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True)
    assert done.stdout == "1\n"
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
