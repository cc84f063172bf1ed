"""On VPL's jail server: the files that VPL names are graded, and the result goes to standard output."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from pathlib import Path
from tempfile import TemporaryDirectory

from graders.language import translator
from graders.lms.once import Job, graded_once
from graders.lms.vpl.output import output
from graders.submissions.naming import proper

# Left for writing the answer, of the seconds that VPL gives.
MARGIN = 5


def autograde(job: Job) -> int:
    """Print the comments and the grade."""
    with TemporaryDirectory(prefix="vpl-") as folder:
        for name in filter(None, map(proper, _handed_in(os.environ))):
            _copy(job.root / name, Path(folder, name))
        report = graded_once(job, Path(folder))
    least, most = _number("VPL_GRADEMIN", "0"), _number("VPL_GRADEMAX", "20")
    print(output(report, translator(job.language), least, most), end="", flush=True)
    return 0 if report.status == "graded" else 1


def seconds(environment: Mapping[str, str], otherwise: float) -> float:
    """How long the grading may take."""
    given = environment.get("VPL_MAXTIME", "")
    return max(float(given) - MARGIN, 1) if given.isdigit() else otherwise


def _handed_in(environment: Mapping[str, str]) -> Iterator[str]:
    """Names of the student's files: VPL_SUBFILE0, VPL_SUBFILE1, …"""
    number = 0
    while name := environment.get(f"VPL_SUBFILE{number}", ""):
        yield name
        number += 1


def _copy(file: Path, place: Path) -> None:
    if file.is_file() and not file.is_symlink():
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, place)


def _number(name: str, otherwise: str) -> Decimal:
    try:
        return Decimal(os.environ.get(name) or otherwise)
    except InvalidOperation:
        return Decimal(otherwise)
