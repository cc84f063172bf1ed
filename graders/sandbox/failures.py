"""How observations and failures are read from what a sandbox says: believed in nothing but its form."""

from __future__ import annotations

import signal
from collections.abc import Mapping
from dataclasses import replace
from typing import cast

from graders.observe.observation import Failure, Kind, Observation, Seen
from graders.probes.wire import Value, WireError, decode

# Failures that a probe process tells itself, and survives.
ANSWERED = frozenset(("raised", "memory", "flooded"))


def observation(frame: bytes) -> Observation:
    """What a frame of a probe process says, believed in nothing but its form."""
    answer = decode(frame)
    if not isinstance(answer, Mapping) or not isinstance(answer.get("seconds"), float):
        raise WireError("an answer has other fields than value, failure and seconds")
    seconds = cast("float", answer["seconds"])
    if answer.get("failure") is None:
        return Seen(answer.get("value"), seconds)
    return replace(failure(answer["failure"]), seconds=seconds)


def failure(described: Value) -> Failure:
    """A failure as a probe process describes it."""
    if not isinstance(described, Mapping):
        raise WireError("a failure is no mapping")
    kind, line = described.get("kind", "raised"), described.get("line")
    text = {name: str(described.get(name) or "") for name in ("type", "message", "file")}
    if kind not in ANSWERED:
        raise WireError("a failure of unknown kind")
    return Failure(cast("Kind", kind), text["type"][:100], text["message"][:600], text["file"][:300] or None,
                   line if isinstance(line, int) else None)


def ending(status: int | None) -> str:
    """How a process ended, in words that every language shares."""
    if status is None:
        return ""
    return f"exit status {status}" if status >= 0 else signal.Signals(-status).name
