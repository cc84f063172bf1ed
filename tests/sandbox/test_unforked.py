"""A submission in a process of its own: what ends the process costs the request that did it."""

from __future__ import annotations

import sys
import time

import numpy as np
import pytest

from graders.observe.observation import Failure, Observation, Seen
from graders.observe.request import Request
from graders.sandbox.loading import Job, Source
from graders.sandbox.unforked import UnforkedSession

TEXT = """
import os, sys
def right(x): return x + 1
def leaves(x): os._exit(3)
def hangs(x):
    while True: pass
def prints(x):
    print("noise", flush=True)
    return sys.stdin.read() + "read"
def leaves_another(x):
    if os.fork() == 0:
        import time
        time.sleep(60)
    return x
1 / 0
"""


def asked(name: str, seconds: float = 20) -> Request:
    """A call of one function."""
    subject = {"file": "a.py", "name": name, "order": [["x", "x"]]}
    return Request("call", {"subject": subject, "cases": [{"x": 1}], "forms": ["numpy"]}, "group", seconds)


def said(observation: Observation) -> object:
    """What was returned, or how it failed."""
    if isinstance(observation, Failure):
        return observation.kind, observation.type
    assert isinstance(observation, Seen)
    return observation.value["answers"][0].get("returned")  # type: ignore[index, call-overload, union-attr]


def test_what_ends_the_process_costs_its_own_request() -> None:
    files = {"a.py": np.frombuffer(TEXT.encode(), np.uint8)}
    job = Job(files=files, sources=[Source(file="a.py", module="a", chunks=[TEXT])], folder="", run=True)
    session = UnforkedSession(job, 20)
    try:
        assert [problem.type for problem in session.loaded.problems] == ["ZeroDivisionError"]
        seen = session.observe([asked("right"), asked("prints"), asked("leaves"), asked("right"), asked("hangs", 0.5)])
        assert [said(one) for one in seen] == [2, "read", ("crashed", "exit status 3"), 2, ("timeout", "")]
    finally:
        session.close()


@pytest.mark.skipif(sys.platform == "win32", reason="nothing is forked there")
def test_what_it_leaves_running_holds_nobody_up() -> None:
    files = {"a.py": np.frombuffer(TEXT.encode(), np.uint8)}
    job = Job(files=files, sources=[Source(file="a.py", module="a", chunks=[TEXT])], folder="", run=True)
    session = UnforkedSession(job, 20)
    assert [said(one) for one in session.observe([asked("leaves_another")])] == [1]
    started = time.monotonic()
    session.close()
    assert time.monotonic() - started < 5
