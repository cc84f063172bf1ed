"""Find the submissions directly under a path, and take their files: regular ones, bounded, without clutter."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from graders.language import Message, say
from graders.submissions.archive import entries
from graders.submissions.submission import Submission

MOST_FILES = 2_000
MOST_BYTES = 100 * 2**20
MOST_FILE = 30 * 2**20
CLUTTER = frozenset("__pycache__ __MACOSX node_modules venv env site-packages lib64 wandb lightning_logs".split())
# What a released package holds beside the student's work.
OURS = ("graders", "assignments", "grade.py")


def find(path: Path) -> list[tuple[str, Path]]:
    """(name, path) of each submission directly under a folder: folders, zips, scripts and notebooks; sorted by name.

    A name is the folder's, or the file's without its ending where that is nobody else's.
    """
    here = [entry for entry in path.iterdir() if not entry.name.startswith(".") and not entry.is_symlink()]
    taken = sorted(entry for entry in here if entry.is_dir() or entry.is_file())
    stems = Counter(_stem(entry) for entry in taken)
    return sorted((_stem(entry) if stems[_stem(entry)] == 1 else entry.name, entry) for entry in taken)


def _stem(entry: Path) -> str:
    return entry.stem if entry.is_file() and entry.stem else entry.name


@dataclass
class _Intake:
    files: dict[str, bytes] = field(default_factory=dict)
    notes: list[Message] = field(default_factory=list)
    size: int = 0

    def add(self, path: str, content: bytes | None) -> None:
        """Take a file; None stands for one that is too large to read."""
        if _is_clutter(path):
            return
        if content is None or len(content) > MOST_FILE:
            self.notes.append(say("{path} was left out: it is larger than {limit} MB.", path=path, limit=MOST_FILE >> 20))
        elif len(self.files) >= MOST_FILES or self.size + len(content) > MOST_BYTES:
            self.notes.append(say("{path} was left out: the submission holds too many files or bytes.", path=path))
        else:
            self.files[path] = content
            self.size += len(content)


def _is_clutter(path: str) -> bool:
    parts = PurePosixPath(path).parts
    return any(part in CLUTTER or part.startswith(".") for part in parts)


def collect(name: str, path: Path) -> Submission:
    """The files of one submission. What cannot be taken is told in its notes, and is no error."""
    intake = _Intake()
    if path.is_dir():
        _take_folder(path, intake)
    elif path.suffix.lower() == ".zip":
        _take_zip(path, intake)
    else:
        intake.add(path.name, _read(path))
    return Submission(name, _unwrapped(intake.files), tuple(intake.notes[:20]))


def _take_folder(folder: Path, intake: _Intake) -> None:
    for path in _walk(folder, OURS if (folder / "graders" / "frozen.py").exists() else ()):
        relative = path.relative_to(folder).as_posix()
        if path.is_symlink() or not path.is_file():
            intake.notes.append(say("{path} was left out: it is not a regular file.", path=relative))
        elif path.suffix.lower() == ".zip" and not _is_clutter(relative):
            _take_zip(path, intake, f"{relative[:-4]}/")
        else:
            intake.add(relative, _read(path))


def _walk(folder: Path, ours: Sequence[str]) -> Iterator[Path]:
    for here, folders, files in os.walk(folder):
        top = Path(here) == folder
        folders[:] = sorted(name for name in folders if not _is_clutter(name) and not (top and name in ours))
        yield from (Path(here, name) for name in sorted(files) if not (top and name in ours))


def _read(path: Path) -> bytes | None:
    with path.open("rb") as file:
        content = file.read(MOST_FILE + 1)
    return content if len(content) <= MOST_FILE else None


def _take_zip(path: Path, intake: _Intake, prefix: str = "") -> None:
    for name, content in entries(path, MOST_FILE, intake.notes):
        intake.add(prefix + name, content)


def _unwrapped(files: dict[str, bytes]) -> dict[str, bytes]:
    """Without the single folder that many zips put around everything."""
    tops = {path.split("/", 1)[0] for path in files}
    if len(tops) == 1 and all("/" in path for path in files):
        return {path.split("/", 1)[1]: content for path, content in files.items()}
    return files
