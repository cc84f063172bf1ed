"""Part 3: two curves, and what tells a reader which is which."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import numpy as np

from graders.language import Message, say
from graders.laws.figures import Curve, curves, is_function, named, title
from graders.observe.figures import Axes, Figure
from graders.observe.outcome import Outcome
from graders.report.pictures import Picture, Snapshot
from graders.verdict import Status, Verdict, failed, partial, passed

from .declared import RAN, suite

TURN = 2 * np.pi
FUNCTIONS: Mapping[str, Callable[..., np.ndarray]] = {"sin": np.sin, "cos": np.cos}
WORDS = {"sin": ("sin",), "cos": ("cos",)}
# A last step may be missing: np.arange(0, 2 * np.pi, 0.1) ends at 6.2.
SLACK, FEWEST = 0.25, 16
MOST_SHOWN = 12
# Nobody draws fourteen turns: an axis that goes so far is in degrees.
QUARTER = 90
DEGREES = say("The angles are in degrees: np.sin and np.cos take radians, from 0 to 2π.")


@suite.criterion("figure.curves", observe=RAN)
def both(ran: Outcome) -> Verdict:
    """sin and cos over one turn, each under its own name."""
    drawn = list(curves(ran.figures)) or list(curves(ran.figures, fewest=2))
    found = {name: [one for one in drawn if is_function(one, function)] for name, function in FUNCTIONS.items()}
    there = [name for name, some in found.items() if some]
    if len(there) == 2:
        return _both({name: max(some, key=_width) for name, some in found.items()}, found)
    if not drawn:
        return Verdict(status=Status.MISSING, credit=0, diagnosis="missing", feedback=(say("No curve was drawn."),))
    return _degrees(drawn) or _one(there, drawn)


def _width(curve: Curve) -> float:
    return float(np.ptp(curve.x))


def _both(widest: Mapping[str, Curve], found: Mapping[str, Sequence[Curve]]) -> Verdict:
    """Both functions are there: whether they have their own names, enough places, and the whole turn."""
    said = {name: [named(one.label, WORDS) for one in some] for name, some in found.items()}
    if any(name not in labels and any(labels) for name, labels in said.items()):
        return failed("labels-swapped", say("The curve that is called sin is cos, or the other way round."))
    if any(one.x[-1] >= QUARTER for one in widest.values()):
        return failed("degrees", DEGREES)
    if any(one.x[0] > SLACK or one.x[-1] < TURN - SLACK for one in widest.values()):
        ends = next((one.x[0], one.x[-1]) for one in widest.values() if one.x[0] > SLACK or one.x[-1] < TURN - SLACK)
        return partial(
            0.5,
            "other-interval",
            say("The curves go from {low} to {high}, not from 0 to 2π.", low=round(ends[0], 2), high=round(ends[1], 2)),
        )
    if any(len(one.x) < FEWEST for one in widest.values()):
        return partial(0.75, "few-places", say("There are so few places that the curves have corners."))
    if any(one.x[0] < -SLACK or one.x[-1] > TURN + SLACK for one in widest.values()):
        return passed(say("The curves go beyond [0, 2π], which they contain."))
    return passed()


def _degrees(drawn: Sequence[Curve]) -> Verdict | None:
    """Angles in degrees: on the axis only, or given to sin as if they were radians."""
    wide = [one for one in drawn if one.x[-1] >= QUARTER]
    turned = [replace(one, x=np.deg2rad(one.x)) for one in wide]
    if all(any(is_function(one, function) for one in turned) for function in FUNCTIONS.values()):
        return partial(
            0.5, "degrees", say("The axis is in degrees; the curves over [0, 2π], in radians, are asked for.")
        )
    if any(is_function(one, function) for one in wide for function in FUNCTIONS.values()) or wide:
        return failed("degrees", DEGREES)
    return None


def _one(there: Sequence[str], drawn: Sequence[Curve]) -> Verdict:
    """One of the two at most."""
    degrees = [one for one in drawn for f in FUNCTIONS.values() if is_function(one, lambda x, f=f: f(np.deg2rad(x)))]  # type: ignore[misc]
    if degrees:
        return failed("degrees", say("The angles are converted to radians, although they are in radians already."))
    if not there:
        return failed("other-curves", say("Neither of the curves is sin or cos of the angles below it."))
    names = [name for one in drawn if (name := named(one.label, WORDS)) and name not in there]
    missing = next(name for name in FUNCTIONS if name not in there)
    if names:
        return partial(1 / 3, "wrong-data", say("The curve that is called {name} is not {name}.", name=missing))
    if len(drawn) == 1:
        return partial(
            1 / 3, "one-curve", say("Only {name} is drawn; {missing} is asked for too.", name=there[0], missing=missing)
        )
    return partial(1 / 3, "wrong-data", say("{name} is right; no curve is {missing}.", name=there[0], missing=missing))


@suite.criterion("figure.labels", observe=RAN)
def labels(ran: Outcome) -> Verdict:
    """A title, the names of both axes, a legend and a grid."""
    every = [(axes, figure) for figure in ran.figures for axes in figure.axes]
    # Without a curve there is nothing to name in a legend, which is paid with the curves.
    plots = [one for one in every if one[0].lines or one[0].points]
    named_only = [one for one in every if title(*one) or one[0].xlabel.strip() or one[0].ylabel.strip()]
    if not plots and not named_only:
        return Verdict(status=Status.MISSING, credit=0, diagnosis="missing", feedback=(say("No figure was found."),))
    lacking = min((_lacking(axes, figure) for axes, figure in plots or named_only), key=len)
    if not lacking:
        return passed()
    if len(lacking) == len(PARTS):
        return failed("nothing-named", say("The figure has neither title, nor names of axes, nor legend, nor grid."))
    return partial(1 - len(lacking) / len(PARTS), lacking[0], *(PARTS[name] for name in lacking))


PARTS: Mapping[str, Message] = {
    "title-missing": say("The figure has no title."),
    "xlabel-missing": say("The horizontal axis has no name."),
    "ylabel-missing": say("The vertical axis has no name."),
    "legend-missing": say("No legend says which curve is which."),
    "grid-missing": say("There is no grid."),
}


def _lacking(axes: Axes, figure: Figure) -> list[str]:
    """What one plot does not have."""
    there = {
        "title-missing": bool(title(axes, figure)),
        "xlabel-missing": bool(axes.xlabel.strip()),
        "ylabel-missing": bool(axes.ylabel.strip()),
        "legend-missing": _has_legend(axes, figure),
        "grid-missing": axes.grid,
    }
    return [name for name, present in there.items() if not present]


def _has_legend(axes: Axes, figure: Figure) -> bool:
    """Whether the curves can be told apart by a legend, by texts beside them, or by titles of plots of their own."""
    if not axes.lines and not axes.points:
        return True
    if axes.legend is not None and any(re.search(r"\w", one) for one in axes.legend):
        return True
    alone = [one for one in figure.axes if one.lines]
    return len(alone) > 1 and len(axes.lines) == 1 and named(axes.title + axes.ylabel, WORDS) is not None


@suite.gallery(observe=RAN)
def figures(ran: Outcome) -> Sequence[Picture]:
    """What the student drew."""
    return [
        Snapshot(say("Figure {number}", number=place), shown)
        for place, (_, shown) in enumerate(ran.drawn[:MOST_SHOWN], start=1)
    ]
