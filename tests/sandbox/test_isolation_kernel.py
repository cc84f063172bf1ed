"""Processes, rights and system calls: what a hostile function gets inside, and that it gets more with the layer off."""

from __future__ import annotations

import os
import sys
from math import __file__ as a_library

import pytest
from isolated_side import TOKEN, Outside, Stage

from graders.sandbox import seccomp, syscalls

if sys.platform != "linux":
    pytest.skip("the layers are those of Linux", allow_module_level=True)

X86 = os.uname().machine == "x86_64"


def test_no_process_outside_is_seen(stage: Stage, outside: Outside) -> None:
    inside = stage.run("attacks.search_processes", TOKEN)
    assert inside.value == []
    assert [name for name in stage.value("attacks.listing", "/proc") if name.isdigit()] == ["1"]
    assert stage.run("attacks.search_processes", TOKEN, level="partial").error == "PermissionError"
    assert f"/proc/{outside.judge}/environ" in stage.value("attacks.search_processes", TOKEN, level="none")


def test_no_process_outside_can_be_reached(stage: Stage, level: str, outside: Outside) -> None:
    pids = [outside.judge, stage.about["pid"]]
    reached = stage.value("attacks.reach_processes", pids, level=level)
    assert {way: whats for way, whats in reached.items() if "done" in whats} == {}
    without = stage.value("attacks.reach_processes", pids, level="none")
    assert {"done"} == {*without["signal"], *without["handle"], *without["memory"], *without["limit"]}


def test_the_filter_keeps_other_processes_limits(stage: Stage, outside: Outside) -> None:
    if stage.root:
        pytest.skip("the slot's user may not limit root's processes anyway")
    without = stage.value("attacks.reach_processes", [outside.judge], level="partial", off=("seccomp",))
    assert {*without["limit"], *without["priority"]} == {"done"}
    assert {*without["signal"]} == {"EPERM"}


def test_a_signal_to_everybody_stays_inside(stage: Stage, level: str, outside: Outside) -> None:
    assert stage.value("attacks.signal_everybody", level=level) in ("EPERM", "ESRCH", "done")
    assert os.waitpid(outside.judge, os.WNOHANG) == (0, 0)


def test_no_program_runs_unless_allowed(stage: Stage, level: str) -> None:
    assert stage.value("attacks.run_program", ["/bin/sh", "-c", "true"], level=level) == "EPERM"
    assert stage.value("attacks.run_program", ["/bin/sh", "-c", "true"], level=level, allow_exec=True) == "done"


def test_machine_code_in_a_file_is_not_loaded(stage: Stage) -> None:
    assert stage.value("attacks.load_library", a_library) == "OSError"
    assert stage.value("attacks.load_library", a_library, level="none") == "done"


def test_no_rights_can_be_gained(stage: Stage, level: str) -> None:
    assert set(stage.value("attacks.become_root", level=level).values()) <= {"EPERM", "EINVAL", "ValueError"}


def test_no_rights_are_left(stage: Stage) -> None:
    status = stage.value("attacks.status")
    zero = "0" * 16
    assert [status[f"Cap{which}"] for which in ("Inh", "Prm", "Eff", "Bnd", "Amb")] == [zero] * 5
    assert (status["NoNewPrivs"], status["Seccomp"]) == ("1", "2")
    user = "60583" if stage.root else "1000"
    assert stage.value("attacks.status", slot=5)["Uid"].split() == [user] * 4
    assert status["Groups"] == "" or not stage.root


def test_mounts_and_namespaces_cannot_be_changed(stage: Stage, level: str) -> None:
    assert set(stage.value("attacks.mount", "/tmp", level=level).values()) == {"EPERM"}
    assert stage.value("attacks.clone_into_namespaces", syscalls.number("clone"), level=level) == "EPERM"


def test_only_the_filter_refuses_new_namespaces(stage: Stage) -> None:
    without = stage.value("attacks.mount", "/tmp", off=("seccomp",))
    assert without["namespaces"] == "done"
    assert {without["memory"], without["writable"]} <= {"EPERM", "EACCES"}
    assert stage.value("attacks.clone_into_namespaces", syscalls.number("clone"), off=("seccomp",)) == "done"


def test_every_refused_call_is_refused(stage: Stage, level: str) -> None:
    groups = [seccomp.LOOK_INTO_OTHERS, seccomp.CHANGE_WHAT_IS_MOUNTED, seccomp.CHANGE_THE_MACHINE,
              seccomp.LARGE_AND_UNUSED, seccomp.PROGRAMS]  # fmt: skip
    groups += [seccomp.SHARED_MACHINE] if level == "partial" else []
    refused = {name: number for name in " ".join(groups).split() if (number := syscalls.number(name)) is not None}
    absent = {name: syscalls.number(name) for name in (*seccomp.MEMORY_NOBODY_COUNTS.split(), "clone3")}
    absent |= {f"newer {number}": number for number in range(syscalls.NEWEST + 1, syscalls.NEWEST + 40)}
    assert set(stage.value("attacks.system_calls", refused, level=level).values()) == {"EPERM"}
    assert set(stage.value("attacks.system_calls", absent, level=level).values()) == {"ENOSYS"}


def test_the_kernel_would_answer_without_the_filter(stage: Stage) -> None:
    names = "keyctl io_uring_setup memfd_create clone3 name_to_handle_at get_mempolicy kcmp semget"
    numbers = {name: syscalls.number(name) for name in names.split()}
    assert {"EPERM", "ENOSYS"}.isdisjoint(stage.value("attacks.system_calls", numbers, off=("seccomp",)).values())


def test_the_terminal_cannot_be_typed_into(stage: Stage, level: str) -> None:
    assert stage.value("attacks.type_into_terminal", level=level) == "EPERM"
    assert stage.value("attacks.type_into_terminal", level=level, off=("seccomp",)) in ("ENOTTY", "EACCES")


@pytest.mark.skipif(not X86, reason="other instruction sets of this machine")
@pytest.mark.parametrize(("code", "other"), [("b814000000cd80c3", "i386"), ("b8270000400f05c3", "x32")])
def test_calls_of_another_instruction_set_end_the_process(stage: Stage, level: str, code: str, other: str) -> None:
    assert stage.run("attacks.machine_code", code, level=level).status == -31
    if stage.run("attacks.machine_code", code, level="none").status != -31:
        assert stage.run("attacks.machine_code", code, level=level, off=("seccomp",)).status != -31


def test_only_the_announced_descriptors_are_open(stage: Stage, level: str) -> None:
    assert stage.value("attacks.descriptors", level=level) == [0, 1, 2, 3]


def test_what_is_refused_is_found_by_trying_and_named(stage: Stage, level: str) -> None:
    found, has_namespaces, has_seccomp, reasons = stage.value("attacks.look_for_layers", level=level)
    assert (found, has_namespaces, has_seccomp) == ("none", False, False)
    assert any(reason.startswith("namespaces: ") and "unshare" in reason for reason in reasons)
    assert any(reason.startswith("seccomp: ") for reason in reasons)
