"""Every submission of a class as it is on disk now; a file is read again only when it is another."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from threading import RLock

from graders import assignment
from graders.engine.record import READING, VERDICTS, Class, read_reading, read_record
from graders.engine.scoring import REPORT, again, read_report
from graders.gradebook.book import Gradebook
from graders.gradebook.deciding import revision
from graders.gradebook.projecting import project
from graders.report.model import Line, Report
from graders.report.reading import Reading
from graders.submissions.naming import alphabetically
from graders.verdict import Status, Verdict

# The kind of a written answer that was not found, where diagnoses are the kinds of what was judged.
NO_ANSWER = "no-answer"


@dataclass(frozen=True)
class Entry:
    """A submission: what counts now, what was judged automatically, what may answer written questions."""

    report: Report
    judged: Mapping[str, Verdict]
    reading: Reading

    @property
    def name(self) -> str:
        """Whose it is."""
        return self.report.submission

    def line(self, criterion: str) -> Line | None:
        """What counts on a criterion."""
        return next((line for line in self.report.criteria if line.id == criterion), None)

    def is_open(self, criterion: str = "") -> bool:
        """Whether a person has yet to decide, on this criterion or on any."""
        return any(line.verdict is Status.PENDING for line in self.report.criteria if criterion in ("", line.id))

    def kind(self, criterion: str) -> str:
        """What submissions with the same trouble share: the diagnosis, or that nothing seems to answer; else empty."""
        judged = self.judged.get(criterion)
        if judged and judged.diagnosis:
            return judged.diagnosis
        written = judged is None or judged.status is Status.PENDING
        return NO_ANSWER if written and self.report.digest and criterion not in self.reading.answers else ""


Stamp = tuple[tuple[int, int], ...]


@dataclass
class Shelf:
    """The class in a folder of reports, with its gradebook."""

    out: Path
    settings: Class
    book: Gradebook
    lock: RLock = field(default_factory=RLock)
    _known: dict[str, tuple[Stamp, Entry]] = field(default_factory=dict)
    _revision: tuple[int, int] | None = None

    def __post_init__(self) -> None:
        self.ours = assignment.load(self.settings.assignment)

    def entries(self) -> dict[str, Entry]:
        """All of them by name, sorted; what others decided meanwhile is in them."""
        with self.lock:
            names = sorted((one.name for one in os.scandir(self.out) if one.is_dir()), key=alphabetically)
            self._take_in(names)
            found = {name: self._entry(name) for name in names}
        return {name: entry for name, entry in found.items() if entry}

    def rewrite(self, names: list[str]) -> None:
        """Put what was decided about these into their reports."""
        with self.lock:
            for name in project(self.book, self.out, names):
                again(self.ours, self.out / name, self.settings.language)

    def _take_in(self, names: list[str]) -> None:
        now = revision(self.book)
        if now != self._revision:
            self.rewrite(names)
            self._revision = now

    def _entry(self, name: str) -> Entry | None:
        folder = self.out / name
        stamp = tuple(_stamp(folder / file) for file in (REPORT, VERDICTS, READING))
        kept = self._known.get(name)
        if kept and kept[0] == stamp:
            return kept[1]
        report = read_report(folder)
        if report is None:
            return None
        record = read_record(folder) if report.digest else None
        entry = Entry(report, record.verdicts if record else {}, read_reading(folder))
        self._known[name] = stamp, entry
        return entry


def _stamp(file: Path) -> tuple[int, int]:
    try:
        status = os.stat(file)
    except OSError:
        return 0, 0
    return status.st_mtime_ns, status.st_size
