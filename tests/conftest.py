"""What tests share: the command as a newcomer runs it, and the tiny assignment that lives in its three folders only."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parents[1]
TINY = Path(__file__).parent / "tiny"

Command = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def command() -> Command:
    """`grade.py ARGUMENTS…` in a process of its own."""
    return run


@pytest.fixture
def tiny_command() -> Command:
    """The same, where the tiny assignment is the only one."""
    return lambda *arguments, **kwargs: run(*arguments, root=TINY, **kwargs)


def run(*arguments: object, root: Path = CHECKOUT, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run the command and keep what it says."""
    environment = {**os.environ, "GRADERS_ROOT": str(root), "COLUMNS": "160"}
    return subprocess.run(
        [sys.executable, str(CHECKOUT / "grade.py"), *map(str, arguments)],
        cwd=cwd,
        env=environment,
        capture_output=True,
        text=True,
        timeout=600,
    )
