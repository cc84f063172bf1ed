"""What a template imports and puts in place, once, before it serves anybody."""

from __future__ import annotations

import builtins
import gc
import importlib
import logging
import sys
from collections.abc import Iterable
from contextlib import suppress
from multiprocessing import resource_tracker
from pathlib import Path

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
    from graders.sandbox import holes, hugepages

    gc.collect()
    gc.freeze()
    gc.enable()
    holes.fill()
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
