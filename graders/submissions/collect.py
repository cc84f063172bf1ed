"""Find the submissions directly under a path, and take the files of each.

What a student did wrong is told in the notes of the submission, and is no error. What only we can put right, a file that
we may not read, is an UnreadableError, and never a zero.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import BinaryIO

from graders.language import Message, say
from graders.submissions.archive import Found
from graders.submissions.filed import filed
from graders.submissions.intake import Intake
from graders.submissions.naming import MOST_BYTES_IN_A_PART, alphabetically, is_clutter, readable
from graders.submissions.override import NAME, OverrideError, overrides
from graders.submissions.submission import Submission

MOST_LISTED = 100_000
MOST_NOTES = 20
# Names of our own in the folder of reports.
TAKEN = (
    "index.html",
    "grades.csv",
    "summary.json",
    "class.json",
    "gradebook.db",
    "gradebook.json",
    "similar.json",
    "export",
)
# What lies beside submissions and is none.
COURSE = "course.toml"
BESIDE = (NAME, COURSE)


class UnreadableError(Exception):
    """A submission that cannot be read for a reason of ours."""

    def __init__(self, reason: Message) -> None:
        """Say why."""
        super().__init__(reason)
        self.reason = reason


def find(path: Path) -> list[tuple[str, Path]]:
    """(name, path) of each submission directly under a folder: folders, zips, scripts and notebooks; sorted by name.

    A name is the folder's, or the file's without its ending where that is nobody else's.
    """
    entries = sorted(entry for entry in path.iterdir() if not entry.name.startswith(".") and entry.name not in BESIDE)
    stems, found = Counter(map(_stem, entries)), dict.fromkeys(TAKEN, path)
    for entry in entries:
        name = _short(readable(_stem(entry) if stems[_stem(entry)] == 1 else entry.name))
        while name in found:
            name += "_"
        found[name] = entry
    names = sorted(found.keys() - TAKEN, key=alphabetically)
    return [(name, found[name]) for name in names]


def _stem(entry: Path) -> str:
    return entry.name if entry.is_dir() else entry.stem


def _short(name: str) -> str:
    """A name that a folder of reports can have."""
    content = name.encode()
    if len(content) < MOST_BYTES_IN_A_PART:
        return name
    return content[:200].decode(errors="ignore") + "-" + hashlib.sha256(content).hexdigest()[:16]


def collect(name: str, path: Path) -> Submission:
    """The files of one submission. What cannot be taken is told in its notes."""
    if path.is_symlink() or not (path.is_dir() or path.is_file()):
        raise UnreadableError(
            say(
                "{path} is a link or a device, and is not followed: put the files themselves there.",
                path=readable(path.name),
            )
        )
    with ExitStack() as opened:
        intake = Intake(opened)
        intake.take(on_disk(path))
    files = {**intake.files, **filed(intake.files)}
    return Submission(name, files, tuple(intake.notes[:MOST_NOTES]), _said(name, path))


def _said(name: str, path: Path) -> Mapping[str, str]:
    try:
        return overrides(path.parent, name)
    except OverrideError as error:
        raise UnreadableError(
            say("The teacher's file of names cannot be read: {problem}", problem=str(error))
        ) from error


def on_disk(path: Path) -> Iterator[Found]:
    """Every file of a folder, or the file itself; nothing is opened yet. A zip that is all there is stands for itself."""
    if path.is_file():
        yield _found(path, "submission.zip" if path.suffix.lower() == ".zip" else path.name)
        return
    count = 0
    for here, folders, files in os.walk(path, onerror=_refused):
        folders[:] = sorted(name for name in folders if not is_clutter(name))
        links = [name for name in folders if Path(here, name).is_symlink()]
        for file in (Path(here, name) for name in sorted(files) + links):
            count += 1
            if count <= MOST_LISTED:
                yield _found(file, file.relative_to(path).as_posix())


def _found(file: Path, name: str) -> Found:
    status = file.lstat()
    return Found(name, status.st_size, partial(_opened, file), regular=stat.S_ISREG(status.st_mode))


def _opened(file: Path) -> BinaryIO:
    try:
        return file.open("rb")
    except OSError as error:
        raise _unreadable(error) from error


def _refused(error: OSError) -> None:
    raise _unreadable(error) from error


def _unreadable(error: OSError) -> UnreadableError:
    return UnreadableError(
        say("{path} cannot be read: {problem}", path=readable(str(error.filename))[-200:], problem=str(error.strerror))
    )
