"""Files that are asked for where they lay on the student's machine, on Colab or on Kaggle: the assignment gives them.

Only what would fail is answered, so a path that exists means what it says:
- a path that is declared by the assignment, as a whole or in its first parts: `surface-crack-detection/Positive`;
- a path that leads out of the working directory (`/content/drive/My Drive/TP/data/x.csv`, `..\\data\\x.csv`): the given file or
  folder that shares most of its last parts;
- what is written out of the working directory goes to a shadow of that place, and is found there again.
"""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterable, Mapping
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath

from graders.probes.noted import note

# Folders of these names are made by programs that split their data: they are no place that data was downloaded to.
SPLITS = frozenset("train val valid validation test train_set test_set training testing".split())
_AWAY = re.compile(r"^([A-Za-z]:|~|\.\.)[\\/]")
# Before they are changed: what is asked here is not to be answered elsewhere.
_LSTAT = os.lstat


def _there(path: str) -> bool:
    try:
        _LSTAT(path)
    except (OSError, ValueError):
        return False
    return True


class Answers:
    """What is given, and under which other names it is asked for."""

    def __init__(self, home: str, given: Iterable[str], declared: Mapping[str, str]) -> None:
        """`given` are the paths of the given files below `home`."""
        self.home, self.declared = home, declared
        files = [PurePosixPath(name) for name in given]
        # The folder nearest to the top is meant where several have one name.
        below = sorted({path for one in files for path in (one, *one.parents)}, key=lambda path: len(path.parts))
        self.ends: dict[tuple[str, ...], str] = {}
        for path in below:
            for start in range(len(path.parts)):
                self.ends.setdefault(path.parts[start:], str(path))

    def read(self, asked: str) -> str | None:
        """Where the data lies that is asked for here."""
        shadow = self.shadow(asked)
        if shadow and _there(shadow):
            return shadow
        parts = parted(asked)
        found = self._declared(parts, outside=bool(shadow)) or (self._ending(parts) if shadow else None)
        if found is None:
            return None
        note("data", "/".join(parts[:-1]) if "." in parts[-1] else "/".join(parts))
        return str(Path(self.home, found))

    def shadow(self, asked: str) -> str | None:
        """Where it goes if it is written; None inside the working directory and in the temporary folder."""
        tops = (self.home, os.getcwd(), tempfile.gettempdir())
        whole = os.path.normpath(asked)
        inside = os.path.isabs(asked) and any(f"{whole}/".startswith(f"{top.rstrip('/')}/") for top in tops)
        if inside or not (os.path.isabs(asked) or _AWAY.match(asked) or "\\" in asked):
            return None
        return str(Path(tempfile.gettempdir(), "elsewhere", *parted(asked)))

    def _declared(self, parts: tuple[str, ...], *, outside: bool) -> str | None:
        if not outside and SPLITS & {part.lower() for part in parts}:
            return None
        for pattern, place in self.declared.items():
            for end in range(len(parts), 0, -1):
                head, rest = "/".join(parts[:end]), parts[end:]
                if fnmatchcase(head, pattern) or fnmatchcase(head, f"*/{pattern}"):
                    found = str(PurePosixPath(place, *rest))
                    if _there(os.path.join(self.home, found)):
                        return found
        return None

    def _ending(self, parts: tuple[str, ...]) -> str | None:
        for start in range(len(parts)):
            if parts[start:] in self.ends:
                return self.ends[parts[start:]]
        return None


def parted(asked: str) -> tuple[str, ...]:
    """The names in a path of any system."""
    names = re.split(r"[\\/]+", asked)
    return tuple(name for name in names if name not in ("", ".", "..", "~") and not name.endswith(":"))


_answers = Answers(os.sep, (), {})


def install(answers: Answers) -> None:
    """From now on, these are the answers."""
    global _answers  # noqa: PLW0603  # the functions of `os` that ask are global too
    _answers = answers


def answers() -> Answers:
    """What is given here."""
    return _answers


def downloaded(asked: str) -> str:
    """Where something lies that a program wants to download: the working directory, if nothing is known of it."""
    found = _answers.read(asked)
    note("data", asked)
    return found or _answers.home
