"""Heat maps side by side, each with its own range of values written under it."""

from __future__ import annotations

import textwrap

import numpy as np
from markupsafe import Markup
from numpy.typing import NDArray

from graders.language import Translate, say
from graders.report.drawing.axes import Doubles, extent
from graders.report.drawing.elements import LINE, WIDTH, Drawing, Note, element, label
from graders.report.drawing.png import BROKEN, LEVELS, heat
from graders.report.numbers import numbers
from graders.report.pictures import Floats, Images

HIGHEST, WIDEST = 64, 128
GAP = 12.0
LETTER = 6.6
Panel = tuple[str, Doubles]


def draw(picture: Images, translate: Translate) -> Drawing:
    """At most three in a row; pixels larger than life, never smoothed."""
    panels = [(translate(caption), _reduced(values)) for caption, values in picture.panels]
    columns = min(max(len(panels), 2), 3)
    drawn, top = [], 0.0
    for first in range(0, len(panels), columns):
        row, height = _row(panels[first : first + columns], columns, top, translate)
        drawn += row
        top += height + GAP
    return Drawing(max(top - GAP, 0), Markup("").join(drawn), _notes(panels, translate))


def _row(panels: list[Panel], columns: int, top: float, translate: Translate) -> tuple[list[Markup], float]:
    width = (WIDTH - GAP * (columns - 1)) / columns
    captions = [textwrap.wrap(caption, int(width / LETTER)) or [""] for caption, _ in panels]
    above = LINE * max(map(len, captions))
    heights = [_height(values, width) for _, values in panels]
    drawn = []
    for place, (_, values) in enumerate(panels):
        x = place * (width + GAP)
        drawn += [label(text, x, top + 12 + LINE * line) for line, text in enumerate(captions[place])]
        drawn.append(_image(values, x, top + above, width, heights[place]))
        drawn.append(label(_range(values, translate), x, top + above + heights[place] + 14, "tick"))
    return drawn, above + max(heights) + LINE


def _reduced(values: Floats) -> Doubles:
    """At most HIGHEST × WIDEST of the pixels, evenly spaced."""
    height, width = values.shape
    kept = values[:: -(-height // HIGHEST) or 1, :: -(-width // WIDEST) or 1]
    return np.asarray(kept, dtype=np.float64)


def _height(values: Doubles, width: float) -> float:
    return min(max(width * values.shape[0] / values.shape[1], 12), width) if values.size else 12.0


def _image(values: Doubles, x: float, y: float, width: float, height: float) -> Markup:
    place = {"x": x, "y": y, "width": width, "height": height}
    if not values.size:
        return element("rect", class_="nothing", **place)
    return element("image", href=heat(_levels(values)), preserveAspectRatio="none", class_="pixels", **place)


def _levels(values: Doubles) -> NDArray[np.uint8]:
    low, high = extent(values)
    finite = np.isfinite(values)
    shares = (np.where(finite, values, low).clip(low, high) / 2 - low / 2) / (high / 2 - low / 2)
    return np.where(finite, shares * (LEVELS - 1), BROKEN).astype(np.uint8)[::-1]


def _range(values: Doubles, translate: Translate) -> str:
    finite = values[np.isfinite(values)]
    if not finite.size:
        return translate(say("no values"))
    write = numbers(translate)
    return f"{write.short(float(finite.min()))} … {write.short(float(finite.max()))}"


def _notes(panels: list[Panel], translate: Translate) -> tuple[Note, ...]:
    counted = [(caption, int(values.size - np.isfinite(values).sum())) for caption, values in panels]
    broken = [
        say("{caption}: not finite in {count} pixels (red)", caption=caption, count=count)
        for caption, count in counted
        if count
    ]
    return tuple(Note(translate(text), True) for text in broken)
