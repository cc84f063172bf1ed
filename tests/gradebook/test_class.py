"""The gradebook of a class that is graded, marked, and graded again."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from graders.gradebook.book import Gradebook, gradebook
from graders.gradebook.deciding import Decision, decide
from graders.gradebook.history import Attempted, Marked, history
from tests.conftest import CHECKOUT, TINY

RIGHT, WRONG = "def square(x):\n    return x * x\n", "def square(x):\n    return 2 * x\n"


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """The tiny assignment, and a class of two beside it."""
    root = tmp_path / "course"
    shutil.copytree(TINY, root, ignore=shutil.ignore_patterns("__pycache__"))
    for name, text in {"alice": RIGHT, "bob": WRONG}.items():
        (root / "class" / name).mkdir(parents=True)
        (root / "class" / name / "tiny.py").write_text(text)
    return root


def run(course: Path, *arguments: object) -> subprocess.CompletedProcess[str]:
    """The command, in English, where the tiny assignment is."""
    environment = {**os.environ, "GRADERS_ROOT": str(course), "GRADERS_LANG": "en"}
    command = [sys.executable, str(CHECKOUT / "grade.py"), *map(str, arguments)]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=300)


def grade(course: Path, *options: str) -> Path:
    """Grade the class."""
    done = run(course, course / "class", "--out", course / "out", "--jobs", 1, *options)
    assert done.returncode == 0, done.stderr
    return course / "out"


def book_of(out: Path) -> Gradebook:
    """Its gradebook."""
    return gradebook(out, "tiny")


def attempts(out: Path, name: str) -> list[Attempted]:
    """The attempts of a student."""
    return [one for one in history(book_of(out), name) if isinstance(one, Attempted)]


def report(out: Path, name: str) -> dict[str, object]:
    """What the report says."""
    return dict(json.loads((out / name / "report.json").read_text()))


def test_a_mark_wins_over_a_new_grading_and_the_history_shows_both(course: Path) -> None:
    out = grade(course)
    decide(book_of(out), ["bob"], Decision("square.value", 0.5, "the idea is right", "prof"))
    grade(course)
    assert report(out, "bob")["score"] == 7.5
    line = json.loads((out / "bob" / "report.json").read_text())["criteria"][0]
    assert (line["verdict"], line["feedback"], line["manual"]) == ("partial", "the idea is right", True)
    (course / "class" / "bob" / "tiny.py").write_text(RIGHT)
    grade(course)
    assert report(out, "bob")["score"] == 7.5
    known = history(book_of(out), "bob")
    assert [type(one) for one in known] == [Attempted, Marked, Attempted]
    last = known[-1]
    assert isinstance(last, Attempted)
    assert (last.cause, last.score, last.changed[0].before, last.changed[0].after) == ("files", 15, "fail", "pass")
    decide(book_of(out), ["bob"], Decision("square.value", None, "", "prof"))
    assert run(course, "rescore", out).returncode == 0
    assert report(out, "bob")["score"] == 15
    assert "7.5" not in (out / "grades.csv").read_text("utf-8-sig")


def test_grading_again_adds_an_attempt_only_where_something_changed(course: Path) -> None:
    out = grade(course)
    grade(course)
    assert [one.cause for one in attempts(out, "alice")] == ["first"]
    decide(book_of(out), ["alice"], Decision("square.value", 0.5, "copied", "prof"))
    suite = course / "reference" / "tiny" / "hidden" / "__init__.py"
    suite.write_text(suite.read_text().replace('failed("doubled"', 'failed("twice"'))
    assert run(course, "rejudge", out, "--jobs", 1).returncode == 0
    assert report(out, "alice")["score"] == 7.5, "a person's mark survives other checks"
    rubric = course / "assignments" / "tiny" / "assignment.toml"
    rubric.write_text(rubric.read_text().replace("points = 15", "points = 12").replace("points = 5", "points = 8"))
    assert run(course, "rescore", out).returncode == 0
    assert report(out, "alice")["score"] == 6, "and other points: it is a share of them"
    assert [one.cause for one in attempts(out, "alice")] == ["first", "points"]
    assert [one.cause for one in attempts(out, "bob")] == ["first", "verdicts"]


def test_what_could_not_be_graded_stays_in_the_class_when_it_is_scored_again(course: Path) -> None:
    (course / "class" / "eve.py").symlink_to("/etc/passwd")
    run(course, course / "class", "--out", course / "out", "--jobs", 1)
    before = (course / "out" / "grades.csv").read_bytes()
    assert run(course, "rescore", course / "out").returncode == 0
    assert (course / "out" / "grades.csv").read_bytes() == before
    assert b'"eve"' in before


def test_a_fault_in_the_gradebook_loses_no_report(course: Path) -> None:
    out = course / "out"
    done = run(course, course / "class", "--out", out, "--jobs", 1, "--gradebook", "postgresql://x@127.0.0.1:1/none")
    assert done.returncode == 1
    assert "postgresql" in done.stderr
    assert "The reports are written" in done.stderr
    assert report(out, "alice")["score"] == 15
    assert (out / "grades.csv").exists()
    grade(course, "--gradebook", str(course / "own.db"))
    assert len(attempts(out, "alice")) == 1


def test_late_work_costs_what_the_course_says(course: Path) -> None:
    (course / "class" / "course.toml").write_text(
        "[late]\ndeadline = 2026-11-20T12:00:00Z\nper_day = 2\nfloor = 12\n[handed_in]\nalice = 2026-11-22T11:00:00Z\n"
    )
    out = grade(course)
    assert (report(out, "alice")["score"], report(out, "alice")["penalty"]) == (12, 3)
    assert "Taken for lateness: 3 points" in (out / "alice" / "report.html").read_text()
    (course / "class" / "course.toml").unlink()
    assert report(grade(course), "alice")["score"] == 15


def test_what_a_teacher_wrote_wrong_stops_before_anything_is_run(course: Path) -> None:
    (course / "class" / "course.toml").write_text("[late]\n")
    done = run(course, course / "class", "--out", course / "out")
    assert done.returncode == 2
    assert "course.toml" in done.stderr
    assert not (course / "out").exists()


def test_marks_that_cannot_be_read_are_never_passed_over(course: Path) -> None:
    out = grade(course)
    (out / "bob" / "marks.json").write_text("{")
    done = run(course, course / "class", "--out", out)
    assert done.returncode == 2
    assert "marks.json" in done.stderr


def test_what_cannot_be_graded_can_be_marked(course: Path) -> None:
    (course / "class" / "eve.py").symlink_to("/etc/passwd")
    done = run(course, course / "class", "--out", course / "out", "--jobs", 1)
    assert done.returncode == 1
    out = course / "out"
    assert attempts(out, "eve")[0].status == "ungradable"
    for criterion in ("square.value", "square.reason"):
        decide(book_of(out), ["eve"], Decision(criterion, 1, "", "prof"))
    run(course, course / "class", "--out", out, "--jobs", 1)
    assert (report(out, "eve")["status"], report(out, "eve")["score"]) == ("graded", 20)


def test_a_class_is_recorded_on_a_server(course: Path, server: str) -> None:
    out = grade(course, "--gradebook", server)
    assert not (out / "gradebook.db").exists()
    book = gradebook(out, "tiny", server)
    assert [type(one) for one in history(book, "alice")] == [Attempted]
    book.engine.dispose()
