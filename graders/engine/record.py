"""What is kept of a graded submission, so that a new rubric needs no judge and a new check no student code."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from pydantic import ValidationError

from graders.frozen import Frozen
from graders.report.marks import Marks
from graders.report.model import Header
from graders.report.reading import Reading
from graders.verdict import Verdict

VERDICTS, PICTURES, READING, MARKS = "verdicts.json", "pictures.json", "reading.json", "marks.json"


class Record(Frozen):
    """Verdicts without points. `observed_from` and `judged_from` stand for all that they depend on."""

    header: Header
    verdicts: Mapping[str, Verdict]
    language: str
    observed_from: str
    judged_from: str


class Class(Frozen):
    """What the folder of a class was graded from; kept so that it can be judged again."""

    submissions: str
    assignment: str
    seed: int
    language: str


def write(path: Path, text: str) -> None:
    """The whole file, or the one that was there before; nothing where it is there already."""
    if path.exists() and path.read_bytes() == text.encode():
        return
    temporary = path.with_name(path.name + ".part")
    temporary.write_text(text, encoding="utf-8")
    os.replace(temporary, path)


def read_record(folder: Path) -> Record | None:
    """The record of a submission, if a whole one is there."""
    try:
        return Record.model_validate_json((folder / VERDICTS).read_bytes())
    except (OSError, ValidationError):
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
