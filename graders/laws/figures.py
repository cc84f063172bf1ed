"""What a figure shows: curves that are a function, their names, what a plot is told by, two classes of places. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from graders.observe.figures import Axes, Figure, Line, Numbers, Points

Function = Callable[[Numbers], Numbers]
CLOSE = 0.02
FEWEST = 8


@dataclass(frozen=True, eq=False)
class Curve:
    """Places in the order of x, and what they are called."""

    x: Numbers
    y: Numbers
    label: str
    axes: Axes


def curves(figures: Sequence[Figure], fewest: int = FEWEST) -> Iterator[Curve]:
    """Every line and every scatter plot of enough finite places, those of one axes after those of another."""
    for figure in figures:
        for axes in figure.axes:
            drawn: list[Line | Points] = [*axes.lines, *axes.points]
            for one in drawn:
                if curve := _curve(one, axes, fewest):
                    yield curve


def _curve(drawn: Line | Points, axes: Axes, fewest: int) -> Curve | None:
    size = min(len(drawn.x), len(drawn.y))
    x, y = drawn.x[:size], drawn.y[:size]
    finite = np.isfinite(x) & np.isfinite(y)
    if finite.sum() < fewest:
        return None
    order = np.argsort(x[finite], kind="stable")
    return Curve(x[finite][order], y[finite][order], drawn.label, axes)


def is_function(curve: Curve, function: Function) -> bool:
    """Whether y is the function of x everywhere on a curve, but for CLOSE of its height."""
    expected = function(curve.x)
    height = float(np.ptp(expected)) or 1.0
    return bool(np.max(np.abs(curve.y - expected)) <= CLOSE * height)


def words(text: str) -> list[str]:
    """The words of a label in small letters, without accents and signs: "Sinus $\\sin(x)$" is sinus, sin, x."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.findall(r"[a-z]+", plain)


def named(label: str, known: Mapping[str, Sequence[str]]) -> str | None:
    """What a label names: of each meaning the beginnings of its words. None for no meaning, or for several."""
    found = {one for one, starts in known.items() for word in words(label) if word.startswith(tuple(starts))}
    return found.pop() if len(found) == 1 else None


def title(axes: Axes, figure: Figure) -> str:
    """The title of a plot, or that of the figure which holds it."""
    return (axes.title or figure.title).strip()


def classes(points: Sequence[Points], lines: Sequence[Line] = ()) -> list[tuple[Numbers, Numbers]]:
    """The places of a plot by class: by colour, by artist, by marker where lines of markers are drawn."""
    found: list[tuple[Numbers, Numbers]] = []
    for one in points:
        size = min(len(one.x), len(one.colour))
        for number in np.unique(one.colour[:size]):
            here = one.colour[:size] == number
            found.append((one.x[:size][here], one.y[:size][here]))
    found += [(line.x, line.y) for line in lines if line.marker and not line.style]
    return [(x, y) for x, y in found if len(x)]
