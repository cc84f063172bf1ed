"""Bars over the interval that the values should fill."""

from __future__ import annotations

import numpy as np
from markupsafe import Markup

from graders.language import Translate, say
from graders.report.drawing.axes import HUGE, Doubles, Scale, ticks
from graders.report.drawing.bins import Bins, bins
from graders.report.drawing.elements import WIDTH, Drawing, Note, element, label
from graders.report.numbers import Numbers, numbers
from graders.report.pictures import Histogram

TOP, BOTTOM = 18.0, 138.0
CLOSE = 110.0


def draw(picture: Histogram, translate: Translate) -> Drawing:
    """Bars, the interval behind them, and how many values are where they should not be."""
    values = np.asarray(picture.values, dtype=np.float64).ravel()
    finite = values[np.isfinite(values)].clip(-HUGE, HUGE)
    found = bins(finite, picture.low, picture.high)
    across = Scale(found.first, found.last, 4, WIDTH - 4)
    write = numbers(translate)
    drawn = [*_bars(found, across), *_axis(found, across, write), *_bounds(picture, found, across, write)]
    body = Markup("").join([_interval(found, across), *drawn])
    return Drawing(BOTTOM + 18, body, _notes(values.size, finite, found, translate))


def _interval(found: Bins, across: Scale) -> Markup:
    left, right = across.place(0), across.place(found.wide)
    return element("rect", class_="expected", x=left, y=TOP, width=right - left, height=BOTTOM - TOP)


def _bars(found: Bins, across: Scale) -> list[Markup]:
    counts = np.bincount(found.places - found.first, minlength=found.last - found.first)
    tops = Scale(0, max(int(counts.max()), 1), BOTTOM, TOP + 6).places(counts.astype(np.float64))
    kinds: dict[str, list[str]] = {"inside": [], "outside": []}
    width = across.place(1) - across.place(0)
    for place in np.flatnonzero(counts):
        bin_ = int(place) + found.first
        top = min(float(tops[place]), BOTTOM - 1.5)
        kind = "inside" if 0 <= bin_ < found.wide else "outside"
        kinds[kind].append(f"M{across.place(bin_) + 0.5:.1f} {BOTTOM:g}V{top:.1f}h{width - 1:.1f}V{BOTTOM:g}z")
    return [element("path", class_=kind, d="".join(bars)) for kind, bars in kinds.items() if bars]


def _axis(found: Bins, across: Scale, write: Numbers) -> list[Markup]:
    drawn = [element("path", class_="axis", d=f"M{across.start:g} {BOTTOM:g}H{across.end:g}")]
    for value in ticks(found.at(found.first), found.at(found.last), 6):
        x = across.place((value - found.low) / found.step)
        drawn.append(element("path", class_="axis", d=f"M{x:.1f} {BOTTOM:g}v4"))
        if 14 < x < WIDTH - 14:
            drawn.append(label(write.short(value, 6), x, BOTTOM + 15, "tick", "middle"))
    return drawn


def _bounds(picture: Histogram, found: Bins, across: Scale, write: Numbers) -> list[Markup]:
    """The ends of the interval, their values above them; one text for both where they are close."""
    left, right = across.place(0), across.place(found.wide)
    low, high = write.short(picture.low), write.short(picture.high)
    close = right - left < CLOSE or low == high
    both = low if low == high else f"{low} … {high}"
    texts = {(left + right) / 2: both} if close else {left: low, right: high}
    lines = element("path", class_="bound", d=f"M{left:.1f} {TOP - 4:g}V{BOTTOM:g}M{right:.1f} {TOP - 4:g}V{BOTTOM:g}")
    edge = 50 if close else 24
    return [lines] + [
        label(text, min(max(x, edge), WIDTH - edge), TOP - 7, "bound-label", "middle") for x, text in texts.items()
    ]


def _notes(count: int, finite: Doubles, found: Bins, translate: Translate) -> tuple[Note, ...]:
    if not count:
        return (Note(translate(say("no values"))),)
    outside, beyond = found.outside, found.beyond(finite)
    notes = [Note(translate(say("all {count} values in the interval", count=count)))]
    if outside or finite.size < count:
        told = say("outside: {outside} of {count} values", outside=outside, count=count)
        notes = [Note(translate(told), outside > 0)]
    if beyond:
        notes.append(Note(translate(say("further out, in the last bar: {count}", count=beyond))))
    if finite.size < count:
        notes.append(Note(translate(say("not finite: {count}", count=count - finite.size)), True))
    return tuple(notes)
