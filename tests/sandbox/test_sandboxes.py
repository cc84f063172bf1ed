"""The sandbox that opens while the last submission is judged: taken by the next one, replaced where it cannot be."""

from __future__ import annotations

import os
import select
import signal
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from graders.assignment import Budget
from graders.engine.opening import limits
from graders.sandbox.forked import ForkedSession
from graders.sandbox.layers import probe
from graders.sandbox.loading import Job, Source
from graders.sandbox.rlimits import Limits
from graders.sandbox.sandboxes import Sandboxes

LIMITS = limits(Budget())
FULL = pytest.mark.skipif(probe().level != "full", reason="opened ahead inside of namespaces only")


@pytest.fixture(scope="module")
def sandboxes() -> Iterator[Sandboxes]:
    """Sandboxes of one warm template."""
    made = Sandboxes(probe().level)
    yield made
    made.close()


LISTED = "import os; print(sorted(os.listdir()))"
HELD = "import sys; print('sk' + 'learn' in sys.modules)"


def graded(sandboxes: Sandboxes, name: str, limits: Limits = LIMITS, chunk: str = LISTED) -> str:
    """What is printed by a program, which tells what files it sees where nothing else is said."""
    source = Source(file=name, module="tp", chunks=[chunk])
    files = {name: np.frombuffer(chunk.encode(), np.uint8)}
    session = ForkedSession(sandboxes, Job(files=files, sources=[source], folder="", run=True), limits, 60)
    session.close()
    return session.loaded.ran[-1].printed.strip()


def ahead(sandboxes: Sandboxes) -> int:
    """The keeper of the sandbox that nobody has entered yet."""
    assert sandboxes._next is not None
    return sandboxes._next.keeper


@FULL
def test_the_next_submission_enters_what_was_opened_ahead_and_sees_itself_alone(sandboxes: Sandboxes) -> None:
    assert graded(sandboxes, "first.py") == "['first.py']"
    opened = ahead(sandboxes)
    assert graded(sandboxes, "second.py") == "['second.py']"
    assert ahead(sandboxes) != opened


@FULL
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_one_that_was_killed_meanwhile_costs_nothing(sandboxes: Sandboxes, number: signal.Signals) -> None:
    graded(sandboxes, "first.py")
    os.kill(ahead(sandboxes), number)
    assert graded(sandboxes, "second.py") == "['second.py']"


@FULL
def test_other_limits_take_another_sandbox(sandboxes: Sandboxes) -> None:
    graded(sandboxes, "first.py")
    opened = ahead(sandboxes)
    assert graded(sandboxes, "second.py", replace(LIMITS, processes=LIMITS.processes + 1)) == "['second.py']"
    assert ahead(sandboxes) != opened


@FULL
def test_one_whose_template_died_is_opened_again(sandboxes: Sandboxes) -> None:
    graded(sandboxes, "first.py")
    sandboxes.template.process.kill()
    assert graded(sandboxes, "second.py") == "['second.py']"


def test_nothing_waits_where_submissions_share_a_user() -> None:
    made = Sandboxes("none")
    assert graded(made, "first.py") == "['first.py']"
    assert made._next is None
    made.close()


def wide_template(sandboxes: Sandboxes) -> int:
    """The pid of the second template: the one child that stays when nothing is open."""
    sandboxes._drop()
    sandboxes.template.settle()
    process = sandboxes.template.process.pid
    (child,) = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    return int(child)


def test_who_names_a_library_finds_it_there_and_nobody_else_pays_for_it(sandboxes: Sandboxes) -> None:
    assert graded(sandboxes, "plain.py", chunk=HELD) == "False"
    assert graded(sandboxes, "named.py", chunk=f"{HELD}\nimport sklearn.metrics") == "True"
    assert graded(sandboxes, "plain.py", chunk=HELD) == "False"


def test_a_second_template_that_was_killed_is_forked_again(sandboxes: Sandboxes) -> None:
    graded(sandboxes, "named.py", chunk=f"{HELD}  # sklearn")
    os.kill(wide_template(sandboxes), signal.SIGKILL)
    assert graded(sandboxes, "named.py", chunk=f"{HELD}  # sklearn") == "True"


@pytest.mark.parametrize("end", ["killed", "closed"])
def test_a_second_template_ends_with_the_first(end: str) -> None:
    made = Sandboxes(probe().level)
    graded(made, "named.py", chunk=f"{HELD}  # sklearn")
    handle = os.pidfd_open(wide_template(made))
    if end == "killed":
        made.template.process.kill()
    else:
        made.close()
    assert select.select([handle], [], [], 5)[0], "it still runs"
    os.close(handle)
    if end == "killed":
        made.close()
