"""Which class of a plot each place lies in, and the line that it should be divided by: w·x + b = 0. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graders.observe.figures import Axes, Numbers, Region

# Of the places that are not near the line, this many must lie in their own region.
AGREES = 0.985
# Near the line: this share of the plot's diagonal. A coarse mesh has steps.
NEAR = 0.02
FEWEST = 25
SQUARE = "axes-swapped or transposed"
ALIKE = {*SQUARE.split(" or ")}
SIDE = 40
DIVIDED = ("contourf", "mesh", "image", "fill", "points")


@dataclass(frozen=True)
class Straight:
    """The line w·(x, y) + b = 0."""

    w: tuple[float, float]
    b: float

    def score(self, x: Numbers, y: Numbers) -> Numbers:
        """Positive on one side of it, in units of distance."""
        length = float(np.hypot(*self.w)) or 1.0
        return (self.w[0] * x + self.w[1] * y + self.b) / length


def maps(axes: Axes) -> list[Region]:
    """The region maps of a plot; a scatter plot of very many places in few colours is one."""
    clouds = [one for one in axes.points if len(one.x) >= 400 and 2 <= len(one.colours) <= 8]
    drawn = [Region(kind="points", x=one.x, y=one.y, value=one.colour) for one in clouds]
    return [*(one for one in axes.regions if len(one.x) >= FEWEST), *drawn]


def divided(region: Region) -> bool:
    """Whether a map is about regions: it shows more than one value; contour lines are no regions."""
    return region.kind in DIVIDED and len(set(_halves(region))) > 0


def follows(region: Region, line: Straight) -> bool:
    """Whether a map is divided by this line, or contour lines lie on it."""
    if region.kind == "contour":
        return _lies_on(region, line)
    score = line.score(region.x, region.y)
    clear = np.abs(score) > NEAR * _diagonal(region)
    above = score[clear] > 0
    halves = [np.frombuffer(half, bool)[clear] for half in _halves(region)]
    if len(above) and above.all() == above.any():
        # The line is outside, or at the very edge: there is one region.
        return all(half.all() == half.any() for half in halves)
    return len(above) >= FEWEST and any(_agreement(half, above) >= AGREES for half in halves)


def _lies_on(region: Region, line: Straight) -> bool:
    """Whether one level of contour lines lies on the line."""
    near = NEAR * _diagonal(region)
    levels = [region.value == level for level in np.unique(region.value)]
    return any(bool(np.all(np.abs(line.score(region.x[at], region.y[at])) <= near)) for at in levels if at.sum() > 1)


def _agreement(half: NDArray[np.bool_], above: NDArray[np.bool_]) -> float:
    """The share of places on their side of the line, which side is which left open."""
    share = float((half == above).mean())
    return max(share, 1 - share)


def _halves(region: Region) -> Iterator[bytes]:
    """The ways to divide a map in two: at 0, at ½, in the middle of its values; drawn or not drawn."""
    finite = np.isfinite(region.value)
    if not finite.all() and finite.any():
        yield finite.tobytes()
    if not finite.any():
        return
    low, high = float(region.value[finite].min()), float(region.value[finite].max())
    for threshold in (0.0, 0.5, (low + high) / 2):
        if low < threshold < high:
            yield (np.nan_to_num(region.value, nan=low) > threshold).tobytes()


def _diagonal(region: Region) -> float:
    return float(np.hypot(np.ptp(region.x), np.ptp(region.y))) or 1.0


def mistaken(region: Region, line: Straight) -> str | None:
    """What explains a map that does not follow its line: "axes-swapped", "transposed", "upside-down"; None if nothing does.

    On a square the first two look alike: "axes-swapped or transposed".
    """
    found = [name for name, other in _wrong(region).items() if follows(other, line)]
    return SQUARE if {*found} >= ALIKE else next(iter(found), None)


def _wrong(region: Region) -> Mapping[str, Region]:
    """The map as it would be, had one of the mistakes not been made."""
    (left, right), (low, high) = (_ends(region.x), _ends(region.y))
    turned = _replaced(region, left + (region.y - low) / (high - low) * (right - left),
                       low + (region.x - left) / (right - left) * (high - low))  # fmt: skip
    return {
        "transposed": turned,
        "axes-swapped": _replaced(region, region.y, region.x),
        "upside-down": _replaced(region, region.x, low + high - region.y),
        "mirrored": _replaced(region, left + right - region.x, region.y),
    }


def tells(line: Straight, ends: tuple[tuple[float, float], tuple[float, float]]) -> bool:
    """Whether a map of this line between these ends (left, right), (low, high) shows every mistake as what it is."""
    x, y = (each.ravel() for each in np.meshgrid(*(np.linspace(*one, SIDE) for one in ends)))
    right = Region(kind="contourf", x=x, y=y, value=np.sign(line.score(x, y)))
    flat = Straight(line.w, 0.0)
    made = {name: np.sign(line.score(one.x, one.y)) for name, one in _wrong(right).items()}
    return _names(right, line) == {""} and all(
        name in (found := _names(_valued(right, value), line))
        and found <= ({name} | ALIKE if name in ALIKE else {name})
        for name, value in {**made, "bias-forgotten": np.sign(flat.score(x, y))}.items()
    )


def _names(region: Region, line: Straight) -> set[str]:
    """Everything that explains a map: "" if it follows its line, and every mistake."""
    ways = {"": (region, line), "bias-forgotten": (region, Straight(line.w, 0.0))}
    ways |= {name: (one, line) for name, one in _wrong(region).items()}
    return {name for name, (seen, meant) in ways.items() if follows(seen, meant)}


def _valued(region: Region, value: Numbers) -> Region:
    return region.model_copy(update={"value": value})


def _replaced(region: Region, x: Numbers, y: Numbers) -> Region:
    return region.model_copy(update={"x": x, "y": y})


def _ends(values: Numbers) -> tuple[float, float]:
    low, high = float(values.min()), float(values.max())
    return low, high if high > low else low + 1.0


def best(axes: Sequence[Axes], line: Straight) -> Region | None:
    """The first map that follows the line."""
    return next((region for one in axes for region in maps(one) if follows(region, line)), None)
