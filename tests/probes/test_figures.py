"""Figures as data: what is kept of what student code draws, and what judges read in it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import cast

import numpy as np
import pytest

from graders.laws.figures import classes, curves, is_function, named
from graders.laws.regions import Straight, divided, follows, maps, mistaken
from graders.observe.figures import Axes, Figure, Figures
from graders.observe.observation import Seen
from graders.observe.probe import Reader
from graders.probes.wire import Value, decode
from tests.conftest import CHECKOUT

INSIDE = """
import sys
sys.path.insert(0, sys.argv[1])
from graders.probes import figures
from graders.probes.wire import encode
figures.install()
exec(sys.stdin.read(), {})
sys.stdout.buffer.write(encode({"figures": figures.figures(), "pixels": figures.pixels()}))
"""
START = "import numpy as np\nimport matplotlib.pyplot as plt\nx = np.linspace(0, 2 * np.pi, 100)\n"
READER = Reader(Figures)  # type: ignore[arg-type]  # an annotated type


def drawn(source: str, tmp_path: Path) -> tuple[list[Figure], list[np.ndarray]]:
    """What is kept of a script that draws."""
    done = subprocess.run(
        [sys.executable, "-c", INSIDE, str(CHECKOUT)],
        input=(START + source).encode(),
        capture_output=True,
        timeout=120,
        cwd=tmp_path,
        env={"MPLBACKEND": "Agg", "MPLCONFIGDIR": str(tmp_path), "PATH": "/usr/bin:/bin"},
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    told = cast("dict[str, Value]", decode(done.stdout))
    found = READER.read(Seen(told["figures"]))
    assert isinstance(found, list), found
    return found, cast("list[np.ndarray]", told["pixels"])


def only(source: str, tmp_path: Path) -> Axes:
    (figure,), _ = drawn(source, tmp_path)
    return figure.axes[0]


@pytest.mark.parametrize(
    ("source", "count"),
    [
        ("plt.plot(x, x); plt.show()", 1),
        ("plt.plot(x, x); plt.close()", 1),
        ("plt.plot(x, x); plt.savefig('a.png'); plt.close('all')", 1),
        ("plt.plot(x, x)", 1),
        ("fig, ax = plt.subplots(); ax.plot(x, x); fig.show()", 1),
        ("from matplotlib.figure import Figure\nfig = Figure(); fig.subplots().plot(x, x); fig.savefig('a.png')", 1),
        ("for k in range(3):\n    plt.plot(x, k * x); plt.savefig(f'{k}.png'); plt.clf()", 3),
        ("for k in range(3):\n    plt.plot(x, k * x); plt.show()", 3),
        ("plt.ion()\nfor k in range(3):\n    plt.cla(); plt.plot(x, k * x); plt.pause(0.1)", 3),
        ("import matplotlib; matplotlib.use('TkAgg'); plt.plot(x, x); plt.show(block=True)", 1),
        ("plt.figure(); plt.show()", 0),
        ("plt.plot(x, x); plt.show(); plt.savefig('empty.png')", 2),
    ],
)
def test_every_figure_is_kept(source: str, count: int, tmp_path: Path) -> None:
    figures, pixels = drawn(source, tmp_path)
    assert len(figures) == len(pixels) == count
    assert all(one.dtype == np.uint8 and one.ndim == 3 for one in pixels)


def test_a_picture_saved_after_show_is_empty(tmp_path: Path) -> None:
    figures, _ = drawn("plt.plot(x, x); plt.show(); plt.savefig('empty.png')", tmp_path)
    assert [one.saved for one in figures] == [[], ["empty.png"]]
    assert [one.shown for one in figures] == [True, False]
    assert all(axes.empty for axes in figures[1].axes)


def test_a_giant_figure_is_bounded(tmp_path: Path) -> None:
    figures, pixels = drawn("plt.figure(figsize=(100, 100)); plt.plot(x, x); plt.savefig('a.png', dpi=300)", tmp_path)
    assert figures[0].size == (100, 100)
    assert max(pixels[0].shape) <= 720
    assert (tmp_path / "a.png").stat().st_size < 2e6


def test_what_is_in_a_plot(tmp_path: Path) -> None:
    source = (
        "plt.plot(x, np.sin(x), 'r--'); plt.plot(x, np.cos(x)); plt.legend(['sinus', 'cosinus']); plt.grid()\n"
        "plt.title('Deux courbes'); plt.xlabel('x'); plt.ylabel('y'); plt.scatter([0, 1, 2], [1, 2, 3], c=[0, 1, 1])"
    )
    axes = only(source, tmp_path)
    assert (axes.title, axes.xlabel, axes.ylabel, axes.grid) == ("Deux courbes", "x", "y", True)
    assert axes.legend == ["sinus", "cosinus"]
    assert [line.label for line in axes.lines] == ["sinus", "cosinus"]
    assert [line.style for line in axes.lines] == ["--", "-"]
    assert [len(x) for x, _ in classes(axes.points)] == [1, 2]


def test_a_curve_is_its_function(tmp_path: Path) -> None:
    figures, _ = drawn("plt.plot(x, np.sin(x)); plt.plot(x, np.sin(2 * x))", tmp_path)
    assert [is_function(one, np.sin) for one in curves(figures)] == [True, False]


def test_labels_name_what_they_say() -> None:
    known = {"sin": ("sin",), "cos": ("cos",)}
    assert named("Sinus", known) == named(r"$\sin(x)$", known) == "sin"
    assert named("sin et cos", known) is None


GRID = "X, Y = np.meshgrid(np.linspace(-4, 3, 120), np.linspace(-2, 5, 120))\nS = 2 * X - 0.5 * Y + 1\n"
LINE = Straight((2.0, -0.5), 1.0)


@pytest.mark.parametrize(
    "source",
    [
        "plt.contourf(X, Y, np.sign(S), alpha=0.3)",
        "plt.contourf(X, Y, S, levels=20)",
        "plt.contourf(X, Y, S > 0)",
        "plt.contourf(X, Y, S, levels=[-1e9, 0, 1e9], colors=['red', 'blue'])",
        "plt.contourf(X, Y, S, levels=[0, 1e9], colors=['red'])",
        "plt.pcolormesh(X, Y, np.where(S >= 0, 1, -1))",
        "plt.pcolormesh(X, Y, S, shading='gouraud')",
        "plt.imshow(S > 0, extent=(-4, 3, -2, 5), origin='lower', aspect='auto')",
        "plt.imshow((S > 0)[::-1], extent=(-4, 3, -2, 5))",
        "plt.tricontourf(X.ravel(), Y.ravel(), np.sign(S).ravel())",
        "plt.scatter(X.ravel(), Y.ravel(), c=(S > 0).ravel(), s=1)",
        "plt.contour(X, Y, S, levels=[0])",
        "plt.contour(X, Y, S, levels=[-1, 0, 1])",
        "t = np.array([-4, 3]); plt.xlim(-4, 3); plt.ylim(-2, 5); plt.fill_between(t, (2 * t + 1) / 0.5, 100, alpha=0.2)",
    ],
)
def test_regions_of_a_line(source: str, tmp_path: Path) -> None:
    (region,) = maps(only(GRID + source, tmp_path))
    assert follows(region, LINE)
    assert divided(region) == ("contour(" not in source)
    assert not follows(region, Straight((2.0, 0.5), 1.0))


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("plt.contourf(X, Y, np.sign(S).T)", "transposed"),
        ("plt.contourf(Y, X, np.sign(S))", "axes-swapped"),
        ("plt.imshow(S > 0, extent=(-4, 3, -2, 5))", "upside-down"),
        ("plt.contourf(X, Y, np.sign(S)[:, ::-1])", "mirrored"),
        ("plt.contourf(X, Y, X**2 + Y**2 > 4)", None),
    ],
)
def test_regions_that_are_wrong(source: str, name: str | None, tmp_path: Path) -> None:
    (region,) = maps(only(GRID + source, tmp_path))
    assert not follows(region, LINE)
    assert mistaken(region, LINE) == name


def test_hostile_figures_are_refused() -> None:
    for value in ([{"size": [1, 1]}], [{"axes": [[]]}], "figure", [{}] * 100):
        assert not isinstance(READER.read(Seen(cast("Value", value))), list)


def test_a_figure_is_saved_in_a_folder_that_was_not_handed_in(tmp_path: Path) -> None:
    (figure,), _ = drawn("plt.plot(x, x); plt.savefig('plots/nn_1.png')", tmp_path)
    assert figure.saved == ["nn_1.png"]
    assert (tmp_path / "plots" / "nn_1.png").is_file()
