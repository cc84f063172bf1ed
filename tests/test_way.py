"""The way of a class: the same twice is the same bytes; new points run nothing; new checks run what is new and no more."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from graders.engine.spread import WORTH_IT
from tests.conftest import CHECKOUT, TINY, run

SUBMISSIONS = {
    "right": "def square(x):\n    return x * x\n",
    "wrong": "def square(x):\n    return 2 * x\n",
    "raises": "def square(x):\n    return x / 0\n",
}


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A copy of the tiny assignment that a test may change, and a class beside it."""
    root = tmp_path / "course"
    shutil.copytree(TINY, root, ignore=shutil.ignore_patterns("__pycache__"))
    for name, text in SUBMISSIONS.items():
        (root / "class" / name).mkdir(parents=True)
        (root / "class" / name / "tiny.py").write_text(text)
    return root


def graded(course: Path, out: str = "out", *options: str) -> Path:
    """Grade the class; the folder of its reports."""
    done = run(course / "class", "--out", course / out, "--lang", "en", "--jobs", 1, *options, root=course)
    assert done.returncode == 0, done.stderr
    return course / out


def changed(path: Path, old: str, new: str) -> None:
    """Edit a file of the course."""
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def scores(out: Path) -> dict[str, float]:
    """The score of each submission."""
    return {name: json.loads((out / name / "report.json").read_text())["score"] for name in SUBMISSIONS}


def test_neither_order_nor_company_changes_a_report(course: Path) -> None:
    alone = graded(course)
    # One more that is first, two at once: the others are graded by other processes, in another order.
    (course / "class" / "a-first").mkdir()
    (course / "class" / "a-first" / "tiny.py").write_text("import os\nos._exit(0)\n")
    together = graded(course, "together", "--jobs", "2")
    for name in SUBMISSIONS:
        for kind in ("json", "html"):
            assert (alone / name / f"report.{kind}").read_bytes() == (together / name / f"report.{kind}").read_bytes()


def test_the_same_class_gives_the_same_bytes(course: Path) -> None:
    one, other = graded(course, "one"), graded(course, "other")
    for name in (
        "grades.csv",
        "summary.json",
        "index.html",
        *(f"{s}/report.{kind}" for s in SUBMISSIONS for kind in ("json", "html")),
    ):
        assert (one / name).read_bytes() == (other / name).read_bytes()


def test_grading_again_does_nothing_and_says_so(course: Path) -> None:
    out = graded(course)
    before = {path: path.stat().st_mtime_ns for path in out.glob("*/*")}
    done = run(course / "class", "--out", out, "--lang", "en", root=course)
    assert done.stdout.count("unchanged") == len(SUBMISSIONS)
    assert {path: path.stat().st_mtime_ns for path in out.glob("*/*")} == before


def test_new_points_need_no_judge_and_no_student_code(course: Path) -> None:
    out = graded(course)
    assert scores(out) == {"right": 15, "wrong": 0, "raises": 0}
    shutil.rmtree(course / "class")
    (course / "reference" / "tiny" / "hidden" / "__init__.py").unlink()
    rubric = course / "assignments" / "tiny" / "assignment.toml"
    changed(rubric, "points = 15", "points = 12")
    changed(rubric, "points = 5", "points = 8")
    done = run("rescore", out, root=course)
    assert done.returncode == 0, done.stderr
    assert scores(out) == {"right": 12, "wrong": 0, "raises": 0}
    assert "12.0" in (out / "grades.csv").read_text("utf-8-sig") or "12" in (out / "grades.csv").read_text("utf-8-sig")


def test_a_large_class_is_scored_like_a_small_one(course: Path) -> None:
    out = graded(course)
    copies = [shutil.copytree(out / "right", out / f"right-{number:03d}") for number in range(WORTH_IT)]
    changed(course / "assignments" / "tiny" / "assignment.toml", "points = 15", "points = 12")
    changed(course / "assignments" / "tiny" / "assignment.toml", "points = 5", "points = 8")
    assert run("rescore", out, root=course).returncode == 0
    assert scores(out)["right"] == 12
    for kind in ("json", "html"):
        assert {(one / f"report.{kind}").read_bytes() for one in [out / "right", *copies]} == {
            (out / "right" / f"report.{kind}").read_bytes()
        }


def test_a_new_check_judges_stored_evidence(course: Path) -> None:
    out = graded(course)
    evidence = {name: (out / name / "evidence.zip").stat().st_mtime_ns for name in SUBMISSIONS}
    changed(course / "reference" / "tiny" / "hidden" / "__init__.py", 'failed("doubled"', 'failed("twice"')
    done = run("rejudge", out, "--jobs", 1, root=course)
    assert done.returncode == 0, done.stderr
    report = json.loads((out / "wrong" / "report.json").read_text())
    assert report["criteria"][0]["diagnosis"] == "twice"
    assert {name: (out / name / "evidence.zip").stat().st_mtime_ns for name in SUBMISSIONS} == evidence


def test_a_new_question_runs_student_code_for_it_alone(course: Path) -> None:
    out = graded(course)
    before = (out / "right" / "evidence.zip").stat().st_size
    changed(course / "reference" / "tiny" / "hidden" / "__init__.py", "[{", '[{"x": 5}, {')
    assert run("rejudge", out, "--jobs", 1, root=course).returncode == 0
    assert (out / "right" / "evidence.zip").stat().st_size > before
    assert scores(out)["right"] == 15


def test_another_submission_of_one_student_is_graded_anew(course: Path) -> None:
    out = graded(course)
    (course / "class" / "wrong" / "tiny.py").write_text(SUBMISSIONS["right"])
    done = run(course / "class", "--out", out, "--lang", "en", root=course)
    assert done.stdout.count("unchanged") == len(SUBMISSIONS) - 1
    assert scores(out)["wrong"] == 15


def test_what_hidden_inputs_were_is_never_told(course: Path) -> None:
    out = graded(course)
    told = json.loads((out / "raises" / "report.json").read_text())["criteria"][0]
    assert told["verdict"] == "error"
    assert "ZeroDivisionError" in told["feedback"]
    assert "division by zero" not in told["feedback"]


def test_a_folder_that_holds_no_class(tmp_path: Path) -> None:
    done = run("rescore", tmp_path)
    assert done.returncode == 2
    assert str(tmp_path) in done.stderr


def test_without_isolation_it_refuses(course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from graders.commands import isolation
    from graders.commands.usage import UsageError
    from graders.sandbox.layers import Layers

    monkeypatch.setattr(isolation, "probe", lambda: Layers(reasons=("nothing works here",)))
    with pytest.raises(UsageError):
        isolation.level(no_isolation=False)
    assert isolation.level(no_isolation=True) == "none"
    assert scores(graded(course, "open", "--no-isolation"))["right"] == 15


PLAIN = """
import sys
from pathlib import Path
from graders.engine import opening
from graders.engine.record import Class
from graders.engine.worker import Worker
opening.FORKS = False
worker = Worker(Class(submissions="", assignment="tiny", seed=0, language="en"), "none", 0)
print([worker.grade(name, Path(sys.argv[1], name), Path(sys.argv[2], name)).report.score for name in sys.argv[3:]])
"""


def test_a_process_of_its_own_where_nothing_forks(course: Path) -> None:
    """What macOS and Windows use: the same verdicts from a process that was started afresh."""
    done = subprocess.run(
        [sys.executable, "-c", PLAIN, str(course / "class"), str(course / "plain"), *SUBMISSIONS],
        capture_output=True,
        text=True,
        timeout=300,
        cwd=CHECKOUT,
        env={**os.environ, "GRADERS_ROOT": str(course)},
    )
    assert done.stdout.strip() == "[15.0, 0.0, 0.0]", done.stderr
