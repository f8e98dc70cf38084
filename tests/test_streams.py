"""Whatever becomes of the streams that the shell gave: an exit status of the contract and one line at most."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

COMMAND = f"{sys.executable} -m webcare_lint"
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a shell of Unix")


def shell(script: str, folder: Path) -> subprocess.CompletedProcess[str]:
    (folder / "a.txt").write_text("Bel ons even.\n")
    (folder / "latin.txt").write_bytes(b"Ge\xefnteresseerd.\n")
    done = ["bash", "-c", script.replace("webcare-lint", COMMAND)]
    return subprocess.run(done, cwd=folder, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("how", ["--format json", ""])
@pytest.mark.parametrize(("text", "status"), [("Bel ons even.", 1), ("Dank je wel!", 0)])
def test_nobody_reads_on(tmp_path: Path, how: str, text: str, status: int) -> None:
    done = shell(f"webcare-lint check --text '{text}' {how} | (exec <&-; sleep 3); exit ${{PIPESTATUS[0]}}", tmp_path)
    assert (done.returncode, done.stderr) == (status, "")


@pytest.mark.parametrize("told", ["explain WC201", "inspect Hoi", "--help", "check --help"])
def test_nobody_reads_on_of_what_is_no_verdict(tmp_path: Path, told: str) -> None:
    done = shell(f"webcare-lint {told} | (exec <&-; sleep 3); exit ${{PIPESTATUS[0]}}", tmp_path)
    assert (done.returncode, done.stderr) == (0, "")


def test_nobody_reads_on_in_a_long_report(tmp_path: Path) -> None:
    (tmp_path / "lang.yaml").write_text("- Bel ons even.\n" * 300)
    done = shell("webcare-lint check lang.yaml --format json | head -1; exit ${PIPESTATUS[0]}", tmp_path)
    assert (done.returncode, done.stderr) == (1, "")


def test_what_could_not_be_checked_stays_so_when_nobody_reads_it(tmp_path: Path) -> None:
    assert shell("webcare-lint check latin.txt 2>&1 | (exec <&-; sleep 3); exit ${PIPESTATUS[0]}", tmp_path).returncode == 2


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full device here")
def test_a_full_disk_is_trouble(tmp_path: Path) -> None:
    done = shell("webcare-lint check a.txt --format json > /dev/full", tmp_path)
    assert done.returncode == 2
    assert done.stderr == "webcare-lint: de uitvoer: hier is geen ruimte meer\n"
    assert shell("webcare-lint check latin.txt > /dev/null 2> /dev/full", tmp_path).returncode == 2


def test_closed_streams(tmp_path: Path) -> None:
    assert shell("webcare-lint check latin.txt 2>&-", tmp_path).returncode == 2
    assert shell("webcare-lint check --text 'Bel ons even.' >&-", tmp_path).returncode == 1
    done = shell("webcare-lint check - <&-", tmp_path)
    assert done.returncode == 2
    assert "onverwachte" not in done.stderr


def test_a_report_goes_on_where_the_stream_is(tmp_path: Path) -> None:
    shell("(echo begin; webcare-lint check a.txt --format github --output /dev/stdout; echo eind) > log.txt", tmp_path)
    lines = (tmp_path / "log.txt").read_text().splitlines()
    assert (lines[0], lines[-1]) == ("begin", "eind")
    assert any(line.startswith("::") for line in lines)


def test_a_folder_that_has_gone(tmp_path: Path) -> None:
    (tmp_path / "weg").mkdir()
    done = shell("cd weg && rmdir ../weg && webcare-lint check --text 'Komt goed.'", tmp_path)
    assert (done.returncode, done.stderr) == (2, "webcare-lint: de map waarin je staat, bestaat niet meer\n")
