"""The suite, and what its parts share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from graders.language import Message, say
from graders.laws.failure import verdict_of
from graders.observe.observation import Failure
from graders.observe.steps import Heard
from graders.probes.wire import Array
from graders.suite.loading import published
from graders.suite.suite import Suite
from graders.verdict import Verdict, failed, partial, passed

suite = Suite("enm-tp2")
data = published("enm-tp2", "data")
Mistake = tuple[str, Message]
# float32 sums of some hundred products are this exact.
TOLERANCE = 1e-4


def first_failure(heard: Heard, *names: str) -> Verdict | None:
    """The verdict where one of these was not seen."""
    lost = next((one for name in names if isinstance(one := heard[name], Failure)), None)
    return verdict_of(lost) if lost else None


def concluded(
    mistakes: Sequence[Mistake], notes: Sequence[Message] = (), worth: Mapping[str, float] | None = None
) -> Verdict:
    """Passed without mistakes; else the name of the first, a share of the points where each of them is worth one."""
    if not mistakes:
        return passed(*notes)
    shares = {name: (worth or {}).get(name, 0.0) for name, _ in mistakes}
    said = tuple(sentence for _, sentence in mistakes)
    worst = min(shares, key=lambda name: shares[name])
    return partial(shares[worst], worst, *said) if shares[worst] else failed(worst, *said)


def alike(seen: object, expected: Array) -> bool:
    """Whether an array was returned that has this shape and these values."""
    found = numbers(seen)
    return (
        found is not None
        and found.shape == expected.shape
        and bool(np.allclose(found, expected, rtol=0, atol=TOLERANCE * (1 + np.abs(expected).max(initial=0))))
    )


def numbers(seen: object) -> Array | None:
    """What was returned as an array of numbers: nested lists are one too."""
    if isinstance(seen, Failure) or seen is None or isinstance(seen, str | Mapping):
        return None
    try:
        found = np.asarray(seen)
    except ValueError:
        return None
    return found.astype(float) if found.dtype.kind in "fiub" and found.size else None


def shaped(seen: object) -> str:
    """The shape of what was returned, as it is told."""
    found = numbers(seen)
    return "?" if found is None else f"({', '.join(map(str, found.shape))})"


__all__ = ["Mistake", "alike", "concluded", "data", "first_failure", "numbers", "say", "shaped", "suite"]
