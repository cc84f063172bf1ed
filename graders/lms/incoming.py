"""Which platform a download comes from: by its names of files, and never by what it is called itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from graders.language import say
from graders.lms.canvas import downloaded as canvas
from graders.lms.handed import Handed, Reader, downloaded
from graders.lms.moodle import downloaded as moodle
from graders.lms.trouble import ExchangeError
from graders.lms.unpacking import Unpacked, unpack
from graders.submissions.archive import Found

# Moodle's flat names would also be read as Canvas's.
READERS: Mapping[str, Reader] = {"moodle": moodle.read, "canvas": canvas.read}
TITLES = {"moodle": "Moodle", "canvas": "Canvas"}
UNSORTED: Sequence[Callable[[Sequence[str]], bool]] = (moodle.is_unsorted, canvas.is_unsorted)


def bring_in(path: Path, folder: Path, platform: str | None = None) -> Unpacked:
    """Sort a download into one folder a submission; ExchangeError where it is none that we know."""
    readers = [READERS[platform]] if platform else list(READERS.values())

    def read(found: Sequence[Found]) -> Handed | None:
        return next((handed for one in readers if (handed := one(found))), None)

    with downloaded(path, read) as handed:
        if handed is None:
            raise ExchangeError(
                say(
                    "{path} is no download of all submissions from {platforms}: no name in it has their form. To grade "
                    "other work, give the folder that holds the submissions, one entry each.",
                    path=str(path),
                    platforms=", ".join([TITLES[platform]] if platform else TITLES.values()),
                )
            )
        return unpack(handed, folder)


def is_unsorted(path: Path) -> bool:
    """Whether a folder is an unpacked download whose entries are no submissions yet."""
    names = [entry.name for entry in path.iterdir() if not entry.name.startswith(".")]
    return any(looks(names) for looks in UNSORTED)
