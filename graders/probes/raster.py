"""A figure as pixels: small enough to be shown, and no image file that anybody would have to open."""

from __future__ import annotations

import io
from collections.abc import Callable

import matplotlib as mpl
import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from graders.probes.wire import Array

LONGEST, DPI = 720, 100


def raster(figure: Figure, savefig: Callable[..., object]) -> Array | None:
    """uint8 of shape (height, width, 3); None where matplotlib cannot draw it."""
    canvas = figure.canvas
    try:
        width, height = figure.get_size_inches()
        dpi = min(DPI, LONGEST / max(width, height))
        file = io.BytesIO()
        with mpl.rc_context({"savefig.bbox": None, "text.usetex": False, "savefig.transparent": False}):
            FigureCanvasAgg(figure)
            savefig(figure, file, format="rgba", dpi=dpi, facecolor="white", bbox_inches=None)
        return _shaped(file.getvalue(), width * dpi, height * dpi)
    except Exception:  # noqa: BLE001  # whatever stands in a student's figure
        return None
    finally:
        figure.canvas = canvas


def _shaped(content: bytes, width: float, height: float) -> Array | None:
    columns, rows = max(int(width + 1e-6), 1), max(int(height + 1e-6), 1)
    colours = np.frombuffer(content, np.uint8)
    if colours.size != rows * columns * 4:
        return None
    return np.ascontiguousarray(colours.reshape(rows, columns, 4)[..., :3])
