"""What a page shows of how a submission was read: its notebooks as they ran, and what may answer written questions."""

from __future__ import annotations

from collections.abc import Mapping

from graders.frozen import Frozen


class FailedCell(Frozen):
    """A cell that failed."""

    cell: int
    line: int | None
    said: str


class Notebook(Frozen):
    """A notebook, the file beside the report that shows how it ran, and its cells that failed."""

    file: str
    executed: str
    cells: int
    failed: tuple[FailedCell, ...]


class Answer(Frozen):
    """A passage and where it stands."""

    place: str
    text: str


class Reading(Frozen):
    """By criterion, what may answer it; and the notebooks."""

    answers: Mapping[str, tuple[Answer, ...]] = {}
    notebooks: tuple[Notebook, ...] = ()
