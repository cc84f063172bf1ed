"""Two gradings of one user at once, where the kernel counts the processes of both together: neither takes from the other."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.isolation.stage import WHERE, course, given
from tests.sandbox.isolated_side import ROOT, outside

WEAKEST = WHERE[-1]
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not (ROOT and given(WEAKEST)), reason="needs root, to be an ordinary user, and Landlock"),
]
SIZE = 8
HOLDING = """import os, time
for _ in range(60):
    try:
        if not os.fork():
            time.sleep(9)
            os._exit(0)
    except OSError:
        time.sleep(0.02)
# {}
"""
# It has its place first, and takes it a moment later.
NEEDING = """import os, time
time.sleep(0.6)
others = []
for _ in range(12):
    others.append(os.fork())
    if not others[-1]:
        time.sleep(0.2)
        os._exit(0)
def square(x):
    return x * x if len(others) == 12 else 0  # {}
"""


def started(folder: Path, source: str, size: int) -> subprocess.Popen[str]:
    """A grading of a class of such submissions."""
    for number in range(size):
        (folder / "class" / f"s{number}").mkdir(parents=True)
        (folder / "class" / f"s{number}" / "tiny.py").write_text(source.format(number))
    home = {name: str(folder / "own") for name in ("HOME", "XDG_CACHE_HOME", "TMPDIR")}
    (folder / "own").mkdir()
    os.chown(folder / "own", WEAKEST.user, WEAKEST.user)
    environment = {**os.environ, **home, "GRADERS_ROOT": str(folder.parent / "course"), "COLUMNS": "400"}
    command = [
        *WEAKEST.command,
        str(folder / "class"),
        "--assignment",
        "tiny",
        "--out",
        str(folder / "own" / "out"),
        "--lang",
        "en",
    ]
    return subprocess.Popen(
        [*command, "--jobs", "2"], env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd="/"
    )


def reports(folder: Path) -> Mapping[str, float]:
    """The scores of a class."""
    found = {path.parent.name: json.loads(path.read_bytes()) for path in (folder / "own" / "out").glob("*/report.json")}
    return {name: report["score"] for name, report in found.items()}


def test_who_forks_without_end_takes_nothing_from_another_grading() -> None:
    with outside(WEAKEST.user) as seen:
        folder = seen.folder / "turns"
        folder.mkdir(mode=0o755)
        course(folder)
        hostile = started(folder / "hostile", HOLDING, SIZE)
        honest = started(folder / "honest", NEEDING, SIZE)
        said, _ = honest.communicate(timeout=200)
        assert honest.returncode == 0, said
        assert "submissions take turns" in said
        assert reports(folder / "honest") == {f"s{number}": 15 for number in range(SIZE)}
        said, _ = hostile.communicate(timeout=200)
        assert (hostile.returncode, set(reports(folder / "hostile").values())) == (0, {0.0}), said
