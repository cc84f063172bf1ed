"""What is looked at while a step runs, besides its result.

"events"      how a network is trained; see `recorder`
"printed"     what was printed
"figures"     what was drawn, as `graders.probes.artists` tells it
"seconds"     how long it took
"learning"    every optimizer that is made, and what it learns by; see `learning`
"gpu"         what is done on a graphics card that is only pretended; see `accelerator`
"operations"  which functions of libraries were called, and which operations of torch they came to; see `operations`
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from typing import cast

from torch import nn

from graders.probes import figures
from graders.probes.accelerator import pretended
from graders.probes.learning import learned, learning
from graders.probes.operations import calling
from graders.probes.printed import listening
from graders.probes.recorder import recording
from graders.probes.wire import Value


@contextmanager
def watching(observe: Sequence[str], watched: object, root: str, parts: dict[str, Value]) -> Iterator[None]:
    """Write what was seen into `parts` when it ends, however it ends."""
    with ExitStack() as stack:
        seen = _begun(stack, observe, watched, root)
        started = time.perf_counter()
        try:
            yield
        finally:
            parts |= {kind: tell() for kind, tell in seen.items()}
            if "seconds" in observe:
                parts["seconds"] = time.perf_counter() - started


def _begun(stack: ExitStack, observe: Sequence[str], watched: object, root: str) -> dict[str, Callable[[], Value]]:
    """For each way of looking that was asked for, what tells in the end what was seen."""
    seen: dict[str, Callable[[], Value]] = {}
    if "events" in observe:
        seen["events"] = stack.enter_context(recording(cast("nn.Module", watched))).told
    if "printed" in observe:
        seen["printed"] = stack.enter_context(listening()).getvalue
    if "gpu" in observe:
        gpu = stack.enter_context(pretended())
        seen["gpu"] = lambda: list[Value](gpu)
    if "learning" in observe:
        learners = stack.enter_context(learning())
        seen["learning"] = lambda: learned(learners)
    if "figures" in observe:
        since = figures.mark()
        seen["figures"] = lambda: figures.figures(since)
    if "operations" in observe:
        seen["operations"] = stack.enter_context(calling(root)).told
    return seen
