"""In a job of GitHub Actions: `submission/` is graded; annotations, a summary, outputs, and files to keep in `graded/`."""

from __future__ import annotations

import os

from graders.language import translator
from graders.lms.decided import headline, most
from graders.lms.github.annotations import annotated
from graders.lms.github.summary import summary
from graders.lms.once import Job, graded_once
from graders.report.junit import junit
from graders.report.model import Report


def autograde(job: Job) -> int:
    """Say it in every way that GitHub shows; the job fails only where nothing could be graded."""
    translate, out = translator(job.language), job.root / "graded"
    report = graded_once(job, job.root / "submission", out)
    said = headline(report, translate)
    for command in annotated(report, said):
        print(command)
    _append("GITHUB_STEP_SUMMARY", summary(report, said, translate))
    if report.status == "graded":
        _append("GITHUB_OUTPUT", _outputs(report))
    (out / "junit.xml").write_text(junit(report), "utf-8")
    return 0 if report.status == "graded" else 1


def _outputs(report: Report) -> str:
    return f"score={report.score:g}\nmax-score={most(report):g}\npending={report.pending:g}\n"


def _append(variable: str, text: str) -> None:
    """GitHub names the file; elsewhere there is none."""
    if path := os.environ.get(variable):
        with open(path, "a", encoding="utf-8") as file:
            file.write(text)
