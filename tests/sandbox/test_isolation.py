"""The layers, one attack at a time: what a hostile function gets inside, and that it got more with the layer off.

Every test runs as whoever runs the tests; root also runs them as an ordinary user. "none" is a sandbox without any layer.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

if sys.platform != "linux":
    pytest.skip("the layers are those of Linux", allow_module_level=True)

from graders.sandbox import cgroup, layers, rlimits, seccomp, syscalls, trees
from graders.sandbox.isolation import Isolation

HERE, CHECKOUT = Path(__file__).parent, Path(__file__).parents[2]
ORDINARY = 12345
WARM = ("numpy", "torch", "torch.utils.data", "torch._dynamo", "matplotlib.pyplot")
TOKEN = "a-token-that-only-the-judge-has"
MIB = 2**20
LIMITS = {"processes": 20, "disk_bytes": 32 * MIB, "file_bytes": 16 * MIB, "memory_bytes": 256 * MIB, "cpu_seconds": 60}
X86 = os.uname().machine == "x86_64"


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

    def __init__(self, user: int) -> None:
        """Start it, as another user if not 0."""
        one_thread = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
        self.folder = Path(tempfile.mkdtemp(dir="/var/tmp", prefix="isolation-"))
        self.folder.chmod(0o755)
        command = [sys.executable, "-I", str(HERE / "isolated_stage.py"), str(user), *WARM]
        environment = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "USER": "student", "HOME": "/tmp", **one_thread,
                       "MPLCONFIGDIR": str(self.folder / "matplotlib"), "JOBLIB_MULTIPROCESSING": "0"}  # fmt: skip
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment, cwd="/")
        self.about = self._answer()
        self.user, self.root = user, os.geteuid() == 0 and not user

    def _answer(self) -> dict:
        assert self.process.stdout
        return json.loads(self.process.stdout.readline())

    def run(self, function: str, *arguments: object, level: str = "full", off: tuple[str, ...] = (), kill: str = "",
            patience: float = 5, **spec: object) -> Outcome:  # fmt: skip
        """What one function did in a sandbox."""
        if level != "full":
            work = Path(tempfile.mkdtemp(dir=self.folder))
            work.chmod(0o777)
            spec = {"work": str(work), **spec}
        spec = {"limits": LIMITS, "level": level, **spec}
        order = {"function": function, "arguments": arguments, "spec": spec, "off": off, "kill": kill,
                 "patience": patience}  # fmt: skip
        assert self.process.stdin
        self.process.stdin.write(json.dumps(order) + "\n")
        self.process.stdin.flush()
        return Outcome(**self._answer())

    def value(self, function: str, *arguments: object, **how: object) -> object:
        """What a function returned that must work."""
        outcome = self.run(function, *arguments, **how)  # type: ignore[arg-type]
        assert not (outcome.error or outcome.refused), f"{outcome.error}: {outcome.message}{outcome.refused}"
        return outcome.value

    def close(self) -> None:
        """End it."""
        assert self.process.stdin and self.process.stdout
        self.process.stdin.close()
        self.process.stdout.close()
        self.process.wait(10)
        shutil.rmtree(self.folder)


@pytest.fixture(scope="module", params=["as root", "as an ordinary user"] if os.geteuid() == 0 else ["as we are"])
def stage(request: pytest.FixtureRequest) -> Iterator[Stage]:
    made = Stage(ORDINARY if request.param == "as an ordinary user" else 0)
    if made.about["level"] != "full":
        pytest.skip(f"no full isolation here: {made.about['reasons']}")
    yield made
    made.close()


@pytest.fixture(params=["full", "partial"])
def level(request: pytest.FixtureRequest, stage: Stage) -> str:
    if request.param == "partial" and stage.about["landlock"] < 6:
        pytest.skip("Landlock of this kernel cannot stand alone")
    return str(request.param)


@dataclass
class Outside:
    """What an attack looks for: nothing but the sandbox protects it."""

    folder: Path
    secret: Path
    judge: int
    port: int
    socket: str
    name: str
    listeners: list[socket.socket] = field(default_factory=list)


@pytest.fixture
def outside(stage: Stage) -> Iterator[Outside]:
    folder = Path(tempfile.mkdtemp(dir="/var/tmp", prefix="outside-"))
    folder.chmod(0o777)
    secret = folder / "secret"
    secret.write_text(TOKEN)
    secret.chmod(0o666)
    who = {"user": stage.user, "group": stage.user, "extra_groups": ()} if stage.user else {}
    judge = subprocess.Popen(["/bin/sleep", "60"], env={"JUDGE_TOKEN": TOKEN}, **who)
    listeners = [socket.create_server(("127.0.0.1", 0)), *(socket.socket(socket.AF_UNIX) for _ in range(2)),
                 socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)]  # fmt: skip
    name = f"listener-{os.getpid()}"
    for listener, address in zip(listeners[1:3], (str(folder / "socket"), f"\0{name}"), strict=True):
        listener.bind(address)
        listener.listen()
    (folder / "socket").chmod(0o777)
    yield Outside(folder, secret, judge.pid, listeners[0].getsockname()[1], str(folder / "socket"), name)
    for listener in listeners:
        listener.close()
    judge.kill()
    judge.wait()
    shutil.rmtree(folder)


def test_nothing_outside_can_be_read(stage: Stage, level: str, outside: Outside) -> None:
    paths = [str(outside.secret), str(outside.folder), str(CHECKOUT / "pyproject.toml"), str(CHECKOUT / "graders"),
             "/etc/shadow", "/etc/passwd-", "/home", "/root/.bashrc", "/var", "/sys", "/run", "/proc/1/root/etc/shadow",
             f"/proc/{outside.judge}/environ", f"/proc/{outside.judge}/root"]  # fmt: skip
    seen = stage.value("attacks.read", paths, level=level)
    assert {path for path, what in seen.items() if what == "done"} == set()
    without = stage.value("attacks.read", paths, level="none")
    assert without[str(outside.secret)] == without[str(CHECKOUT / "pyproject.toml")] == "done"


def test_landlock_alone_hides_files_where_there_are_no_namespaces(stage: Stage, outside: Outside) -> None:
    path = str(outside.secret)
    assert stage.value("attacks.read", [path], level="partial") == {path: "EACCES"}
    assert stage.value("attacks.read", [path], level="partial", off=("landlock",)) == {path: "done"}


def test_the_root_holds_nothing_but_trees(stage: Stage) -> None:
    known = {"bin", "dev", "etc", "lib", "lib32", "lib64", "libx32", "proc", "sbin", "tmp", "usr", "work"}
    prefixes = {Path(prefix).parts[1] for prefix in (sys.prefix, sys.base_prefix)}
    assert set(stage.value("attacks.listing", "/")) <= known | prefixes
    assert set(stage.value("attacks.listing", "/dev")) == {
        "fd", "full", "null", "random", "shm", "stderr", "stdin", "stdout", "urandom", "zero"}  # fmt: skip
    assert set(stage.value("attacks.listing", "/etc")) <= {"alternatives", "fonts", "group", "hosts", "ld.so.cache", "passwd"}
    assert stage.value("attacks.listing", "/tmp") == []


def test_the_checkout_is_not_shown_although_the_interpreter_lies_in_it(stage: Stage, tmp_path: Path) -> None:
    below = Path(sys.prefix).relative_to(CHECKOUT).parts[:1] if Path(sys.prefix).is_relative_to(CHECKOUT) else ()
    seen = stage.value("attacks.read", [str(CHECKOUT)])
    assert seen == {str(CHECKOUT): "done" if below else "ENOENT"}
    if below:
        assert stage.value("attacks.listing", str(CHECKOUT)) == list(below)
    with pytest.raises(ValueError, match="would show"):
        Isolation(level="full", trees=(str(CHECKOUT),), secrets=(str(CHECKOUT / "reference"),))


def test_an_editable_install_does_not_bring_its_checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])
    assert not any(trees.shows(tree, str(tmp_path)) for tree in trees.interpreter_trees())


def test_no_process_outside_is_seen(stage: Stage, outside: Outside) -> None:
    inside = stage.run("attacks.search_processes", TOKEN)
    assert inside.value == []
    assert [name for name in stage.value("attacks.listing", "/proc") if name.isdigit()] == ["1"]
    assert stage.run("attacks.search_processes", TOKEN, level="partial").error == "PermissionError"
    assert f"/proc/{outside.judge}/environ" in stage.value("attacks.search_processes", TOKEN, level="none")


def test_nothing_outside_can_be_changed(stage: Stage, level: str, outside: Outside) -> None:
    before = outside.secret.stat()
    tried = stage.value("attacks.touch_outside", str(outside.secret), str(outside.folder), level=level)
    # Without namespaces, setting mode and times is pretended.
    pretended = {"mode", "times"} if level == "partial" else set()
    assert {way for way, what in tried.items() if what == "done"} == pretended
    assert outside.secret.stat() == before
    assert sorted(os.listdir(outside.folder)) == ["secret", "socket"]


@pytest.mark.parametrize("way", ["write", "make", "make folder", "make link"])
def test_without_layers_it_can_be_changed(stage: Stage, outside: Outside, way: str) -> None:
    tried = stage.value("attacks.touch_outside", str(outside.secret), str(outside.folder), level="none")
    assert tried[way] == "done"


def test_mode_times_and_attributes_outside_are_kept_by_the_filter(stage: Stage, outside: Outside) -> None:
    owner = trees_owner = ORDINARY if stage.user else 60_578 if stage.root else os.getuid()
    if os.geteuid() == 0:
        os.chown(outside.secret, owner, trees_owner)
    before = outside.secret.stat()
    stage.value("attacks.touch_outside", str(outside.secret), str(outside.folder), level="partial")
    assert outside.secret.stat() == before
    stage.value("attacks.touch_outside", str(outside.secret), str(outside.folder), level="partial", off=("seccomp",))
    assert outside.secret.stat().st_mtime == 1


def test_the_trees_cannot_be_changed(stage: Stage, level: str) -> None:
    code = os.__file__
    tried = stage.value("attacks.touch_outside", code, os.path.dirname(code), level=level)
    assert {way for way, what in tried.items() if what == "done"} <= ({"mode", "times"} if level == "partial" else set())
    assert "changed" not in Path(code).read_text()[:100]


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
    assert without["limit"] == without["priority"] == ["done"]
    assert without["signal"] == ["EPERM"]


def test_a_signal_to_everybody_stays_inside(stage: Stage, level: str, outside: Outside) -> None:
    assert stage.value("attacks.signal_everybody", level=level) in ("EPERM", "ESRCH", "done")
    assert os.waitpid(outside.judge, os.WNOHANG) == (0, 0)


def test_sockets_are_local_only(stage: Stage) -> None:
    assert stage.value("attacks.socket_families") == [socket.AF_UNIX]
    assert stage.value("attacks.socket_families", level="partial") == []
    assert {socket.AF_INET, socket.AF_NETLINK} <= set(stage.value("attacks.socket_families", off=("seccomp",)))


def test_nobody_outside_can_be_called(stage: Stage, level: str, outside: Outside) -> None:
    where = (outside.port, outside.socket, outside.name)
    assert "done" not in stage.value("attacks.connect", *where, level=level).values()
    without = stage.value("attacks.connect", *where, level="none")
    assert without["port"] == without["path"] == without["name"] == "done"


def test_the_filter_keeps_sockets_with_a_path_from_being_called(stage: Stage, outside: Outside) -> None:
    without = stage.value("attacks.connect", outside.port, outside.socket, outside.name, level="partial", off=("seccomp",))
    assert without["path"] == "done"
    assert without["port"] == "EACCES"
    assert without["name"] == "EPERM"


def test_the_network_namespace_leads_nowhere_without_the_filter(stage: Stage, outside: Outside) -> None:
    without = stage.value("attacks.connect", outside.port, outside.socket, outside.name, off=("seccomp", "landlock"))
    assert without["port"] == "ENETUNREACH"
    assert "done" not in without.values()


def test_no_program_runs_unless_allowed(stage: Stage, level: str) -> None:
    assert stage.value("attacks.run_program", ["/bin/sh", "-c", "true"], level=level) == "EPERM"
    assert stage.value("attacks.run_program", ["/bin/sh", "-c", "true"], level=level, allow_exec=True) == "done"


def test_machine_code_in_a_file_is_not_loaded(stage: Stage) -> None:
    from math import __file__ as library

    assert stage.value("attacks.load_library", library) == "OSError"
    assert stage.value("attacks.load_library", library, level="none") == "done"


def test_no_rights_can_be_gained(stage: Stage, level: str) -> None:
    assert set(stage.value("attacks.become_root", level=level).values()) <= {"EPERM", "EINVAL", "ValueError"}


def test_no_rights_are_left(stage: Stage) -> None:
    status = stage.value("attacks.status")
    zero = "0" * 16
    assert [status[f"Cap{which}"] for which in ("Inh", "Prm", "Eff", "Bnd", "Amb")] == [zero] * 5
    assert (status["NoNewPrivs"], status["Seccomp"]) == ("1", "2")
    user = "60579" if stage.root else "1000"
    assert stage.value("attacks.status", slot=1)["Uid"].split() == [user] * 4
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
    always = (seccomp.LOOK_INTO_OTHERS, seccomp.CHANGE_WHAT_IS_MOUNTED, seccomp.CHANGE_THE_MACHINE,
              seccomp.LARGE_AND_UNUSED, seccomp.PROGRAMS, seccomp.SHARED_MACHINE if level == "partial" else "")  # fmt: skip
    refused = {name: number for name in " ".join(always).split() if (number := syscalls.number(name)) is not None}
    absent = {name: syscalls.number(name) for name in (*seccomp.MEMORY_NOBODY_COUNTS.split(), "clone3")}
    absent |= {f"newer {number}": number for number in range(syscalls.NEWEST + 1, syscalls.NEWEST + 40)}
    assert set(stage.value("attacks.system_calls", refused, level=level).values()) == {"EPERM"}
    assert set(stage.value("attacks.system_calls", absent, level=level).values()) == {"ENOSYS"}


def test_the_kernel_would_answer_without_the_filter(stage: Stage) -> None:
    names = ("keyctl", "io_uring_setup", "memfd_create", "clone3", "name_to_handle_at", "get_mempolicy", "kcmp", "semget")
    numbers = {name: syscalls.number(name) for name in names}
    assert {"EPERM", "ENOSYS"}.isdisjoint(stage.value("attacks.system_calls", numbers, off=("seccomp",)).values())


def test_the_terminal_cannot_be_typed_into(stage: Stage, level: str) -> None:
    assert stage.value("attacks.type_into_terminal", level=level) == "EPERM"
    assert stage.value("attacks.type_into_terminal", level=level, off=("seccomp",)) in ("ENOTTY", "EACCES")


@pytest.mark.skipif(not X86, reason="other instruction sets of this machine")
@pytest.mark.parametrize(("code", "other"), [("b814000000cd80c3", "i386"), ("b8270000400f05c3", "x32")])
def test_calls_of_another_instruction_set_end_the_process(stage: Stage, level: str, code: str, other: str) -> None:
    assert stage.run("attacks.machine_code", code, level=level).status == 128 + 31
    assert stage.run("attacks.machine_code", code, level=level, off=("seccomp",)).status != 128 + 31


def test_only_the_announced_descriptors_are_open(stage: Stage, level: str) -> None:
    assert stage.value("attacks.descriptors", level=level) == [0, 1, 2, 3]


def test_processes_are_limited(stage: Stage, level: str) -> None:
    bomb = stage.run("attacks.fork_bomb", level=level)
    slack = 0 if stage.root or level == "full" else 5
    assert abs(bomb.value - (LIMITS["processes"] - 2)) <= slack
    assert bomb.gone
    assert abs(stage.value("attacks.thread_bomb", level=level) - (LIMITS["processes"] - 2)) <= slack
    assert stage.run("attacks.fork_bomb", off=("rlimits",)).value == 60


def test_memory_is_limited(stage: Stage, level: str) -> None:
    assert stage.value("attacks.allocate", 10 * 2**30, level=level) == "MemoryError"
    assert stage.value("attacks.allocate", 128 * MIB, level=level) == "done"
    assert stage.value("attacks.allocate", 300 * MIB, level=level, off=("rlimits",)) == "done"


def test_no_memory_escapes_the_limit_in_unnamed_files(stage: Stage, level: str) -> None:
    assert set(stage.value("attacks.anonymous_files", level=level).values()) == {"ENOSYS"}
    assert set(stage.value("attacks.anonymous_files", level=level, off=("seccomp",)).values()) == {"done"}


@pytest.mark.parametrize("folder", ["/work", "/tmp", "/dev/shm"])
def test_the_disk_is_limited(stage: Stage, folder: str) -> None:
    written, ended = stage.value("attacks.fill", folder, 1 << 30)
    assert ended == "ENOSPC"
    assert 0 < written <= LIMITS["disk_bytes"]


def test_the_number_of_files_is_limited(stage: Stage) -> None:
    made, ended = stage.value("attacks.many_files", "/work", 50_000)
    assert ended == "ENOSPC"
    assert made <= 20_000


def test_one_file_is_limited(stage: Stage, level: str) -> None:
    assert stage.value("attacks.one_file", LIMITS["file_bytes"] + 1, level=level) == "EFBIG"
    assert stage.value("attacks.one_file", LIMITS["file_bytes"] - 1, level=level) == "done"


def test_computing_time_is_limited_also_for_the_first_process_of_a_namespace(stage: Stage) -> None:
    outcome = stage.run("attacks.busy", limits={**LIMITS, "cpu_seconds": 1})
    assert outcome.status == 128 + 9


def test_what_is_left_behind_dies_with_the_submission(stage: Stage, level: str) -> None:
    left = stage.run("attacks.leave_daemon", level=level)
    assert (left.value, left.gone) == ("left", True)
    assert not stage.run("attacks.leave_daemon", level="none", patience=0.3).gone


@pytest.mark.parametrize("undo", [False, True])
@pytest.mark.parametrize("victim", ["first", "keeper"])
def test_killing_one_of_the_two_ends_everything(stage: Stage, level: str, victim: str, undo: bool) -> None:
    if (level, victim) == ("partial", "keeper"):
        pytest.skip("without a pid namespace only the keeper can sweep: the judge kills the announced process")
    assert stage.run("attacks.stay", undo, level=level, kill=victim).gone


def test_a_submission_could_outlive_its_keeper_without_the_tie(stage: Stage) -> None:
    assert not stage.run("attacks.stay", False, kill="keeper", off=("ties",), patience=0.3).gone
    assert not stage.run("attacks.stay", True, kill="keeper", off=("seccomp",), patience=0.3).gone


def test_the_keeper_ends_as_the_submission_ends(stage: Stage, level: str) -> None:
    assert stage.run("attacks.leave", 7, level=level).status == 7
    assert stage.run("attacks.crash", level=level).status == 128 + 11


def test_a_sandbox_that_cannot_be_built_is_refused_with_the_call_and_the_path(stage: Stage, level: str) -> None:
    refused = stage.run("honest.given", level=level, trees=["/usr/lib", "/nowhere"]).refused
    assert "/nowhere" in refused


@pytest.mark.parametrize(("function", "arguments", "expected"), [
    ("pool", (), [0, 1, 4, 9, 16]), ("executors", (), [0, 1, 4, 0, 1, 4]), ("queue", (), [0, 1, 2]),
    ("loader", (2,), 2016.0), ("temporary", (None,), True), ("shared_memory", (), 7),
])  # fmt: skip
def test_honest_code_that_shares_works_in_namespaces(
    stage: Stage, function: str, arguments: tuple, expected: object
) -> None:
    assert stage.value(f"honest.{function}", *arguments) == expected


@pytest.mark.parametrize(("function", "arguments", "expected"), [
    ("loader", (0,), 2016.0), ("train", (), True), ("arrays", (), 2010), ("database", (), 45),
    ("temporary", (".",), True), ("recursion", (), 10_000), ("figure", (), True), ("lazy_imports", (2,), 0.8),
    ("asynchronous", (), 6), ("threads", (), 8), ("callback", (), [1, 2, 3]),
    ("fifo", (), "through"), ("devices", (), 16),
])  # fmt: skip
def test_honest_code_works(stage: Stage, level: str, function: str, arguments: tuple, expected: object) -> None:
    value = stage.value(f"honest.{function}", *arguments, level=level)
    assert value == (pytest.approx(expected, abs=0.2) if function == "lazy_imports" else expected)


def test_the_work_folder_is_given_and_ours(stage: Stage) -> None:
    assert stage.value("honest.given") == ["given", "/work", "mine"]
    assert stage.value("honest.given", work="/home/student") == ["given", "/home/student", "mine"]
    assert stage.value("honest.who") == ["student", "student", "lab", True]


def test_submissions_start_from_the_same_state(stage: Stage) -> None:
    assert stage.value("attacks.fill", "/tmp", MIB)[1] == stage.value("attacks.fill", "/dev/shm", MIB)[1] == "done"
    assert stage.value("attacks.listing", "/tmp") == stage.value("attacks.listing", "/dev/shm") == []
    assert stage.value("attacks.listing", "/work")[:1] == ["given.txt"]


def test_a_group_limits_the_memory_of_all_processes_together() -> None:
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


def test_without_groups_nothing_happens(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(cgroup, "OURS", str(tmp_path / "nothing"))
    group = cgroup.create("test", 64 * MIB, 16)
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
    (layers.Layers(landlock=6, seccomp=True), "partial"), (layers.Layers(landlock=5, seccomp=True), "none"),
])  # fmt: skip
def test_the_level_is_the_best_that_can_be_promised(found: layers.Layers, expected: str) -> None:
    assert found.level == expected


@pytest.mark.parametrize("wrong", [{"slot": 606}, {"slot": -1}, {"work": "/"}, {"work": "work"}, {"work": "/a/../b"}])
def test_a_wrong_order_is_refused(wrong: dict) -> None:
    with pytest.raises(ValueError, match=r"slot|work"):
        Isolation(level="full", trees=(), **wrong)


def test_the_numbers_are_those_of_the_kernels_headers() -> None:
    header = Path("/usr/include/x86_64-linux-gnu/asm/unistd_64.h")
    if not header.exists():
        pytest.skip("the kernel's headers are not installed")
    lines = (line.split() for line in header.read_text().splitlines())
    known = {words[1].removeprefix("__NR_"): int(words[2]) for words in lines if words[:1] == ["#define"] and len(words) == 3}
    ours = {name: pair[0] for name, pair in syscalls.NUMBERS.items() if pair[0] is not None}
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
