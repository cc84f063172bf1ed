"""A stand-in for the template: forks a keeper for each order, which runs one function in isolation, and tells of it.

It is a process of its own, with one thread, so that tests may run under anything. As root it can become an ordinary
user. An order may switch layers off in its keeper, to show that it is that layer which stops an attack.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import os
import select
import signal
import sys
import time
from pathlib import Path

CHECKOUT = Path(__file__).parents[2]
sys.path[:0] = [str(CHECKOUT), str(Path(__file__).parent)]

from graders.sandbox import cgroup, isolation, kernel, landlock, rlimits, seccomp, trees, waiting  # noqa: E402
from graders.sandbox.layers import probe  # noqa: E402

RESULT, ANNOUNCED = 3, 4
PATIENCE = 10.0


def main() -> None:
    """Warm up, change identity if told to, and serve one order a line."""
    user, warm = int(sys.argv[1]), sys.argv[2:]
    for name in ("isolated_attacks", "isolated_floods", "isolated_honest", *warm):
        importlib.import_module(name)
    if user:
        try:
            make_reachable()
        except PermissionError as error:
            say({"unusable": f"the interpreter is closed to ordinary users, and mounts are refused: {error}"})
            return
        os.setgroups([])
        os.setresgid(user, user, user)
        os.setresuid(user, user, user)
        kernel.prctl(kernel.PR_SET_DUMPABLE, 1)
    kernel.prctl(kernel.PR_SET_CHILD_SUBREAPER, 1)
    layers = probe()
    say({"pid": os.getpid(), "level": layers.level, "landlock": layers.landlock, "reasons": layers.reasons})
    for line in sys.stdin:
        say(perform(json.loads(line)))


def say(answer: object) -> None:
    """One line to the tests."""
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


def make_reachable() -> None:
    """Where the interpreter lies below a folder that only root may enter, open that folder, in mounts of our own."""
    closed = {str(folder) for prefix in (sys.prefix, sys.base_prefix) for folder in Path(prefix).parents
              if not folder.stat().st_mode & 1}  # fmt: skip
    if not closed:
        return
    prefixes = [p for p in (sys.prefix, sys.base_prefix) if any(p.startswith(folder) for folder in closed)]
    kernel.unshare(kernel.CLONE_NEWNS)
    kernel.make_mounts_private()
    copies = {prefix: kernel.clone_tree(prefix, 0) for prefix in prefixes}
    for folder in sorted(closed)[:1]:
        kernel.mount("tmpfs", folder, 0, "mode=755")
    for prefix, copy in copies.items():
        os.makedirs(prefix)
        kernel.attach_tree(copy, prefix)


def perform(order: dict) -> dict:
    """Carry out one order; "gone" says whether every process that held the result pipe has ended."""
    (result, result_end), (announced, announced_end) = os.pipe(), os.pipe()
    started = time.perf_counter()
    keeper = os.fork()
    if keeper == 0:
        try:
            if order["kill"] == "template" and os.fork():
                os.closerange(3, os.sysconf("SC_OPEN_MAX"))
                os.wait()
                os._exit(0)
            keep(order, result_end, announced_end)
        finally:
            os._exit(99)
    os.close(result_end)
    os.close(announced_end)
    pid = int(os.read(announced, 16) or b"0")
    victim = {"keeper": keeper, "template": keeper, "first": pid, "": 0}[order["kill"]]
    data, gone = collect(result, victim, order["patience"])
    status = os.waitstatus_to_exitcode(os.waitpid(keeper, 0)[1]) if gone else None
    os.close(result)
    os.close(announced)
    if not gone:
        for left in (pid, keeper):
            with contextlib.suppress(ProcessLookupError):
                os.kill(left, signal.SIGKILL)
        os.waitpid(keeper, 0)
    end_orphans()
    said = json.loads(data) if data.endswith(b"}") else {}
    return {"pid": pid, "gone": gone, "status": status, "seconds": time.perf_counter() - started, **said}


def end_orphans() -> None:
    """What a sandbox without layers leaves behind has become ours."""
    with contextlib.suppress(FileNotFoundError):
        for child in Path(f"/proc/self/task/{os.getpid()}/children").read_text().split():
            os.kill(int(child), signal.SIGKILL)
            os.waitpid(int(child), 0)


def collect(result: int, victim: int, patience: float) -> tuple[bytes, bool]:
    """What comes until the end of the pipe, or until nothing comes any more; kills `victim` at the first byte."""
    data = b""
    while select.select([result], [], [], PATIENCE if not data else patience)[0]:
        more = os.read(result, 1 << 20)
        if not more:
            return data, True
        data += more
        if victim:
            os.kill(victim, signal.SIGKILL)
    return data, False


def keep(order: dict, result_end: int, announced_end: int) -> None:
    """The keeper of one order."""
    high = os.dup2(result_end, 100), os.dup2(announced_end, 101)
    os.dup2(high[0], RESULT)
    os.dup2(high[1], ANNOUNCED)
    null = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(null, standard)
    os.closerange(5, os.sysconf("SC_OPEN_MAX"))
    cgroup.attach(cgroup.Group(tuple(order["group"])), os.getpid())
    try:
        isolated(order)
    except OSError as error:
        os.write(RESULT, json.dumps({"refused": str(error)}).encode())
        os._exit(98)
    os.close(ANNOUNCED)
    os._exit(answer(order))


def isolated(order: dict) -> None:
    """Go into isolation as ordered."""
    spec = dict(order["spec"])
    if os.geteuid() == 0 and spec["level"] == "partial":
        make_reachable()
    switch_off(order["off"])
    spec["limits"] = rlimits.Limits(**spec.pop("limits", {}))
    spec["trees"] = tuple(spec.pop("trees", trees.interpreter_trees()))
    isolation.isolate(
        isolation.Isolation(**spec),
        announce=lambda pid: os.write(ANNOUNCED, str(pid).encode()) and None,
        populate=lambda: Path("given.txt").write_text("given") and None,
    )


def switch_off(layers: list[str]) -> None:
    """Make these layers do nothing, in this process."""
    if "seccomp" in layers:
        seccomp.install = lambda **_: None
    if "rlimits" in layers:
        rlimits.apply = lambda *_, **__: None
    if "landlock" in layers:
        landlock.restrict = landlock.keep_signals_inside = lambda *_: None
        # Without the domain, the sweep would reach every process of the user.
        waiting._sweep = lambda: None
    if "ties" in layers:
        waiting.tie_to = lambda _: None


def answer(order: dict) -> int:
    """Run the function and write its value, or the kind of its error."""
    module, name = order["function"].split(".")
    try:
        said = {"value": getattr(sys.modules[f"isolated_{module}"], name)(*order["arguments"])}
    except BaseException as error:  # noqa: BLE001  # whatever it is, the test wants to know
        said = {"error": type(error).__name__, "message": str(error)[:1000]}
    os.write(RESULT, json.dumps(said).encode())
    return 0


if __name__ == "__main__":
    main()
