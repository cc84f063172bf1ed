"""What a probe saw, or how it failed to see anything: the student's trouble, as a value."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from graders.probes.wire import Value

Kind = Literal["raised", "missing", "timeout", "memory", "crashed", "flooded", "unreadable", "absent", "ours"]


# What Python itself raises for a part of a template.
NOT_WRITTEN = "NotImplementedError"


@dataclass(frozen=True, eq=False)
class Seen:
    """A value that came out of the sandbox, parsed and bounded; `seconds` the probe took, by its own account.

    `frame`: the bytes that it was read from, where it is kept as it came."""

    value: Value
    seconds: float = 0.0
    frame: bytes = field(default=b"", repr=False)


@dataclass(frozen=True)
class Failure:
    """No value. `type` is the exception's, or the signal's name, or the exit status; file and line the student's own.

    `absent` is what needed a package, or the network, that is not here: `type` is its name. `ours` is what code of ours says of
    itself inside the sandbox: a claim, since student code is there too, that gives no point and asks a person."""

    kind: Kind
    type: str = ""
    message: str = ""
    file: str | None = None
    line: int | None = None
    seconds: float = field(default=0.0, compare=False)


Observation = Seen | Failure
