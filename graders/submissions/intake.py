"""From what was found to what is taken: zips looked into, clutter and unsafe names left out, sources first, bounded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import replace
from pathlib import PurePosixPath

from graders.language import Message, say
from graders.submissions.archive import MOST_FILE, UNREADABLE, Found, listed
from graders.submissions.naming import importance, is_clutter, not_theirs, proper, readable, true_name, wrapping

MOST_FILES, MOST_FOLDERS, MOST_ZIPS = 2_000, 4_000, 10
# The sandbox holds them twice: where they are read, and as a fresh copy.
MOST_BYTES = 64 * 2**20
DEPTH = 3


class Intake:
    """The files of one submission, and what is to be said of the others."""

    def __init__(self, opened: ExitStack) -> None:
        """Zips stay open as long as `opened` does."""
        self.opened, self.zips = opened, 0
        self.files: dict[str, bytes] = {}
        self.notes: list[Message] = []
        self._size = 0
        self._folders: set[str] = set()

    def take(self, found: Iterable[Found]) -> None:
        """Read what is the student's, the most important first."""
        theirs = self._theirs(self._expanded(found, DEPTH))
        for path in sorted(theirs, key=importance):
            try:
                self._add(path, theirs[path])
            except UNREADABLE as error:
                self._leave_out(path, say("it cannot be read ({problem})", problem=str(error)[:200]))

    def _expanded(self, found: Iterable[Found], depth: int, prefix: str = "") -> Iterator[Found]:
        """What was found under safe paths, with the files of zips in the place of zips."""
        for one in found:
            path = proper(one.path)
            if path is None or not one.regular:
                self._leave_out(
                    one.path, say("its name is not safe") if one.regular else say("it is not a regular file")
                )
            elif path.lower().endswith(".zip") and depth and self.zips < MOST_ZIPS and not is_clutter(path):
                yield from self._expanded(self._inside(path, one), depth - 1, f"{prefix}{path[:-4]}/")
            else:
                yield replace(one, path=prefix + path)

    def _inside(self, path: str, zipped: Found) -> Iterator[Found]:
        self.zips += 1
        try:
            yield from listed(self.opened.enter_context(zipped.open()), self.opened)
        except UNREADABLE as error:
            self._leave_out(path, say("it cannot be read as a zip ({problem})", problem=str(error)[:200]))

    def _theirs(self, found: Iterable[Found]) -> Mapping[str, Found]:
        """By path, without the folders around everything and what the student did not write."""
        named: dict[str, Found] = {}
        for one in found:
            if one.path in named:
                self.notes.append(say("{path} is there twice; the last one counts.", path=one.path[:200]))
            if not is_clutter(one.path):
                named[one.path] = one
        start = len(wrapping(list(named)))
        theirs = {path[start:]: one for path, one in named.items()}
        others = not_theirs(theirs)
        return {path: one for path, one in theirs.items() if not path.startswith(others)}

    def _add(self, path: str, one: Found) -> None:
        """Take a file if there is room for it."""
        parents = {str(parent) for parent in PurePosixPath(path).parents} - {"."}
        if one.size > MOST_FILE:
            self._leave_out(path, say("it is larger than {limit} MB", limit=MOST_FILE >> 20))
        elif path in self._folders or parents & self.files.keys():
            self._leave_out(path, say("it is a file in one place and a folder in another"))
        elif (
            len(self.files) >= MOST_FILES
            or self._size + one.size > MOST_BYTES
            or len(self._folders | parents) > MOST_FOLDERS
        ):
            self._leave_out(path, say("the submission holds too many files or bytes"))
        else:
            with one.open() as file:
                content = file.read(MOST_FILE)
            named = true_name(path, content)
            self.files[path if named in self.files else named] = content
            self._folders |= parents
            self._size += len(content)

    def _leave_out(self, path: str, why: Message) -> None:
        self.notes.append(say("{path} was left out: {why}.", path=readable(path)[:200], why=why))
