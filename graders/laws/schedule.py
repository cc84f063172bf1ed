"""Learning-rate schedules: whether a scheduler advances at the rate it was built for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from graders.laws.loop import count
from graders.observe.training import Event, Lesson

Finding = Literal[
    "right",
    "by-hand",
    "none",
    "never-stepped",
    "stepped-before-optimizer",
    "stepped-once-an-epoch",
    "wrong-rate",
    "once-an-epoch-as-built",
]
SLACK = 0.15


def schedule(events: Sequence[Event], lesson: Lesson) -> Finding:
    """What was done with the learning rate."""
    made = [event for event in events if event.event == "made"]
    if not made:
        return "by-hand" if len({tuple(event.rates) for event in events if event.event == "step"}) > 1 else "none"
    advanced = count(events, "schedule")
    if not advanced:
        return "never-stepped"
    order = [event.event for event in events if event.event in ("step", "schedule")]
    if order[0] == "schedule":
        return "stepped-before-optimizer"
    return _rate(made[-1], advanced, count(events, "step"), lesson)


def _rate(made: Event, advanced: int, steps: int, lesson: Lesson) -> Finding:
    planned = _horizon(made)
    once_an_epoch = advanced <= lesson.epochs < steps
    if planned is None or steps <= lesson.epochs:
        return "right"
    if once_an_epoch and _near(planned, steps):
        return "stepped-once-an-epoch"
    if made.name == "OneCycleLR" and not _near(planned, advanced):
        return "wrong-rate"
    if not once_an_epoch and _near(planned, lesson.epochs) and _near(advanced, steps):
        return "wrong-rate"
    return "once-an-epoch-as-built" if once_an_epoch and made.name == "OneCycleLR" else "right"


def _horizon(made: Event) -> int | None:
    """For how many steps it was built."""
    extra = made.model_extra or {}
    found = [extra[name] for name in ("total_steps", "T_max", "total_iters") if isinstance(extra.get(name), int)]
    return found[0] if found else None


def _near(one: int, other: int) -> bool:
    return abs(one - other) <= max(1, SLACK * max(one, other))
