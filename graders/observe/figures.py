"""Figures as data: what a submission drew, read as what anybody may have sent."""

from __future__ import annotations

from typing import Annotated

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

MOST_PLACES = 5_000
LONGEST = 720
Numbers = NDArray[np.float64]


def _numbers(value: object) -> Numbers:
    if not isinstance(value, np.ndarray) or value.dtype != np.float64 or value.ndim != 1 or len(value) > MOST_PLACES:
        raise ValueError("numbers are an array of float64 of one axis")
    return value


Places = Annotated[Numbers, BeforeValidator(_numbers)]
Text = Annotated[str, Field(max_length=300)]
Pair = tuple[float, float]


class _Drawn(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)


class Line(_Drawn):
    """A line: its places (n,) and (n,), what the legend calls it ("" nothing), "" for no style or no marker."""

    x: Places
    y: Places
    label: Text
    colour: Text
    style: Text
    marker: Text


class Points(_Drawn):
    """A scatter plot: the colour of each place as a number into `colours`, and the values that the colours stand for."""

    x: Places
    y: Places
    colours: Annotated[list[Text], Field(max_length=60)]
    colour: Places
    values: Places | None
    label: Text


class Bars(_Drawn):
    """Bars, those of a histogram too."""

    x: Places
    height: Places
    label: Text


class Region(_Drawn):
    """What is drawn at each place; see `graders.probes.regions`."""

    kind: Text
    x: Places
    y: Places
    value: Places


class Axes(_Drawn):
    """One plot. `legend` is None where there is none."""

    title: Text
    xlabel: Text
    ylabel: Text
    xlim: Pair
    ylim: Pair
    scales: tuple[Text, Text]
    grid: bool
    legend: Annotated[list[Text], Field(max_length=400)] | None
    lines: Annotated[list[Line], Field(max_length=60)]
    points: Annotated[list[Points], Field(max_length=60)]
    bars: Annotated[list[Bars], Field(max_length=60)]
    texts: Annotated[list[Text], Field(max_length=60)]
    regions: Annotated[list[Region], Field(max_length=8)]

    @property
    def empty(self) -> bool:
        """Whether nothing is drawn in it."""
        return not (self.lines or self.points or self.bars or self.regions or self.texts)


class Figure(_Drawn):
    """One figure: whether it was shown, and the names of the files that it was saved to."""

    size: Pair
    title: Text
    axes: Annotated[list[Axes], Field(max_length=24)]
    shown: bool
    saved: Annotated[list[Text], Field(max_length=20)]


Figures = Annotated[list[Figure], Field(max_length=40)]


def _pixels(value: object) -> NDArray[np.uint8]:
    fits = isinstance(value, np.ndarray) and value.dtype == np.uint8 and value.ndim == 3
    if not fits or not isinstance(value, np.ndarray) or value.shape[2] != 3 or not 0 < max(value.shape) <= LONGEST:
        raise ValueError("a picture is a small array of bytes")
    return value


Pixels = Annotated[NDArray[np.uint8], BeforeValidator(_pixels)]
"""uint8 of shape (height, width, 3)."""
