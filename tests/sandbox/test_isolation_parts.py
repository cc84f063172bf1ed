"""The parts of the layers that need no sandbox: tables, filters, paths, counting."""

from __future__ import annotations

import errno
import os
import re
import struct
import sys
import threading
from pathlib import Path

import pytest

from graders.sandbox import bpf, cgroup, layers, rlimits, seccomp, syscalls, trees
from graders.sandbox.isolation import Isolation


def test_an_editable_install_does_not_bring_its_checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])
    assert not any(trees.shows(tree, str(tmp_path)) for tree in trees.interpreter_trees())


def test_without_groups_nothing_happens(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(cgroup, "OURS", str(tmp_path / "nothing"))
    group = cgroup.create("test", 64 << 20, 16)
    cgroup.attach(group, os.getpid())
    assert not cgroup.killed_for_memory(group)
    cgroup.remove(group)


def test_another_system_has_no_layers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    found = layers.probe()
    assert found.level == "none"
    assert "darwin" in found.reasons[0]


@pytest.mark.parametrize(("found", "expected"), [
    (layers.Layers(namespaces=True, seccomp=True), "full"), (layers.Layers(namespaces=True, landlock=7), "none"),
    (layers.Layers(landlock=6, seccomp=True, readable=True), "partial"),
    (layers.Layers(landlock=5, seccomp=True, readable=True), "none"), (layers.Layers(landlock=7, seccomp=True), "none"),
])  # fmt: skip
def test_the_level_is_the_best_that_can_be_promised(found: layers.Layers, expected: str) -> None:
    assert found.level == expected


@pytest.mark.parametrize("wrong", [{"slot": 606}, {"slot": -1}, {"work": "/"}, {"work": "work"}, {"work": "/a/../b"}])
def test_a_wrong_order_is_refused(wrong: dict) -> None:
    with pytest.raises(ValueError, match=r"slot|work"):
        Isolation(level="full", trees=(), **wrong)


@pytest.mark.parametrize(("place", "header"), [
    (0, "/usr/include/x86_64-linux-gnu/asm/unistd_64.h"), (1, "/usr/include/asm-generic/unistd.h"),
])  # fmt: skip
def test_the_numbers_are_those_of_the_kernels_headers(place: int, header: str) -> None:
    if not Path(header).exists():
        pytest.skip("the kernel's headers are not installed")
    found = re.findall(r"#define __NR(?:3264)?_(\w+)\s+(\d+)\n", Path(header).read_text())
    known = {name: int(number) for name, number in found}
    ours = {name: pair[place] for name, pair in syscalls.NUMBERS.items() if pair[place] is not None}
    assert {name: number for name, number in ours.items() if known.get(name, number) != number} == {}
    assert len(ours.keys() & known.keys()) > 100


@pytest.mark.parametrize("machine", syscalls.MACHINES)
@pytest.mark.parametrize("shared", [False, True])
def test_a_filter_fits_and_every_jump_lands(machine: str, shared: bool) -> None:
    program = seccomp.program(machine, allow_exec=False, shared=shared)
    count = len(program) // 8
    assert count < 4096
    for place in range(count):
        code, yes, no = program[8 * place], program[8 * place + 2], program[8 * place + 3]
        assert code & 7 != 5 or place + 1 + max(yes, no) < count


def test_links_on_the_way_to_a_tree_are_kept(tmp_path: Path) -> None:
    (tmp_path / "real" / "lib").mkdir(parents=True)
    (tmp_path / "link").symlink_to("real")
    (tmp_path / "real" / "lib64").symlink_to("lib")
    shown = trees.layout([f"{tmp_path}/link/lib", f"{tmp_path}/link/lib64", f"{tmp_path}/real/lib/"])
    assert shown.real == (f"{tmp_path}/real/lib",)
    assert shown.links == {f"{tmp_path}/link": "real", f"{tmp_path}/real/lib64": "lib"}


def test_links_in_a_circle_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to("b")
    (tmp_path / "b").symlink_to("a")
    with pytest.raises(OSError, match="too many"):
        trees.layout([f"{tmp_path}/a"])


def test_threads_of_a_user_are_counted() -> None:
    before, stop = rlimits.running(os.getuid()), threading.Event()
    thread = threading.Thread(target=stop.wait)
    thread.start()
    after = rlimits.running(os.getuid())
    stop.set()
    thread.join()
    assert before >= 1
    assert after >= 2


def decide(program: bytes, data: bytes) -> int:
    """What the kernel would answer: a small machine for classic BPF."""
    accumulator = place = 0
    while True:
        code, yes, no, value = struct.unpack_from("=HBBI", program, 8 * place)
        place += 1
        if code == 0x06:
            return int(value)
        if code == 0x20:
            accumulator = struct.unpack_from("=I", data, value)[0]
        elif code == 0x54:
            accumulator &= value
        else:
            tests = {0x15: accumulator == value, 0x25: accumulator > value, 0x35: accumulator >= value,
                     0x45: bool(accumulator & value)}  # fmt: skip
            place += yes if tests[code] else no


@pytest.mark.parametrize("machine", syscalls.MACHINES)
@pytest.mark.parametrize(("name", "arguments", "expected"), [
    ("execve", (0, 0), errno.EPERM), ("ptrace", (0, 0), errno.EPERM), ("clone3", (0, 0), errno.ENOSYS),
    ("clone", (0x01200011, 0), None), ("clone", (0x10000011, 0), errno.EPERM), ("clone", (0x8011, 0), errno.EPERM),
    ("socket", (1, 1), None), ("socket", (2, 1), errno.EPERM), ("ioctl", (0, 0x5412), errno.EPERM),
    ("ioctl", (0, 0x5401), None), ("prctl", (1, 0), 0), ("prctl", (15, 0), None), ("prlimit64", (0, 7), None),
    ("prlimit64", (4711, 7), errno.EPERM), ("mknodat", (0, 0, 0o10644), None),
    ("mknodat", (0, 0, 0o60644), errno.EPERM), ("chmod", (0, 0), None), ("setsid", (), None),
])  # fmt: skip
def test_both_machines_decide_alike(machine: str, name: str, arguments: tuple[int, ...], expected: int | None) -> None:
    number = syscalls.NUMBERS[name][syscalls.MACHINES.index(machine)]
    if number is None:
        pytest.skip(f"{machine} never had {name}")
    program = seccomp.program(machine, allow_exec=False, shared=False)
    words = (*arguments, *[0] * (6 - len(arguments)))
    answer = decide(program, struct.pack("=IIQ6Q", number, bpf.ARCHITECTURES[machine], 0, *words))
    assert answer == (0x7FFF0000 if expected is None else 0x00050000 | expected)
    stranger = decide(program, struct.pack("=IIQ6Q", number, 0x40000003, 0, *words))
    assert stranger == 0x80000000


@pytest.mark.parametrize("machine", syscalls.MACHINES)
@pytest.mark.parametrize(("name", "arguments", "refused"), [
    ("kill", (7, 9), True), ("kill", (0, 9), True), ("kill", (2**32 - 1, 9), True), ("kill", (2**32 - 7, 9), True),
    ("kill", (8, 9), False), ("kill", (7, 15), False), ("kill", (0, 15), False), ("tgkill", (7, 7, 9), True),
    ("tgkill", (7, 7, 34), False), ("tkill", (8, 9), True), ("pidfd_send_signal", (3, 9), True), ("socket", (1, 1), False),
])  # fmt: skip
def test_a_probe_process_cannot_kill_itself(machine: str, name: str, arguments: tuple[int, ...], refused: bool) -> None:
    number = syscalls.NUMBERS[name][syscalls.MACHINES.index(machine)]
    words = (*arguments, *[0] * (6 - len(arguments)))
    program = seccomp.survival(machine, 7)
    answer = decide(program, struct.pack("=IIQ6Q", number, bpf.ARCHITECTURES[machine], 0, *words))
    assert answer == (0x00050000 | errno.EPERM if refused else 0x7FFF0000)


def test_a_delegated_group_of_version_two_gets_its_limits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ours, mounts = tmp_path / "cgroup", tmp_path / "mountinfo"
    point = tmp_path / "fs"
    (point / "slice" / "judge").mkdir(parents=True)
    (point / "slice" / "cgroup.procs").touch()
    (point / "slice" / "cgroup.subtree_control").touch()
    ours.write_text("0::/user/slice/judge\n")
    mounts.write_text(f"30 24 0:26 /user {point} rw,nosuid - cgroup2 cgroup2 rw\n")
    monkeypatch.setattr(cgroup, "OURS", str(ours))
    monkeypatch.setattr(cgroup, "MOUNTS", str(mounts))
    monkeypatch.setattr(cgroup, "PATIENCE", 0.0)
    make = os.mkdir
    monkeypatch.setattr(os, "mkdir", lambda folder: _fill(Path(folder), make(folder)))
    group = cgroup.create("student", 64 << 20, 16)
    folder = point / "slice" / "student"
    assert group.folders == (str(folder),)
    cgroup.attach(group, 4711)
    assert (folder / "cgroup.procs").read_text() == "4711"
    assert (folder / "memory.max").read_text() == str(64 << 20)
    assert [(folder / name).read_text() for name in ("pids.max", "memory.swap.max")] == ["16", "0"]
    assert (point / "slice" / "cgroup.subtree_control").read_text() == "+memory +pids"
    assert not cgroup.killed_for_memory(group)
    (folder / "memory.events").write_text("oom 1\noom_kill 1\n")
    assert cgroup.killed_for_memory(group)
    cgroup.remove(group)
    assert (folder / "cgroup.kill").read_text() == "1"


def _fill(folder: Path, _: None) -> None:
    """Make what the kernel makes in a new group."""
    for name in ("cgroup.procs", "cgroup.kill", "pids.max", "memory.max", "memory.swap.max", "memory.events"):
        (folder / name).touch()
