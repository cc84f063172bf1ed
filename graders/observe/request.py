"""A probe with its inputs: what goes into the sandbox, and the key under which its observation is kept."""

from __future__ import annotations

import hashlib
import json
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from graders.probes.wire import Array, Value

# Arrays of this many bytes are hashed once: a class of students is asked about the same ones.
LARGE = 2**16
MOST_KEPT = 32
_digests: OrderedDict[int, tuple[Array, str]] = OrderedDict()


@dataclass(frozen=True, eq=False)
class Request:
    """`group`: requests of one group share a probe process. `fresh`: the name of a pristine copy of the files to work in."""

    probe: str
    arguments: Mapping[str, Value]
    group: str
    seconds: float = 20.0
    seed: int = 0
    fresh: str | None = None

    def content(self) -> dict[str, Value]:
        """What is sent."""
        return {"probe": self.probe, "arguments": self.arguments, "seed": self.seed, "fresh": self.fresh}

    @cached_property
    def key(self) -> str:
        """The same for the same question, whatever group asks it."""
        asked = {**self.content(), "seconds": self.seconds}
        return hashlib.sha256(json.dumps(asked, default=_told).encode()).hexdigest()


def _told(value: Array | Mapping[str, Value] | Sequence[Value]) -> object:
    """What JSON does not know: an array by its digest."""
    if isinstance(value, np.ndarray | np.generic):
        return {"digest": _digest(value) if value.nbytes >= LARGE else _digest_of(value)}
    return dict(value) if isinstance(value, Mapping) else list(value)


def _digest(array: Array) -> str:
    """Remembered by the object, which is kept alive so that no other one takes its place."""
    if id(array) not in _digests:
        array.flags.writeable = False
        _digests[id(array)] = array, _digest_of(array)
        if len(_digests) > MOST_KEPT:
            _digests.popitem(last=False)
    return _digests[id(array)][1]


def _digest_of(array: Array | np.generic) -> str:
    return hashlib.sha256(f"{array.dtype.str} {array.shape} ".encode() + array.tobytes()).hexdigest()
