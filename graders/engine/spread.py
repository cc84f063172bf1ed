"""The same short work on many things, on every processor where a process can be copied as it is."""

from __future__ import annotations

import multiprocessing
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")
# For fewer, starting processes would take longer than the work.
WORTH_IT = 64
CHUNK = 16


def spread(work: Callable[[T], R], things: Sequence[T]) -> list[R]:
    """What the work gives for each, in their order."""
    if len(things) < WORTH_IT or sys.platform != "linux":
        return list(map(work, things))
    with ProcessPoolExecutor(mp_context=multiprocessing.get_context("fork")) as pool:
        return list(pool.map(work, things, chunksize=CHUNK))
