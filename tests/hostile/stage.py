"""A class of hostile submissions: each is the reference with an edit, graded one after another by the same process.

Limits are a fraction of the real ones, so that what never ends, ends soon. After every few hostile submissions a healthy
one is graded, and must keep every point.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from graders.engine.grading import Course, grade
from graders.engine.opening import Opener
from graders.engine.record import Class
from graders.engine.worker import course
from graders.observe.observation import Observation
from graders.observe.request import Request
from graders.report.model import Line, Report
from graders.sandbox.loading import Job
from graders.sandbox.session import Session
from graders.verdict import Status

ID = "ue73-tp2"
CHECKOUT = Path(__file__).parents[2]
REFERENCE = (CHECKOUT / "reference" / ID / "tp2.py").read_text(encoding="utf-8")
MANUAL = "standardize.reason"
ATTACKS_BETWEEN = 6
# What a request may take here; honest ones take a tenth of it on a machine that does other things as well.
SECONDS, CALL_SECONDS, IMPORT_SECONDS = 6.0, 1.0, 3.0
MEMORY_MB, DISK_MB = 768, 64

# True in a metric only while it is asked directly: the reference's training loop calls the metrics as well.
ASKED = "sys._getframe(1).f_globals.get('__name__', '').startswith('graders')"
METRICS = ("accuracy", "precision", "recall", "f1_score", "false_positive_rate", "false_negative_rate")
NETWORK = ("mlp.layers", "mlp.relu", "mlp.dropout", "mlp.xavier_weights", "mlp.xavier_biases", "mlp.output")
TRAINED = ("train.loop", "train.modes", "train.scheduler", "train.learns", "metrics.per_epoch", "accuracy.minimum")

Files = Mapping[str, bytes | str]
Lost = dict[str, tuple[str, str | None]]


def edited(*edits: tuple[str, str]) -> str:
    """The reference with texts replaced that stand in it once."""
    text = REFERENCE
    for old, new in edits:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


def begun(*attacks: tuple[str, str], top: str = "") -> str:
    """The reference with a statement at the beginning of functions, and statements at the very top."""
    text = REFERENCE
    for function, attack in attacks:
        indented = attack.replace("\n", "\n    ")
        start = rf"(def {function}\(.*?\n)    (    )?# <solution>\n"
        text, count = re.subn(
            start,
            lambda found: found[1] + (found[2] or "") + "    " + indented.replace("\n", "\n" + (found[2] or "")) + "\n",
            text,
            count=1,
            flags=re.DOTALL,
        )
        assert count == 1, function
    return text.replace('"""\n\nfrom itertools', f'"""\nimport os, sys, time, ctypes, signal\n{top}\nfrom itertools', 1)


def asked(metric: str, attack: str) -> tuple[str, str]:
    """An attack at the beginning of a metric, for whoever asks it directly."""
    return metric, f"if {ASKED}:\n    " + attack.replace("\n", "\n    ")


def lost(report: Report) -> Lost:
    """Verdict and diagnosis of each criterion that did not get all its points, but for the one a person judges."""
    assert report.status == "graded", report.reason
    return {
        line.id: (line.verdict.value, line.diagnosis)
        for line in report.criteria
        if line.earned < line.points and line.verdict is not Status.PENDING
    }


def line(report: Report, id: str) -> Line:  # the noun of the whole project
    """What a report says of one criterion."""
    return next(one for one in report.criteria if one.id == id)


@dataclass
class Hurried:
    """A session that gives every request less time."""

    session: Session

    def __post_init__(self) -> None:
        self.loaded = self.session.loaded

    def observe(self, group: Sequence[Request]) -> list[Observation]:
        """The same, sooner."""
        return self.session.observe([replace(one, seconds=_seconds(one)) for one in group])

    def close(self) -> None:
        """The same."""
        self.session.close()


def _seconds(request: Request) -> float:
    return min(request.seconds, CALL_SECONDS if request.probe == "call" else SECONDS)


@dataclass
class Classroom:
    """One process that grades submissions, as a worker of the pool does."""

    folder: Path
    level: str
    slot: int
    graded: int = 0
    course: Course = field(init=False)

    def __post_init__(self) -> None:
        self.opener = Opener(self.level, self.slot)
        made = course(Class(submissions="", assignment=ID, seed=0, language="en"), self.level)
        limits = made.assignment.limits.model_copy(
            update={"import_seconds": IMPORT_SECONDS, "memory_mb": MEMORY_MB, "disk_mb": DISK_MB}
        )
        self.course = replace(made, assignment=made.assignment.model_copy(update={"limits": limits}))

    def attacked(self, attack: str | Files | Path) -> Report:
        """The report of a hostile submission: a script, files, or what lies somewhere; a healthy one follows at times."""
        self.graded += 1
        folder = self.folder / str(self.graded)
        if not isinstance(attack, Path):
            attack = written(folder / "submission", {"tp2.py": attack} if isinstance(attack, str) else attack)
        report = self.grade(attack, folder / "out")
        if self.graded % ATTACKS_BETWEEN == 0:
            self.stays_healthy()
        return report

    def stays_healthy(self) -> None:
        """The reference keeps every point."""
        healthy = written(self.folder / f"healthy-{self.graded}", {"tp2.py": REFERENCE})
        report = self.grade(healthy, self.folder / f"healthy-{self.graded}-out")
        assert lost(report) == {}
        assert not report.flags

    def grade(self, path: Path, out: Path) -> Report:
        """The report of what lies at a path."""

        def open_session(job: Job) -> Session:
            return Hurried(self.opener.open(self.course.assignment, job))

        return grade(self.course, path.name, path, out, open_session).report


def written(folder: Path, files: Files) -> Path:
    """Write files into a folder."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    folder.mkdir(parents=True, exist_ok=True)
    return folder
