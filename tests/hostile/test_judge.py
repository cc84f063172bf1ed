"""What happens to the judge's own processes and folders: no submission pays for it, and nothing is done twice."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, cast

import pytest

from graders.engine import hand, pool
from graders.engine.hand import DIED, Hand, NoPlace, Trouble
from graders.engine.pool import Work, outcomes
from graders.engine.record import Class
from graders.engine.spare import FOLDER
from graders.language import say
from graders.sandbox.layers import probe
from tests.conftest import CHECKOUT, TINY

pytestmark = pytest.mark.skipif(probe().level == "none", reason="this machine cannot isolate submissions")
# Long enough that a test can step in while one is graded.
SLOW = "import time\ntime.sleep(0.6)\ndef square(n):\n    return n * n  # {}\n"
# What tells when, or every attempt that was ever made.
TIMES = {"timing.json", "evidence.zip", "trouble.txt", "gradebook.json", "gradebook.db"}


def slow_class(folder: Path, size: int) -> Path:
    """A class of right submissions that take a while to read."""
    for number in range(size):
        (folder / "class" / f"s{number}").mkdir(parents=True)
        (folder / "class" / f"s{number}" / "tiny.py").write_text(SLOW.format(number))
    return folder / "class"


def started(path: Path, out: Path) -> subprocess.Popen[str]:
    """`grade.py` at work on a class."""
    environment = {**os.environ, "GRADERS_ROOT": str(TINY), "COLUMNS": "160"}
    command = [
        sys.executable,
        str(CHECKOUT / "grade.py"),
        str(path),
        "--assignment",
        "tiny",
        "--out",
        str(out),
        "--lang",
        "en",
        "--jobs",
        "1",
    ]
    return subprocess.Popen(command, env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def ended(process: subprocess.Popen[str]) -> tuple[int, str]:
    """The exit status, and what was said."""
    said, complained = process.communicate(timeout=120)
    return process.returncode, said + complained


def verdicts(out: Path) -> dict[str, str]:
    """What each report says of the one criterion."""
    reports = [json.loads(path.read_text()) for path in sorted(out.glob("*/report.json"))]
    return {
        one["submission"]: one["criteria"][0]["verdict"] if one["status"] == "graded" else one["reason"]
        for one in reports
    }


def contents(out: Path) -> dict[str, bytes]:
    """Every file that must be the same, run after run; what a file was before is not read by anybody."""
    return {
        path.relative_to(out).as_posix(): path.read_bytes()
        for path in out.rglob("*")
        if path.is_file() and path.name not in TIMES and path.parent.name != FOLDER
    }


def wait_for(found: Callable[[], Any], seconds: float = 40) -> Any:
    """What is found, once it is something."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if value := found():
            return value
        time.sleep(0.02)
    raise AssertionError("nothing was found in time")


def children(pid: int) -> list[int]:
    """The processes that a process started, and those that they started."""
    return [pid for one in direct(pid) for pid in (one, *children(one))]


def direct(pid: int) -> list[int]:
    """The processes that a process started."""
    try:
        return [
            int(word)
            for task in Path(f"/proc/{pid}/task").iterdir()
            for word in (task / "children").read_text().split()
        ]
    except OSError:
        return []


def command_line(pid: int) -> str:
    """How a process was started; nothing where it is gone, or a zombie."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_text()
    except OSError:
        return ""


def address_space(pid: int) -> int:
    """How many bytes a process may map; -1 for as many as there are."""
    line = next(line for line in Path(f"/proc/{pid}/limits").read_text().splitlines() if "address space" in line)
    return -1 if line.split()[3] == "unlimited" else int(line.split()[3])


def template(main: int) -> int:
    """The template process below a running command, 0 where there is none yet."""
    found = [pid for pid in children(main) if "template.py" in command_line(pid)]
    return min(found, default=0)


def below_template(main: int, generation: int) -> int:
    """The process that is a child (1), a child of a child (2)… of the template, 0 where there is none."""
    pid = template(main)
    for _ in range(generation):
        pid = max(direct(pid), default=0) if pid else 0
    return pid


def sandbox(main: int) -> int:
    """A process below the template."""
    return max(children(template(main)), default=0) if template(main) else 0


def pool_process(main: int) -> int:
    """The process of the pool that the template belongs to."""
    return int(Path(f"/proc/{template(main)}/stat").read_text().rsplit(") ", 1)[1].split()[1]) if template(main) else 0


def test_a_killed_grading_goes_on_where_it_was(tmp_path: Path) -> None:
    path = slow_class(tmp_path, 3)
    first = started(path, tmp_path / "out")
    wait_for(lambda: len(list((tmp_path / "out").glob("*/report.json"))) >= 1)
    below = children(first.pid)
    first.kill()
    first.communicate()
    wait_for(lambda: not any(command_line(pid) for pid in below))
    before = {file: file.stat().st_mtime_ns for file in (tmp_path / "out").glob("*/evidence.zip")}
    assert 1 <= len(before) < 3
    status, said = ended(started(path, tmp_path / "out"))
    assert status == 0, said
    assert said.count("unchanged") == len(before)
    assert {file: file.stat().st_mtime_ns for file in before} == before
    assert ended(started(path, tmp_path / "whole"))[0] == 0
    assert contents(tmp_path / "out") == contents(tmp_path / "whole")
    assert set(verdicts(tmp_path / "out").values()) == {"pass"}


def test_whoever_is_killed_the_class_is_graded(tmp_path: Path) -> None:
    path = slow_class(tmp_path, 4)
    grading = started(path, tmp_path / "out")
    victims = []
    wait_for(lambda: template(grading.pid))
    assert address_space(pool_process(grading.pid)) == hand.MOST_MEMORY
    wait_for(lambda: address_space(template(grading.pid)) != hand.MOST_MEMORY)
    for find in (template, sandbox, pool_process):
        victim = wait_for(lambda find=find: find(grading.pid))
        time.sleep(0.2)
        os.kill(victim, signal.SIGKILL)
        victims.append(victim)
        wait_for(lambda victim=victim: not command_line(victim))
    status, said = ended(grading)
    assert status == 0, said
    assert verdicts(tmp_path / "out") == {f"s{number}": "pass" for number in range(4)}
    assert len(set(victims)) == 3


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Callable[[str], Path]]:
    """A file system of its own, whose options can be changed."""
    folder = tmp_path / "disk"
    folder.mkdir()
    options = ["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(folder)]
    if os.geteuid() != 0 or subprocess.run(options, check=False, capture_output=True).returncode:
        pytest.skip("only root can mount a small disk")

    def change(option: str) -> Path:
        subprocess.run(["mount", "-o", f"remount,{option}", str(folder)], check=True)
        return folder

    yield change
    subprocess.run(["umount", "-l", str(folder)], check=True)


def test_a_full_disk_is_told_and_leaves_nothing_half_written(tmp_path: Path, small_disk: Callable[[str], Path]) -> None:
    path, disk = slow_class(tmp_path, 3), small_disk("size=48k")
    status, said = ended(started(path, disk / "out"))
    assert status == 1
    assert "No space left on device" in said
    assert "Traceback" not in said
    for file in disk.rglob("*.json"):
        json.loads(file.read_text())
    small_disk("size=20m")
    status, said = ended(started(path, disk / "out"))
    assert status == 0, said
    assert verdicts(disk / "out") == {f"s{number}": "pass" for number in range(3)}
    assert not list(disk.rglob("*.part"))


def test_a_disk_that_takes_nothing_is_told(tmp_path: Path, small_disk: Callable[[str], Path]) -> None:
    path, disk = slow_class(tmp_path, 1), small_disk("ro")
    status, said = ended(started(path, disk / "out"))
    assert (status, "Traceback" in said) == (1, False)
    assert "Read-only file system" in said


def test_a_folder_that_is_none_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    status, said = ended(started(slow_class(tmp_path, 1), tmp_path / "file" / "out"))
    assert (status, "Traceback" in said) == (1, False)
    assert "file" in said


def test_what_we_cannot_read_is_ungradable_and_never_a_zero(tmp_path: Path) -> None:
    path = slow_class(tmp_path, 1)
    (path / "link").symlink_to(path / "s0")
    status, said = ended(started(path, tmp_path / "out"))
    assert status == 1
    assert verdicts(tmp_path / "out") == {
        "link": "link is a link or a device, and is not followed: put the files themselves there.",
        "s0": "pass",
    }
    assert "ungradable" in json.loads((tmp_path / "out" / "link" / "report.json").read_text())["status"]
    assert "Traceback" not in said


class FakeHand:
    """A hand that gives the answers it is told to give."""

    def __init__(self, *answers: object) -> None:
        self.answers, self.work = list(answers), None
        self.pipe, self.end = os.pipe()
        os.write(self.end, b"!")

    def give(self, work: Work) -> None:
        self.work = cast("None", work)

    def answer(self, work: Work) -> object:
        self.work = None
        made = self.answers.pop(0)
        return Trouble(work, made, "") if made is DIED else made


def spread(works: list[Work], *answers: object) -> list[tuple[str, object]]:
    """What becomes of works that a hand answers so."""
    made = pool._spread([cast("Hand", FakeHand(*answers))], deque(works))
    return [(work.name, answer.reason if isinstance(answer, Trouble) else answer) for work, answer in made]


WORKS = [Work(name, Path(), Path("out", name)) for name in ("a", "b", "c")]


def test_a_submission_over_which_processes_die_is_tried_twice_and_costs_no_other() -> None:
    assert spread(WORKS, "fine", DIED, "fine", "fine") == [("a", "fine"), ("c", "fine"), ("b", "fine")]
    assert spread(WORKS, "fine", DIED, "fine", DIED) == [("a", "fine"), ("c", "fine"), ("b", DIED)]


def test_where_reports_have_no_place_nothing_goes_on() -> None:
    with pytest.raises(OSError, match="No space left on device: 'out/b'"):
        spread(WORKS, "fine", NoPlace(28))


def test_a_judge_that_does_not_come_to_an_end_costs_one_submission(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GRADERS_ROOT", str(TINY))
    monkeypatch.setattr(pool, "POLL_SECONDS", 0.2)
    path = slow_class(tmp_path, 1)
    (path / "endless").mkdir()
    (path / "endless" / "tiny.py").write_text("import time\ntime.sleep(10 ** 6)\n" + SLOW)
    settings = Class(submissions=str(path), assignment="tiny", seed=0, language="en")
    works = [Work(name, path / name, tmp_path / "out" / name) for name in ("s0", "endless")]
    made = {}
    for work, answer in outcomes(settings, probe().level, works, 1):
        made[work.name] = answer
        monkeypatch.setattr(hand, "MOST_SECONDS", 1)
    assert not isinstance(made["s0"], Trouble)
    assert isinstance(made["endless"], Trouble)
    assert made["endless"].reason == say("The judge did not come to an end.")
