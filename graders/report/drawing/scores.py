"""How many of a class have which score."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from markupsafe import Markup

from graders.language import Translate
from graders.report.drawing.axes import Scale, ticks
from graders.report.drawing.elements import WIDTH, Drawing, element, label
from graders.report.model import Report
from graders.report.numbers import numbers

BINS = 20
TOP, BOTTOM = 16.0, 110.0


def distribution(reports: Sequence[Report], translate: Translate) -> Drawing:
    """Twenty bars from nothing to everything, each with its count; only graded submissions count."""
    graded = [report for report in reports if report.status == "graded"]
    most = max((report.max_score for report in graded), default=0.0) or 1.0
    counts, _ = np.histogram([report.score for report in graded], BINS, (0, most))
    across = Scale(0, most, 8, WIDTH - 8)
    up = Scale(0, max(int(counts.max()), 1), BOTTOM, TOP)
    bars = [_bar(int(count), number, up) for number, count in enumerate(counts) if count]
    axis = element("path", class_="axis", d=f"M{across.start:g} {BOTTOM:g}H{across.end:g}")
    write = numbers(translate)
    marks = [label(write.short(value), across.place(value), BOTTOM + 16, "tick", "middle") for value in ticks(0, most)]
    return Drawing(BOTTOM + 20, Markup("").join([*bars, axis, *marks]))


def _bar(count: int, number: int, up: Scale) -> Markup:
    width = (WIDTH - 16) / BINS
    left, top = 8 + number * width, up.place(count)
    box = element("rect", class_="inside", x=left + 1.5, y=top, width=width - 3, height=BOTTOM - top, rx=2)
    return box + label(str(count), left + width / 2, top - 4, "tick", "middle")
