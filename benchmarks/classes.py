"""Classes of any size, made from the right ways of an assignment in turn: every submission is different."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from graders import assignment
from graders.engine.validation import solution
from graders.sandbox.layers import probe

ID = "ue73-tp2"
LEVEL = probe().level


def make(into: Path, size: int) -> Path:
    """A folder of `size` submissions, the reference and the other right ways in turn, each with a comment of its own."""
    ours = assignment.load(ID)
    ways = [solution(ours), *sorted(path for path in (ours.secret / "right").iterdir() if path.is_dir())]
    for number in range(size):
        _copied(ways[number % len(ways)], into / f"student-{number:04d}", number)
    return into


def _copied(way: Path, folder: Path, number: int) -> None:
    if way.is_dir():
        shutil.copytree(way, folder, ignore=shutil.ignore_patterns("__pycache__"))
    else:
        folder.mkdir(parents=True)
        shutil.copy(way, folder)
    for file in folder.glob("*.py"):
        file.write_bytes(file.read_bytes() + f"\n# {number}\n".encode())
    for file in folder.glob("*.ipynb"):
        notebook = json.loads(file.read_text(encoding="utf-8"))
        notebook["metadata"]["number"] = number
        file.write_text(json.dumps(notebook), encoding="utf-8")
