"""What is kept of a graded submission, so that a new rubric needs no judge and a new check no student code."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from threading import get_ident

from pydantic import ValidationError

from graders.engine.seal import digests, sealed, unsealed
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


def write(path: Path, text: str, *, lasting: bool = False) -> None:
    """The whole file, or the one that was there before; nothing where it is there already.

    A `lasting` one is there also after the machine has lost its power: for what nothing else could make again.
    """
    if path.exists() and path.read_bytes() == text.encode():
        return
    # Several may write the same file at once.
    temporary = path.with_name(f"{path.name}.{os.getpid()}-{get_ident()}.part")
    try:
        temporary.write_text(text, encoding="utf-8")
        if lasting:
            _onto_disk(temporary)
        os.replace(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)
    if lasting:
        _onto_disk(path.parent)


def _onto_disk(path: Path) -> None:
    """Wait until the disk has it; a folder can be opened for that where the system has the notion."""
    if path.is_dir() and sys.platform == "win32":
        return
    descriptor = os.open(path, os.O_RDWR if path.is_file() else os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def write_record(folder: Path, record: Record) -> None:
    """Store it, last of all: it says of the files beside it what they were."""
    whole = record.model_copy(update={"beside": _beside(folder)})
    write(folder / VERDICTS, sealed(whole.model_dump_json()))


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
