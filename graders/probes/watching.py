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
from collections.abc import Iterator, Sequence
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
        events = stack.enter_context(recording(cast("nn.Module", watched))).events if "events" in observe else None
        printed = stack.enter_context(listening()) if "printed" in observe else None
        gpu = stack.enter_context(pretended()) if "gpu" in observe else None
        learners = stack.enter_context(learning()) if "learning" in observe else None
        since = figures.mark() if "figures" in observe else None
        operations = stack.enter_context(calling(root)) if "operations" in observe else None
        started = time.perf_counter()
        try:
            yield
        finally:
            if events is not None:
                parts["events"] = cast("Value", events)
            if printed is not None:
                parts["printed"] = printed.getvalue()
            if "seconds" in observe:
                parts["seconds"] = time.perf_counter() - started
            if gpu is not None:
                parts["gpu"] = list[Value](gpu)
            if learners is not None:
                parts["learning"] = learned(learners)
            if since is not None:
                parts["figures"] = figures.figures(since)
            if operations is not None:
                parts["operations"] = operations.told()
