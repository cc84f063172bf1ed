"""What makes nobody a copy: what was handed out, and well-known code that a teacher names.

That is `reference/<id>/known/` for every class of an assignment, and for one class, in `course.toml`,

[similar]
known = ["../cours/mnist.ipynb", "/srv/tutorials"]     # files, folders, zips; from the folder of the submissions
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from graders import paths
from graders.engine.record import Class
from graders.gradebook.course import read_course
from graders.gradebook.trouble import TeachersFileError
from graders.language import say
from graders.similar.prints import runs
from graders.submissions.collect import COURSE, UnreadableError, collect
from graders.submissions.written import Part, Written, written

FOLDER = "known"


def nobodys(settings: Class, known: Iterable[Path] = ()) -> frozenset[int]:
    """Every run of what no student of a class has written. TeachersFileError where something named is not there."""
    given = handed_out(settings.assignment)
    return runs(given) | frozenset(one for path in (*listed(settings), *known) for one in runs(_read(path)))


def listed(settings: Class) -> list[Path]:
    """The well-known code that is named beside the assignment, and beside the submissions."""
    beside = paths.SECRET / settings.assignment / FOLDER
    submissions = Path(settings.submissions)
    said = read_course(submissions / COURSE).similar.known
    return [*([beside] if beside.is_dir() else []), *(submissions / path for path in said)]


def handed_out(assignment: str) -> list[Written]:
    """What every student was given: the template, and the statement as words and as code."""
    folder = paths.TEMPLATES / assignment
    files = {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()} if folder.is_dir() else {}
    return [*written(files), *(_statement(path) for path in (paths.PUBLISHED / assignment).glob("statement.*.md"))]


def _statement(path: Path) -> Written:
    text = path.read_text(encoding="utf-8")
    return Written(path.name, [Part("text", text), Part("code", text)])


def _read(path: Path) -> list[Written]:
    """Read as a submission is."""
    if not path.exists():
        raise TeachersFileError(
            say("{path} is named as well-known code, and is not there. Correct its path, or remove it.", path=str(path))
        )
    try:
        return written(collect(path.name, path).files)
    except UnreadableError as error:
        raise TeachersFileError(error.reason) from error
