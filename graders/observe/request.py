"""A probe with its inputs: what goes into the sandbox, and the key under which its observation is kept."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from graders.probes.wire import Array, Value, encode

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
        return hashlib.sha256(encode(_condensed({**self.content(), "seconds": self.seconds}))).hexdigest()


def _condensed(value: Value) -> Value:
    """The value with each large array replaced by its digest."""
    if isinstance(value, np.ndarray):
        return {"digest": _digest(value)} if value.nbytes >= LARGE else value
    if isinstance(value, dict):
        return {key: _condensed(item) for key, item in value.items()}
    return [_condensed(item) for item in value] if isinstance(value, list) else value


def _digest(array: Array) -> str:
    """Remembered by the object, which is kept alive so that no other one takes its place."""
    if id(array) not in _digests:
        array.flags.writeable = False
        _digests[id(array)] = array, hashlib.sha256(encode(array)).hexdigest()
        if len(_digests) > MOST_KEPT:
            _digests.popitem(last=False)
    return _digests[id(array)][1]
