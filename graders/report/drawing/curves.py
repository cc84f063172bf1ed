"""One line a series. A value that is not finite breaks its line and is counted in the legend."""

from __future__ import annotations

import textwrap

import numpy as np
from markupsafe import Markup
from numpy.typing import NDArray

from graders.language import Translate, say
from graders.report.drawing.axes import Doubles, Scale, extent, ticks
from graders.report.drawing.elements import LINE, WIDTH, Drawing, Note, element, label
from graders.report.numbers import numbers
from graders.report.pictures import Curves

LOOKS = 6
MOST = 200
LEFT, TALL = 46.0, 130.0
LETTER = 6.6


def draw(picture: Curves, translate: Translate) -> Drawing:
    """The legend, then the lines over 1, 2, …, n."""
    series = [(translate(name), np.asarray(values, dtype=np.float64).ravel()) for name, values in picture.series]
    legend, top = _legend([name for name, _ in series])
    longest = max((values.size for _, values in series), default=0)
    everything = np.concatenate([values for _, values in series]) if series else np.zeros(0)
    across, up = _scales(everything, longest, top)
    lines = [_line(values, look, across, up) for look, (_, values) in enumerate(series)]
    axes = _axes(across, up, longest, translate)
    name = label(translate(picture.across), WIDTH - 8, top + TALL + 30, "tick", "end")
    return Drawing(top + TALL + 34, Markup("").join([*legend, *axes, *lines, name]), _notes(series, translate))


def _scales(values: Doubles, longest: int, top: float) -> tuple[Scale, Scale]:
    low, high = extent(values)
    return Scale(1, max(longest, 2), LEFT + 8, WIDTH - 16), Scale(low, high, top + TALL - 4, top + 6)


def _legend(names: list[str]) -> tuple[list[Markup], float]:
    """The names in rows as wide as the picture, and where the plot begins below them."""
    drawn, x, y = [], 2.0, 11.0
    for look, name in enumerate(textwrap.shorten(name, 48, placeholder="…") for name in names):
        width = 34 + LETTER * len(name)
        if x > 2 and x + width > WIDTH:
            x, y = 2.0, y + LINE
        drawn.append(element("path", class_=_class(look), d=f"M{x:.1f} {y - 4:.1f}h20"))
        drawn.append(label(name, x + 25, y))
        x += width + 8
    return drawn, y + 8 if names else 4.0


def _line(values: Doubles, look: int, across: Scale, up: Scale) -> Markup:
    kept = _thinned(values)
    xs, ys = across.places(kept.astype(np.float64) + 1), up.places(values[kept])
    runs = [[f"M{xs[run[0]]:.1f} {ys[run[0]]:.1f}"] + [f"L{xs[place]:.1f} {ys[place]:.1f}" for place in run[1:]]
            for run in _runs(np.isfinite(values[kept]))]  # fmt: skip
    path = "".join("".join(run) for run in runs if len(run) > 1)
    dots = "".join(f"{run[0]}h0" for run in runs if len(run) == 1)
    drawn = element("path", class_=_class(look), d=path)
    return drawn + element("path", class_=f"{_class(look)} dot", d=dots) if dots else drawn


def _runs(finite: NDArray[np.bool_]) -> list[NDArray[np.intp]]:
    """The places of values with nothing broken between them."""
    places = np.flatnonzero(finite)
    return [run for run in np.split(places, np.flatnonzero(np.diff(places) > 1) + 1) if run.size]


def _thinned(values: Doubles) -> NDArray[np.intp]:
    """Which values are drawn: all of them, or the lowest and the highest of each short stretch."""
    if values.size <= 2 * MOST:
        return np.arange(values.size)
    length = -(-values.size // MOST)
    stretches = np.pad(values, (0, -values.size % length), mode="edge").reshape(-1, length)
    ends = np.stack([stretches.argmin(axis=1), stretches.argmax(axis=1)])
    return np.unique((ends + np.arange(len(stretches)) * length).clip(max=values.size - 1))


def _axes(across: Scale, up: Scale, longest: int, translate: Translate) -> list[Markup]:
    write = numbers(translate)
    drawn = []
    for value in ticks(up.low, up.high, 4):
        y = up.place(value)
        drawn.append(element("path", class_="grid", d=f"M{LEFT:g} {y:.1f}H{WIDTH:g}"))
        drawn.append(label(write.short(value, 6), LEFT - 6, y + 4, "tick", "end"))
    for value in _steps(longest):
        drawn.append(label(write.short(value, 6), across.place(value), up.start + 20, "tick", "middle"))
    return drawn


def _steps(longest: int) -> list[float]:
    """The numbers under the plot: 1, then round ones that leave it room."""
    round_ = ticks(1, longest, 7) if longest > 1 else []
    return [1.0] * (longest > 0) + [value for value in round_ if value == int(value) and value > 1 + longest / 12]


def _notes(series: list[tuple[str, Doubles]], translate: Translate) -> tuple[Note, ...]:
    notes = []
    for name, values in series:
        broken = int(np.size(values) - np.isfinite(values).sum())
        if broken:
            text = say("{name}: not finite in {count} of {all} places", name=name, count=broken, all=values.size)
            notes.append(Note(translate(text), True))
    return tuple(notes)


def _class(look: int) -> str:
    return f"curve look{look % LOOKS}"
