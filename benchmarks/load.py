"""`python -m benchmarks.load [SIZE]`: a class with hostile submissions among honest ones, watched while it is graded.

The class is graded by the command, by one process; nothing here is told by the grader itself but its reports. How long
honest ones wait is then measured by `waited`.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks import waited
from benchmarks.hostile import CHECKOUT, SHARE, course, make
from benchmarks.watched import Sample, Watched

PARTS, GROWTH = 10, 0.1


@dataclass(frozen=True)
class Graded:
    """What became of a class: seconds of each honest submission, what honest ones lost, what was seen on the way."""

    seconds: dict[str, float]
    lost: list[str]
    samples: list[Sample]
    left: list[str]
    total: float


def graded(submissions: Path, folder: Path, root: Path) -> Graded:
    """Grade a class and watch it."""
    out, temporary = folder / f"{submissions.name}-out", folder / f"{submissions.name}-tmp"
    temporary.mkdir()
    command = [sys.executable, str(CHECKOUT / "grade.py"), str(submissions), "--assignment", "tiny", "--jobs", "1"]
    environment = {**os.environ, "GRADERS_ROOT": str(root), "TMPDIR": str(temporary)}
    with (folder / "said").open("wb") as said:
        process = subprocess.Popen([*command, "--out", str(out)], env=environment, stdout=said, stderr=said)
        watched = Watched(process.pid, temporary)
        samples = list(_samples(process, watched, out))
    assert process.returncode == 0, (folder / "said").read_text()
    reports = {path.parent.name: json.loads(path.read_bytes()) for path in out.glob("*/report.json")}
    assert len(reports) == len(list(submissions.iterdir())), "a submission has no report"
    seconds = {name: json.loads((out / name / "timing.json").read_bytes())["seconds"] for name in reports}
    honest = [name for name in reports if name.endswith("honest")]
    lost = [name for name in honest if reports[name]["criteria"][0]["verdict"] != "pass"]
    return Graded(
        {name: seconds[name] for name in sorted(honest)}, lost, samples, watched.left(), sum(seconds.values())
    )


def _samples(process: subprocess.Popen[bytes], watched: Watched, out: Path) -> Iterator[Sample]:
    """Four a second, with how many were graded."""
    while process.poll() is None:
        try:
            process.wait(0.25)
        except subprocess.TimeoutExpired:
            yield watched.sample(sum(1 for _ in out.glob("*/report.json")))


def held(found: Graded, size: int) -> list[dict[str, int]]:
    """What was held, part after part of the class: the least of each, which is what stays."""
    parts = [[one for one in found.samples if _part(one, size) == part] for part in range(PARTS)]
    return [{name: min(getattr(one, name) for one in seen) for name in Sample.HELD} for seen in parts if seen]


def _part(sample: Sample, size: int) -> int:
    """The end, where processes go, is in none."""
    return sample.graded * PARTS // size if sample.graded < size else -1


def grown(found: Graded, size: int) -> list[str]:
    """What was held more of in every later part than in the second; the first is where things are started."""
    _, second, *later = held(found, size)
    allowed = {name: second[name] * (1 + GROWTH) if name == "memory" else second[name] for name in Sample.HELD}
    return [name for name in Sample.HELD if later and all(part[name] > allowed[name] for part in later)]


def show(found: Graded, size: int) -> None:
    """Print what was held."""
    print(f"  {'graded':>8}" + "".join(f"{name:>13}" for name in Sample.HELD))
    for number, part in enumerate(held(found, size), start=1):
        print(f"  {number * size // PARTS:8d}" + "".join(f"{value:13d}" for value in part.values()))


def main(size: int = 1000, folder: Path | None = None) -> int:
    """Print figures; 1 where something is lost, left or grows, or honest ones wait too long."""
    with tempfile.TemporaryDirectory() as made:
        place = folder or Path(made)
        mixed = graded(make(place / "mixed", size, SHARE), place, course(place))
    print(f"{size} submissions, {size - len(mixed.seconds)} of them hostile, in {mixed.total:.0f} s")
    show(mixed, size)
    wrong = {"lost by honest ones": mixed.lost, "left behind": mixed.left, "grown": grown(mixed, size)}
    for words, found in wrong.items():
        print(f"  {words}: {', '.join(found) or 'nothing'}", flush=True)
    return int(any(wrong.values()) or bool(waited.main()))


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if sys.argv[1:] else 1000))
