"""Names and definitions are matched so that the sum of fits is largest."""

import itertools

import numpy as np
import pytest

from graders.engine.recognition import _assigned


@pytest.mark.parametrize("shape", [(1, 1), (2, 5), (3, 3), (4, 2)])
def test_each_definition_is_given_once_and_the_sum_is_largest(shape: tuple[int, int]) -> None:
    rng = np.random.default_rng(0)
    for _ in range(50):
        table = rng.choice([0.0, 0.4, 0.7, 1.0], shape)
        rows, columns = _assigned(table)
        assert len({*rows}) == len(rows) == len({*columns}) == min(shape)
        assert np.isclose(table[list(rows), list(columns)].sum(), largest(table))


def largest(table: np.ndarray) -> float:
    """By trying everything."""
    wide = table if table.shape[0] <= table.shape[1] else table.T
    ways = itertools.permutations(range(wide.shape[1]), wide.shape[0])
    return max(float(wide[range(wide.shape[0]), list(way)].sum()) for way in ways)
