"""Which region of a plot each place lies in, read from what is drawn: contours, meshes, images, filled polygons.

A region map is {"kind", "x", "y", "value"}: places (n,) and what is drawn there, as a number: of a filled contour the middle
of its layer, of a mesh or an image its value, of colours their number; NaN where nothing is drawn. Of contour lines ("contour")
the places are those of the lines, and the value is the level of each.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection
from matplotlib.contour import ContourSet
from matplotlib.image import AxesImage

from graders.probes.wire import Array, Value

SIDE, MOST_MAPS, MOST_PLACES = 56, 8, 4_000


def regions(axes: Axes) -> list[Value]:
    """Every region map of these axes; what cannot be read is left out."""
    told: list[Value] = []
    for artist in list(axes.get_children())[:2_000]:
        try:
            told += [one for one in _read(artist, axes) if len(told) < MOST_MAPS]
        except Exception:  # noqa: BLE001  # an artist of the student's own making
            continue
    return told


def _read(artist: Any, axes: Axes) -> Iterator[Value]:
    if not artist.get_visible():
        return
    if isinstance(artist, ContourSet):
        yield _layers(artist) if artist.filled else _curves(artist)
    elif hasattr(artist, "get_coordinates") and artist.get_array() is not None:
        yield _mesh(artist)
    elif isinstance(artist, AxesImage):
        yield _image(artist)
    elif isinstance(artist, PolyCollection):
        yield _fill(artist, axes)


def _layers(contours: Any) -> Value:
    """A filled contour: the layer that covers each place of a grid over it."""
    paths = contours.get_paths()
    corners = np.vstack([path.vertices for path in paths if len(path.vertices)])
    x, y = _grid(*corners.min(axis=0), *corners.max(axis=0))
    places, value = np.column_stack([x, y]), np.full(len(x), np.nan)
    for path, layer in zip(paths, contours.layers, strict=False):
        value[_covered(path.to_polygons(closed_only=False), places)] = float(layer)
    return {"kind": "contourf", "x": x, "y": y, "value": value}


def _covered(polygons: Iterable[Any], places: Array) -> Array:
    """Whether each place lies in an odd number of polygons: a hole is a polygon too."""
    from matplotlib.path import Path

    inside = np.zeros(len(places), dtype=bool)
    for polygon in polygons:
        if len(polygon) > 2:
            inside ^= Path(polygon).contains_points(places)
    return inside


def _grid(left: float, low: float, right: float, high: float) -> tuple[Array, Array]:
    steps = (np.arange(SIDE) + 0.5) / SIDE
    x, y = np.meshgrid(left + (right - left) * steps, low + (high - low) * steps)
    return x.reshape(-1), y.reshape(-1)


def _curves(contours: Any) -> Value:
    """Contour lines: the places of each level's line."""
    found = [
        (vertex, float(level))
        for path, level in zip(contours.get_paths(), contours.levels, strict=False)
        for vertex in path.vertices[:: -(-len(path.vertices) // 500) or 1]
    ][:MOST_PLACES]
    places = np.array([vertex for vertex, _ in found], dtype=float).reshape(-1, 2)
    value = np.array([level for _, level in found])
    return {"kind": "contour", "x": places[:, 0].copy(), "y": places[:, 1].copy(), "value": value}


def _mesh(mesh: Any) -> Value:
    """pcolormesh: the value of each cell at its middle, or at each corner where it is shaded between them."""
    corners = np.asarray(mesh.get_coordinates(), dtype=float)
    values: Any = np.ma.filled(np.ma.asarray(mesh.get_array(), dtype=float), np.nan)
    if values.size == (corners.shape[0] - 1) * (corners.shape[1] - 1):
        corners = (corners[:-1, :-1] + corners[1:, :-1] + corners[:-1, 1:] + corners[1:, 1:]) / 4
    return _sampled("mesh", corners[..., 0], corners[..., 1], values.reshape(corners.shape[:2]))


def _image(image: Any) -> Value:
    """imshow: the value of each pixel at its middle."""
    values = _of_colours(np.ma.filled(np.ma.asarray(image.get_array(), dtype=float), np.nan))
    rows, columns = values.shape
    left, right, bottom, top = image.get_extent()
    x = left + (right - left) * (np.arange(columns) + 0.5) / columns
    up = (np.arange(rows) + 0.5) / rows
    # The first row is on top where the origin is, and the extent says how high the bottom and the top are.
    y = top + (bottom - top) * up if image.origin == "upper" else bottom + (top - bottom) * up
    across, along = np.meshgrid(x, y)
    return _sampled("image", across, along, values)


def _of_colours(values: Array) -> Array:
    """Numbers as they are; of colours the number of each."""
    if values.ndim == 2:
        return values
    _, number = np.unique(values.reshape(-1, values.shape[-1]), axis=0, return_inverse=True)
    return number.reshape(values.shape[:2]).astype(float)


def _fill(polygons: Any, axes: Axes) -> Value:
    """fill_between and its like: 1 inside, NaN outside."""
    left, right = sorted(axes.get_xlim())
    low, high = sorted(axes.get_ylim())
    x, y = _grid(left, low, right, high)
    parts = [polygon for path in polygons.get_paths() for polygon in path.to_polygons(closed_only=False)]
    return {"kind": "fill", "x": x, "y": y, "value": np.where(_covered(parts, np.column_stack([x, y])), 1.0, np.nan)}


def _sampled(kind: str, x: Array, y: Array, values: Array) -> Value:
    """At most SIDE rows and columns, evenly spaced."""
    rows, columns = (np.unique(np.linspace(0, size - 1, min(size, SIDE)).round().astype(int)) for size in values.shape)
    chosen = np.ix_(rows, columns)
    return {"kind": kind, "x": x[chosen].reshape(-1), "y": y[chosen].reshape(-1), "value": values[chosen].reshape(-1)}
