"""The judge of every assignment on its corpus, and the same suite as pytest shows it to an instructor."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from graders import assignment
from graders.engine.validation import corpus, differences, graded, solution
from graders.sandbox.layers import probe
from graders.suite.loading import secret
from tests.conftest import CHECKOUT, Command

SOME = 12


@pytest.mark.skipif(probe().level == "none", reason="this machine cannot isolate submissions")
@pytest.mark.parametrize("id", assignment.ids())
def test_some_specimens_are_judged_as_they_must_be(id: str, tmp_path: Path) -> None:
    """The reference and others from all over the corpus; `make slow` takes every one."""
    ours = assignment.load(id)
    whole = corpus(ours, tmp_path / "corpus")
    some = whole[:: -(-len(whole) // SOME)]
    reports = graded(ours, some, tmp_path / "corpus", probe().level, 1, lambda *_: None)
    wrong = {one.name: problems for one in some if (problems := differences(one, reports[one.name]))}
    assert some[0].kind == "reference"
    assert not wrong


@pytest.mark.slow
@pytest.mark.parametrize("id", assignment.ids())
def test_every_specimen_is_judged_as_it_must_be(id: str, command: Command) -> None:
    done = command("validate", id)
    wrong = [line for line in done.stdout.splitlines() if line.startswith(("✘", "    "))]
    assert not wrong, "\n".join(wrong)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("id", assignment.ids())
def test_the_corpus_is_large_enough(id: str) -> None:
    ours = assignment.load(id)
    assert len([path for path in (ours.secret / "right").iterdir() if path.is_dir()]) >= 6
    caught = {criterion for mutant in secret(id, "mutants").MUTANTS for criterion in mutant.costs}
    assert caught >= {line.id for line in ours.rubric if not line.manual}


def test_pytest_shows_one_item_a_criterion(tmp_path: Path) -> None:
    ours = assignment.load("ue73-tp2")
    wrong = solution(ours).read_text(encoding="utf-8").replace("nn.init.xavier_uniform_", "nn.init.xavier_normal_")
    (tmp_path / "tp2.py").write_text(wrong, encoding="utf-8")
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "reference/ue73-tp2",
            "--submission",
            str(tmp_path),
            "-q",
            "-p",
            "no:xdist",
            "-k",
            "mlp",
        ],
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert "1 failed, 5 passed" in done.stdout, done.stdout + done.stderr
    assert "xavier-normal" in done.stdout


def test_what_students_get_runs_and_hides_nothing(tmp_path: Path) -> None:
    """The released zip, unpacked elsewhere: one command, their own language, no hidden file."""
    subprocess.run(
        [sys.executable, "grade.py", "release", "ue73-tp2", "--out", str(tmp_path / "it.zip")],
        cwd=CHECKOUT,
        check=True,
        timeout=120,
    )
    with zipfile.ZipFile(tmp_path / "it.zip") as archive:
        archive.extractall(tmp_path)
    folder = tmp_path / "ue73-tp2"
    names = {path.relative_to(folder).as_posix() for path in folder.rglob("*")}
    assert {"tp2.py", "pulses.py", "statement.fr.md", "statement.en.md", "grade.py"} <= names
    assert any(name.startswith("data/train/") for name in names)
    hidden = b"".join(file.read_bytes() for file in (CHECKOUT / "reference" / "ue73-tp2" / "hidden").glob("*.py"))
    released = [file.read_bytes() for file in folder.rglob("*.py")]
    assert not any(len(content) > 500 and content in hidden for content in released)
    done = subprocess.run(
        [sys.executable, "grade.py", "check", "--lang", "en"], cwd=folder, capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, done.stderr
    assert "not written yet" in done.stdout
