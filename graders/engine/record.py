"""What is kept of a graded submission, so that a new rubric needs no judge and a new check no student code."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from pydantic import ValidationError

from graders.engine.seal import digests, sealed, unsealed
from graders.engine.whole import write
from graders.frozen import Frozen
from graders.report.marks import Marks
from graders.report.model import Header
from graders.report.reading import Reading
from graders.verdict import Verdict

VERDICTS, PICTURES, READING, MARKS = "verdicts.json", "pictures.json", "reading.json", "marks.json"
BESIDE = (PICTURES, READING, "executed*.ipynb")


class Record(Frozen):
    """Verdicts without points. `observed_from` and `judged_from` stand for all that they depend on.

    `decided_by`: what decided each verdict and its pictures, for what was `bound`. `tried`: what was said of each definition
    that could have been meant by a name. `beside`: digests of the files that were written with it, for the page alone.
    """

    header: Header
    verdicts: Mapping[str, Verdict]
    language: str
    observed_from: str
    judged_from: str
    bound: str = ""
    decided_by: Mapping[str, str] = {}
    tried: Mapping[str, Mapping[str, Verdict]] = {}
    beside: Mapping[str, str] = {}


class Class(Frozen):
    """What the folder of a class was graded from; kept so that it can be judged again."""

    submissions: str
    assignment: str
    seed: int
    language: str


def write_record(folder: Path, record: Record) -> None:
    """Store it, last of all: it says of the files beside it what they were."""
    whole = record.model_copy(update={"beside": _beside(folder)})
    write(folder / VERDICTS, sealed(whole.model_dump_json()), often=True)


def is_whole(folder: Path, record: Record) -> bool:
    """Whether the files beside it are as they were written with it."""
    return record.beside == _beside(folder)


def _beside(folder: Path) -> Mapping[str, str]:
    return {name: digest for kind in BESIDE for name, digest in digests(folder, kind).items()}


def read_record(folder: Path) -> Record | None:
    """The record of a submission, if one is there that is what was written."""
    try:
        return Record.model_validate_json(unsealed((folder / VERDICTS).read_bytes()))
    except (OSError, ValueError):
        return None


def read_pictures(folder: Path) -> dict[str, Sequence[str]]:
    """Drawn pictures by criterion."""
    try:
        return dict(json.loads((folder / PICTURES).read_bytes()))
    except (OSError, ValueError):
        return {}


def read_reading(folder: Path) -> Reading:
    """What was found while the files were read, for the page alone."""
    try:
        return Reading.model_validate_json((folder / READING).read_bytes())
    except (OSError, ValidationError):
        return Reading()


def read_executed(folder: Path, reading: Reading) -> dict[str, str]:
    """The notebooks as they ran, by the name of their file."""
    files = [folder / notebook.executed for notebook in reading.notebooks]
    return {file.name: file.read_text(encoding="utf-8") for file in files if file.is_file()}


def read_marks(folder: Path) -> Marks:
    """What people decided. A file that is there and cannot be read is told: their work is never passed over."""
    try:
        return Marks.model_validate_json((folder / MARKS).read_bytes())
    except (FileNotFoundError, NotADirectoryError):
        return Marks()
