"""In PrairieLearn's container: /grade/student is graded into /grade/results/results.json."""

from __future__ import annotations

import json
from pathlib import Path

from graders.language import translator
from graders.lms.once import Job, graded_once
from graders.lms.prairielearn.results import nothing, results

HOME = "grade"


def autograde(job: Job) -> int:
    """Write the results; PrairieLearn reads them whatever the exit status is."""
    home = job.root / HOME
    translate = translator(job.language)
    content = results(graded_once(job, home / "student"), translate) if _any(home) else nothing(translate)
    (home / "results").mkdir(parents=True, exist_ok=True)
    (home / "results" / "results.json").write_text(json.dumps(content, indent=1) + "\n", "utf-8")
    return 0 if content["gradable"] else 1


def _any(home: Path) -> bool:
    """Whether a file was handed in: PrairieLearn asks for none by its name."""
    return any(path.is_file() for path in (home / "student").rglob("*"))
