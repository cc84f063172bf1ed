"""Question 5: the figure that compares, and the journal of the losses."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Mapping, Sequence

import numpy as np

from graders.language import say
from graders.laws.figures import curves
from graders.laws.series import series
from graders.observe.figures import Axes
from graders.observe.observation import Failure
from graders.observe.outcome import Outcome
from graders.observe.probe import Optional
from graders.observe.steps import Heard
from graders.report.pictures import Snapshot
from graders.verdict import Status, Verdict, failed, partial, passed

from .declared import DEFAULT, Array, away, suite
from .physics import EXACT, drawn_as_exact
from .pinn import SOLVED
from .programs import TRAININGS, Trained
from .regression import PROGRAMS, REGRESSION, WITH_OURS, with_right_residual
from .residual import RESIDUALS

LISTED = re.compile(r"los|pert|co[uû]t|hist", re.IGNORECASE)
SHORTEST, CLOSE, SAME, FEWEST = 30, 0.02, 1e-9, 3
LOSS = re.compile(r"(?:loss|perte|co[uû]t)[^\d\n]{0,20}?[:=\s]\s*([-+]?\d+(?:\.\d+)?(?:e[-+]?\d+)?)", re.IGNORECASE)


@suite.criterion("figure.comparison", observe=(PROGRAMS, Optional(WITH_OURS), Optional(RESIDUALS), Optional(EXACT)))
def comparison(
    outcome: Outcome,
    repaired: tuple[Outcome | Failure],
    residual: tuple[Heard | Failure],
    solution: tuple[Heard | Failure],
) -> Verdict:
    """One plot with the exact solution, observations and a prediction, each named."""
    for formula in (DEFAULT, drawn_as_exact(solution[0])):
        found = with_right_residual(functools.partial(_compared, solution=formula), outcome, repaired[0], residual[0])
        if found.diagnosis != "no-exact-curve":
            break
    return found


def _compared(outcome: Outcome, solution: Callable[[Array], Array]) -> Verdict:
    plots = [axes for figure in outcome.figures for axes in figure.axes if axes.lines]
    if not plots:
        return failed("no-figure", say("No figure with curves was drawn."))
    judged = [_judged(axes, outcome, solution) for axes in plots]
    return max(judged, key=lambda one: (one.credit, one.status is Status.PASS, RANK.get(one.diagnosis or "", 0)))


RANK = {"no-legend": 5, "no-observations": 4, "no-prediction": 3, "prediction-is-exact": 4, "no-exact-curve": 2}


def _judged(axes: Axes, outcome: Outcome, solution: Callable[[Array], Array]) -> Verdict:
    mine = [one for figure in outcome.figures for one in curves([figure]) if one.axes is axes]
    smooth = [one for one in mine if len(one.x) >= SHORTEST and np.ptp(one.x) > 0.5]
    exact = [one for one in smooth if away(one.y, solution(one.x)) <= CLOSE]
    if not exact:
        return failed("no-exact-curve", say("No plot shows the exact solution for m = 1, µ = 2, k = 100."))
    others = [one for one in smooth if all(one is not each and not _identical(one.y, each.y) for each in exact[:1])]
    if not others and len(smooth) > 1:
        return failed("prediction-is-exact", say("The curve of the prediction is the exact solution itself."))
    if not others:
        return failed("no-prediction", say("The exact solution is drawn without the prediction of a network."))
    if not _has_points(axes):
        return failed("no-observations", say("The observations are not drawn."))
    if len({one.strip() for one in axes.legend or [] if one.strip()}) < 3:
        return failed(
            "no-legend", say("The legend does not name the exact solution, the observations and the prediction.")
        )
    return passed()


def _identical(one: np.ndarray, other: np.ndarray) -> bool:
    return one.shape == other.shape and bool(np.abs(one - other).max() <= SAME)


def _has_points(axes: Axes) -> bool:
    marked = [one for one in axes.lines if one.marker and len(one.x) >= 3]
    return bool(marked) or any(len(one.x) >= 3 for one in axes.points)


@suite.criterion(
    "losses.journal", observe=(Optional(REGRESSION), Optional(SOLVED), Optional(TRAININGS), Optional(PROGRAMS))
)
def journal(
    regression: tuple[Heard | Failure],
    pinn: tuple[Heard | Failure],
    trained: tuple[list[Trained] | Failure],
    programs: tuple[Outcome | Failure],
) -> Verdict:
    """The losses of the trainings are kept: finite, and lower in the end."""
    if not isinstance(trained[0], Failure) and not isinstance(programs[0], Failure):
        lists = [name for name, value in programs[0].values().items() if LISTED.search(name) and _is_list(value)]
        if lists and all(_falls(one.learner.values) for one in trained[0] if one.learner.values):
            return passed()
    heard = [
        one for (one,) in (regression, pinn) if not isinstance(one, Failure) and not isinstance(one["result"], Failure)
    ]
    if not heard:
        return failed("nothing-to-see", say("No training came to its end."))
    kept = [losses(one["result"]) or _printed(str(one["printed"])) for one in heard]
    if not any(kept):
        return failed("no-journal", say("No training returns its losses."))
    if not all(np.isfinite(one).all() for one in kept):
        return failed("not-finite", say("Some losses are not finite."))
    if not all(_falls(one) for one in kept if one):
        return failed("does-not-fall", say("The losses of a training do not fall."))
    if not all(kept):
        return partial(0.5, "some-missing", say("Some trainings return no losses."))
    return passed()


def _is_list(value: object) -> bool:
    return isinstance(value, list) or value == {"opaque": "list"}


def _printed(text: str) -> Sequence[float]:
    """What a training prints of its losses as it goes."""
    found = [float(one[1]) for one in LOSS.finditer(text)]
    return found if len(found) >= FEWEST else []


def losses(result: object) -> Sequence[float]:
    """The longest series that came back, the one that is called a loss first; rows of several terms by their first."""
    found = [one for one in series(_named(result)) if len(one.values) > 1]
    total = [one for one in found if one.measure == "loss"] or [one for one in found if "mu" not in one.name.lower()]
    return max(total, key=lambda one: len(one.values)).values if total else []


def _named(result: object) -> object:
    return {"of": result} if not isinstance(result, Mapping) else result


def _falls(values: Sequence[float]) -> bool:
    last = values[-max(len(values) // 10, 1) :]
    return bool(np.mean(last) < values[0])


@suite.gallery(observe=PROGRAMS)
def shown(outcome: Outcome) -> Sequence[Snapshot]:
    """What the programs drew."""
    return [
        Snapshot(say("Figure {number}", number=number), pixels)
        for number, (_, pixels) in enumerate(outcome.drawn[:8], start=1)
    ]
