"""Learning-rate schedules: whether a scheduler advances at the rate it was built for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from graders.laws.loop import count
from graders.observe.training import Event, Run

Finding = Literal[
    "right",
    "by-hand",
    "none",
    "never-stepped",
    "stepped-before-optimizer",
    "stepped-once-an-epoch",
    "wrong-rate",
    "once-an-epoch-as-built",
    "unseen",
]
SLACK = 0.15
# Rates of steps by hand are found by dividing changes by gradients.
ROUNDING = 0.02
HORIZONS = {"OneCycleLR": "total_steps", "CosineAnnealingLR": "T_max", "PolynomialLR": "total_iters"}


def schedule(run: Run) -> Finding:
    """What was done with the learning rate."""
    events = run.events
    made = [event for event in events if event.event == "made"]
    if not made:
        return _without([event for event in events if event.event == "step"])
    if not count(events, "schedule"):
        return "never-stepped"
    order = [event.event for event in events if event.event in ("step", "schedule")]
    if order[0] == "schedule":
        return "stepped-before-optimizer"
    return "wrong-rate" if count(events, "overrun") else _rate(run, made[-1])


def _without(steps: Sequence[Event]) -> Finding:
    """What the rates of the steps tell, where no scheduler was made. A step by hand that does not follow the gradient alone, as
    with momentum, hides its rate."""
    by_hand = [event for event in steps if not event.name]
    if any(not event.rates for event in by_hand):
        return "unseen"
    if by_hand:
        rates = [rate for event in by_hand for rate in event.rates]
        return "by-hand" if max(rates) - min(rates) > ROUNDING * abs(max(rates)) else "none"
    return "by-hand" if len({tuple(event.rates) for event in steps}) > 1 else "none"


def _rate(run: Run, made: Event) -> Finding:
    planned, epochs = _horizon(made), run.lesson.epochs
    # A training that stopped early would have gone on at the same rate.
    advanced, steps = (count(run.events, kind) * epochs / run.epochs() for kind in ("schedule", "step"))
    once_an_epoch = advanced <= epochs < steps
    if planned is None or steps <= epochs:
        return "right"
    if once_an_epoch and _near(planned, steps):
        return "stepped-once-an-epoch"
    if made.name == "OneCycleLR" and not _near(planned, advanced):
        return "wrong-rate"
    if not once_an_epoch and _near(planned, epochs) and _near(advanced, steps):
        return "wrong-rate"
    return "once-an-epoch-as-built" if once_an_epoch and made.name == "OneCycleLR" else "right"


def _horizon(made: Event) -> int | None:
    """For how many steps it was built; None where its end is not that of the training, as a warm-up's."""
    name = HORIZONS.get(made.name)
    found = (made.model_extra or {}).get(name) if name else None
    return found if isinstance(found, int) else None


def _near(one: float, other: float) -> bool:
    return abs(one - other) <= max(1, SLACK * max(one, other))
