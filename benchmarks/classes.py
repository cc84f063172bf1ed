"""Classes of any size, made from the reference of an assignment: every submission is different, all cost alike."""

from __future__ import annotations

from pathlib import Path

from graders import assignment
from graders.engine.validation import solution
from graders.sandbox.layers import probe

ID = "ue73-tp2"
LEVEL = probe().level


def make(into: Path, size: int) -> Path:
    """A folder of `size` submissions: copies of the reference, each with a comment of its own."""
    original = solution(assignment.load(ID))
    text = original.read_text(encoding="utf-8")
    for number in range(size):
        folder = into / f"student-{number:04d}"
        folder.mkdir(parents=True)
        (folder / original.name).write_text(f"{text}\n# {number}\n", encoding="utf-8")
    return into
