import numpy as np
import pytest

from graders.laws.invariance import BAND, EXAMPLE, STEP, Axes, copies, first_of_each, normalised, rounding

from .spectrograms import STRATEGY_NAMES, noise, written

X = noise(np.random.default_rng(0), 700)


@pytest.mark.parametrize("axes", [EXAMPLE, BAND, STEP])
def test_scale_and_offset_of_a_group_are_taken_away(axes: Axes) -> None:
    rng = np.random.default_rng(1)
    shape = [1 if axis in axes else size for axis, size in enumerate(X.shape)]
    changed = rng.uniform(0.2, 5, shape) * X + rng.normal(0, 5, shape)
    rows = normalised(X, axes)
    np.testing.assert_allclose(normalised(changed, axes), rows, atol=1e-5)
    np.testing.assert_allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-5)
    assert rows.dtype == np.float32
    assert rows.shape == (700, 16 * 24)


def test_every_strategy_looks_alike_band_by_band() -> None:
    for strategy in STRATEGY_NAMES:
        np.testing.assert_allclose(normalised(written(X, strategy)), normalised(X), atol=1e-5)


def test_a_negative_scale_is_another_example() -> None:
    np.testing.assert_allclose(normalised(-X), -normalised(X), atol=1e-6)


@pytest.mark.parametrize("axes", [EXAMPLE, BAND, STEP])
@pytest.mark.parametrize("value", [0, 0.1, -1e6, np.nan, np.inf])
def test_constants_and_what_is_not_finite_give_zeros(axes: Axes, value: float) -> None:
    x = X[:3].copy()
    x[1] = value
    x[1, 0, 0] += abs(value) * np.float32(2e-7)
    rows = normalised(x, axes)
    assert not rows[1].any()
    assert rows[0].any()


def test_no_examples_give_no_rows() -> None:
    assert normalised(X[:0]).shape == (0, 16 * 24)


def test_the_precision_of_the_values_is_seen() -> None:
    assert rounding(X) == 2.0**-24
    assert rounding(X.astype(np.float16)) == 2.0**-11
    assert rounding(X.astype(np.float16).astype(np.float32)) == 2.0**-11
    assert rounding(X.astype(float) * 1e9) == 2.0**-24


def test_copies_are_found_bit_by_bit() -> None:
    x = X[[0, 1, 0, 2, 1]]
    assert copies(x).tolist() == [0, 1, 0, 3, 1]
    assert first_of_each(x).tolist() == [0, 1, 3]
