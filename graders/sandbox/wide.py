"""The libraries that only some submissions import: whoever names one gets a sandbox of a template that holds them all.

They are a third of what a template would hold, and each fork pays for what is held.
"""

from __future__ import annotations

import re

from graders.sandbox.loading import Job

NAMES = (
    "sklearn.datasets",
    "sklearn.metrics",
    "sklearn.model_selection",
    "scipy.signal",
    "scipy.special",
    "pandas",
    "seaborn",
)
NAMED = re.compile(
    "|".join(rf"\b{name}\b" for name in dict.fromkeys(name.partition(".")[0] for name in NAMES)).encode()
)
PROGRAMS = (".py", ".ipynb")


def wanted(job: Job) -> bool:
    """Whether a file of it names one of them, in whatever way."""
    return any(NAMED.search(content.tobytes()) for name, content in job["files"].items() if name.endswith(PROGRAMS))
