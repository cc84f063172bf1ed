"""`python -m benchmarks.load [SIZE]`: a class with hostile submissions among honest ones, watched while it is graded.

Each class is graded by the command, by one process; nothing here is told by the grader itself but its reports. Before and
after it, honest submissions alone are graded, to compare how long one takes.
"""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.watched import Sample, Watched

CHECKOUT = Path(__file__).parents[1]
SHARE = 0.05
ALONE = 0.15
PARTS, GROWTH, MOST_TIMES = 10, 0.1, 1.1
HONEST = "import time\ntime.sleep(0.05)\n\ndef square(n):\n    return n * n  # {}\n"
LIMITS = "[limits]\nimport_seconds = 2\nmemory_mb = 512\ndisk_mb = 32\ncpu_seconds = 20\nprocesses = 32\n"
HOSTILE = {
    "fork bomb": "import os\nwhile True:\n    try: os.fork()\n    except OSError: pass",
    "quiet fork bomb": "import os\nwhile True: os.fork()",
    "memory": "kept = []\nwhile True: kept.append(bytearray(os.urandom(2 ** 20)) * 8)",
    "memory of many": "import os, time\nfor _ in range(30):\n    if not os.fork():\n"
    "        x = bytearray(os.urandom(2 ** 20)) * 90\n        time.sleep(9)",
    "output": "for _ in range(2000): print('x' * 2 ** 20)",
    "hang": "while True:\n    try: time.sleep(9)\n    except BaseException: pass",
    "segfault": "import ctypes\nctypes.string_at(0)",
    "deleted folder": "import os, shutil\nshutil.rmtree(os.getcwd(), ignore_errors=True)",
    "exit": "import os\nos._exit(0)",
    "kill": "import os, signal\nos.kill(os.getppid(), signal.SIGKILL)\nos.kill(os.getpid(), signal.SIGKILL)",
    "stop": "import os, signal\nos.kill(os.getpid(), signal.SIGSTOP)",
    "disk": "with open('big', 'wb') as file:\n    while True: file.write(bytes(2 ** 20))",
    "files": "for number in range(10 ** 6): open(f'f{number}', 'w').close()",
    "daemon": "import os, time\nif os.fork() == 0:\n    os.setsid()\n    if os.fork() == 0:\n"
    "        while True: time.sleep(1)\n    os._exit(0)",
    "threads": "import threading\nfor _ in range(1000): threading.Thread(target=time.sleep, args=(10 ** 6,)).start()",
    "descriptors": "import os\nos.closerange(0, 4096)",
    "message": "raise ValueError('x' * 10 ** 8)",
    "recursion": "def down(n): return down(n + 1)\nimport sys\nsys.setrecursionlimit(10 ** 9)\ndown(0)",
}
CALLED = {"hang when called": "    while True: pass\n", "crash when called": "    import os\n    os.abort()\n"}


@dataclass(frozen=True)
class Graded:
    """What became of a class: seconds of each honest submission, what honest ones lost, what was seen on the way."""

    seconds: dict[str, float]
    lost: list[str]
    samples: list[Sample]
    left: list[str]
    total: float


def course(folder: Path) -> Path:
    """The tiny assignment with short limits."""
    root = folder / "course"
    shutil.copytree(CHECKOUT / "tests" / "tiny", root, ignore=shutil.ignore_patterns("__pycache__"))
    declared = root / "assignments" / "tiny" / "assignment.toml"
    declared.write_text(declared.read_text() + "\n" + LIMITS)
    return root


def make(into: Path, size: int, share: float) -> Path:
    """A class in which every so manieth submission is hostile, each in its own way; all are different."""
    kinds, every = [*HOSTILE, *CALLED], round(1 / share) if share else size + 1
    for number in range(size):
        hostile = number % every == every - 1
        kind = kinds[number // every % len(kinds)] if hostile else "honest"
        folder = into / f"s{number:04d} {kind}"
        folder.mkdir(parents=True)
        (folder / "tiny.py").write_text(_source(kind, number))
    return into


def _source(kind: str, number: int) -> str:
    if kind in CALLED:
        return f"def square(n):\n{CALLED[kind]}# {number}\n"
    attack = f"import os, time\n{HOSTILE[kind]}\n" if kind in HOSTILE else ""
    return attack + HONEST.format(number)


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


def waited(found: Graded, alone: list[float]) -> float:
    """Print how long honest ones take; how many times as long as where all are honest."""
    after = [
        seconds for name, seconds in found.seconds.items() if f"s{int(name[1:5]) - 1:04d} honest" not in found.seconds
    ]
    for words, seconds in {
        "where all are honest": alone,
        "among hostile ones": list(found.seconds.values()),
        "next after a hostile one": after[1:],
    }.items():
        middle, mean = statistics.median(seconds), statistics.fmean(seconds)
        print(f"  an honest one {words:25} {1000 * middle:5.0f} ms (median) {1000 * mean:5.0f} ms (mean)")
    return statistics.median(found.seconds.values()) / statistics.median(alone)


def main(size: int = 1000, folder: Path | None = None) -> int:
    """Print figures; 1 where something is lost, left or grows, or honest ones wait too long."""
    with tempfile.TemporaryDirectory() as made:
        place = folder or Path(made)
        root = course(place)
        before = graded(make(place / "before", round(size * ALONE), 0), place, root)
        mixed = graded(make(place / "mixed", size, SHARE), place, root)
        after = graded(make(place / "after", round(size * ALONE), 0), place, root)
    print(f"{size} submissions, {size - len(mixed.seconds)} of them hostile, in {mixed.total:.0f} s")
    show(mixed, size)
    times = waited(mixed, [*before.seconds.values(), *after.seconds.values()])
    wrong = {"lost by honest ones": mixed.lost, "left behind": mixed.left, "grown": grown(mixed, size)}
    for words, found in wrong.items():
        print(f"  {words}: {', '.join(found) or 'nothing'}")
    return int(any(wrong.values()) or times > MOST_TIMES)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if sys.argv[1:] else 1000))
