"""Sandboxes to try things in, as every user that we can be and at every level that this machine has."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from isolated_side import LIGHT, TOKEN, WHO, Outside, Stage, staged


@pytest.fixture(scope="session", params=WHO)
def stage(request: pytest.FixtureRequest) -> Iterator[Stage]:
    """A process that forks sandboxes; as root also one that is an ordinary user."""
    yield from staged(request.param, LIGHT)


@pytest.fixture(params=["full", "partial"])
def level(request: pytest.FixtureRequest) -> str:
    """Both levels that isolate."""
    return str(request.param)


@pytest.fixture
def outside(stage: Stage) -> Iterator[Outside]:
    """A secret that everybody may read and write, a process with a secret environment, and open ears."""
    folder = Path(tempfile.mkdtemp(dir="/var/tmp", prefix="outside-"))
    folder.chmod(0o777)
    secret = folder / "secret"
    secret.write_text(TOKEN)
    secret.chmod(0o666)
    who = {"user": stage.user, "group": stage.user, "extra_groups": ()} if stage.user else {}
    judge = subprocess.Popen(["/bin/sleep", "60"], env={"JUDGE_TOKEN": TOKEN}, **who)
    listeners = [socket.create_server(("127.0.0.1", 0)), socket.socket(socket.AF_UNIX), socket.socket(socket.AF_UNIX)]
    name = f"listener-{os.getpid()}"
    for listener, address in zip(listeners[1:], (str(folder / "socket"), f"\0{name}"), strict=True):
        listener.bind(address)
        listener.listen()
    (folder / "socket").chmod(0o777)
    yield Outside(folder, secret, judge.pid, listeners[0].getsockname()[1], str(folder / "socket"), name)
    for listener in listeners:
        listener.close()
    judge.kill()
    judge.wait()
    shutil.rmtree(folder)
