"""The pages and tables of the whole class on disk, brought up to date a moment after a decision, and when all is done."""

from __future__ import annotations

from threading import Lock, Timer

from graders.engine.classroom import write_class
from graders.review.shelf import Shelf

SECONDS = 2.0


class Classwork:
    """Many decisions in a short while are written once."""

    def __init__(self, shelf: Shelf) -> None:
        self.shelf, self.lock = shelf, Lock()
        self.timer: Timer | None = None

    def changed(self) -> None:
        """Something was decided."""
        with self.lock:
            if self.timer is None:
                self.timer = Timer(SECONDS, self.write)
                self.timer.daemon = True
                self.timer.start()

    def write(self) -> None:
        """Write it now, if anything was decided since it was written."""
        with self.lock:
            if self.timer is None:
                return
            self.timer.cancel()
            self.timer = None
        reports = [entry.report for entry in self.shelf.entries().values()]
        write_class(self.shelf.out, reports, self.shelf.settings.language)
