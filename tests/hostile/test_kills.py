"""kill -9 of every kind of process at random moments: no mark changes, nothing half-written is seen, nothing is left behind."""

from __future__ import annotations

import itertools
import json
import os
import random
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path
from subprocess import Popen

import pytest

from benchmarks.watched import abandoned, groups
from graders.sandbox.layers import probe
from tests.hostile.test_judge import (
    below_template,
    children,
    command_line,
    contents,
    ended,
    pool_process,
    sandbox,
    started,
    template,
)
from tests.hostile.test_judge import verdicts as verdicts_of

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(probe().level == "none", reason="this machine cannot isolate submissions"),
]
KILLS = int(os.environ.get("KILLS", "200"))
SIZE = 6
# Half of the time is spent in the submission process, half of it in a probe process.
QUICK = "import time\ntime.sleep(0.15)\ndef square(n):\n    time.sleep(0.15)\n    return n * n  # {}\n"


VICTIMS: dict[str, Callable[[int], int]] = {
    "command": lambda main: main,
    "pool": pool_process,
    "template": template,
    "keeper": lambda main: below_template(main, 1),
    "submission": lambda main: below_template(main, 2),
    "probe": lambda main: below_template(main, 3),
    "any": lambda main: random.choice(children(main) or [0]),
}
OFTEN = (
    "submission",
    "probe",
    "keeper",
    "any",
    "probe",
    "submission",
    "template",
    "any",
    "keeper",
    "pool",
    "probe",
    "command",
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A class of right submissions."""
    for number in range(SIZE):
        (tmp_path / "class" / f"s{number}").mkdir(parents=True)
        (tmp_path / "class" / f"s{number}" / "tiny.py").write_text(QUICK.format(number))
    return tmp_path / "class"


def killed(process: Popen[str], kinds: Iterator[str], rng: random.Random) -> Iterator[str]:
    """Kill processes of these kinds, one after another, until the command ends; the kinds that were hit."""
    for kind in kinds:
        while process.poll() is None and not sandbox(process.pid):
            time.sleep(0.02)
        time.sleep(rng.uniform(0, 0.3))
        victim = 0
        while process.poll() is None and not victim:
            victim = VICTIMS[kind](process.pid)
        if process.poll() is not None:
            return
        with suppress(OSError):
            os.kill(victim, signal.SIGKILL)
            yield kind


def whole(out: Path) -> None:
    """Whatever is seen under its own name can be read to its end."""
    for report in out.glob("*/report.json"):
        assert json.loads(report.read_bytes())["schema"] == 1
    for page in out.glob("*/report.html"):
        assert page.read_text().rstrip().endswith("</html>")


def left(look: Callable[[], list[str]]) -> list[str]:
    """What is still found after a moment: what ends by itself, or is another grading's for a moment, is not left behind."""
    deadline = time.monotonic() + 10
    while (found := look()) and time.monotonic() < deadline:
        time.sleep(0.05)
    return found


def running(pids: list[int]) -> list[str]:
    """What runs of these processes."""
    return [line for pid in pids if (line := command_line(pid))]


def test_no_kill_changes_a_mark(path: Path, tmp_path: Path) -> None:
    rng, hit, groups_before = random.Random(0), list[str](), groups()
    assert ended(started(path, tmp_path / "undisturbed"))[0] == 0
    expected, rounds = contents(tmp_path / "undisturbed"), 0
    kinds = itertools.cycle(OFTEN)
    while len(hit) < KILLS:
        out, rounds = tmp_path / f"out{rounds}", rounds + 1
        disturbed = started(path, out)
        below = list[int]()
        for kind in killed(disturbed, kinds, rng):
            hit.append(kind)
            below += children(disturbed.pid)
            whole(out)
        disturbed.communicate()
        whole(out)
        status, said = ended(started(path, out))
        assert status == 0, said
        assert verdicts_of(out) == {f"s{number}": "pass" for number in range(SIZE)}
        assert contents(out) == expected
        assert not left(partial(running, below))
        assert not left(partial(abandoned, groups_before))
    assert set(hit) == set(VICTIMS)
