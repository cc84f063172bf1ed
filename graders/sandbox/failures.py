"""How observations and failures are read from what a sandbox says: believed in nothing but its form."""

from __future__ import annotations

import json
import math
import signal
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import cast

from graders.observe.observation import Failure, Kind, Observation, Seen
from graders.probes.wire import Value, WireError, decode
from graders.sandbox.session import Loaded, Ran

# Failures that a process tells itself, and survives.
ANSWERED = frozenset(("raised", "memory", "flooded", "timeout", "absent", "ours"))
MOST_PROBLEMS, MOST_PRINTED, MOST_NOTES = 40, 20_000, 100
MOST_LINES = 10**9


class GoneError(Exception):
    """The submission process does not answer any more: a failure of whatever was being looked at."""

    def __init__(self, failure: Failure) -> None:
        """Carry what is known of its end."""
        super().__init__(failure.kind)
        self.failure = failure


def answer(message: bytes) -> object:
    """What a message of the submission process says. GoneError where it is no JSON, or the last one before the end."""
    try:
        said = json.loads(message)
    except (ValueError, RecursionError) as error:
        raise GoneError(Failure("unreadable", message="no JSON")) from error
    if fault := own_fault(said):
        raise GoneError(fault)
    return said


def observation(frame: bytes) -> Observation:
    """What a frame of a probe process says, believed in nothing but its form."""
    return observed(decode(frame), frame)


def observed(answer: Value, frame: bytes) -> Observation:
    """The same of what a frame was decoded to."""
    if not isinstance(answer, Mapping):
        raise WireError("an answer has other fields than value, failure and seconds")
    seconds = _seconds(answer.get("seconds"))
    if answer.get("failure") is None:
        return Seen(answer.get("value"), seconds, frame)
    return replace(failure(answer["failure"]), seconds=seconds)


def loaded(said: object) -> Loaded:
    """What a submission process says of reading its files: {"loaded": problems, "seconds"}."""
    if not isinstance(said, Mapping) or not isinstance(said.get("loaded"), list):
        raise WireError("what was read has other fields than loaded and seconds")
    problems = cast("Sequence[Value]", said["loaded"])
    read = tuple(failure(one) for one in problems[:MOST_PROBLEMS])
    return Loaded(read, _seconds(said.get("seconds")), surroundings=_notes(said.get("surroundings")))


def _notes(said: object) -> tuple[tuple[str, str], ...]:
    """Pairs of a kind and a name; what is no such pair is passed over."""
    pairs = [one for one in said if isinstance(one, list | tuple)] if isinstance(said, list | tuple) else []
    texts = [tuple(part[:200] for part in one if isinstance(part, str)) for one in pairs[:MOST_NOTES]]
    return tuple((one[0], one[1]) for one in texts if len(one) == 2)


def own_fault(said: object) -> Failure | None:
    """A fault of code of ours, as a submission process tells it before it ends; None where it says something else."""
    if not isinstance(said, Mapping) or not isinstance(said.get("ours"), str):
        return None
    return Failure("ours", _text(said, "type", 100), _text(said, "ours", 300))


def ran(said: object) -> Ran | None:
    """What a submission process says of a cell or a script; None where it says something else."""
    if not isinstance(said, Mapping) or not isinstance(told := said.get("chunk"), Mapping):
        return None
    cell, raised = told.get("cell"), told.get("raised")
    return Ran(
        _text(told, "file", 300),
        cell if type(cell) is int and 0 <= cell < MOST_LINES else 0,
        _text(told, "printed", MOST_PRINTED),
        _text(told, "shown", MOST_PRINTED),
        _seconds(told.get("seconds")),
        None if raised is None else failure(raised),
    )


def _seconds(said: object) -> float:
    if not isinstance(said, float):
        raise WireError("seconds are a number")
    return said if math.isfinite(said) and said >= 0 else 0.0


def failure(described: Value) -> Failure:
    """A failure as a probe process describes it."""
    if not isinstance(described, Mapping):
        raise WireError("a failure is no mapping")
    kind, line = described.get("kind", "raised"), described.get("line")
    if not isinstance(kind, str) or kind not in ANSWERED:
        raise WireError("a failure of unknown kind")
    return Failure(
        cast("Kind", kind),
        _text(described, "type", 100),
        _text(described, "message", 600),
        _text(described, "file", 300) or None,
        line if type(line) is int and 0 <= line < MOST_LINES else None,
    )


def inner_failure(described: Value) -> Failure:
    """A failure inside an answer; of one that is told in no known form it is that form which failed."""
    try:
        return failure(described)
    except WireError as error:
        return Failure("unreadable", message=str(error))


def _text(described: Mapping[str, Value], name: str, most: int) -> str:
    said = described.get(name)
    return said[:most] if isinstance(said, str) else ""


def ending(status: object) -> str:
    """How a process ended, in words that every language shares; nothing where nobody saw it."""
    if not isinstance(status, int) or not -64 <= status <= 255:
        return ""
    if status >= 0:
        return f"exit status {status}"
    known = {one.value: one.name for one in signal.Signals}
    return known.get(-status, f"signal {-status}")


def perhaps_ours(seen: object) -> bool:
    """Whether a process was killed: by its own doing, or by something on our side."""
    return isinstance(seen, Failure) and seen.kind == "crashed" and seen.type == "SIGKILL"
