"""Put what a platform handed over into a folder that grade.py takes: one folder a submission.

Done again with a newer download, it replaces the submissions that have changed and leaves the others alone, with
whatever the teacher has put right in them; what is replaced is kept below `.replaced/`.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pydantic import ValidationError

from graders.frozen import Frozen
from graders.language import Message, say
from graders.lms.handed import File, Handed
from graders.lms.trouble import ExchangeError
from graders.submissions.archive import UNREADABLE
from graders.submissions.naming import proper, readable

RECORD, REPLACED = ".import.json", ".replaced"


class Imported(Frozen):
    """By submission: the digest of what was handed in, so that the next download tells what is new; and when, if known."""

    submissions: Mapping[str, str]
    times: Mapping[str, datetime] = {}


@dataclass(frozen=True)
class Unpacked:
    """Where submissions are, how many, which of them are new or changed, what a teacher should know."""

    folder: Path
    names: Sequence[str]
    changed: Sequence[str]
    notes: Sequence[Message]


def unpack(handed: Handed, folder: Path) -> Unpacked:
    """Write every submission's files below a folder."""
    known = _known(folder)
    notes: list[Message] = list(handed.notes)
    digests: dict[str, str] = {}
    changed = []
    for name, files in _by_submission(handed.files).items():
        contents = _contents(files, notes)
        digests[name] = _digest(contents)
        if known.submissions.get(name) != digests[name] or not (folder / name).is_dir():
            changed.append(name)
            notes += _write(folder, name, contents)
    folder.mkdir(parents=True, exist_ok=True)
    record = Imported(submissions={**known.submissions, **digests}, times={**known.times, **handed.times})
    (folder / RECORD).write_text(record.model_dump_json(indent=1), "utf-8")
    return Unpacked(folder, sorted(digests), changed, notes)


def handed_in(folder: Path) -> Mapping[str, datetime]:
    """When each submission of a folder was handed in, as far as a platform said so."""
    try:
        return Imported.model_validate_json((folder / RECORD).read_bytes()).times
    except (OSError, ValidationError):
        return {}


def _known(folder: Path) -> Imported:
    """What was imported here before; ExchangeError where the folder is somebody else's."""
    try:
        return Imported.model_validate_json((folder / RECORD).read_bytes())
    except FileNotFoundError:
        if not folder.exists() or not any(folder.iterdir()):
            return Imported(submissions={})
    except (OSError, ValidationError):
        pass
    raise ExchangeError(
        say("{path} is there already, and no import made it. Say where submissions go: --out DIR", path=str(folder))
    )


def _by_submission(files: Iterable[File]) -> Mapping[str, list[File]]:
    found: dict[str, list[File]] = {}
    for file in files:
        found.setdefault(file.submission, []).append(file)
    return found


def _contents(files: Iterable[File], notes: list[Message]) -> dict[str, bytes]:
    """The files of one submission under safe paths; what cannot be taken is told."""
    contents: dict[str, bytes] = {}
    for one in files:
        path, told = proper(one.path), readable(f"{one.submission}/{one.path}")[:200]
        try:
            if path is None or not one.found.regular:
                notes.append(say("{path} was left out: {why}.", path=told, why=say("its name is not safe")))
                continue
            with one.found.open() as file:
                contents[path] = file.read()
        except UNREADABLE as error:
            why = say("it cannot be read ({problem})", problem=str(error)[:200])
            notes.append(say("{path} was left out: {why}.", path=told, why=why))
    return contents


def _digest(contents: Mapping[str, bytes]) -> str:
    total = hashlib.sha256()
    for path in sorted(contents):
        total.update(f"{path}\0{hashlib.sha256(contents[path]).hexdigest()}\n".encode())
    return total.hexdigest()


def _write(folder: Path, name: str, contents: Mapping[str, bytes]) -> list[Message]:
    """Write a submission in the place of the one that may be there; what finds no place is told."""
    _set_aside(folder, name)
    (folder / name).mkdir(parents=True)
    notes = []
    for path, content in contents.items():
        place = folder / name / path
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(content)
        except (FileExistsError, NotADirectoryError, IsADirectoryError):
            why = say("it is a file in one place and a folder in another")
            notes.append(say("{path} was left out: {why}.", path=f"{name}/{path}"[:200], why=why))
    return notes


def _set_aside(folder: Path, name: str) -> None:
    if (folder / name).exists():
        shutil.rmtree(folder / REPLACED / name, ignore_errors=True)
        (folder / REPLACED).mkdir(exist_ok=True)
        (folder / name).rename(folder / REPLACED / name)
