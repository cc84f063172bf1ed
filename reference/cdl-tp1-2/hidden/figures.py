"""Question 3: the curves of the losses, and the regions of the classes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from graders.language import say
from graders.laws.figures import Curve, classes, curves
from graders.laws.naming import set_of
from graders.laws.regions import divided, maps
from graders.laws.series import Series, series
from graders.observe.figures import Axes, Figure, Region
from graders.observe.observation import Failure
from graders.observe.outcome import Outcome
from graders.observe.probe import Optional
from graders.observe.steps import Heard
from graders.report.pictures import Snapshot
from graders.verdict import Verdict, failed, partial, passed

from .declared import suite
from .experiments import PROGRAM, losses
from .training import WATCHED, lacks, sound

SHORTEST, LIKE = 10, 0.04
# Of the points, in the region of their class. Measured, seven draws of the programs' own, the reference and 13 right ways: 0.833
# to 1.00 (the weakest way 0.833 to 0.843). Where the histories tell how many the best network has right at last, 0.00 less
# (deviation 0.006); where the networks go back to their best state, up to 0.053 less (mean 0.040, deviation 0.014: four of them
# to the limit). A network that learned nothing has 0.78 in 4 of 100 draws.
AGREES, LESS, SLACK, FEWEST = 0.78, 0.1, 0.05, 10


@suite.criterion("figure.curves", observe=(PROGRAM, Optional(WATCHED)))
def loss_curves(outcome: Outcome, training: tuple[Heard | Failure]) -> Verdict:
    """A plot with the training and the validation losses of a run, named."""
    verdict, paid = _of_curves(outcome), lacks(training[0])
    follows = verdict.diagnosis == "one-curve" and paid in NO_VALIDATION
    if follows or (verdict.diagnosis == "no-figure" and paid == "not-every-epoch" and curves(outcome.figures)):
        return passed(say("What is missing in the curves is missing in the history, where it is paid."))
    return verdict


NO_VALIDATION = ("values-missing", "never-evaluated")


def _of_curves(outcome: Outcome) -> Verdict:
    known = [found for one in outcome.returned if (found := list(series(one.value)))]
    pairs = [(losses(one, "train"), losses(one, "valid")) for one in known]
    # Trainings of a few epochs have short curves, which is paid with the experiments.
    longest = max((len(one) for pair in pairs for one in pair), default=0)
    shortest = min(SHORTEST, longest) if longest > 1 else SHORTEST
    drawn = list(curves(_lines_alone(outcome.figures), fewest=shortest))
    if not drawn:
        return failed("no-figure", say("No curve of a training was drawn."))
    both = [axes for axes in _plots(drawn) if _shows(axes, drawn, pairs)]
    if not both:
        return _why_not(drawn, known, pairs)
    if not any(_named(axes) for axes in both):
        return failed(
            "no-legend", say("Nothing says which curve is training and which is validation: a legend is missing.")
        )
    if all(_swapped_names(axes, drawn, pairs) for axes in both):
        return failed(
            "labels-swapped", say("The curve that is called training is validation, and the other way round.")
        )
    return passed()


def _swapped_names(axes: Axes, drawn: Sequence[Curve], pairs: Pairs) -> bool:
    """Whether each loss of a run stands under the name of the other, and not under its own."""
    named = {set_of(one.label): one for one in drawn if one.axes is axes and set_of(one.label)}
    if {*named} != {"train", "valid"}:
        return False
    train, valid = named["train"], named["valid"]
    return any(_is(train, v) and _is(valid, t) and not (_is(train, t) or _is(valid, v)) for t, v in pairs if len(t))


def _lines_alone(figures: Sequence[Figure]) -> list[Figure]:
    """Without points: they are examples, and no curve."""
    return [
        one.model_copy(update={"axes": [axes.model_copy(update={"points": []}) for axes in one.axes]})
        for one in figures
    ]


def _plots(drawn: Sequence[Curve]) -> list[Axes]:
    return list({id(one.axes): one.axes for one in drawn}.values())


Pairs = Sequence[tuple[Sequence[float], Sequence[float]]]


def _shows(axes: Axes, drawn: Sequence[Curve], pairs: Pairs) -> bool:
    """Whether a plot shows both losses of a run; where no run is known, any two curves."""
    mine = [one for one in drawn if one.axes is axes]
    known = [pair for pair in pairs if len(pair[0]) and len(pair[1])]
    if not known:
        # What their names say is something else, such as two optimisers, is no training beside its validation.
        said = {set_of(one) for one in axes.legend or [] if one.strip()}
        return len(mine) >= 2 and (not said or "train" not in said or len(said) > 1) and said != {None}
    return any(all(any(_is(one, values) for one in mine) for values in pair) for pair in known)


def _is(curve: Curve, values: Sequence[float]) -> bool:
    places = np.linspace(0, len(values) - 1, len(curve.y))
    shown = np.interp(places, np.arange(len(values)), values)
    with np.errstate(divide="ignore", invalid="ignore"):
        forms = (shown, np.log10(shown))
    return any(
        bool(np.isfinite(one).all() and np.mean(np.abs(one - curve.y)) <= LIKE * max(np.ptp(one), 1e-9))
        for one in forms
    )


def _named(axes: Axes) -> bool:
    return len({one.strip() for one in axes.legend or [] if one.strip()}) >= 2


def _why_not(drawn: Sequence[Curve], known: Sequence[Sequence[Series]], pairs: Pairs) -> Verdict:
    trains, valids = (
        any(_is(one, pair[place]) for pair in pairs if len(pair[place]) for one in drawn) for place in (0, 1)
    )
    if trains and valids:
        return partial(
            0.5,
            "separate-plots",
            say("Training and validation losses are in separate plots: only one plot shows the gap."),
        )
    if trains or valids:
        return failed("one-curve", say("Only one of the two losses is drawn; training and validation were asked for."))
    if any(_is(one, each.values) for history in known for each in history for one in drawn if len(each.values) > 1):
        return failed(
            "not-the-losses", say("The curves are not losses: training and validation losses were asked for.")
        )
    return failed("not-the-losses", say("The curves are not the losses that the trainings returned."))


@suite.criterion("figure.boundary", observe=(PROGRAM, Optional(WATCHED)))
def boundary(outcome: Outcome, training: tuple[Heard | Failure]) -> Verdict:
    """Regions over a mesh, with points of both classes that lie in them."""
    plots = [
        (axes, [one for one in maps(axes) if divided(one) and _is_mesh(one)])
        for figure in outcome.figures
        for axes in figure.axes
    ]
    regions = [(axes, found) for axes, found in plots if found]
    if not regions and not sound(training[0]) and _is_of_one_class(outcome.figures):
        return passed(say("The regions are those of one class: it is the training that is not right."))
    if not regions:
        return failed("no-regions", say("No plot shows regions of the classes over a mesh."))
    pointed = [(axes, found, points) for axes, found in regions if (points := _points(axes))]
    if not pointed:
        return failed("no-points", say("The regions are drawn without the points of both classes."))
    if not sound(training[0]):
        return passed(
            say("How well the regions fit the points is not judged: the training, or its history, is not right.")
        )
    shares, least = [max(agreement(one, points) for one in found) for _, found, points in pointed], expected(outcome)
    swapped = [max(agreement(_swapped(one), points) for one in found) for _, found, points in pointed]
    if max(swapped) > max(max(shares) + SLACK / 2, least):
        return failed(
            "axes-swapped", say("The two axes of the mesh are swapped: the regions are mirrored against the points.")
        )
    if max(shares) >= least:
        return passed()
    return failed(
        "regions-do-not-fit",
        say(
            "The regions do not fit the points: at most {percent} % lie in the region of their class.",
            percent=round(100 * max(shares)),
        ),
    )


def _is_of_one_class(figures: Sequence[Figure]) -> bool:
    """Whether points stand on a mesh that has one value everywhere."""
    return any(_points(axes) and any(_is_mesh(one) for one in maps(axes)) for figure in figures for axes in figure.axes)


def expected(outcome: Outcome) -> float:
    """How many points must lie in the region of their class: about as many as the best network has right."""
    found = [list(series(one.value)) for one in outcome.returned]
    ends = [[one.values[-1] for one in each if one.measure == "accuracy" and len(one.values) > 1] for each in found]
    right = [min(values) / (100 if max(values) > 1 else 1) for values in ends if values]
    return max(right) - LESS if right else AGREES


def _is_mesh(region: Region) -> bool:
    """Whether the places are those of a mesh: points of a data set share no coordinates."""
    return region.kind != "points" or len(np.unique(region.x)) * len(np.unique(region.y)) <= 4 * len(region.x)


Class = tuple[np.ndarray, np.ndarray]


@dataclass(frozen=True, eq=False)
class Marked:
    """Points by class; `ordered` where numbers say which class is the higher one."""

    classes: Sequence[Class]
    ordered: bool


def _points(axes: Axes) -> Marked | None:
    """The points of two classes; a mesh drawn as a cloud of points is none."""
    drawn = [one for one in axes.points if len(one.x) < 4_000]
    for one in drawn:
        size = min(len(one.x), len(one.values) if one.values is not None else 0)
        kinds = np.unique(one.values[:size]) if one.values is not None else np.array([])
        if len(kinds) == 2:
            return Marked(
                [(one.x[:size][one.values[:size] == kind], one.y[:size][one.values[:size] == kind]) for kind in kinds],
                ordered=True,
            )  # type: ignore[index]
    found = sorted((one for one in classes(drawn, axes.lines) if len(one[0]) >= FEWEST), key=lambda one: -len(one[0]))
    return Marked(found[:2], ordered=False) if len(found) >= 2 else None


def agreement(region: Region, points: Marked) -> float:
    """The share of points whose nearest place of the mesh is on the side of their class."""
    best = 0.0
    finite = region.value[np.isfinite(region.value)]
    for threshold in np.unique([0.0, 0.5, (finite.min() + finite.max()) / 2, float(np.median(np.unique(finite)))]):
        above = np.nan_to_num(region.value, nan=finite.min()) > threshold
        if 0.02 < above.mean() < 0.98:
            best = max(best, _share(region, above, points))
    return best


def _share(region: Region, above: np.ndarray, points: Marked) -> float:
    """With the higher class on the higher side; the better of both where nothing says which is which."""
    sides = [above[_nearest(region, x, y)].mean() for x, y in points.classes]
    sizes = [len(x) for x, _ in points.classes]
    one = float((sizes[1] * sides[1] + sizes[0] * (1 - sides[0])) / sum(sizes))
    told = (
        points.ordered
        and region.kind in ("contourf", "mesh")
        and len(np.unique(region.value[np.isfinite(region.value)])) <= 3
    )
    return one if told else max(one, 1 - one)


def _nearest(region: Region, x: np.ndarray, y: np.ndarray) -> np.ndarray:
    width, height = np.ptp(region.x) or 1.0, np.ptp(region.y) or 1.0
    away = np.square((region.x[None, :] - x[:300, None]) / width) + np.square(
        (region.y[None, :] - y[:300, None]) / height
    )
    return away.argmin(axis=1)


def _swapped(region: Region) -> Region:
    return region.model_copy(update={"x": region.y, "y": region.x})


@suite.gallery(observe=PROGRAM)
def shown(outcome: Outcome) -> Sequence[Snapshot]:
    """What the program drew, when it was run once more."""
    return [
        Snapshot(say("Figure {number}", number=number), pixels)
        for number, (_, pixels) in enumerate(outcome.drawn[:8], start=1)
    ]
