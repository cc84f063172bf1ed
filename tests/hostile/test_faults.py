"""Faults of the machine, not of a submission: the clock, memory, the disk, files that are not what was written."""

from __future__ import annotations

import json
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from graders.engine.seal import sealed, unsealed
from graders.sandbox.layers import probe
from tests.conftest import TINY, run
from tests.hostile.test_judge import (
    below_template,
    command_line,
    contents,
    ended,
    slow_class,
    small_disk,
    started,
    template,
    verdicts,
    wait_for,
)

pytestmark = pytest.mark.skipif(probe().level == "none", reason="this machine cannot isolate submissions")
__all__ = ["small_disk"]

# The clock on the wall jumps by a day, forwards and back, with each look at it; so does `time`.
JUMPING = """
#define _GNU_SOURCE
#include <time.h>
#include <sys/syscall.h>
#include <unistd.h>
static long looks;
int clock_gettime(clockid_t clock, struct timespec *now) {
    long done = syscall(SYS_clock_gettime, clock, now);
    if (clock == CLOCK_REALTIME) now->tv_sec += (looks++ % 3 - 1) * 86400;
    return done;
}
time_t time(time_t *now) {
    struct timespec read;
    clock_gettime(CLOCK_REALTIME, &read);
    if (now) *now = read.tv_sec;
    return read.tv_sec;
}
"""


@pytest.fixture
def jumping(tmp_path: Path) -> str:
    """A library that makes the clock jump for whoever is started with it."""
    source, library = tmp_path / "jumping.c", tmp_path / "jumping.so"
    source.write_text(JUMPING)
    compiler = shutil.which("cc")
    if sys.platform != "linux" or not compiler:
        pytest.skip("needs a C compiler")
    subprocess.run([compiler, "-shared", "-fPIC", "-O1", "-o", library, source], check=True)
    return str(library)


def test_a_clock_that_jumps_changes_nothing(tmp_path: Path, jumping: str, monkeypatch: pytest.MonkeyPatch) -> None:
    path = slow_class(tmp_path, 2)
    assert ended(started(path, tmp_path / "calm"))[0] == 0
    monkeypatch.setenv("LD_PRELOAD", jumping)
    shown = subprocess.run(
        [sys.executable, "-c", "import time; print(len({round(time.time() / 80000) for _ in range(9)}))"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert int(shown.stdout) > 1
    status, said = ended(started(path, tmp_path / "out"))
    assert status == 0, said
    assert contents(tmp_path / "out") == contents(tmp_path / "calm")


def test_a_submission_whose_sandbox_is_killed_again_and_again_loses_nothing(tmp_path: Path) -> None:
    path = slow_class(tmp_path, 1)
    assert ended(started(path, tmp_path / "calm"))[0] == 0
    grading, killed = started(path, tmp_path / "out"), list[int]()
    for generation in (2, 1, 2, 2):
        wait_for(lambda depth=generation: grading.poll() is not None or _fresh(grading.pid, depth, killed))
        killed.append(below_template(grading.pid, generation))
        assert killed[-1], ended(grading)
        os.kill(killed[-1], signal.SIGKILL)
    status, said = ended(grading)
    assert status == 0, said
    assert contents(tmp_path / "out") == contents(tmp_path / "calm")


def _fresh(main: int, generation: int, killed: list[int]) -> bool:
    return below_template(main, generation) not in (0, *killed)


def test_a_template_without_memory_is_started_anew(tmp_path: Path) -> None:
    path = slow_class(tmp_path, 3)
    grading = started(path, tmp_path / "out")
    wait_for(lambda: below_template(grading.pid, 2))
    starved = template(grading.pid)
    resource.prlimit(starved, resource.RLIMIT_AS, (2**20, 2**20))
    status, said = ended(grading)
    assert status == 0, said
    assert not command_line(starved)
    assert verdicts(tmp_path / "out") == {f"s{number}": "pass" for number in range(3)}


def test_a_disk_that_fills_up_meanwhile_is_told(tmp_path: Path, small_disk: Callable[[str], Path]) -> None:
    path, disk = slow_class(tmp_path, 3), small_disk("size=20m")
    grading = started(path, disk / "out")
    wait_for(lambda: list((disk / "out").glob("*/report.json")))
    with suppress(OSError), (disk / "filling").open("wb", buffering=0) as file:
        while True:
            file.write(bytes(4096))
    status, said = ended(grading)
    assert (status, "Traceback" in said) == (1, False), said
    assert "No space left on device" in said
    (disk / "filling").unlink()
    status, said = ended(started(path, disk / "out"))
    assert status == 0, said
    assert verdicts(disk / "out") == {f"s{number}": "pass" for number in range(3)}


def _flipped(content: bytes, at: int, bit: int) -> bytes:
    return content[:at] + bytes([content[at] ^ bit]) + content[at + 1 :]


def _digit(content: bytes, rng: random.Random) -> bytes:
    """Another digit, which no parser minds."""
    places = [place for place, byte in enumerate(content) if chr(byte).isdigit()]
    at = rng.choice(places) if places else 0
    return content[:at] + str((content[at] + 5) % 10).encode() + content[at + 1 :]


DAMAGES: dict[str, Callable[[bytes, random.Random], bytes]] = {
    "empty": lambda _, __: b"",
    "zeros": lambda content, _: bytes(len(content)),
    "cut": lambda content, rng: content[: rng.randrange(len(content))],
    "flipped": lambda content, rng: _flipped(content, rng.randrange(len(content)), 1 << rng.randrange(8)),
    "a digit": _digit,
}
STORED = ("verdicts.json", "evidence.zip", "pictures.json", "reading.json", "report.json", "report.html", "timing.json")
TABLES = ("grades.csv", "summary.json", "index.html", "class.json")


def test_what_a_disk_made_of_stored_files_changes_no_mark(tmp_path: Path) -> None:
    path, rng = slow_class(tmp_path, len(STORED)), random.Random(0)
    whole = tmp_path / "whole"
    assert ended(started(path, whole))[0] == 0
    for name, damage in DAMAGES.items():
        out = Path(shutil.copytree(whole, tmp_path / name))
        stored = [out / f"s{number}" / file for number, file in enumerate(STORED)]
        # What was observed is looked at again only where verdicts are gone too.
        for file in (*stored, out / "s1" / "verdicts.json", *(out / table for table in TABLES)):
            file.write_bytes(damage(file.read_bytes(), rng))
        status, said = ended(started(path, out))
        assert status == 0, said
        assert "Traceback" not in said
        assert contents(out) == contents(whole)


def test_scoring_again_passes_nobody_over(tmp_path: Path) -> None:
    path = slow_class(tmp_path, 3)
    out = tmp_path / "out"
    assert ended(started(path, out))[0] == 0
    before = contents(out)
    (out / "s1" / "verdicts.json").write_bytes(b"{")
    done = run("rescore", out, root=TINY)
    assert (done.returncode, "Traceback" in done.stderr) == (1, False)
    assert "s1" in done.stderr
    assert (out / "grades.csv").read_bytes() == before["grades.csv"]


def test_verdicts_are_what_was_written_or_nothing(tmp_path: Path) -> None:
    text = json.dumps({"a": 1, "b": "é"})
    whole = sealed(text).encode()
    assert json.loads(unsealed(whole)) == json.loads(text)
    for place in range(len(whole)):
        with pytest.raises(ValueError, match="not what was written"):
            unsealed(_flipped(whole, place, 1))
        with pytest.raises(ValueError, match="not what was written"):
            unsealed(whole[:place])
