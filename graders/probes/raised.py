"""An exception of student code, as plain data: its type, a bounded message, the student's own line."""

from __future__ import annotations

import traceback
from pathlib import Path

from graders.probes.absent import absent
from graders.probes.wire import Value

MOST_MESSAGE = 500


def described(problem: BaseException, root: str) -> dict[str, Value]:
    """{"type", "message", "file", "line"}: where the innermost frame of the student's own files stands."""
    file, line = _place(problem, root)
    told: dict[str, Value] = {
        "type": type(problem).__name__[:100],
        "message": _message(problem),
        "file": file,
        "line": line,
    }
    # What is not here is named in the place of the exception's type.
    return {"kind": "absent", **told, "type": missed[:100]} if (missed := absent(problem)) else told


def ours(problem: BaseException, root: str) -> bool:
    """Whether nothing of the student's stands in the way of an exception: then it is a fault of code of ours."""
    return _place(problem, root) == (None, None) and not isinstance(problem, OSError | MemoryError | RecursionError)


def own_place(problem: BaseException) -> str:
    """Where it was raised: the file of ours, and its line."""
    last = traceback.extract_tb(problem.__traceback__)[-1]
    return f"{Path(last.filename).name}, {last.lineno}"


def _message(problem: BaseException) -> str:
    try:
        return str(problem)[:MOST_MESSAGE]
    except Exception:  # noqa: BLE001  # a hostile __str__ has no message
        return ""


def _place(problem: BaseException, root: str) -> tuple[str | None, int | None]:
    frames = traceback.extract_tb(problem.__traceback__, limit=200)
    places = [(frame.filename, frame.lineno) for frame in frames]
    if isinstance(problem, SyntaxError):
        places.append((problem.filename or "", problem.lineno))
    ours = [(file, line) for file, line in places if file.startswith(root + "/")]
    return (ours[-1][0][len(root) + 1 :], ours[-1][1]) if ours else (None, None)
