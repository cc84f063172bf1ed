"""Free-form submissions, right and wrong, through the whole way: each loses what it must, and nothing else."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from graders.engine.classroom import grade_class
from graders.engine.hand import Work
from graders.engine.record import Class
from graders.report.model import Report
from graders.verdict import Status
from tests.ue73_tp2.freeform import FreeForm, free_form

FEW, ALL = 8, 40
# What follows from a mistake: a network that is trained wrongly may learn nothing, and what is cut off is lost in the files.
FOLLOWS = {
    "train": {"accuracy.minimum"},
    "mlp": {"accuracy.minimum"},
    "standardize": {"splits.files", "standardize.leakage"},
}


def graded(forms: list[FreeForm], folder: Path) -> dict[str, Report]:
    """Grade them as a class."""
    works = []
    for number, form in enumerate(forms):
        for path, text in form.files.items():
            file = folder / "class" / f"{number:03d}" / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        works.append(Work(f"{number:03d}", folder / "class" / f"{number:03d}", folder / "out" / f"{number:03d}"))
    reports: dict[str, Report] = {}
    settings = Class(submissions=str(folder / "class"), assignment="ue73-tp2", seed=0, language="en")
    jobs = os.cpu_count() or 1
    grade_class(settings, works, folder / "out", "full", jobs, lambda one, *_: reports.update({one.submission: one}))
    return reports


def differences(form: FreeForm, report: Report) -> list[str]:
    """What is judged otherwise than it must."""
    lost = {
        line.id: line for line in report.criteria if line.earned < line.points and line.verdict is not Status.PENDING
    }
    follows = {id for cost in form.costs for id in FOLLOWS.get(cost.split(".")[0], ())}
    kept = [f"{id} should be lost" for id in form.costs if id not in lost]
    extra = [
        f"{id}: {line.diagnosis}: {line.feedback}"
        for id, line in lost.items()
        if line.diagnosis not in form.costs.get(id, "").split("|") and id not in follows
    ]
    return kept + extra


def judged(count: int, folder: Path) -> dict[str, list[str]]:
    """The submissions that are judged otherwise than they must be, with what is wrong about it."""
    forms = [free_form(seed, wrong=wrong) for wrong in (False, True) for seed in range(count)]
    reports = graded(forms, folder)
    found = {form.name: differences(form, reports[f"{number:03d}"]) for number, form in enumerate(forms)}
    return {name: said for name, said in found.items() if said}


def test_a_few_lose_what_they_must_and_nothing_else(tmp_path: Path) -> None:
    assert judged(FEW, tmp_path) == {}


@pytest.mark.slow
def test_all_lose_what_they_must_and_nothing_else(tmp_path: Path) -> None:
    assert judged(ALL, tmp_path) == {}
