"""A class of attacks beside honest neighbours, graded by the real command, as somebody, where something is refused.

An attack is a file or a folder of `written`: what a student could hand in. Its first lines say what must come of it:
    # expect: pass                       the verdict and the diagnosis, or several ways with | between them
    # expect at partial: …               the same, for one level
    # told: It doubles.                  what a teacher reads beside the criterion
    # flagged: time limit                what a teacher reads above the criteria
An attack that looks for something is right (`pass`) exactly where it got nothing. Every secret holds a canary of its own.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graders.sandbox import seccomp, syscalls
from graders.sandbox.layers import probe
from tests.conftest import CHECKOUT, TINY
from tests.sandbox.isolated_side import ORDINARY, ROOT, Outside, outside

WRITTEN = Path(__file__).parent / "written"
LAUNCHED = Path(__file__).with_name("launched.py")
HELPERS = [
    WRITTEN / "attempts.py",
    *(CHECKOUT / "tests" / "sandbox" / f"isolated_{one}.py" for one in ("attacks", "floods")),
]
NEIGHBOURS = ("a_neighbour", "g_neighbour", "p_neighbour", "z_neighbour")
HONEST = "def square(x):\n    return x * x  # {}\n"
# Where the secrets are, each with a word that stands nowhere else.
CANARIES = {place: f"canary-{place}-{'%08x' % (hash_ * 2654435761 % 2**32)}" for hash_, place in enumerate(
    ("suite", "verdict", "reference", "mutants", "environment", "neighbour", "outside", "reports"), 1)}  # fmt: skip
LIMITS = "\n[limits]\nimport_seconds = 1\nmemory_mb = 384\ndisk_mb = 32\nprocesses = 24\ncpu_seconds = 30\n"
HURRY = "from graders.observe import call as asking\n\nasking.SECONDS = 1.0\n"
# What a terminal, or the direction of writing, obeys.
OBEYED = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
SAID = re.compile(r"#\s*(expect(?: at \w+)?|told|flagged): ([^\n\\]*)")


@dataclass(frozen=True)
class Where:
    """An isolation to grade in: how far it goes, as whom, and what the kernel refuses to give."""

    level: str
    user: int = 0
    without: str = ""

    def __str__(self) -> str:
        return f"{self.level}, as {'an ordinary user' if self.user else 'we are'}"

    @property
    def command(self) -> list[str]:
        """What becomes the grader."""
        return [sys.executable, str(LAUNCHED), str(self.user), self.without, sys.executable, str(CHECKOUT / "grade.py")]


NONE = Where("none")
WHERE = [Where("full"), Where("partial", without="namespaces"), *(
    [Where("full", ORDINARY), Where("partial", ORDINARY + 1, "namespaces")] if ROOT else [])]  # fmt: skip


def attacks() -> list[str]:
    """Every attack, by name."""
    return sorted({path.name.split(".")[0] for path in WRITTEN.iterdir()} - {"attempts", "__pycache__"})


def names_for(where: Where) -> list[str]:
    """The attacks that are tried there: without isolation, those that something is promised about, and those that show why."""
    return [name for name in attacks() if where.level != "none" or "expect at none" in header(name)]


def header(name: str) -> dict[str, str]:
    """What an attack says must come of it."""
    path = next(WRITTEN.glob(f"{name}/tiny.py"), None) or next(WRITTEN.glob(f"{name}.*"))
    return dict(SAID.findall(path.read_text(encoding="utf-8")))


@dataclass
class Graded:
    """What came of the class."""

    where: Where
    out: Path
    outside: Outside
    evidence: Path
    said: str
    status: int
    seconds: float
    before: Mapping[str, str]
    after: Mapping[str, str]
    calls: list[object]

    def report(self, name: str) -> dict[str, Any]:
        """The report of one submission."""
        return json.loads((self.out / name / "report.json").read_text())

    def verdict(self, name: str) -> str:
        """The verdict and the diagnosis of its one criterion, or why there is none."""
        report = self.report(name)
        line = report["criteria"][0] if report["criteria"] else {}
        return f"{line['verdict']} {line['diagnosis'] or ''}".strip() if line else report["reason"]


def course(folder: Path) -> Path:
    """The tiny assignment with a canary in everything that is hidden, and less time for everything."""
    root = shutil.copytree(TINY, folder / "course", ignore=shutil.ignore_patterns("__pycache__"))
    suite = root / "reference" / "tiny" / "hidden" / "__init__.py"
    text = suite.read_text().replace(
        "    x, found =", f'    secret = "{CANARIES["verdict"]}"  # noqa: F841\n    x, found ='
    )
    suite.write_text(
        text.replace("from graders.verdict", f"{HURRY}\nSECRET = '{CANARIES['suite']}'\nfrom graders.verdict")
    )
    for place, name in (("reference", "tiny.py"), ("mutants", "mutants.py")):
        path = root / "reference" / "tiny" / name
        path.write_text(path.read_text() + f'\nSECRET = "{CANARIES[place]}"\n')
    published = root / "assignments" / "tiny" / "assignment.toml"
    text, names = published.read_text().split("[names.square]")
    published.write_text(text + LIMITS.lstrip() + "\n[names.square]" + names)
    return root


def handed_in(folder: Path, names: Sequence[str], target: Mapping[str, object]) -> Path:
    """The class: every attack with what it is told of the machine, and honest neighbours before, between and after."""
    for name in names:
        there = next(path for path in WRITTEN.iterdir() if path.name.split(".")[0] == name)
        if there.is_dir():
            shutil.copytree(there, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            (folder / name).mkdir(parents=True)
            shutil.copy(there, folder / name / f"tiny{there.suffix}")
        (folder / name / "where.json").write_text(json.dumps(target))
        if (
            "attempts" in next((folder / name).glob("tiny.*")).read_text()
            or "isolated" in next((folder / name).glob("tiny.*")).read_text()
        ):
            for helper in HELPERS:
                shutil.copy(helper, folder / name)
    for name in NEIGHBOURS:
        (folder / name).mkdir()
        (folder / name / "tiny.py").write_text(HONEST.format(CANARIES["neighbour"]))
    return folder


def target(where: Where, folder: Path, seen: Outside, evidence: Path) -> dict[str, object]:
    """What an attacker may know of the machine: everything but the canaries, which are told backwards."""
    refused = (seccomp.LOOK_INTO_OTHERS, seccomp.CHANGE_WHAT_IS_MOUNTED, seccomp.CHANGE_THE_MACHINE, seccomp.LARGE_AND_UNUSED,
               seccomp.PROGRAMS, seccomp.MEMORY_NOBODY_COUNTS)  # fmt: skip
    calls = {name: number for name in " ".join(refused).split() if (number := syscalls.number(name)) is not None}
    calls |= {f"newer {number}": number for number in range(syscalls.NEWEST + 1, syscalls.NEWEST + 20)}
    secret = folder / "course" / "reference" / "tiny"
    paths = [seen.secret, secret, secret / "tiny.py", secret / "hidden" / "__init__.py", folder / "class" / "a_neighbour" / "tiny.py",
             folder / "out", CHECKOUT / "graders", CHECKOUT / "reference", CHECKOUT / "pyproject.toml"]  # fmt: skip
    shown = {Path(prefix).parts[1] for prefix in (sys.prefix, sys.base_prefix)}
    return {
        "level": where.level, "paths": [*map(str, paths)], "files": [str(seen.secret), str(secret / "tiny.py"), "/etc/passwd"],
        "pids": [seen.judge, os.getpid()], "listeners": [seen.port, seen.path, seen.name], "calls": calls,
        "clone": syscalls.number("clone"), "canaries": [one[::-1] for one in CANARIES.values()], "evidence": str(evidence),
        "open": sorted(shown),
    }  # fmt: skip


@contextmanager
def graded(where: Where, *arguments: str) -> Iterator[Graded]:
    """The class, graded there; what it left outside is there to look at until the end."""
    with outside(where.user) as seen:
        folder = seen.folder / "grading"
        folder.mkdir()
        folder.chmod(0o755)
        evidence = seen.folder / "evidence"
        course(folder)
        handed_in(folder / "class", names_for(where), target(where, folder, seen, evidence))
        for path in (folder / "out", folder / "home", folder / "tmp"):
            path.mkdir()
            os.chown(path, where.user or os.getuid(), where.user or os.getgid())
        yield run(where, folder, seen, evidence, *arguments)


def run(where: Where, folder: Path, seen: Outside, evidence: Path, *arguments: str) -> Graded:
    """Grade what was handed in."""
    home = {"HOME": str(folder / "home"), "XDG_CACHE_HOME": str(folder / "home"), "TMPDIR": str(folder / "tmp")}
    environment = {
        **os.environ,
        **home,
        "GRADERS_ROOT": str(folder / "course"),
        "SECRET": CANARIES["environment"],
        "COLUMNS": "160",
    }
    command = [
        *where.command,
        str(folder / "class"),
        "--assignment",
        "tiny",
        "--out",
        str(folder / "out"),
        "--lang",
        "en",
        "--jobs",
        "1",
    ]
    started, before = time.monotonic(), state(folder)
    ended = subprocess.run([*command, *arguments], env=environment, capture_output=True, timeout=400, cwd="/")
    said = (ended.stdout + ended.stderr).decode(errors="surrogateescape")
    took = time.monotonic() - started
    return Graded(
        where, folder / "out", seen, evidence, said, ended.returncode, took, before, state(folder), seen.called()
    )


def state(folder: Path) -> dict[str, str]:
    """What nobody may change: all that was handed in, the course, the interpreter, our own code, and who may read it."""
    places = [*folder.glob("class/**/*"), *folder.glob("course/**/*"), Path(json.__file__), Path(os.__file__), Path("/etc/passwd"),
              *(CHECKOUT / "graders").glob("**/*.py"), *(CHECKOUT / "tests" / "isolation").glob("*")]  # fmt: skip
    files = [path for path in places if path.is_file() and "__pycache__" not in path.parts]
    return {str(path): f"{path.stat().st_mode} {path.stat().st_mtime_ns} {hash(path.read_bytes())}" for path in files}


def left_over(come: Graded) -> dict[str, list[str]]:
    """What is there of a grading when it is over: processes that were started with its environment, and folders."""
    folder = str(come.out.parent).encode()
    started = [pid for pid in os.listdir("/proc") if pid.isdigit() and folder in _environment(pid)]
    return {"processes": started, "folders": sorted(os.listdir(come.out.parent / "tmp"))}


def _environment(pid: str) -> bytes:
    with suppress(OSError):
        return Path(f"/proc/{pid}/environ").read_bytes()
    return b""


def given(where: Where) -> bool:
    """Whether this machine can give that isolation."""
    layers = probe()
    return layers.level == "full" if where.level == "full" else layers.landlock >= 6 and layers.seccomp
