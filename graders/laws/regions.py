"""Which class of a plot each place lies in, and the line that it should be divided by: w·x + b = 0. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from graders.observe.figures import Axes, Numbers, Region

# Of the places that are not near the line, this many must lie in their own region.
AGREES = 0.985
# Near the line: this share of the plot's diagonal. A coarse mesh has steps.
NEAR = 0.02
FEWEST = 25
SQUARE = "axes-swapped or transposed"
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
    if not 0 < float((line.score(region.x, region.y) > 0).mean()) < 1:
        # The line is outside: there is one region.
        return not any(_halves(region))
    return any(_agreement(region, half, line) >= AGREES for half in _halves(region))


def _lies_on(region: Region, line: Straight) -> bool:
    """Whether one level of contour lines lies on the line."""
    near = NEAR * _diagonal(region)
    levels = [region.value == level for level in np.unique(region.value)]
    return any(bool(np.all(np.abs(line.score(region.x[at], region.y[at])) <= near)) for at in levels if at.sum() > 1)


def _agreement(region: Region, half: bytes, line: Straight) -> float:
    """The share of places on their side of the line, which side is which left open."""
    above = np.frombuffer(half, bool)
    score = line.score(region.x, region.y)
    clear = np.abs(score) > NEAR * _diagonal(region)
    if clear.sum() < FEWEST or not 0 < (score[clear] > 0).mean() < 1:
        return 0.0
    share = float((above[clear] == (score[clear] > 0)).mean())
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
    return SQUARE if {*SQUARE.split(" or ")} <= {*found} else next(iter(found), None)


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


def _replaced(region: Region, x: Numbers, y: Numbers) -> Region:
    return region.model_copy(update={"x": x, "y": y})


def _ends(values: Numbers) -> tuple[float, float]:
    low, high = float(values.min()), float(values.max())
    return low, high if high > low else low + 1.0


def best(axes: Sequence[Axes], line: Straight) -> Region | None:
    """The first map that follows the line."""
    return next((region for one in axes for region in maps(one) if follows(region, line)), None)
