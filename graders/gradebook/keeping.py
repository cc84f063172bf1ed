"""The gradebook while a class is graded. Whatever it does wrong, every report is written; what failed is told at the end."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from graders import assignment
from graders.engine.record import Class
from graders.gradebook.book import Gradebook, gradebook
from graders.gradebook.late import lateness
from graders.gradebook.opening import GradebookError
from graders.gradebook.projecting import project, readable_marks, set_late
from graders.gradebook.recording import record
from graders.language import Message, translator
from graders.report.model import Report


@dataclass
class Keeper:
    """Where the reports are, how the class is graded, and which gradebook was named, if any."""

    out: Path
    settings: Class
    named: str | None = None
    fault: Message | None = None
    book: Gradebook | None = None

    def begin(self, names: Sequence[str]) -> None:
        """Put what people decided beside the verdicts. TeachersFileError where a file of theirs cannot be read."""
        submissions = Path(self.settings.submissions)
        readable_marks(self.out, names)
        if submissions.is_dir():
            set_late(self.out, names, lateness(submissions, names))
        self.out.mkdir(parents=True, exist_ok=True)
        self._tried(lambda: self._begin(names))

    def _begin(self, names: Sequence[str]) -> None:
        self.book = gradebook(self.out, self.settings.assignment, self.named)
        project(self.book, self.out, names)

    def end(self, reports: Sequence[Report]) -> None:
        """Keep what was found."""
        book = self.book
        if book:
            ours = assignment.load(self.settings.assignment)
            translate = translator(self.settings.language, ours.catalogues)
            self._tried(lambda: record(book, ours, self.out, reports, translate))

    def _tried(self, step: Callable[[], object]) -> None:
        try:
            step()
        except GradebookError as error:
            self.fault, self.book = error.message, None
