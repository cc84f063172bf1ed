"""The warm template: imports what submissions import, once, and forks a sandbox for each of them.

Started with a clean environment and one control socket; holds no secret. It stays single-threaded and runs no parallel
region, because a fork after one hangs. A packet from the judge asks one of three things:
    {"fork": request} → {"keeper": pid}     a sandbox; two descriptors come along: the submission process's own control
                                            socket, and where its output goes. See `worker` for more
    {"ended": pid} → {"status": …}          how the process ended that this keeper kept; null while it has not; SIGKILL also
                                            where the keeper itself was killed, or was another template's
    {"widen": true} → {"wide": pid}         a second template, forked from this one, which holds what only some submissions
                                            import, too; a descriptor comes along: its own control socket
"""

from __future__ import annotations

import builtins
import gc
import importlib
import json
import logging
import os
import signal
import socket
import sys
import time
import traceback
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from multiprocessing import resource_tracker
from pathlib import Path
from typing import Any

WARM = (
    "numpy",
    "torch",
    "torch.optim",
    "torch.utils.data",
    "matplotlib.pyplot",
    # An optimizer imports it at its first step.
    "torch.profiler._cupti_monitor",
    "PIL.JpegImagePlugin",
    "wave",
    "csv",
    "sqlite3",
    "json",
    "tqdm",
)
PACKET = 65_536
PATIENCE = 2.0


def main(descriptor: int) -> None:
    """Warm up, say so, and serve until the judge hangs up."""
    from graders.sandbox import memory

    memory.limit()
    control = socket.socket(fileno=descriptor)
    warm_up("graders.sandbox.keeper")
    _serve(control)


def _serve(control: socket.socket) -> None:
    control.send(b'{"warm": true}')
    while True:
        message, descriptors, _, _ = socket.recv_fds(control, PACKET, 2)
        if not message:
            return
        control.send(json.dumps(_answered(json.loads(message), descriptors, control)).encode())


def _answered(asked: Mapping[str, Any], descriptors: Sequence[int], control: socket.socket) -> Mapping[str, object]:
    if "widen" in asked:
        return {"wide": _widened(descriptors[0], control)}
    if "fork" in asked:
        return {"keeper": _forked(asked["fork"], descriptors)}
    return {"status": _ended(asked["ended"])}


def warm_up(serving: str = "graders.sandbox.worker") -> None:
    """Import what submissions import, and last what serves them; one thread; nothing that waits for a person."""
    # What is imported stays: to look for what does not would take half a second.
    gc.disable()
    _import(WARM)
    import torch

    from graders.probes import figures, made_loaders, replaced, seeds
    from graders.sandbox.standins import surroundings

    torch.set_num_threads(1)
    torch.backends.cpu.get_cpu_capability()
    torch.mm(torch.zeros(2, 2), torch.zeros(2, 2))
    seeds.install()
    figures.install()
    surroundings.warm()
    made_loaders.install()
    _calm()
    _find_fonts()
    importlib.import_module(serving)
    replaced.present()
    _keep()


def widen() -> None:
    """Import what only some submissions import."""
    from graders.sandbox import wide
    from graders.sandbox.standins.versions import scientific

    gc.disable()
    _import(wide.NAMES)
    scientific.install()
    _keep()


def _import(names: Iterable[str]) -> None:
    for name in names:
        with suppress(ImportError):
            importlib.import_module(name)


def _keep() -> None:
    """What is here now stays, in large pages, and the collector need not look at it again."""
    from graders.sandbox import hugepages

    gc.collect()
    gc.freeze()
    gc.enable()
    hugepages.collapse()


def _calm() -> None:
    """Nothing waits for a person, opens a window, or starts a program of its own."""
    import matplotlib
    from matplotlib import pyplot

    # After each fork it would make new locks for all handlers; nobody holds one when this process forks.
    vars(logging)["_at_fork_reinit_lock_weakset"].clear()
    # It would start a program of its own, which no sandbox allows; nothing of a sandbox needs its cleaning.
    vars(resource_tracker._resource_tracker)["_send"] = lambda *_: None
    vars(builtins)["input"] = _typed
    # A backend with windows has no screen here; nobody watches an animation.
    vars(pyplot)["switch_backend"] = vars(matplotlib)["use"] = lambda *_, **__: None
    vars(pyplot)["pause"] = lambda *_: None


def _find_fonts() -> None:
    from matplotlib import font_manager

    font_manager.findfont("DejaVu Sans")


def _typed(*_: object) -> str:
    """What nobody answers, in place of `input`."""
    from graders.probes.noted import note

    asking = sys._getframe(1)
    note("asked", f"{Path(asking.f_code.co_filename).name}, {asking.f_lineno}")
    return ""


def _widened(descriptor: int, control: socket.socket) -> int:
    """The pid of the second template, which ends with this one."""
    itself = os.getpid()
    if wide := os.fork():
        os.close(descriptor)
        return wide
    try:
        from graders.sandbox import kernel

        kernel.prctl(kernel.PR_SET_PDEATHSIG, signal.SIGKILL)
        control.close()
        if os.getppid() == itself:
            widen()
            _serve(socket.socket(fileno=descriptor))
    finally:
        os._exit(1)


def _forked(request: dict[str, object], descriptors: Sequence[int]) -> int:
    """The pid of a keeper, which goes into isolation with these descriptors."""
    if keeper := os.fork():
        for descriptor in descriptors:
            os.close(descriptor)
        return keeper
    try:
        from graders.sandbox.keeper import keep

        keep(request, *descriptors)
    except BaseException:  # noqa: BLE001  # told where the judge reads what a sandbox prints
        traceback.print_exc()
        sys.stderr.flush()
    finally:
        os._exit(1)


def _ended(keeper: int) -> int | None:
    """The exit status of what a keeper kept, negative for a signal; None while it lives."""
    deadline = time.monotonic() + PATIENCE
    try:
        while time.monotonic() < deadline:
            pid, status = os.waitpid(keeper, os.WNOHANG)
            if pid:
                return os.waitstatus_to_exitcode(status)
            time.sleep(0.001)
    except ChildProcessError:
        return -signal.SIGKILL
    return None


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[2]))
    main(int(sys.argv[1]))
