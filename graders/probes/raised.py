"""An exception of student code, as plain data: its type, a bounded message, the student's own line."""

from __future__ import annotations

import re
import traceback
from collections.abc import Sequence
from pathlib import Path

from graders.probes.absent import absent
from graders.probes.wire import Value

MOST_MESSAGE = 500
# Such is the name of the file for what is carried out again of a program; where its lines are those of the file, that is in it.
PROGRAM = "<program>"
OF_FILE = re.compile(r"<program (?P<file>.+)>")


def described(problem: BaseException, *roots: str) -> dict[str, Value]:
    """{"type", "message", "file", "line"}: where the innermost frame of the student's own files stands, which lie
    below one of these."""
    file, line = _place(problem, roots)
    told: dict[str, Value] = {
        "type": type(problem).__name__[:100],
        "message": _message(problem),
        "file": file,
        "line": line,
    }
    # What is not here is named in the place of the exception's type.
    return {"kind": "absent", **told, "type": missed[:100]} if (missed := absent(problem)) else told


def ours(problem: BaseException, *roots: str) -> bool:
    """Whether nothing of the student's stands in the way of an exception: then it is a fault of code of ours."""
    theirs = _place(problem, roots) != (None, None) or any(file == PROGRAM for file, _ in _places(problem))
    return not theirs and not isinstance(problem, OSError | MemoryError | RecursionError)


def own_place(problem: BaseException) -> str:
    """Where it was raised: the file of ours, and its line."""
    last = traceback.extract_tb(problem.__traceback__)[-1]
    return f"{Path(last.filename).name}, {last.lineno}"


def _message(problem: BaseException) -> str:
    try:
        return str(problem)[:MOST_MESSAGE]
    except Exception:  # noqa: BLE001  # a hostile __str__ has no message
        return ""


def _place(problem: BaseException, roots: Sequence[str]) -> tuple[str | None, int | None]:
    theirs = [(own, line) for file, line in _places(problem) if (own := _own(file, roots))]
    return theirs[-1] if theirs else (None, None)


def _own(file: str, roots: Sequence[str]) -> str | None:
    """The name of a file of the student's, as it was handed in."""
    if found := OF_FILE.fullmatch(file):
        return found["file"]
    return next((file.removeprefix(f"{root}/") for root in roots if file.startswith(f"{root}/")), None)


def _places(problem: BaseException) -> list[tuple[str, int | None]]:
    frames = traceback.extract_tb(problem.__traceback__, limit=200)
    written = [(problem.filename or "", problem.lineno)] if isinstance(problem, SyntaxError) else []
    return [*((frame.filename, frame.lineno) for frame in frames), *written]


def program(file: str) -> str:
    """What to call the file of statements that are carried out again; the lines of a notebook are those of its cells."""
    return PROGRAM if file.endswith(".ipynb") else f"<program {file}>"
