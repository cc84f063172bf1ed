"""A probe with its inputs: what goes into the sandbox, and the key under which its observation is kept."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from graders.probes.wire import Value, encode


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
        return hashlib.sha256(encode({**self.content(), "seconds": self.seconds})).hexdigest()
