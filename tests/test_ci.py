"""pre-commit, GitHub and GitLab: the real pre-commit runs our hook in a real git repository; the examples run as shipped."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from webcare_lint.sources import EXTENSIONS

ROOT = Path(__file__).parent.parent
MANIFEST = ROOT / ".pre-commit-hooks.yaml"
BIN = Path(sys.executable).parent


class Repository:
    """A git repository whose commits go through pre-commit."""

    def __init__(self, folder: Path, home: Path) -> None:
        self.folder = folder
        self.environment = {
            **os.environ, "PRE_COMMIT_HOME": str(home), "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}",
            "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull,
            "GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@example.org",
            "GIT_COMMITTER_NAME": "a", "GIT_COMMITTER_EMAIL": "a@example.org",
        }  # fmt: skip
        self.call("git", "init", "--quiet")

    def call(self, *command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command, cwd=self.folder, env=self.environment, capture_output=True, text=True, check=False, timeout=120
        )

    def write(self, name: str, text: str) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        assert self.call("git", "add", name).returncode == 0

    def commit(self, *options: str) -> subprocess.CompletedProcess[str]:
        return self.call("git", "commit", "-m", "x", *options)


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    folder = tmp_path / "repo"
    folder.mkdir()
    made = Repository(folder, tmp_path / "home")
    # Our own manifest, hook by hook; only where it runs differs: building an environment would install us from the network.
    (hook,) = (h for h in yaml.safe_load(MANIFEST.read_text("utf-8")) if h["id"] == "webcare-lint")
    hook.update(language="system", verbose=True)
    config = {"repos": [{"repo": "local", "hooks": [hook]}]}
    (folder / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config), "utf-8")
    installed = made.call("pre-commit", "install")
    assert installed.returncode == 0, installed.stdout + installed.stderr
    return made


def test_a_bad_template_is_refused_and_a_good_one_passes(repository: Repository) -> None:
    repository.write("sjablonen/slecht.jsonl", '{"id": "s1", "reply": "👍"}\n')
    refused = repository.commit()
    assert refused.returncode != 0
    assert "WC402" in refused.stdout + refused.stderr
    repository.write("sjablonen/slecht.jsonl", '{"id": "s1", "reply": "Dank je wel voor je bericht, Sanne!"}\n')
    accepted = repository.commit()
    assert accepted.returncode == 0, accepted.stdout + accepted.stderr


def test_only_changed_files_are_read(repository: Repository) -> None:
    repository.write("sjablonen/oud.txt", "👍")
    assert repository.commit("--no-verify").returncode == 0
    repository.write("sjablonen/nieuw.txt", "Dank je wel voor je bericht, Sanne!")
    accepted = repository.commit()
    shown = accepted.stdout + accepted.stderr
    assert accepted.returncode == 0, shown
    assert "webcare-lint" in shown
    assert "oud.txt" not in shown


def test_our_own_files_are_no_replies(repository: Repository) -> None:
    repository.call("git", "add", ".pre-commit-config.yaml")
    repository.write(".webcare-lint.yaml", "baseline: bekend.json\nextend_rules: [regels]\n")
    repository.write("bekend.json", '{"version": 1, "findings": {}}')
    repository.write("regels/words.yaml", "words: {eigen: [balie]}\n")
    accepted = repository.commit()
    assert accepted.returncode == 0, accepted.stdout + accepted.stderr


def test_other_files_are_left_alone(repository: Repository) -> None:
    repository.write("code.py", "👍")
    assert repository.commit().returncode == 0


def test_the_manifest_is_valid_and_knows_every_form() -> None:
    done = subprocess.run([BIN / "pre-commit", "validate-manifest", MANIFEST], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    import re

    for hook in yaml.safe_load(MANIFEST.read_text("utf-8")):
        assert hook["require_serial"] is True
        for extension in EXTENSIONS:
            assert re.search(hook["files"], f"map/naam{extension}"), extension


def test_the_action_runs_the_command_that_it_says(tmp_path: Path) -> None:
    action = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
    step = next(step for step in action["runs"]["steps"] if step.get("id") == "check")
    (tmp_path / "a.txt").write_text("👍", "utf-8")

    def run(form: str, arguments: str) -> subprocess.CompletedProcess[str]:
        environment = {
            **os.environ, "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}", "PATHS": "a.txt", "ARGS": arguments, "FORMAT": form,
            "REPORT": "uit.sarif", "GITHUB_OUTPUT": str(tmp_path / "output"),
        }  # fmt: skip
        return subprocess.run(
            ["bash", "-eo", "pipefail", "-c", step["run"]],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )

    shown = run("github", "")
    assert shown.returncode == 1, shown.stderr
    assert shown.stdout.startswith("::error file=a.txt,line=1,")
    written = run("sarif", "--fail-on never --select 4")
    assert written.returncode == 0, written.stderr
    assert '"WC402"' in (tmp_path / "uit.sarif").read_text("utf-8")
    assert (tmp_path / "output").read_text("utf-8") == "report=uit.sarif\n"


def test_the_gitlab_example_runs(tmp_path: Path) -> None:
    (job,) = yaml.safe_load((ROOT / "examples/ci/.gitlab-ci.yml").read_text("utf-8")).values()
    environment = {**os.environ, "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}"}
    (tmp_path / "templates").mkdir()
    for name, text, status in (("goed.txt", "Dank je wel voor je bericht, Sanne!", 0), ("fout.txt", "👍", 1)):
        (tmp_path / "templates" / name).write_text(text, "utf-8")
        done = subprocess.run(["bash", "-e", "-c", "\n".join(job["script"])], cwd=tmp_path, env=environment, check=False)
        assert done.returncode == status
    assert "fout.txt" in (tmp_path / job["artifacts"]["reports"]["codequality"]).read_text("utf-8")


def test_the_example_templates_are_good(run: Any) -> None:
    done = run("check", ROOT / "examples/ci/templates")
    assert done.returncode == 0, done.stdout


def test_the_pre_commit_example_names_a_hook_that_there_is() -> None:
    path = ROOT / "examples/ci/.pre-commit-config.yaml"
    done = subprocess.run([BIN / "pre-commit", "validate-config", path], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    hooks = {hook["id"] for hook in yaml.safe_load(MANIFEST.read_text("utf-8"))}
    (repo,) = yaml.safe_load(path.read_text("utf-8"))["repos"]
    assert {hook["id"] for hook in repo["hooks"]} <= hooks
