"""Fixes: what is written, that not a byte beside it changes, and that a killed run leaves a whole file."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from webcare_lint.atomic import write_atomically
from webcare_lint.cli import fixing
from webcare_lint.config import Config
from webcare_lint.errors import RuleError, WebcareLintError
from webcare_lint.fixes import Mended, diff, mend
from webcare_lint.linter import Checked, Linter
from webcare_lint.model import Document
from webcare_lint.sources import read_document

RULES = Path(__file__).parent / "data" / "fixes.yaml"
TWICE = "Wat vervelend! Heel vervelend dat je pakket weg is."
ONCE = "Wat vervelend! Erg jammer dat je pakket weg is."


@pytest.fixture(scope="module")
def trial() -> Linter:
    return Linter(Config(extend_rules=[str(RULES)], select=["WC598", "WC599"]))


def fixed(trial: Linter, text: str, name: str = "a.txt", *, unsafe: bool = False) -> str:
    made = mend(trial, text.encode(), lambda data: read_document(data, name), unsafe=unsafe)
    again = mend(trial, made.data, lambda data: read_document(data, name), unsafe=unsafe)
    assert (again.data, again.fixed) == (made.data, 0), "a second run changes nothing more"
    return made.data.decode()


class Counted(Linter):
    """One that knows how often it was asked."""

    asked = 0

    def check_document(self, document: Document) -> Iterator[Checked]:
        self.asked += 1
        return super().check_document(document)


def test_what_a_round_left_is_checked_once() -> None:
    trial = Counted(Config(extend_rules=[str(RULES)], select=["WC598", "WC599"]))
    assert mend(trial, TWICE.encode(), lambda data: read_document(data, "a.txt")).fixed == 1
    assert trial.asked == 2  # as it was, and as it became


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (TWICE, ONCE),
        ("Heel vervelend. Wat vervelend voor je.", "Heel vervelend. Wat balen voor je."),
        ("Heel vervelend. Wat vervelend voor u.", "Heel vervelend. Wat jammer voor u."),
        ("Heel vervelend, daar baal ik van. Wat vervelend voor je.", "Heel vervelend, daar baal ik van. Wat jammer voor je."),
        ("Vervelend, jammer. Heel vervelend voor u.", "Vervelend, jammer. Erg spijtig voor u."),
        ("Vervelend, jammer en spijtig. Heel vervelend.", "Vervelend, jammer en spijtig. Heel vervelend."),
        ("Vervelend. De vervelende buurman.", "Vervelend. De vervelende buurman."),
        ("WAT VERVELEND! HEEL VERVELEND!", "WAT VERVELEND! HEEL VERVELEND!"),
        ("Sorry voor het wachten. En sorry voor de brief. Nogmaals sorry voor u.",
         "Sorry voor het wachten. En excuses voor de brief. Nogmaals sorry voor u."),
        ("Wij begrijpen uw zorg. Ik begrijp dat u wacht.", "Wij begrijpen uw zorg. Ik kan me voorstellen dat u wacht."),
        ("Zij hebben dat verkeerd gedaan.", "Wij hebben dat verkeerd gedaan."),
        ("Helaas hebben ze dat fout gedaan.", "Helaas hebben we dat fout gedaan."),
        ("Zij heeft dat verkeerd gedaan.", "Zij heeft dat verkeerd gedaan."),
        ("Dat is gewoon zo.", "Dat is gewoon zo."),
        ("Wat vervelend! Heel\u00a0ver\u00advelend, He\u0301.", "Wat vervelend! Erg jammer, He\u0301."),
    ],
)  # fmt: skip
def test_what_is_written(trial: Linter, before: str, after: str) -> None:
    assert fixed(trial, before) == after


@pytest.mark.parametrize(
    ("name", "around"),
    [
        ("a.txt", "\ufeff\r\n  @ 😀\r\n\r\n"),
        ("a.jsonl", '{"id":1 ,"reply":"é\\u00e9 @"}\r\n\n{"reply": "Hoi"}'),
        ("a.yaml", "# c\n- reply: '@'   # d\n-   reply: |\n     @\n\n"),
        ("a.csv", '\ufeffid;antwoord\r\n1;"""Hoi"" @"\r\n2;x'),
        ("a.md", "## a\n\n> Wat vervelend, heel vervelend\n\n@  \n"),
        ("a.txt", "e\u0301e\u0301n [keer](https://a.example)\u200b: @ cafe\u0301\u00a0**dicht**"),
        ("a.yaml", "- reply: |\n    Zoe\u0308, @ He\u0301\n"),
    ],
)
def test_not_a_byte_beside_the_edits(trial: Linter, name: str, around: str) -> None:
    assert fixed(trial, around.replace("@", TWICE), name) == around.replace("@", ONCE)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.jsonl", '{"reply": "Wat vervelend! Heel v\\u0065rvelend."}'),
        ("a.yaml", "- reply: Wat vervelend! Heel\n    vervelend dit.\n"),
        ("a.txt", "Wat vervelend! Heel **vervelend** dit."),
    ],
)
def test_what_was_decoded_is_left_alone(trial: Linter, name: str, text: str) -> None:
    assert fixed(trial, text, name) == text


WORDS = st.sampled_from(
    ["wat vervelend", "Heel vervelend", "heel vervelend!", "sorry voor", "Excuses voor", "je", "u", "jammer", "\n",
     "<br>", '"', "\\", "é", "😀", ";", "# x"]
)  # fmt: skip


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.lists(WORDS, min_size=1, max_size=14), name=st.sampled_from(["a.txt", "a.json", "a.yaml", "a.csv"]))
def test_a_fix_never_makes_worse_and_ends(trial: Linter, words: list[str], name: str) -> None:
    import csv
    import io
    import json

    import yaml

    text = " ".join(words)
    if name == "a.csv":
        buffer = io.StringIO()
        csv.writer(buffer, delimiter=";").writerows([["id", "antwoord"], ["1", text]])
        written = buffer.getvalue()
    else:
        written = {"a.txt": text, "a.json": json.dumps([{"reply": text}]), "a.yaml": yaml.safe_dump([{"reply": text}])}[name]
    before = trial.check_documents([read_document(written.encode(), name)])
    after = trial.check_documents([read_document(fixed(trial, written, name).encode(), name)])
    assert len(after.diagnostics) <= len(before.diagnostics)
    assert after.failures == before.failures


def test_diff_shows_line_ends_and_a_missing_one() -> None:
    shown = diff("a.txt", "a\r\nb", "a\r\nc")
    assert (
        shown
        == "--- a/a.txt\n+++ b/a.txt\n@@ -1,2 +1,2 @@\n a\r\n-b\n\\ No newline at end of file\n+c\n\\ No newline at end of file\n"
    )


def test_the_real_command(run: Any, tmp_path: Path) -> None:
    (tmp_path / ".webcare-lint.yaml").write_text(f"extend_rules: ['{RULES}']\nselect: [WC598, WC599]\n", "utf-8")
    path = tmp_path / "a.txt"
    path.write_text(TWICE, "utf-8")
    path.chmod(0o640)
    shown = run("check", "a.txt", "--diff")
    assert shown.returncode == 1
    assert f"-{TWICE}" in shown.stdout
    assert f"+{ONCE}" in shown.stdout
    assert path.read_text("utf-8") == TWICE
    assert "Met --fix wordt er 1 meteen verbeterd." in run("check", "a.txt").stdout
    data = run("check", "a.txt", "--format", "json")
    assert '"safety": "safe"' in data.stdout
    done = run("check", "a.txt", "--fix")
    assert (done.returncode, path.read_text("utf-8")) == (0, ONCE), done.stderr
    assert "1 verbetering in 1 bestand" in done.stderr
    assert path.stat().st_mode & 0o777 == 0o640
    assert sorted(p.name for p in tmp_path.iterdir()) == [".webcare-lint.yaml", "a.txt"]
    assert run("check", "--fix", "--text", TWICE).returncode == 2
    assert run("check", "--fix", "-", stdin=TWICE).returncode == 2


def test_a_fix_knows_the_message_that_the_reply_answers(run: Any, tmp_path: Path) -> None:
    rules = RULES.read_text("utf-8").replace(
        "    fix: {kind: swap", "    only-if: [{find: [boos], in: customer}]\n    fix: {kind: swap"
    )
    examples = '["**Zij hebben dat verkeerd** gedaan.", "**Ze zijn dicht**.", "**Gewoon** doen."]'
    rules = rules.replace(examples, '[{reply: "**Ze zijn dicht**.", customer: boos}]')
    (tmp_path / "eigen.yaml").write_text(rules, "utf-8")
    (tmp_path / ".webcare-lint.yaml").write_text("extend_rules: [eigen.yaml]\nselect: [WC599]\n", "utf-8")
    (tmp_path / "a.txt").write_text("Zij hebben dat verkeerd gedaan.", "utf-8")
    assert run("check", "a.txt", "--customer", "Ik ben boos", "--fix").returncode == 0
    assert (tmp_path / "a.txt").read_text("utf-8") == "Wij hebben dat verkeerd gedaan."


def test_fixes_to_review_wait_until_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "eigen.yaml"
    path.write_text(RULES.read_text("utf-8").replace("safety: safe", "safety: review"), "utf-8")
    trial = Linter(Config(extend_rules=[str(path)], select=["WC598"]))
    assert fixed(trial, TWICE) == TWICE
    assert fixed(trial, TWICE, unsafe=True) == ONCE


def test_an_edit_that_does_not_help_is_dropped(tmp_path: Path) -> None:
    path = tmp_path / "eigen.yaml"
    path.write_text(
        RULES.read_text("utf-8").replace("[heel vervelend, erg jammer, erg spijtig]", "[heel vervelend, gewoon jammer]"), "utf-8"
    )
    trial = Linter(Config(extend_rules=[str(path)], select=["WC598", "WC599"]))
    assert fixed(trial, TWICE) == TWICE


WRITER = """
import sys
from pathlib import Path
from webcare_lint.atomic import write_atomically
print("ready", flush=True)
while True:
    for letter in (b"a", b"b"):
        write_atomically(Path(sys.argv[1]), letter * 300_000)
"""


def test_a_killed_run_leaves_the_old_or_the_new_file(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"a" * 300_000)
    for number in range(12):
        writer = subprocess.Popen([sys.executable, "-c", WRITER, str(path)], stdout=subprocess.PIPE)
        assert writer.stdout
        writer.stdout.readline()
        time.sleep(0.003 * number)
        os.kill(writer.pid, signal.SIGKILL)
        writer.wait()
        writer.stdout.close()
        data = path.read_bytes()
        assert len(data) == 300_000
        assert len(set(data)) == 1


def test_a_folder_that_cannot_be_written_to_is_said(tmp_path: Path) -> None:
    with pytest.raises(WebcareLintError) as caught:
        write_atomically(tmp_path / "weg" / "a.txt", b"x")
    assert "weg" in caught.value.describe("nl")


def test_nothing_is_left_when_the_data_cannot_be_made(tmp_path: Path) -> None:
    def data() -> Iterator[bytes]:
        yield b"Bel ons"
        raise KeyboardInterrupt

    (tmp_path / "a.txt").write_bytes(b"oud")
    with pytest.raises(KeyboardInterrupt):
        write_atomically(tmp_path / "a.txt", data())
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("a.txt", b"oud")]


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "echt.txt").write_bytes(b"oud")
    (tmp_path / "link.txt").symlink_to("echt.txt")
    write_atomically(tmp_path / "link.txt", b"nieuw")
    assert (tmp_path / "link.txt").is_symlink()
    assert (tmp_path / "echt.txt").read_bytes() == b"nieuw"


def test_a_file_that_may_not_be_written_stops_no_other(trial: Linter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(TWICE)
    monkeypatch.setattr(os, "access", lambda path, _: Path(path).name != "a.txt")
    (failure,) = fixing.fix_paths(trial, [str(tmp_path)], None, unsafe=True)
    assert failure.describe("nl") == f"{tmp_path / 'a.txt'}: geen recht om hier te schrijven"
    assert [(tmp_path / name).read_text() for name in ("a.txt", "b.txt")] == [TWICE, ONCE]


@pytest.mark.parametrize("saved", [b"Komt eraan!", None])
def test_what_was_saved_meanwhile_is_left_alone(
    trial: Linter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, saved: bytes | None
) -> None:
    path = tmp_path / "a.txt"
    path.write_text(TWICE)

    def slow(*given: Any, **named: Any) -> Mended:
        made = mend(*given, **named)
        path.unlink() if saved is None else path.write_bytes(saved)
        return made

    monkeypatch.setattr(fixing, "mend", slow)
    (failure,) = fixing.fix_paths(trial, [str(path)], None, unsafe=True)
    assert failure.describe("nl") == f"{path}: intussen gewijzigd en dus niet verbeterd; draai opnieuw"
    assert [each.read_bytes() for each in tmp_path.iterdir()] == ([] if saved is None else [saved])


def test_mended_counts(trial: Linter) -> None:
    made: Mended = mend(trial, TWICE.encode(), lambda data: read_document(data, "a.txt"))
    assert made.fixed == 1


SHIPPED = [
    ("Wat vervelend! Heel vervelend dat je kast weg is.", "Wat vervelend! Erg jammer dat je kast weg is."),
    ("Heel vervelend. Wat vervelend voor u, zo vlak voor uw reis.", "Heel vervelend. Wat naar voor u, zo vlak voor uw reis."),
    ("Vervelend dat het misging. Het is vervelend dat je wachtte.", "Vervelend dat het misging. Het is jammer dat je wachtte."),
    ("Sorry voor gisteren. Nogmaals sorry voor het wachten.", "Sorry voor gisteren. Nogmaals excuses voor het wachten."),
    ("Ik begrijp uw schrik. Ik begrijp dat u wacht.", "Ik begrijp uw schrik. Ik kan me voorstellen dat u wacht."),
    ("Balen, een kras. Daar baal ik van.", "Balen, een kras. Dat vind ik jammer."),
    ("Helaas is hij weg. Helaas komt hij niet terug.", "Helaas is hij weg. Jammer genoeg komt hij niet terug."),
    ("Wat vervelend. Heel vervelend nieuws over je kast.", None),
    ("Onze excuses voor gisteren. Wij bieden excuses aan.", None),
]


@pytest.mark.parametrize(("before", "after"), SHIPPED, ids=range(len(SHIPPED)))
def test_the_shipped_rule_varies_empathy(before: str, after: str | None) -> None:
    shipped = Linter(Config(select=["WC501"], cache=False))
    assert [d.code for d in shipped.check_text(before).diagnostics] == ["WC501"]
    assert fixed(shipped, before) == (after or before)


def test_they_becomes_we_where_the_verb_allows_it() -> None:
    shipped = Linter(Config(select=["WC306"], cache=False))
    assert fixed(shipped, "Dat hadden ze nooit mogen beloven.", unsafe=True) == "Dat hadden we nooit mogen beloven."
    assert fixed(shipped, "Dat hadden ze nooit mogen beloven.") == "Dat hadden ze nooit mogen beloven."
    assert fixed(shipped, "Dat had ze nooit mogen beloven.", unsafe=True) == "Dat had ze nooit mogen beloven."


def swapping(tmp_path: Path, words: str) -> Path:
    path = tmp_path / "eigen.yaml"
    path.write_text(RULES.read_text("utf-8").replace("number: plural, words: {zij: wij, ze: we}", f"words: {words}"), "utf-8")
    return path


def test_the_longest_word_is_swapped(tmp_path: Path) -> None:
    path = swapping(tmp_path, "{gewoon: meteen, gewoon weg: meteen terug}").read_text("utf-8")
    (tmp_path / "eigen.yaml").write_text(path.replace('"gewoon"]', '"gewoon", "gewoon weg"]'), "utf-8")
    trial = Linter(Config(extend_rules=[str(tmp_path / "eigen.yaml")], select=["WC599"]))
    assert fixed(trial, "Het pakket is gewoon weg.") == "Het pakket is meteen terug."


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Gewoon doen.", "IJverig doen."),
        ("gewoon doen.", "ijverig doen."),
        ("Dat hİer.", "Dat hİer."),
        ("Dat HIer.", "Dat Daar."),
    ],
)
def test_a_swap_keeps_the_capital(tmp_path: Path, before: str, after: str) -> None:
    path = swapping(tmp_path, "{gewoon: ijverig, hier: daar}").read_text("utf-8")
    (tmp_path / "eigen.yaml").write_text(path.replace('"gewoon"]', '"gewoon", "hier"]'), "utf-8")
    assert fixed(Linter(Config(extend_rules=[str(tmp_path / "eigen.yaml")], select=["WC599"])), before) == after


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        (
            "a.csv",
            'id,antwoord\n1,Kom gewoon.\n2,"Kom gewoon."\n3,Gewoon doen.\n4,"Gewoon, ja."\n',
            'id,antwoord\n1,Kom gewoon.\n2,"Kom graag, ja."\n3,Gewoon doen.\n4,"Graag, ja, ja."\n',
        ),
        ("a.yaml", "- [gewoon]\n- gewoon\n- [ook gewoon]\n", "- [gewoon]\n- graag, ja\n- [ook gewoon]\n"),
    ],
)
def test_a_fix_that_spills_over_keeps_no_others_waiting(tmp_path: Path, name: str, before: str, after: str) -> None:
    trial = Linter(Config(extend_rules=[str(swapping(tmp_path, "{gewoon: 'graag, ja'}"))], select=["WC599"]))
    assert fixed(trial, before, name) == after


@pytest.mark.parametrize("words", ["{}", "{'': wij}"])
def test_a_swap_without_a_word_is_refused(tmp_path: Path, words: str) -> None:
    path = swapping(tmp_path, words)
    with pytest.raises(RuleError) as caught:
        Linter(Config(extend_rules=[str(path)], cache=False)).check_text("Zij hebben dat verkeerd gedaan.")
    assert path.read_text("utf-8").splitlines()[(caught.value.line or 0) - 1].lstrip().startswith("fix: {kind: swap")
    assert "hier ontbreekt een woord" in caught.value.describe("nl")
    assert "a word is missing here" in caught.value.describe("en")


def test_a_library_is_mended_in_place(run: Any, tmp_path: Path) -> None:
    path = tmp_path / "bibliotheek.yaml"
    before = "# Antwoorden\n- id: weg   # klein\n  text: '@'\n- id: laat\n  text: |\n    Dank je wel voor je bericht, {{naam}}!\n"
    path.write_text(before.replace("@", SHIPPED[0][0]), "utf-8")
    done = run("check", "bibliotheek.yaml", "--select", "WC501", "--fix")
    assert (done.returncode, path.read_text("utf-8")) == (0, before.replace("@", str(SHIPPED[0][1]))), done.stderr
