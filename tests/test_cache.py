"""The cache: the second run needs neither rules nor model, finds the same, and a damaged or foreign entry is no entry."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from webcare_lint import cache
from webcare_lint.config import Config
from webcare_lint.config.schema import Exemption
from webcare_lint.errors import ConfigError
from webcare_lint.linter import Linter
from webcare_lint.model import Hit, Message, Reply, Report
from webcare_lint.text import Span

RULES = Path(__file__).parent / "data" / "fixes.yaml"
CONFIG = Config(extend_rules=[str(RULES)])
PROBE = """
import sys
from webcare_lint.config import Config
from webcare_lint.linter import Linter
linter = Linter(Config(extend_rules=[sys.argv[2]], select=["WC402", "WC599"]), jobs=1)
report = linter.check_paths([sys.argv[1]])
heavy = [name for name in ("spacy", "thinc", "numpy") if name in sys.modules]
print(report.replies, len(report.diagnostics), "all_rules" in vars(linter.loaded), ",".join(heavy) or "-")
"""


def entries() -> list[Path]:
    return sorted(cache.folder().glob("*/*.bin"))


def seen(report: Report) -> list[Any]:
    return list(report.diagnostics)


def test_a_thousand_templates_come_from_the_cache(tmp_path: Path) -> None:
    library = tmp_path / "bibliotheek"
    library.mkdir()
    for number in range(1000):
        (library / f"{number}.txt").write_text("👍" if number % 10 else "Zij hebben dat verkeerd gedaan.", "utf-8")

    def probe() -> list[str]:
        done = subprocess.run([sys.executable, "-c", PROBE, library, RULES], capture_output=True, text=True, check=True)
        return done.stdout.split()

    assert probe() == ["1000", "1000", "True", "spacy,thinc,numpy"]
    assert probe() == ["1000", "1000", "False", "-"]


def test_the_same_is_found_with_fixes_and_values(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(
        "- reply: Wat vervelend! Heel vervelend.\n- reply: 👍\n- {channel: sms, reply: '" + "lang " * 60 + "'}\n", "utf-8"
    )
    without = Linter(Config(extend_rules=[str(RULES)], cache=False)).check_paths([path])
    assert entries() == []
    first, second = (Linter(CONFIG).check_paths([path]) for _ in range(2))
    assert seen(first) == seen(second) == seen(without)
    assert any(d.fix for d in second.diagnostics)


def test_what_is_exempt_is_kept_as_such(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Je kunt ons even bellen op 0900-1234.", "utf-8")
    exempt = Config(exempt=[Exemption(code="WC201", when=["even"])])
    for _ in range(2):
        assert seen(Linter(exempt).check_paths([path])) == []


def test_only_what_changed_is_checked_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"reply": "👍"}\n{"reply": "Ja hoor."}\n', "utf-8")
    Linter(CONFIG).check_paths([path])
    path.write_text('{"reply": "Hij komt morgen om 9 uur."}\n{"reply": "👍"}\n{"reply": "Ja hoor."}\n', "utf-8")
    linter = Linter(CONFIG)
    checked: list[str] = []
    engine = linter.engine(linter.play(str(path)))
    original = engine.check
    monkeypatch.setattr(engine, "check", lambda replies, *rest: original([*map(note, replies)], *rest))

    def note(reply: Reply) -> Reply:
        checked.append(reply.text)
        return reply

    report = linter.check_paths([path])
    assert checked == ["Hij komt morgen om 9 uur."]
    assert [(d.code, d.start.line) for d in report.diagnostics] == [("WC402", 2)]


def test_a_length_that_is_an_estimate_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Beste {{naam}}, " + "dit is een lang antwoord " * 12, "utf-8")
    config = Config(select=["WC801"])
    (first,) = Linter(config).check_paths([path]).diagnostics
    assert "±" in first.message
    again = Linter(config)
    monkeypatch.setattr(again, "engine", None)
    assert list(again.check_paths([path]).diagnostics) == [first]


TEMPLATES = [
    "Sorry dat het pakket van {{naam}} te laat was, morgen vóór 12 uur is het er.",
    "Het pakket van {{naam}} ligt bij de buren.", "Gefeliciteerd!", "Jammer, de blauwe is uitverkocht.", "De winkel is dicht.",
]  # fmt: skip


def test_one_template_that_changes_renews_what_is_said_of_the_others(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"

    def found(*replies: str) -> list[tuple[str, str]]:
        path.write_text("".join(json.dumps({"reply": reply}) + "\n" for reply in replies), "utf-8")
        return [(d.code, d.reply_id) for d in Linter(Config(select=["WC552", "WC1007"])).check_paths([path]).diagnostics]

    twin = TEMPLATES[0].replace("Sorry dat", "Spijtig dat")
    assert found(*TEMPLATES) == []
    assert found(*TEMPLATES[:4], twin) == [("WC1007", "5")]
    assert found("Dank je wel, {{naam}}!", *TEMPLATES[1:4], twin) == []
    worn = [f"Wat vervelend, {thing} komt later." for thing in ("je fiets", "de monteur", "onze brief", "het geld", "uw kaart")]
    assert [code for code, _ in found(*worn, *TEMPLATES)] == ["WC552"]
    assert found(*worn, *TEMPLATES) == found(*worn, *TEMPLATES)
    assert found(*(f"Ah, {text}" for text in TEMPLATES), worn[4]) == []


def test_an_unanswered_message_is_another_than_a_reply(tmp_path: Path) -> None:
    entry = cache.Entry(tmp_path / "x.bin")
    entry.put(Reply("Bel ons"), [], {})
    entry.save()
    known = cache.Entry(tmp_path / "x.bin")
    assert known.get(Reply("Bel ons")) == []
    assert known.get(Reply("Bel ons", unanswered=True)) is None
    assert known.get(Reply("Bel ons", history=(Message("customer", "Storing?"),))) is None


def test_no_words_of_replies_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Wat Vervelend Sanneke! Heel VERVELEND dat Zij hebben dat verkeerd gedaan.", "utf-8")
    assert Linter(CONFIG).check_paths([path]).diagnostics
    kept = b"".join(entry.read_bytes() for entry in entries() if b"proef-zij" not in entry.read_bytes())
    assert kept
    for word in (b"Sanneke", b"Vervelend", b"VERVELEND", b"verkeerd"):
        assert word not in kept


def test_what_cannot_be_kept_without_words_is_not_kept(tmp_path: Path) -> None:
    entry = cache.Entry(tmp_path / "x" / "x.bin")
    reply = Reply("Bel ons")
    entry.put(reply, [("WC201", Hit(Span(0, 3), {"word": "iets uit het antwoord gemaakt"}))], {})
    entry.save()
    assert cache.Entry(tmp_path / "x" / "x.bin").get(reply) is None
    entry.put(
        reply, [("WC201", Hit(Span(0, 3), {"first": "ons", "length": "1.280", "word": "groep"}))], {"WC201": frozenset({"groep"})}
    )
    entry.save()
    assert cache.Entry(tmp_path / "x" / "x.bin").get(reply) == [
        ("WC201", Hit(Span(0, 3), {"first": "ons", "length": "1.280", "word": "groep"}))
    ]


def test_a_number_out_of_a_text_is_not_kept(tmp_path: Path) -> None:
    reply = Reply("Fijne dag!", customer="Bel je me op 0612345678?")
    found = [("WC790", Hit(Span(0, 5), {"overlooked": "0612345678", "count": "3"}))]
    entry = cache.Entry(tmp_path / "x.bin")
    entry.put(reply, found, {})
    entry.save()
    assert b"0612345678" not in (tmp_path / "x.bin").read_bytes()
    assert cache.Entry(tmp_path / "x.bin").get(reply) == found


def test_what_others_keep_in_the_folder_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("👍", "utf-8")
    Linter(CONFIG).check_paths([path])
    kept = entries()
    old = kept[0].with_name(kept[0].name[:2] + "0" * 30 + ".bin")
    left = kept[0].with_name(f".{kept[0].name}.a1_b2c3d.tmp")
    theirs = [cache.folder() / name for name in ("model/pytorch_model.bin", "ab/model.bin", f"{old.parent.name}/ab.bin")]
    for file in (old, left, *theirs):
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(b"x")
        os.utime(file, (0, 0))
    path.write_text("Bel ons.", "utf-8")
    Linter(Config(extend_rules=[str(RULES)], ignore=["WC201"])).check_paths([path])
    assert [file.exists() for file in (old, left, *theirs)] == [False, False, True, True, True]
    assert cache.clear() > len(kept)
    assert entries() == sorted(theirs)
    assert all(folder.name in ("model", "ab", old.parent.name) for folder in cache.folder().iterdir())


def test_a_damaged_entry_is_a_miss(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("👍", "utf-8")
    expected = seen(Linter(CONFIG).check_paths([path]))
    for damage in (
        lambda _: b"",
        lambda data: data[:-1],
        lambda data: data[:20] + bytes([data[20] ^ 1]) + data[21:],
        lambda _: b"x" * 99,
    ):
        for entry in entries():
            entry.write_bytes(damage(entry.read_bytes()))
        assert seen(Linter(CONFIG).check_paths([path])) == expected
    assert entries()


def test_other_rules_other_config_other_results(tmp_path: Path) -> None:
    path, rules = tmp_path / "a.txt", tmp_path / "eigen.yaml"
    path.write_text("Je pakket komt gewoon morgen.", "utf-8")
    rules.write_text(RULES.read_text("utf-8"), "utf-8")

    def codes(**more: Any) -> list[str]:
        return [d.code for d in Linter(Config(extend_rules=[str(rules)], **more)).check_paths([path]).diagnostics]

    assert codes() == ["WC599"]
    assert codes(ignore=["WC599"]) == []
    assert codes(exempt=[]) == ["WC599"]
    rules.write_text(RULES.read_text("utf-8").replace('"gewoon"', '"heus"'), "utf-8")
    assert codes() == []
    with pytest.raises(ConfigError, match="is no folder and not installed"):
        codes(pipeline="bestaat_niet_echt")


def test_runs_beside_each_other(run: Any, tmp_path: Path) -> None:
    for number in range(30):
        (tmp_path / f"{number}.txt").write_text("👍", "utf-8")
    with ThreadPoolExecutor(3) as pool:
        outcomes = list(pool.map(lambda _: run("check", ".", "--select", "4", "--format", "json").stdout, range(3)))
    assert len({json.dumps(json.loads(out)["diagnostics"]) for out in outcomes}) == 1


def test_the_command_clears_and_can_do_without(run: Any, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("👍", "utf-8")
    run("check", "a.txt", "--no-cache")
    assert entries() == []
    run("check", "a.txt")
    assert len(entries()) == 3
    cleared = run("cache", "clear")
    assert cleared.returncode == 0, cleared.stderr
    assert "3 bewaarde uitkomsten" in cleared.stdout
    assert entries() == []
    assert run("check", "--text", "👍").returncode == 1


@pytest.mark.skipif(sys.platform == "win32", reason="links ask for a right there")
def test_a_link_to_nothing_in_a_folder_is_no_trouble(tmp_path: Path) -> None:
    assert cache.world(b"", [], None, tmp_path)
    (tmp_path / ".#reader.json").symlink_to("iemand@computer.123")  # as Emacs locks what it edits
    assert cache.world(b"", [], None, tmp_path) is None
