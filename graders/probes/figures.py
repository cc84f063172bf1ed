"""Every figure that student code makes, kept from its making on: shown, saved, closed, cleared or left open.

`install` puts a few wrappers into matplotlib before student code is read. They cost nothing where nothing is drawn, and do
what a window would do: after `plt.show()` the figures are gone, so that a picture saved afterwards is empty here as well.
"""

from __future__ import annotations

import math
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any, cast

import matplotlib as mpl
from matplotlib import pyplot
from matplotlib._pylab_helpers import Gcf
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from graders.probes.artists import of_figure
from graders.probes.raster import raster
from graders.probes.wire import Array, Value

MOST_FIGURES, MOST_SAVED = 40, 20
# A figure of 100 by 100 inches is drawn all the same, with fewer dots.
MOST_PIXELS = 8e6

_real_savefig = Figure.savefig


@dataclass(eq=False)
class Kept:
    """One figure; where it was cleared, what was in it before."""

    figure: Figure
    shown: bool = False
    saved: list[str] = field(default_factory=list)
    before: tuple[Value, Array | None] | None = None

    def told(self) -> Value:
        """What is in it, as plain data."""
        content = self.before[0] if self.before else of_figure(self.figure)
        return {**cast("dict[str, Value]", content), "shown": self.shown, "saved": list[Value](self.saved)}

    def drawn(self) -> Array | None:
        """Its pixels."""
        return self.before[1] if self.before else raster(self.figure, _real_savefig)


kept: list[Kept] = []
_watching = True


def mark() -> int:
    """Where the figures that are made from now on will begin; what is drawn from now on goes into new ones."""
    Gcf.destroy_all()
    return len(kept)


def figures(since: int = 0) -> list[Value]:
    """Everything that was drawn in figures, in the order of their making; an empty figure is told where it was saved."""
    return [one.told() for one in kept[since:] if _has_content(one.figure) or one.before or one.saved]


def pixels(since: int = 0) -> list[Value]:
    """The same figures as pixels, None for one that cannot be drawn."""
    return [one.drawn() for one in kept[since:] if _has_content(one.figure) or one.before or one.saved]


def forget() -> None:
    """Start again, with no figure."""
    Gcf.destroy_all()
    kept.clear()


def ended_cell() -> None:
    """What a notebook does after each cell: it shows the open figures, and closes them."""
    _shown(None)


def install() -> None:
    """Put the wrappers in place; called once, before any student code."""
    pyplot.switch_backend("Agg")
    _wrap(Figure, "__init__", _registering)
    _wrap(Figure, "savefig", _saving)
    _wrap(Figure, "clear", _clearing_figure)
    _wrap(Axes, "clear", _clearing_axes)
    vars(pyplot)["show"] = _shown
    vars(pyplot)["pause"] = lambda *_, **__: _shown(False)
    vars(pyplot)["switch_backend"] = vars(mpl)["use"] = lambda *_, **__: None
    cast("Any", Figure).show = lambda self, *_, **__: _mark_shown(self)


def _wrap(owner: type, name: str, wrapper: Callable[..., Callable[..., object]]) -> None:
    setattr(owner, name, wrapper(getattr(owner, name)))


def _registering(real: Callable[..., object]) -> Callable[..., object]:
    def made(self: Figure, *args: object, **kwargs: object) -> None:
        real(self, *args, **kwargs)
        if len(kept) < MOST_FIGURES:
            kept.append(Kept(self))

    return made


def _saving(real: Callable[..., object]) -> Callable[..., object]:
    def savefig(self: Figure, fname: object, *args: object, **kwargs: object) -> object:
        with suppress(Exception):
            _remember_saved(self, fname)
            kwargs = _bounded(self, kwargs)
            _make_room(fname)
        return real(self, fname, *args, **kwargs)

    return savefig


def _make_room(fname: object) -> None:
    """The folder plots/ that was there where the work was done, and is not handed in with it."""
    folder = os.path.dirname(os.fspath(fname)) if isinstance(fname, str | os.PathLike) else ""
    if folder and not os.path.isabs(folder):
        os.makedirs(folder, exist_ok=True)


def _remember_saved(figure: Figure, fname: object) -> None:
    name = os.path.basename(os.fspath(fname)) if isinstance(fname, str | os.PathLike) else ""
    for one in _of(figure):
        if len(one.saved) < MOST_SAVED:
            one.saved.append(str(name)[:200])


def _bounded(figure: Figure, kwargs: dict[str, object]) -> dict[str, object]:
    """The arguments with as many dots an inch as there is room for."""
    wanted = kwargs.get("dpi") or mpl.rcParams["savefig.dpi"]
    dpi = figure.dpi if wanted == "figure" else float(cast("float", wanted))
    width, height = figure.get_size_inches()
    most = math.sqrt(MOST_PIXELS / max(width * height, 1e-3))
    return {**kwargs, "dpi": most} if dpi > most else kwargs


def _clearing_figure(real: Callable[..., object]) -> Callable[..., object]:
    def clear(self: Figure, *args: object, **kwargs: object) -> object:
        _freeze(self)
        with _unwatched():
            return real(self, *args, **kwargs)

    return clear


def _clearing_axes(real: Callable[..., object]) -> Callable[..., object]:
    def clear(self: Axes, *args: object, **kwargs: object) -> object:
        if getattr(self, "_children", None):
            _freeze(cast("Figure", self.figure))
        return real(self, *args, **kwargs)

    return clear


@contextmanager
def _unwatched() -> Iterator[None]:
    """A figure that is cleared clears its axes: they hold nothing that was not kept."""
    global _watching  # noqa: PLW0603  # the wrappers stand in matplotlib itself, so what they read must be global
    _watching = False
    try:
        yield
    finally:
        _watching = True


def _freeze(figure: Figure) -> None:
    """Keep what is in a figure that is about to be cleared; what is drawn in it afterwards is another one."""
    with suppress(Exception):
        if not _watching or not _has_content(figure) or len(kept) >= MOST_FIGURES:
            return
        for one in _of(figure):
            one.before = of_figure(figure), raster(figure, _real_savefig)
            kept.append(Kept(figure))


def _has_content(figure: Figure) -> bool:
    """Whether anything is drawn or written in it."""
    return any(getattr(axes, "_children", None) or _is_named(axes) for axes in figure.axes)


def _is_named(axes: Axes) -> bool:
    return bool(axes.get_title() or axes.get_xlabel() or axes.get_ylabel())


def _of(figure: Figure) -> list[Kept]:
    """The last record of a figure."""
    return [one for one in kept if one.figure is figure and one.before is None][-1:]


def _mark_shown(figure: Figure) -> None:
    for one in _of(figure):
        one.shown = True


def _shown(block: bool | None = None, **_: object) -> None:
    """All open figures are seen; where a window would have waited for its end, they are closed."""
    for manager in Gcf.get_all_fig_managers():
        _mark_shown(manager.canvas.figure)
    if block or (block is None and not pyplot.isinteractive()):
        Gcf.destroy_all()
