"""The figure that compares the three optimisers: its curves are the losses that were returned."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from graders.language import say
from graders.laws.figures import Curve, curves
from graders.laws.once import with_ours
from graders.observe.figures import Axes
from graders.observe.observation import Failure
from graders.observe.outcome import Outcome
from graders.observe.probe import Optional
from graders.observe.steps import Heard
from graders.report.pictures import Snapshot
from graders.verdict import Verdict, failed, partial, passed

from .declared import suite
from .optimisers import TRAININGS, contract, series
from .program import PROGRAM, WITH_LOSSES

WANTED, SHORTEST = 3, 20
# Of a curve's own height: smoothing or another sampling of the epochs is still the same curve.
LIKE = 0.04


@suite.criterion("figure.comparison", observe=(PROGRAM, Optional(WITH_LOSSES), Optional(TRAININGS)))
def comparison(outcome: Outcome, repaired: tuple[Outcome | Failure], trained: tuple[Heard | Failure]) -> Verdict:
    """One plot with three named curves of what was measured, its axes named."""
    paid = not isinstance(trained[0], Failure) and contract(trained[0]).diagnosis == "no-losses"
    said = say("train_with_optimizer returns nothing to draw, which is paid there; with losses the figure shows them.")
    return with_ours(_compared, outcome, repaired[0], said, paid=paid)


def _compared(outcome: Outcome) -> Verdict:
    lines = [
        (axes, line)
        for figure in outcome.figures
        for axes in figure.axes
        for line in axes.lines
        if len(line.x) >= SHORTEST
    ]
    plots = {id(axes): axes for axes, _ in lines}
    if not plots:
        return failed("no-figure", say("No figure with curves was drawn."))
    count, axes = max(
        ((sum(one is axes for one, _ in lines), axes) for axes in plots.values()), key=lambda pair: pair[0]
    )
    if count < WANTED:
        return _too_few(len(lines), count)
    drawn = [one for one in curves(outcome.figures) if one.axes is axes]
    return _invented(drawn, outcome) or _named(axes) or passed()


def _too_few(all_of_them: int, count: int) -> Verdict:
    if all_of_them >= WANTED:
        return partial(
            0.5, "separate-plots", say("The three curves are in separate plots: only one plot lets them be compared.")
        )
    return failed("fewer-curves", say("The figure shows {count} curves; three are to be compared.", count=count))


def _named(axes: Axes) -> Verdict | None:
    labels = {one.strip() for one in axes.legend or [] if one.strip() and not one.startswith("_")}
    if len(labels) < WANTED:
        return failed("no-legend", say("The curves are not named: a legend with three labels is missing."))
    if not axes.xlabel.strip() or not axes.ylabel.strip():
        return partial(0.5, "axes-unnamed", say("The axes are not named."))
    return None


def _invented(drawn: Sequence[Curve], outcome: Outcome) -> Verdict | None:
    """Where the function was called, three of the curves are what it returned."""
    if len(drawn) < WANTED:
        return None
    measured = [np.array(found) for one in outcome.returned if (found := series(one.value)) and len(found) > 1]
    if len(measured) < WANTED:
        return None
    true = [one for one in drawn if any(_like(one, values) for values in measured)]
    if len(true) < WANTED:
        return failed("not-the-losses", say("The curves are not the losses that train_with_optimizer returned."))
    return None


def _like(curve: Curve, values: np.ndarray) -> bool:
    """Whether a curve shows these values, perhaps as logarithms, perhaps sampled otherwise."""
    places = np.linspace(0, len(values) - 1, len(curve.y))
    shown = np.interp(places, np.arange(len(values)), values)
    with np.errstate(divide="ignore", invalid="ignore"):
        forms = (shown, np.log10(shown), np.log(shown))
    return any(
        bool(np.isfinite(one).all() and np.mean(np.abs(one - curve.y)) <= LIKE * max(np.ptp(one), 1e-9))
        for one in forms
    )


@suite.gallery(observe=PROGRAM)
def shown(outcome: Outcome) -> Sequence[Snapshot]:
    """What the program drew, when it was run once more."""
    return [
        Snapshot(say("Figure {number}", number=number), pixels)
        for number, (_, pixels) in enumerate(outcome.drawn, start=1)
    ]
