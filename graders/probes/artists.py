"""What is in a figure, as plain data: axes, lines, points, bars, texts, and which region each place lies in."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import PathCollection
from matplotlib.colors import to_hex
from matplotlib.container import BarContainer
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from numpy.typing import NDArray

from graders.probes.regions import regions
from graders.probes.wire import Array, Value

MOST_AXES, MOST_ARTISTS, MOST_POINTS = 24, 60, 5_000
MOST_TEXT = 300


def of_figure(figure: Figure) -> Value:
    """{"size", "title", "axes"}; what cannot be read is left out."""
    width, height = figure.get_size_inches()
    title = figure.get_suptitle()
    shared = [_legend(one) for one in figure.legends]
    axes = [_axes(one, [entry for legend in shared for entry in legend]) for one in figure.axes[:MOST_AXES]]
    return {"size": [float(width), float(height)], "title": text(title), "axes": axes}


def _axes(axes: Axes, shared: list[dict[str, Value]]) -> Value:
    legend = axes.get_legend()
    entries = [*(_legend(legend) if legend else []), *shared]
    return {
        "title": " ".join(filter(None, (text(axes.get_title(loc)) for loc in ("left", "center", "right")))),
        "xlabel": text(axes.get_xlabel()),
        "ylabel": text(axes.get_ylabel()),
        "xlim": _numbers(axes.get_xlim()),
        "ylim": _numbers(axes.get_ylim()),
        "scales": [text(axes.get_xscale()), text(axes.get_yscale())],
        "grid": _has_grid(axes),
        "legend": [entry["text"] for entry in entries] if legend or shared else None,
        "lines": _each(axes.lines, lambda line: _line(line, axes, entries)),
        "points": _each((c for c in axes.collections if isinstance(c, PathCollection)), lambda c: _points(c, entries)),
        "bars": _each((c for c in axes.containers if isinstance(c, BarContainer)), _bars),
        "texts": _each(axes.texts, lambda one: text(one.get_text())),
        "regions": regions(axes),
    }


def _each(artists: Iterable[Any], read: Callable[[Any], Value]) -> list[Value]:
    """What is read of each artist that can be read."""
    told: list[Value] = []
    for one in list(artists)[:MOST_ARTISTS]:
        try:
            if one.get_visible() if hasattr(one, "get_visible") else True:
                told.append(read(one))
        except Exception:  # noqa: BLE001  # an artist of the student's own making
            continue
    return told


def _line(line: Line2D, axes: Axes, entries: list[dict[str, Value]]) -> Value:
    x, y = _flat(line.get_xdata(orig=False)), _flat(line.get_ydata(orig=False))
    if line.get_transform() != axes.transData:
        # axhline, axvline and axline count in other units.
        path = line.get_path().vertices if len(x) else [[0, 0], [1, 1]]
        x, y = (line.get_transform() - axes.transData).transform(path).T
    look = {"colour": to_hex(line.get_color()), "style": text(line.get_linestyle())}
    drawn = "" if look["style"] in ("None", " ", "") else look["style"]
    return {
        "x": thinned(x),
        "y": thinned(y),
        "label": _name(text(line.get_label()), {**look}, entries),
        "colour": look["colour"],
        "style": drawn,
        "marker": "" if line.get_marker() in (None, "None", "", " ") else text(line.get_marker()),
    }


def _points(collection: Any, entries: list[dict[str, Value]]) -> Value:
    offsets: Any = np.ma.filled(np.ma.asarray(collection.get_offsets(), dtype=float), np.nan)
    values = collection.get_array()
    colours = collection.to_rgba(values) if values is not None else collection.get_facecolor()
    colours = colours if len(colours) else collection.get_edgecolor()
    names, number = np.unique(np.round(np.atleast_2d(colours)[:, :3], 3), axis=0, return_inverse=True)
    known = number.size in (1, len(offsets))
    which = np.broadcast_to(number.reshape(-1) if known else np.zeros(1), (len(offsets),))
    look: dict[str, Value] = {"colour": to_hex(names[0]) if len(names) == 1 else ""}
    return {
        "x": thinned(offsets[:, 0]),
        "y": thinned(offsets[:, 1]),
        "colours": [to_hex(one) for one in names[:MOST_ARTISTS]],
        "colour": thinned(which),
        "values": None if values is None or len(values) != len(offsets) else thinned(np.ma.filled(values, np.nan)),
        "label": _name(text(collection.get_label()), look, entries),
    }


def _bars(container: Any) -> Value:
    patches = container.patches
    return {
        "x": thinned([one.get_x() + one.get_width() / 2 for one in patches]),
        "height": thinned([one.get_height() for one in patches]),
        "label": _own(text(container.get_label())),
    }


def _legend(legend: Any) -> list[dict[str, Value]]:
    """Its entries, each with the looks of its sign."""
    texts = [text(one.get_text()) for one in legend.get_texts()][:MOST_ARTISTS]
    handles = [*legend.legend_handles, *([None] * len(texts))]
    return [{"text": said, **_look(sign)} for said, sign in zip(texts, handles, strict=False)]


def _look(sign: Any) -> dict[str, Value]:
    if isinstance(sign, Line2D):
        return {"colour": to_hex(sign.get_color()), "style": text(sign.get_linestyle())}
    try:
        return {"colour": to_hex(np.atleast_2d(sign.get_facecolor())[0])}
    except Exception:  # noqa: BLE001  # a sign without a colour
        return {}


def _name(label: str, look: dict[str, Value], entries: list[dict[str, Value]]) -> str:
    """What the legend calls something that looks so, where one entry does; else its own label."""
    fitting = [one for one in entries if all(one.get(key) == value for key, value in look.items())]
    return str(fitting[0]["text"]) if len(fitting) == 1 else _own(label)


def _own(label: str) -> str:
    """A label that somebody gave: those of matplotlib begin with an underscore."""
    return "" if label.startswith("_") else label


def _has_grid(axes: Axes) -> bool:
    return any(line.get_visible() for line in (*axes.get_xgridlines(), *axes.get_ygridlines()))


def _numbers(limits: tuple[float, float]) -> list[Value]:
    return [float(one) for one in limits]


def text(value: object) -> str:
    """The first of its characters."""
    return str(value)[:MOST_TEXT]


def thinned(values: Any) -> Array:
    """float64 of shape (n,): all of them, or as many evenly spaced ones as there is room for, the first and last among them."""
    flat = _flat(values)
    if len(flat) <= MOST_POINTS:
        return np.array(flat)
    chosen: NDArray[np.float64] = flat[np.linspace(0, len(flat) - 1, MOST_POINTS).round().astype(int)]
    return chosen


def _flat(values: Any) -> NDArray[np.float64]:
    return np.asarray(values, dtype=np.float64).reshape(-1)
