"""What a submission may use, and how it ends: everything it started ends with it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

import pytest
from isolated_side import LIMITS, MIB, Stage

from graders.sandbox import cgroup


def test_processes_are_limited(stage: Stage, level: str) -> None:
    bomb = stage.run("floods.fork_bomb", level=level)
    threads = stage.value("floods.thread_bomb", level=level)
    assert bomb.gone
    if stage.root or level == "full":
        # One more or less: the process that starts the sandbox may have ended, and counts no longer.
        assert {bomb.value, threads} <= {LIMITS["processes"] - 2, LIMITS["processes"] - 1}
    # Where the user's other processes count, they come and go.
    assert max(bomb.value, threads) < LIMITS["processes"] + 10
    assert stage.run("floods.fork_bomb", off=("rlimits",)).value == 60


def test_memory_is_limited(stage: Stage, level: str) -> None:
    assert stage.value("floods.allocate", 10 * 2**30, level=level) == "MemoryError"
    assert stage.value("floods.allocate", 128 * MIB, level=level) == "done"
    assert stage.value("floods.allocate", 300 * MIB, level=level, off=("rlimits",)) == "done"


def test_no_memory_escapes_the_limit_in_unnamed_files(stage: Stage, level: str) -> None:
    assert set(stage.value("floods.anonymous_files", level=level).values()) == {"ENOSYS"}
    assert set(stage.value("floods.anonymous_files", level=level, off=("seccomp",)).values()) == {"done"}


@pytest.mark.parametrize("folder", ["/work", "/tmp", "/dev/shm"])
def test_the_disk_is_limited(stage: Stage, folder: str) -> None:
    written, ended = stage.value("floods.fill", folder, 1 << 30)
    assert ended == "ENOSPC"
    assert 0 < written <= LIMITS["disk_bytes"]


def test_the_number_of_files_is_limited(stage: Stage) -> None:
    made, ended = stage.value("floods.many_files", "/work", 50_000)
    assert ended == "ENOSPC"
    assert made <= 20_000


def test_one_file_is_limited(stage: Stage, level: str) -> None:
    assert stage.value("floods.one_file", LIMITS["file_bytes"] + 1, level=level) == "EFBIG"
    assert stage.value("floods.one_file", LIMITS["file_bytes"] - 1, level=level) == "done"


def test_computing_time_is_limited_also_for_the_first_process_of_a_namespace(stage: Stage) -> None:
    outcome = stage.run("floods.busy", limits={**LIMITS, "cpu_seconds": 1})
    assert outcome.status == -signal.SIGXCPU


def test_what_is_left_behind_dies_with_the_submission(stage: Stage, level: str) -> None:
    left = stage.run("floods.leave_daemon", level=level)
    assert (left.value, left.gone) == ("left", True)
    assert not stage.run("floods.leave_daemon", level="none", patience=0.3).gone


@pytest.mark.parametrize("undo", [False, True])
@pytest.mark.parametrize("victim", ["first", "keeper", "template"])
def test_killing_one_of_the_three_ends_everything(stage: Stage, level: str, victim: str, undo: bool) -> None:
    if (level, victim) == ("partial", "keeper"):
        pytest.skip("without a pid namespace only the keeper can sweep: the judge kills the announced process")
    assert stage.run("floods.stay", undo, level=level, kill=victim).gone


def test_a_submission_could_outlive_its_keeper_without_the_tie(stage: Stage) -> None:
    assert not stage.run("floods.stay", False, kill="keeper", off=("ties",), patience=0.3).gone
    assert not stage.run("floods.stay", True, kill="keeper", off=("seccomp",), patience=0.3).gone


def test_the_keeper_ends_as_the_submission_ends(stage: Stage, level: str) -> None:
    assert stage.run("floods.leave", 7, level=level).status == 7
    assert stage.run("floods.crash", level=level).status == -11


def test_only_a_group_adds_up_the_memory_of_many_processes(stage: Stage) -> None:
    assert stage.value("floods.swarm", 6, 60 * MIB) == 6
    group = cgroup.create(f"swarm-{os.getpid()}", 200 * MIB, 64) if stage.root else cgroup.Group()
    if not group.folders:
        pytest.skip("no group can be made here")
    swarm = stage.run("floods.swarm", 6, 60 * MIB, group=group.folders)
    assert swarm.gone
    assert swarm.value != 6
    assert cgroup.killed_for_memory(group)
    cgroup.remove(group)


def test_a_group_tells_that_it_killed_and_can_be_removed() -> None:
    group = cgroup.create(f"test-{os.getpid()}", 64 * MIB, 16)
    if not group.folders:
        pytest.skip("no group can be made here")
    child = subprocess.Popen([sys.executable, "-c", "input(); bytearray(200 << 20)"], stdin=subprocess.PIPE)
    assert not cgroup.killed_for_memory(group)
    cgroup.attach(group, child.pid)
    child.communicate(b"\n")
    assert child.returncode == -9
    assert cgroup.killed_for_memory(group)
    cgroup.remove(group)
    assert not any(os.path.exists(folder) for folder in group.folders)
