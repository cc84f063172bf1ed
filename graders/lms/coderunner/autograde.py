"""In CodeRunner's sandbox: the folder that the template made is graded, and one line of JSON goes to standard output."""

from __future__ import annotations

import json

from graders.language import translator
from graders.lms.coderunner.result import result
from graders.lms.once import Job, graded_once


def autograde(job: Job) -> int:
    """Print the result. What could not be graded prints no JSON: CodeRunner then gives no mark, and no zero."""
    report = graded_once(job, job.root)
    if report.status != "graded":
        print(report.reason)
        return 1
    print(json.dumps(result(report, translator(job.language))), flush=True)
    return 0
