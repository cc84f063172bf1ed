"""Several people and machines at one gradebook at the same moment: nothing is lost, nothing is refused."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select

from graders.engine.spare import FOLDER
from graders.engine.whole import write
from graders.gradebook.book import Gradebook, gradebook
from graders.gradebook.deciding import Decision, comment, decide, in_force, take_back
from graders.gradebook.history import Attempted, history
from graders.gradebook.recording import FIRST, Found, recorded
from graders.gradebook.tables import Attempt, ClassRow, Student

MANY = 8
NAMES = [f"student-{number}" for number in range(12)]


def at_once(step: Callable[[int], object]) -> None:
    """The same step in several processes that start together; what goes wrong in one fails the test."""
    forked = multiprocessing.get_context("fork")
    start = forked.Barrier(MANY)

    def run(number: int) -> None:
        start.wait(30)
        step(number)

    processes = [forked.Process(target=run, args=(number,)) for number in range(MANY)]
    for process in processes:
        process.start()
    for process in processes:
        process.join(60)
    assert [process.exitcode for process in processes] == [0] * MANY


@pytest.mark.parametrize("kind", ["lasting", "often"])
def test_the_same_file_is_written_by_all_at_once_and_is_whole(tmp_path: Path, kind: str) -> None:
    def rewritten(number: int) -> None:
        for turn in range(50):
            write(tmp_path / "place.json", f"{number} {turn} " * 100, lasting=kind == "lasting", often=kind == "often")

    at_once(rewritten)
    assert (tmp_path / "place.json").read_text() in {f"{number} 49 " * 100 for number in range(MANY)}
    assert [file.name for file in tmp_path.iterdir() if file.name != FOLDER] == ["place.json"]


def counted(book: Gradebook, table: type[Student | ClassRow]) -> int | None:
    with book.session() as session:
        return session.scalar(select(func.count()).select_from(table))


def test_a_gradebook_is_made_once_by_whoever_comes_first(named: str | None, tmp_path: Path) -> None:
    at_once(lambda _: gradebook(tmp_path, "tiny", named))
    book = gradebook(tmp_path, "tiny", named)
    assert counted(book, ClassRow) == 1
    book.engine.dispose()


def test_everybody_decides_about_everybody(named: str | None, tmp_path: Path) -> None:
    gradebook(tmp_path, "tiny", named).engine.dispose()

    def marks(number: int) -> None:
        book = gradebook(tmp_path, "tiny", named)
        decide(book, NAMES, Decision(f"c{number}", 0.5, "", f"prof {number}", f"batch {number}"))
        comment(book, NAMES, f"c{number}", "read", f"prof {number}")
        if number % 2:
            take_back(book, f"batch {number}", f"prof {number}")
        book.engine.dispose()

    at_once(marks)
    book = gradebook(tmp_path, "tiny", named)
    known = in_force(book)
    assert sorted(known) == sorted(NAMES)
    assert {tuple(sorted(marks.marks)) for marks in known.values()} == {("c0", "c2", "c4", "c6")}
    assert {len(marks.comments) for marks in known.values()} == {MANY}
    assert counted(book, Student) == len(NAMES)
    book.engine.dispose()


def attempt(judged: str) -> Attempt:
    return Attempt(
        digest="d",
        judged=judged,
        status="graded",
        reason="",
        score=1.0,
        max_score=2.0,
        environment={},
        at=datetime.now(UTC),
    )


def test_several_who_grade_the_same_class_keep_one_attempt(named: str | None, tmp_path: Path) -> None:
    gradebook(tmp_path, "tiny", named).engine.dispose()

    def grades(_: int) -> None:
        book = gradebook(tmp_path, "tiny", named)
        recorded(book, {name: lambda: Found(attempt("the same")) for name in NAMES})
        book.engine.dispose()

    at_once(grades)
    book = gradebook(tmp_path, "tiny", named)
    events = [one for name in NAMES for one in history(book, name)]
    assert [one.cause for one in events if isinstance(one, Attempted)] == [FIRST] * len(NAMES)
    book.engine.dispose()
