"""What an observation and a verdict were made from, as digests: the same inputs are never run or judged twice."""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from graders.assignment import Assignment

HERE = Path(__file__).parents[1]
SEEN_WITH = (
    "probes",
    "sandbox/children.py",
    "sandbox/loading.py",
    "sandbox/packages.py",
    "sandbox/worker.py",
    "sandbox/warming.py",
    "sandbox/wide.py",
    "sandbox/waiting.py",
    "sandbox/standins",
)
LIBRARIES = ("einops", "matplotlib", "pandas", "pillow", "scikit-learn", "scipy", "seaborn")
JUDGED_WITH = (
    "observe",
    "judge",
    "suite",
    "submissions",
    "engine/observer.py",
    "engine/reading.py",
    "engine/recognition.py",
    "report/executed.py",
    "report/pictures.py",
    "report/svg.py",
    "report/drawing",
)


@cache
def environment() -> dict[str, str]:
    """The versions that a submission runs with."""
    packages = {"torch": "torch", "numpy": "numpy", "toolkit": "graders"}
    return {"python": platform.python_version(), **{name: _version(package) for name, package in packages.items()}}


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "unknown"


def of_files(paths: Iterable[Path]) -> str:
    """A digest of Python and data files, below folders too."""
    total = hashlib.sha256()
    for path in paths:
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if file.is_file() and file.suffix not in (".pyc", ".po", ".mo", ".pot"):
                total.update(f"{file.name}\0".encode() + hashlib.sha256(file.read_bytes()).digest())
    return total.hexdigest()


@cache
def of_observing() -> str:
    """Of everything that decides what a probe sees, but for the submission and the request."""
    versions = {**environment(), **{name: _version(name) for name in LIBRARIES}}
    known = ";".join(f"{name}={value}" for name, value in sorted(versions.items()) if name != "toolkit")
    return hashlib.sha256((of_files(HERE / part for part in SEEN_WITH) + known).encode()).hexdigest()


def of_judging(assignment: Assignment, suite: Path, seed: int) -> str:
    """Of everything that decides all verdicts alike: names, hidden inputs, how we look; evidence and Python files apart."""
    names = assignment.model_dump_json(exclude={"rubric", "title"}) + str([line.words for line in assignment.rubric])
    parts = [assignment.folder, *(HERE / part for part in JUDGED_WITH)]
    data = [path for folder in (suite, HERE / "laws") for path in folder.rglob("*") if path.suffix != ".py"]
    listed = [path for part in parts for path in _without_rubric(part)]
    return hashlib.sha256(f"{of_files([*listed, *filter(Path.is_file, data)])}{names}{seed}".encode()).hexdigest()


def _without_rubric(part: Path) -> Iterable[Path]:
    return part.glob("*.py") if (part / "assignment.toml").exists() else [part]


def of_mapping(content: Mapping[str, bytes]) -> str:
    """Of named bytes."""
    total = hashlib.sha256()
    for name in sorted(content):
        total.update(f"{name}\0".encode() + hashlib.sha256(content[name]).digest())
    return total.hexdigest()
