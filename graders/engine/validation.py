"""A judge is tested by a corpus: the reference and every other right way lose nothing, every mutant exactly its criteria."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, cast

from graders.assignment import Assignment, DeclarationError
from graders.engine.classroom import Told, grade_class
from graders.engine.pool import Work
from graders.engine.record import Class
from graders.report.model import Report
from graders.suite.loading import secret
from graders.suite.mutant import Mutant
from graders.verdict import Status

Kind = Literal["reference", "right", "mutant"]


@dataclass(frozen=True)
class Specimen:
    """A submission of which we know what it must lose: criterion → diagnosis."""

    name: str
    kind: Kind
    costs: Mapping[str, str]


def corpus(assignment: Assignment, into: Path) -> list[Specimen]:
    """Write every specimen of an assignment as a submission below `into`."""
    return [*_reference(assignment, into), *_right(assignment, into), *_mutants(assignment, into)]


def _reference(assignment: Assignment, into: Path) -> Iterator[Specimen]:
    (into / "reference").mkdir(parents=True)
    for file in solutions(assignment):
        shutil.copy(file, into / "reference")
    yield Specimen("reference", "reference", {})


def solution(assignment: Assignment) -> Path:
    """The first file of the reference solution."""
    return solutions(assignment)[0]


def solutions(assignment: Assignment) -> list[Path]:
    """Every file of the reference solution."""
    found = [path for name in assignment.deliverables if (path := assignment.secret / name).exists()]
    if not found:
        raise DeclarationError(f"{assignment.secret} holds none of {', '.join(assignment.deliverables)}")
    return found


def _right(assignment: Assignment, into: Path) -> Iterator[Specimen]:
    for folder in sorted(path for path in (assignment.secret / "right").iterdir() if path.is_dir()):
        name = f"right-{folder.name}"
        shutil.copytree(folder, into / name, ignore=shutil.ignore_patterns("__pycache__"))
        yield Specimen(name, "right", {})


def _mutants(assignment: Assignment, into: Path) -> Iterator[Specimen]:
    reference = _texts(solutions(assignment))
    for mutant in cast("Sequence[Mutant]", secret(assignment.id, "mutants").MUTANTS):
        name = f"mutant-{mutant.name.replace(' ', '-').replace('/', '-')}"
        (into / name).mkdir()
        edited = _texts((assignment.secret / "right" / mutant.of).iterdir()) if mutant.of else reference
        for file, text in mutant.applied_to(edited).items():
            (into / name / file).write_text(text, encoding="utf-8")
        yield Specimen(name, "mutant", mutant.costs)


def _texts(files: Iterable[Path]) -> dict[str, str]:
    return {file.name: file.read_text(encoding="utf-8") for file in files if file.is_file()}


def graded(
    assignment: Assignment, specimens: Sequence[Specimen], into: Path, level: str, jobs: int, tell: Told, seed: int = 0
) -> dict[str, Report]:
    """The report of each specimen, on hidden data of a seed."""
    settings = Class(submissions=str(into), assignment=assignment.id, seed=seed, language="en")
    out = into.with_name(into.name + "-graded")
    works = [Work(one.name, into / one.name, out / one.name) for one in specimens]
    reports: dict[str, Report] = {}

    def keep(report: Report, seconds: float, fresh: bool) -> None:
        reports[report.submission] = report
        tell(report, seconds, fresh)

    grade_class(settings, works, out, level, jobs, keep)
    return reports


def differences(specimen: Specimen, report: Report) -> list[str]:
    """What a report says otherwise than it must."""
    if report.status == "ungradable":
        return [f"ungradable: {report.reason}"]
    lost = {
        line.id: line for line in report.criteria if line.verdict is not Status.PENDING and line.earned < line.points
    }
    kept = [f"{id} should be lost ({diagnosis})" for id, diagnosis in specimen.costs.items() if id not in lost]
    extra = [
        f"{id} is lost: {line.diagnosis}: {line.feedback}" for id, line in lost.items() if id not in specimen.costs
    ]
    named = [
        f"{id} is diagnosed {lost[id].diagnosis}, not {diagnosis}: {lost[id].feedback}"
        for id, diagnosis in specimen.costs.items()
        if id in lost and lost[id].diagnosis not in diagnosis.split("|")
    ]
    return kept + extra + named
