"""What Gradescope does with a package that lies in a folder of ours."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any  # a platform's answer may hold anything

import jsonschema

from tests.lms import schemas


def autograded(
    root: Path, command: Callable[..., CompletedProcess[str]], environment: dict[str, str]
) -> dict[str, Any]:
    """Set up and run `root`/autograder, each by this command; its results, which are as the platform wants them."""
    home = root / "autograder"
    setup = command(home / "source" / "setup.sh", cwd=home / "source", environment=environment)
    assert setup.returncode == 0, setup.stderr
    done = command(home / "source" / "run_autograder", root, cwd=home, environment=environment)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads((home / "results" / "results.json").read_text("utf-8"))
    jsonschema.validate(found, schemas.GRADESCOPE)
    return found
