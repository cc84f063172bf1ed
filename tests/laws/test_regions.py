import numpy as np

from graders.laws.regions import Straight, follows, mistaken, tells
from graders.observe.figures import Region

EDGE = Straight((1.0, 0.2), -3.5)


def region(line: Straight) -> Region:
    """The map of a line between -3 and 3."""
    x, y = (each.ravel() for each in np.meshgrid(*[np.linspace(-3, 3, 50)] * 2))
    return Region(kind="contourf", x=x, y=y, value=np.sign(line.score(x, y)))


def test_a_line_at_the_very_edge_leaves_one_region_or_a_corner_of_another() -> None:
    cut = region(EDGE)
    assert 0 < (cut.value > 0).mean() < 0.01
    assert follows(cut, EDGE)
    assert follows(cut.model_copy(update={"value": np.full_like(cut.x, -1.0)}), EDGE)
    assert not follows(region(Straight((1.0, 0.2), 0.0)), EDGE)


def test_axes_that_are_swapped_are_named_where_the_line_only_grazes_the_map() -> None:
    line = Straight((0.93, -0.36), 2.42)
    x, y = (each.ravel() for each in np.meshgrid(np.linspace(-6, 1.2, 50), np.linspace(-2.2, 5, 50)))
    swapped = Region(kind="contourf", x=x, y=y, value=np.sign(line.score(y, x)))
    assert mistaken(swapped, line) is not None


def test_a_map_tells_a_mistake_only_where_it_changes_something() -> None:
    ends = ((-6.0, 2.0), (-3.0, 4.0))
    assert tells(Straight((0.92, -0.39), 3.2), ends)
    assert not tells(Straight((1.0, 0.0), 3.2), ends)
    assert not tells(Straight((0.92, -0.39), 0.0), ends)
