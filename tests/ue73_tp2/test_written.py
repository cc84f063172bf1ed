"""Submissions as students really write them, each written by hand as a whole: right ones, and right ones with one mistake."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from graders.engine.classroom import grade_class
from graders.engine.hand import Work
from graders.engine.record import Class
from graders.report.model import Report
from graders.submissions.notebook import changed
from graders.verdict import Status
from tests.ue73_tp2.dressed import DRESSED, Dress, files_of
from tests.ue73_tp2.written_wrong import WRONG, Wrong

WRITTEN = Path(__file__).parent / "written"
RIGHT = sorted(path.name for path in WRITTEN.iterdir() if path.is_dir())
# What a person would find, and is not found yet.
NOT_YET: Mapping[str, str] = {
    "carnet_run": "the network's constructor takes the two sizes of a spectrogram",
    "plusieurs_versions": "metrics that are static methods and name their own class",
}
FEW = ("carnet_magies", "debutant_windows", "paquet_src", "plusieurs_versions")
# What follows from a mistake: a network that is trained wrongly may learn nothing, and what is cut off is lost in the files.
FOLLOWS = {
    "train": {"accuracy.minimum"},
    "mlp": {"accuracy.minimum"},
    "standardize": {"splits.files", "standardize.leakage"},
}


Dressed = tuple[str, str, Dress]


def graded(folder: Path, names: Sequence[str], wrong: Sequence[Wrong], dressed: Sequence[Dressed]) -> dict[str, Report]:
    """The reports of these submissions, graded as a class."""
    places = [_copied(folder / "class" / name, name) for name in names]
    places += [_edited(folder / "class" / f"wrong-{number:03d}", one) for number, one in enumerate(wrong)]
    places += [_dressed(folder / "class" / f"dressed-{number:03d}", *one) for number, one in enumerate(dressed)]
    reports: dict[str, Report] = {}
    settings = Class(submissions=str(folder / "class"), assignment="ue73-tp2", seed=0, language="en")
    works = [Work(place.name, place, folder / "out" / place.name) for place in places]
    jobs = min(os.cpu_count() or 1, 4)
    grade_class(settings, works, folder / "out", "full", jobs, lambda one, *_: reports.update({one.submission: one}))
    return reports


def _copied(place: Path, name: str) -> Path:
    return Path(shutil.copytree(WRITTEN / name, place))


def _edited(place: Path, wrong: Wrong) -> Path:
    file = _copied(place, wrong.base) / wrong.file
    content = file.read_bytes()
    encoding = "cp1252" if b"\r\n" in content else "utf-8"
    text = content.decode(encoding).replace("\r\n", "\n")
    after = changed(file.name, text, lambda code: code.replace(wrong.old, wrong.new))
    assert after != text, f"{wrong.name} of {wrong.base} changes nothing"
    file.write_bytes(after.encode(encoding))
    return place


def _dressed(place: Path, _: str, base: str, dress: Dress) -> Path:
    for name, content in dress(files_of(WRITTEN / base)).items():
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_bytes(content)
    return place


def differences(report: Report, costs: Mapping[str, str]) -> list[str]:
    """What is judged otherwise than it must be."""
    lost = {
        line.id: line for line in report.criteria if line.earned < line.points and line.verdict is not Status.PENDING
    }
    follows = {id for cost in costs for id in FOLLOWS.get(cost.split(".")[0], ())}
    kept = [f"{id} should be lost" for id in costs if id not in lost]
    return kept + [
        f"{id}: {line.diagnosis}: {line.feedback}"
        for id, line in lost.items()
        if line.diagnosis not in costs.get(id, "").split("|") and id not in follows
    ]


def judged(
    folder: Path, names: Sequence[str], wrong: Sequence[Wrong], dressed: Sequence[Dressed]
) -> dict[str, list[str]]:
    """The submissions that are judged otherwise than they must be, with what is wrong about it."""
    reports = graded(folder, names, wrong, dressed)
    found = {name: differences(reports[name], {}) for name in names}
    found |= {
        f"{one.base}: {one.name}": differences(reports[f"wrong-{number:03d}"], one.costs)
        for number, one in enumerate(wrong)
    }
    found |= {
        f"{base}: {name}": differences(reports[f"dressed-{number:03d}"], {})
        for number, (name, base, _) in enumerate(dressed)
    }
    return {name: said for name, said in found.items() if said and not any(name.startswith(one) for one in NOT_YET)}


def test_a_few_are_judged_as_a_person_would(tmp_path: Path) -> None:
    assert judged(tmp_path, FEW, [one for one in WRONG if one.base in FEW][::3], DRESSED[8:10]) == {}


@pytest.mark.slow
def test_all_are_judged_as_a_person_would(tmp_path: Path) -> None:
    assert judged(tmp_path, RIGHT, WRONG, DRESSED) == {}
