"""Code that does not end, ends too early, or takes too much: it costs the criterion that asked for it."""

from __future__ import annotations

import pytest

from graders.sandbox.layers import probe
from tests.hostile.stage import METRICS, Classroom, asked, begun, line, lost

TIMEOUT, MEMORY, FLOODED = ("timeout", "timeout"), ("error", "memory"), ("error", "flooded")
CRASHED, RAISED = ("error", "crashed"), ("error", "raised")


def test_what_never_ends_costs_its_own_metric(classroom: Classroom) -> None:
    report = classroom.attacked(
        begun(
            asked("accuracy", "while True: pass"),
            asked("precision", "while True:\n    try: time.sleep(9)\n    except BaseException: pass"),
            asked("recall", "os.kill(os.getpid(), signal.SIGSTOP)"),
        )
    )
    assert lost(report) == {f"metrics.{name}": TIMEOUT for name in METRICS[:3]}
    assert "time limit" in line(report, "metrics.accuracy").feedback


def test_what_ends_the_process_costs_its_own_metric(classroom: Classroom) -> None:
    report = classroom.attacked(
        begun(
            asked("accuracy", "os._exit(0)"),
            asked("precision", "ctypes.string_at(0)"),
            asked("recall", "os.abort()"),
            asked("f1_score", "sys.exit()"),
            asked("false_positive_rate", "os.kill(os.getpid(), signal.SIGKILL)"),
            asked("false_negative_rate", "os.kill(os.getpid(), signal.SIGRTMIN + 1)"),
        )
    )
    expected = dict.fromkeys((f"metrics.{name}" for name in METRICS), CRASHED)
    # Where the sandbox has a pid namespace, no process that is asked can kill itself.
    killed, killed_told = (RAISED, "PermissionError") if classroom.level == "full" else (CRASHED, "SIGKILL")
    assert lost(report) == {**expected, "metrics.f1_score": RAISED, "metrics.false_positive_rate": killed}
    told = {name: line(report, f"metrics.{name}").feedback for name in METRICS}
    assert "exit status 0" in told["accuracy"]
    assert "SIGSEGV" in told["precision"]
    assert "SIGABRT" in told["recall"]
    assert "SystemExit" in told["f1_score"]
    assert killed_told in told["false_positive_rate"]
    assert "signal 35" in told["false_negative_rate"]


def test_exits_while_it_is_read_leave_what_is_defined(classroom: Classroom) -> None:
    for statement, how in (("os._exit(0)", "exit status 0"), ("ctypes.string_at(0)", "SIGSEGV")):
        report = classroom.attacked(begun(top=statement))
        assert lost(report) == {}
        assert any(how in flag for flag in report.flags), report.flags


def test_sys_exit_while_it_is_read_is_told(classroom: Classroom) -> None:
    report = classroom.attacked(begun(top="sys.exit('enough')"))
    assert lost(report) == {}
    assert any("SystemExit: enough" in flag for flag in report.flags)


def test_an_endless_loop_while_it_is_read_leaves_what_is_defined(classroom: Classroom) -> None:
    report = classroom.attacked(begun(top="while True:\n    try: time.sleep(1)\n    except BaseException: pass"))
    assert lost(report) == {}
    assert any("time limit" in flag for flag in report.flags)


def test_an_exit_in_a_constructor_costs_what_needs_the_network(classroom: Classroom) -> None:
    report = classroom.attacked(begun(("__init__", "os._exit(3)")))
    assert {name for name, what in lost(report).items() if what == CRASHED} >= {"mlp.layers", "train.loop"}
    assert all(not name.startswith(("metrics.acc", "splits", "standardize", "data")) for name in lost(report))
    assert "exit status 3" in line(report, "mlp.layers").feedback


def test_too_much_memory_costs_its_own_metric(classroom: Classroom) -> None:
    report = classroom.attacked(
        begun(
            asked("accuracy", "bytearray(10 ** 10)"),
            asked("precision", "np.ones(10 ** 10)"),
            asked("recall", "torch.ones(10 ** 10)"),
            asked("f1_score", "x = []\nwhile True: x.append(bytes(2 ** 20))"),
        )
    )
    assert lost(report) == {f"metrics.{name}": MEMORY for name in METRICS[:4]}


FORKS = """
children = []
for _ in range(0 if 'tried' in globals() else 20):
    pid = os.fork()
    if not pid:
        taken = bytearray(os.urandom(2 ** 20)) * 60
        time.sleep(1)
        os._exit(0)
    children.append(pid)
if children and not any([os.waitpid(pid, 0)[1] for pid in children]):
    raise RuntimeError("took it all")
globals()['tried'] = True
"""


@pytest.mark.skipif(not probe().cgroup, reason="nothing adds up the memory of processes here")
def test_memory_of_many_processes_adds_up(classroom: Classroom) -> None:
    report = classroom.attacked(begun(("load_dataset", FORKS.strip())))
    assert lost(report) == {}


def test_a_flood_of_output_costs_its_own_metric(classroom: Classroom) -> None:
    report = classroom.attacked(
        begun(
            asked("accuracy", "while True: print('x' * 10 ** 6)"),
            asked("precision", "while True: os.write(2, b'x' * 10 ** 6)"),
        )
    )
    assert lost(report) == {"metrics.accuracy": FLOODED, "metrics.precision": FLOODED}


def test_a_flood_of_output_while_it_is_read_leaves_what_is_defined(classroom: Classroom) -> None:
    report = classroom.attacked(begun(top="while True: print('x' * 10 ** 6)"))
    assert lost(report) == {}
    assert any("more output" in flag for flag in report.flags)


FILL = """
with open('big', 'wb') as file:
    for _ in range(2000): file.write(bytes(2 ** 20))
"""
MANY = "for i in range(10 ** 6): open(f'f{i}', 'w').close()"


def test_a_full_disk_costs_its_own_metric(classroom: Classroom) -> None:
    report = classroom.attacked(begun(asked("accuracy", FILL.strip()), asked("f1_score", MANY)))
    # Without a file system of its own the number of files has no limit but the time.
    many = RAISED if classroom.level == "full" else TIMEOUT
    assert lost(report) == {"metrics.accuracy": RAISED, "metrics.f1_score": many}
    assert line(report, "metrics.accuracy").feedback.startswith("It raised OSError at tp2.py")


BOMB = "while True:\n    try: os.fork()\n    except OSError: pass"


def test_a_fork_bomb_costs_its_own_metric(classroom: Classroom) -> None:
    report = classroom.attacked(begun(asked("accuracy", BOMB), asked("recall", "while True: os.fork()")))
    # Where forks are slow, the time ends before the number of processes does.
    assert lost(report) in [{"metrics.accuracy": TIMEOUT, "metrics.recall": one} for one in (RAISED, TIMEOUT)]


def test_a_fork_bomb_while_it_is_read_leaves_what_is_defined(classroom: Classroom) -> None:
    report = classroom.attacked(begun(top="while True: os.fork()"))
    assert lost(report) == {}
    assert report.flags


DAEMON = """
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        while True: time.sleep(1)
    os._exit(0)
"""
THREAD = "import threading\nthreading.Thread(target=lambda: [time.sleep(0.01) for _ in range(10 ** 9)]).start()"


def test_what_is_left_running_costs_nothing(classroom: Classroom) -> None:
    report = classroom.attacked(begun(asked("accuracy", DAEMON.strip()), asked("recall", THREAD), top=DAEMON + THREAD))
    assert lost(report) == {}


def test_closed_descriptors_cost_their_own_metric(classroom: Classroom) -> None:
    report = classroom.attacked(
        begun(
            asked("accuracy", "os.closerange(0, 4096)"), asked("f1_score", "os.closerange(0, 4096)\nwhile True: pass")
        )
    )
    assert lost(report) == {"metrics.accuracy": CRASHED, "metrics.f1_score": CRASHED}


def test_closed_descriptors_while_it_is_read_leave_what_is_defined(classroom: Classroom) -> None:
    report = classroom.attacked(begun(top="os.closerange(0, 4096)"))
    assert lost(report) == {}
