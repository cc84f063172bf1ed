"""A second assignment needs its three folders and nothing else."""

from __future__ import annotations

import json
import re
import zipfile
from pathlib import Path

from tests.conftest import TINY, Command


def submissions(folder: Path) -> Path:
    """A class of three: right, wrong, and with nothing of it."""
    for name, text in {
        "right": "def carre(n):\n    return n * n\n",
        "wrong": "def square(x):\n    return 2 * x\n",
        "empty": "",
    }.items():
        (folder / "class" / name).mkdir(parents=True)
        (folder / "class" / name / "tiny.py").write_text(text)
    return folder / "class"


def verdict(out: Path, name: str) -> tuple[str, str | None, float]:
    """What the report says of the one criterion."""
    report = json.loads((out / name / "report.json").read_text())
    line = report["criteria"][0]
    return line["verdict"], line["diagnosis"], report["score"]


def test_it_is_graded_without_being_named(tmp_path: Path, tiny_command: Command) -> None:
    out = tmp_path / "out"
    done = tiny_command(submissions(tmp_path), "--out", out, "--jobs", 1)
    assert done.returncode == 0, done.stderr
    assert verdict(out, "right") == ("pass", None, 15)
    assert verdict(out, "wrong") == ("fail", "doubled", 0)
    assert verdict(out, "empty") == ("missing", "missing", 0)


def test_its_corpus_is_validated(tiny_command: Command) -> None:
    done = tiny_command("validate", "tiny", "--jobs", 1)
    assert done.returncode == 0, done.stdout
    assert "3 of 3" in done.stdout


def test_its_package_holds_nothing_hidden(tmp_path: Path, tiny_command: Command) -> None:
    assert tiny_command("release", "tiny", "--out", tmp_path / "tiny.zip").returncode == 0
    with zipfile.ZipFile(tmp_path / "tiny.zip") as archive:
        names, content = archive.namelist(), b"".join(archive.read(name) for name in archive.namelist())
    assert "tiny/tiny.py" in names
    assert "tiny/assignments/tiny/selfcheck.py" in names
    assert not any("reference/" in name or "hidden/" in name for name in names)
    assert b"It doubles" not in content


def test_its_package_says_in_both_languages_what_to_do(tmp_path: Path, tiny_command: Command) -> None:
    tiny_command("release", "tiny", "--out", tmp_path / "tiny.zip")
    with zipfile.ZipFile(tmp_path / "tiny.zip") as archive:
        said = archive.read("tiny/README.md").decode()
    assert "à rendre\xa0: `tiny.py`" in said
    assert "\n    python grade.py check\n" in said
    assert "to hand in: `tiny.py`" in said
    assert "\n    python grade.py check --lang en\n" in said


def test_its_student_checks_their_own_work(tmp_path: Path, tiny_command: Command) -> None:
    (tmp_path / "tiny.py").write_text("def square(x):\n    return x * x\n")
    done = tiny_command("check", tmp_path, "--lang", "en")
    assert done.returncode == 0, done.stderr
    assert "15 / 15" in done.stdout


def test_what_a_student_reads_is_for_a_student(tmp_path: Path, tiny_command: Command) -> None:
    """The name of a mistake is for teachers, and nobody else looks at a self-check."""
    (tmp_path / "tiny.py").write_text("def square(x):\n    x = 2\n    raise NotImplementedError\n\n\nsquare(2)\n")
    done = tiny_command("check", tmp_path, "--lang", "en")
    assert "not-written" not in done.stdout
    assert "A person should" not in done.stdout
    assert "Worth a look\n⚑ tiny.py, line 3: NotImplementedError. What follows" in done.stdout


def test_no_engine_file_knows_it() -> None:
    engine = (TINY.parents[1] / "graders").rglob("*.py")
    assert not [file for file in engine if re.search(r"(?<![.\w])tiny\b|ue73", file.read_text())]
