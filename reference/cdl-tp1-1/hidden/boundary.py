"""Question 2: the regions over a mesh, and the figure that is saved."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

import numpy as np

from graders.language import Message, say
from graders.laws.figures import classes
from graders.laws.pictures import state
from graders.laws.regions import SQUARE, Straight, divided, follows, maps, mistaken
from graders.observe.figures import Axes, Figure, Line, Region
from graders.observe.outcome import Outcome
from graders.observe.source import Text
from graders.report.pictures import Picture, Snapshot
from graders.verdict import Status, Verdict, failed, partial, passed

from .declared import PROGRAM, REPLAYS, SOURCE, suite
from .judging import Replay, results

MOST_LINES, MOST_SHOWN, CLOUD = 40, 12, 400

SENTENCES: Mapping[str, Message] = {
    "axes-swapped": say("The regions are those of (y, x): the two coordinates of the mesh are swapped."),
    "transposed": say(
        "The regions are transposed: reshape the predictions as the mesh is, without .T and without order='F'."
    ),
    SQUARE: say("The regions are those of (y, x): the two coordinates are swapped, or the predictions are transposed."),
    "upside-down": say("The regions are upside down: row 0 is the bottom of the mesh (with imshow, origin='lower')."),
    "mirrored": say("The regions are mirrored from left to right."),
    "bias-forgotten": say("The regions are the sign of w·x alone: b is missing."),
    "other-regions": say("The regions that are drawn are not the sign of w·x + b."),
}


@dataclass(frozen=True, eq=False)
class Seen:
    """The maps of a run, and every line that it may have learned, the last first."""

    maps: Sequence[Region]
    lines: Sequence[Straight]
    axes: Sequence[Axes]
    still: bool


def seen(outcome: Outcome) -> Seen:
    """What a run drew and learned."""
    axes = [one for figure in outcome.figures for one in figure.axes]
    learned = results(outcome)
    lines = [one.line for one in learned if np.any(one.w) and np.isfinite([*one.w, one.b]).all()]
    still = bool(learned) and not lines
    return Seen([one for each in axes for one in maps(each)], lines[:MOST_LINES], axes, still)


@suite.criterion("boundary.grid", observe=(PROGRAM, REPLAYS))
def grid(program: Outcome, replays: tuple[Replay, ...]) -> Verdict:
    """The regions are the sign of w·x + b over a mesh."""
    runs = [*(seen(one.outcome) for one in replays), seen(program)]
    drawn = [one for one in runs if one.maps and one.lines]
    if not any(one.lines for one in runs) and any(one.maps for one in runs) and any(one.still for one in runs):
        return passed(say("w is 0, so there is one region alone."))
    if drawn:
        return _of_maps(drawn[0])
    if any(one.maps for one in runs):
        return _without_line(next(one for one in runs if one.maps))
    if any(_is_boundary(line, one) for one in runs for each in one.axes for line in each.lines):
        return partial(0.5, "line-only", say("The boundary is drawn as a line; the regions over a mesh are asked for."))
    raised = next((chunk.raised for chunk in program.journal if chunk.raised), None)
    feedback = [
        NO_MAP,
        *(
            [say("The program stops with {type} at line {line}.", type=str(raised["type"]), line=str(raised["line"]))]
            if raised
            else []
        ),
    ]
    return Verdict(status=Status.MISSING, credit=0, diagnosis="missing", feedback=tuple(feedback))


NO_MAP = say("No regions were drawn: np.meshgrid and plt.contourf were looked for.")


def _of_maps(run: Seen) -> Verdict:
    """One map that follows a line which was learned is enough; else what explains the first."""
    if any(follows(region, line) for region in run.maps for line in run.lines):
        return passed(*([] if any(map(divided, run.maps)) else [say("The boundary is drawn as a contour line.")]))
    region = next((one for one in run.maps if divided(one)), run.maps[0])
    for line in run.lines:
        if name := mistaken(region, line):
            return failed(name.split(" or ")[0], SENTENCES[name])
    if any(follows(region, Straight(line.w, 0.0)) for line in run.lines):
        return failed("bias-forgotten", SENTENCES["bias-forgotten"])
    return failed("other-regions", SENTENCES["other-regions"])


def _without_line(run: Seen) -> Verdict:
    """Regions whose w and b are nowhere to be found: whether they divide the classes that are drawn over them."""
    for axes in run.axes:
        groups = [one for one in classes(axes.points, axes.lines) if len(one[0]) < CLOUD]
        for region in maps(axes):
            if len(groups) == 2 and _divides(region, groups):
                return passed(say("w and b were not found; the regions divide the classes that are drawn."))
    return failed("other-regions", SENTENCES["other-regions"])


def _divides(region: Region, groups: Sequence[tuple[np.ndarray, np.ndarray]]) -> bool:
    """Whether nearly every point lies in the region of its class."""
    finite = np.isfinite(region.value)
    middle = (region.value[finite].min() + region.value[finite].max()) / 2 if finite.any() else 0.0
    sides = [_values(region, x, y) > middle for x, y in groups]
    share = (sides[0].sum() + (~sides[1]).sum()) / max(len(sides[0]) + len(sides[1]), 1)
    return bool(max(share, 1 - share) >= 0.95)


def _values(region: Region, x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """What is drawn nearest to each place."""
    away = (region.x[None] - x[:, None]) ** 2 + (region.y[None] - y[:, None]) ** 2
    nearest: np.ndarray = np.nan_to_num(region.value[away.argmin(axis=1)], nan=-1e9)
    return nearest


def _is_boundary(line: Line, run: Seen) -> bool:
    """Whether a line that is drawn is one that was learned."""
    if len(line.x) < 2 or not line.style or not np.isfinite([*line.x, *line.y]).all():
        return False
    extent = float(np.hypot(np.ptp(line.x), np.ptp(line.y))) or 1.0
    return any(bool(np.abs(one.score(line.x, line.y)).max() <= 0.02 * extent) for one in run.lines)


@suite.criterion("boundary.figure", observe=(PROGRAM, SOURCE))
def figure(program: Outcome, source: Text) -> Verdict:
    """Points of both classes and the boundary, in an image that opens."""
    verdict = _figure(program)
    if (
        verdict.diagnosis == "points-missing"
        and source.mentions("seaborn")
        and importlib.util.find_spec("seaborn") is None
    ):
        flag = say("The points may have been drawn with seaborn, which is not installed here.")
        return passed().model_copy(update={"flags": (flag,)})
    return verdict


def _figure(program: Outcome) -> Verdict:
    """The same, of what matplotlib itself was told."""
    run = seen(program)
    whole = [one for one in program.figures if _parts(one, run) == {*LACKING}]
    best = max(program.figures, key=lambda one: len(_parts(one, run)), default=None)
    if best is None:
        return _no_figure(program)
    # Points without a boundary anywhere: it is paid in the question before.
    paid = _parts(best, run) == {"points"} and not any("boundary" in _parts(one, run) for one in program.figures)
    lacking = [] if paid else [LACKING[part] for part in LACKING if part not in _parts(best, run)]
    verdict, said = _saved(program, whole or [best])
    if not lacking and verdict == "saved":
        return passed(*said)
    credit = 0.25 * (2 - len(lacking)) + (0.5 if verdict == "saved" else 0)
    diagnosis = verdict if verdict != "saved" else lacking[0][0]
    return (
        partial(credit, diagnosis, *(sentence for _, sentence in lacking), *said)
        if credit
        else failed(diagnosis, *said)
    )


LACKING: Mapping[str, tuple[str, Message]] = {
    "points": (
        "points-missing",
        say("The points of the two classes cannot be told apart in the figure, or are not in it."),
    ),
    "boundary": ("boundary-missing", say("The figure shows neither regions nor a line that divides them.")),
}


def _no_figure(program: Outcome) -> Verdict:
    raised = next((chunk.raised for chunk in program.journal if chunk.raised), None)
    said = say("No figure was drawn.")
    if raised is None:
        return Verdict(status=Status.MISSING, credit=0, diagnosis="missing", feedback=(said,))
    stopped = say("The program stops with {type} at line {line}.", type=str(raised["type"]), line=str(raised["line"]))
    return Verdict(status=Status.MISSING, credit=0, diagnosis="missing", feedback=(said, stopped))


def _parts(one: Figure, run: Seen) -> set[str]:
    """Which of the two things one figure shows, in one of its plots."""
    found = [_of_axes(axes, run) for axes in one.axes]
    return max(found, key=len, default=set())


def _of_axes(axes: Axes, run: Seen) -> set[str]:
    groups = [one for one in classes(axes.points, axes.lines) if len(one[0]) < CLOUD or len(axes.points) == 1]
    small = [one for one in axes.points if len(one.x) < CLOUD] or axes.points
    apart = len(classes(small, axes.lines)) >= 2
    line = any(_is_boundary(one, run) for one in axes.lines)
    return ({"points"} if groups and apart else set()) | ({"boundary"} if maps(axes) or line else set())


def _saved(program: Outcome, whole: Sequence[Figure]) -> tuple[str, Sequence[Message]]:
    """Whether one of these figures was saved as an image that opens, and what is said of it."""
    written = [one for one in program.images if one.written]
    handed_in = [one for one in program.images if not one.written and state(one.content) == "drawn"]
    named = {name for one in whole for name in one.saved}
    ours = [
        one for one in written if PurePosixPath(one.name).name in named or not any(f.saved for f in program.figures)
    ]
    states = {state(one.content) for one in ours}
    if states & {"drawn", "unknown"}:
        return "saved", ()
    if states:
        return ("blank-image", (BLANK,)) if "blank" in states else ("damaged-image", (DAMAGED,))
    empty = [one for one in program.figures if one.saved and all(axes.empty for axes in one.axes)]
    if empty or any(state(one.content) == "blank" for one in written):
        return "blank-image", (BLANK,)
    if any(one.saved for one in program.figures):
        return "other-figure-saved", (say("The figure that is saved is not the one with the points and the boundary."),)
    if handed_in:
        return "saved", (say("The image was handed in; the program does not write it."),)
    return "not-saved", (say("The figure is not saved: plt.savefig was looked for."),)


BLANK = say("The image that is saved is empty: save the figure before plt.show(), which closes it.")
DAMAGED = say("The image that is saved cannot be opened.")


@suite.gallery(observe=PROGRAM)
def figures(program: Outcome) -> Sequence[Picture]:
    """What the student drew."""
    return list(_shown(program))


@suite.picture("boundary.grid", observe=PROGRAM)
def regions(program: Outcome) -> Sequence[Picture]:
    """The figure with the regions."""
    return [
        one for one, (drawn, _) in zip(_shown(program), program.drawn, strict=False) if any(maps(a) for a in drawn.axes)
    ][:1]


def _shown(program: Outcome) -> Iterator[Snapshot]:
    for place, (_, pixels) in enumerate(program.drawn[:MOST_SHOWN], start=1):
        yield Snapshot(say("Figure {number}", number=place), pixels)
