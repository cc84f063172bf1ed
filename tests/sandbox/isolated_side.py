"""The tests' end of the stage: starts it, orders functions, and puts up what attacks look for outside."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

HERE, CHECKOUT = Path(__file__).parent, Path(__file__).parents[2]
ORDINARY = 12345
LIGHT = ("numpy",)
HEAVY = ("numpy", "torch", "torch.utils.data", "torch._dynamo", "matplotlib.pyplot")
TOKEN = "a-token-that-only-the-judge-has"
MIB = 2**20
LIMITS = {"processes": 20, "disk_bytes": 32 * MIB, "file_bytes": 16 * MIB, "memory_bytes": 256 * MIB, "cpu_seconds": 60}
# Unlike that of any sandbox that runs at the same time, also of tests that run beside us.
SLOT = 500 + int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
# Layers to switch off, whom to kill, how many seconds without a byte mean that it stays, folders of a control group.
ORDER = {"off": (), "kill": "", "patience": 5, "group": ()}
ROOT = sys.platform == "linux" and os.geteuid() == 0
WHO = ["as root", "as an ordinary user"] if ROOT else ["as we are"]


@dataclass
class Outcome:
    """What came of an order."""

    pid: int
    gone: bool
    status: int | None
    seconds: float
    value: object = None
    error: str = ""
    message: str = ""
    refused: str = ""


class Stage:
    """A process that forks isolated functions."""

    def __init__(self, user: int, modules: tuple[str, ...] = LIGHT) -> None:
        """Start it with these modules imported, as another user if not 0."""
        one_thread = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
        self.folder = Path(tempfile.mkdtemp(dir="/var/tmp", prefix="isolation-"))
        self.folder.chmod(0o755)
        command = [sys.executable, "-I", str(HERE / "isolated_stage.py"), str(user), *modules]
        environment = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "USER": "student", "HOME": "/tmp", **one_thread,
                       "MPLCONFIGDIR": str(self.folder / "matplotlib"), "JOBLIB_MULTIPROCESSING": "0"}  # fmt: skip
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment, cwd="/"
        )
        self.about = self._answer()
        self.user, self.root = user, os.geteuid() == 0 and not user

    def _answer(self) -> dict:
        assert self.process.stdout
        return json.loads(self.process.stdout.readline())

    def run(self, function: str, *arguments: object, level: str = "full", **how: object) -> Outcome:
        """What one function did in a sandbox; the test is skipped where the machine has no such sandbox.

        `how` is how the stage goes about it, see `ORDER`, and what else the isolation is told.
        """
        self._need(level)
        spec = {"limits": LIMITS, "level": level, "slot": SLOT, **{key: how[key] for key in how.keys() - ORDER.keys()}}
        if level != "full":
            spec.setdefault("work", self._folder())
        order = {**ORDER, "function": function, "arguments": arguments, "spec": spec}
        order |= {key: how[key] for key in how.keys() & ORDER.keys()}
        assert self.process.stdin
        self.process.stdin.write(json.dumps(order) + "\n")
        self.process.stdin.flush()
        return Outcome(**self._answer())

    def _folder(self) -> str:
        folder = Path(tempfile.mkdtemp(dir=self.folder))
        folder.chmod(0o777)
        return str(folder)

    def _need(self, level: str) -> None:
        if level == "full" and self.about["level"] != "full":
            pytest.skip(f"no namespaces here: {self.about['reasons']}")
        if level == "partial" and (self.about["level"] == "none" or self.about["landlock"] < 6):
            pytest.skip(f"Landlock cannot stand alone here: {self.about['reasons']}")

    def value(self, function: str, *arguments: object, **how: object) -> object:
        """What a function returned that must work."""
        outcome = self.run(function, *arguments, **how)
        assert not outcome.refused
        assert not outcome.error, f"{outcome.error}: {outcome.message}"
        return outcome.value

    def close(self) -> None:
        """End it."""
        for stream in (self.process.stdin, self.process.stdout):
            if stream:
                stream.close()
        self.process.wait(10)
        shutil.rmtree(self.folder)


@dataclass
class Outside:
    """What an attack looks for: nothing but the sandbox protects it."""

    folder: Path
    secret: Path
    judge: int
    port: int
    path: str
    name: str
    ears: tuple[socket.socket, ...]

    def called(self) -> list[object]:
        """Who called here, until now."""
        heard = []
        for ear in self.ears:
            ear.setblocking(False)
            with contextlib.suppress(BlockingIOError):
                caller, name = ear.accept()
                caller.close()
                heard.append(name)
        return heard


@contextlib.contextmanager
def outside(user: int) -> Iterator[Outside]:
    """A secret that everybody may read and write, a process with a secret environment, and open ears, all of a user's."""
    folder = Path(tempfile.mkdtemp(dir="/var/tmp", prefix="outside-"))
    folder.chmod(0o777)
    secret = folder / "secret"
    secret.write_text(TOKEN)
    secret.chmod(0o666)
    who = {"user": user, "group": user, "extra_groups": ()} if user else {}
    judge = subprocess.Popen(["/bin/sleep", "600"], env={"JUDGE_TOKEN": TOKEN}, **who)
    listeners = [socket.create_server(("127.0.0.1", 0)), socket.socket(socket.AF_UNIX), socket.socket(socket.AF_UNIX)]
    name = f"listener-{folder.name}"
    for listener, address in zip(listeners[1:], (str(folder / "socket"), f"\0{name}"), strict=True):
        listener.bind(address)
        listener.listen()
    (folder / "socket").chmod(0o777)
    try:
        yield Outside(
            folder, secret, judge.pid, listeners[0].getsockname()[1], str(folder / "socket"), name, tuple(listeners)
        )
    finally:
        for listener in listeners:
            listener.close()
        judge.kill()
        judge.wait()
        shutil.rmtree(folder)


def staged(who: str, modules: tuple[str, ...]) -> Iterator[Stage]:
    """A stage for one of `WHO`, for as long as a fixture lives."""
    if sys.platform != "linux":
        pytest.skip("the layers are those of Linux")
    if who == "as an ordinary user" and not all(path.stat().st_mode & 0o005 == 0o005 for path in HERE.parents):
        pytest.skip("this checkout lies where an ordinary user may not read")
    made = Stage(ORDINARY if who == "as an ordinary user" else 0, modules)
    if "unusable" not in made.about:
        yield made
    made.close()
    if "unusable" in made.about:
        pytest.skip(made.about["unusable"])
