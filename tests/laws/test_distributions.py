import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graders.laws.distributions import Constant, Distribution, Normal, Uniform, critical_distance

SAMPLES = 10_000


@pytest.mark.parametrize("alpha", [0.1, 0.01])
@pytest.mark.parametrize("n", [1, 5, 24, 384])
@pytest.mark.parametrize("law", [Uniform(-0.2, 0.2), Uniform(0, 3), Normal(0.1)])
def test_a_right_sample_is_refused_less_often_than_promised(law: Distribution, n: int, alpha: float) -> None:
    rng = np.random.default_rng(n)
    refused = sum(math.isinf(law.misfit(draw(law, rng, n), alpha)) for _ in range(SAMPLES))
    assert refused / SAMPLES <= alpha + 4 * math.sqrt(alpha * (1 - alpha) / SAMPLES)


def draw(law: Distribution, rng: np.random.Generator, n: int) -> np.ndarray:
    values = rng.uniform(law.low, law.high, n) if isinstance(law, Uniform) else rng.normal(0, law.std, n)  # type: ignore[attr-defined]
    return values.astype(np.float32)


@given(st.integers(1, 10**6), st.floats(1e-12, 0.5))
def test_the_critical_distance_inverts_the_bound(n: int, alpha: float) -> None:
    assert 2 * math.exp(-2 * n * critical_distance(n, alpha) ** 2) == pytest.approx(alpha)


def test_a_scale_that_is_off_by_a_few_percent_is_refused() -> None:
    rng = np.random.default_rng(0)
    assert math.isinf(Uniform(-1, 1).misfit(rng.uniform(-0.98, 0.98, 2000), 1e-7))
    assert math.isinf(Uniform(-1, 1).misfit(rng.uniform(-1.02, 1.02, 2000), 1e-7))
    assert math.isinf(Normal(1).misfit(rng.normal(0, 1.2, 2000), 1e-7))
    assert math.isinf(Normal(1).misfit(rng.normal(0, 0.82, 2000), 1e-7))


def test_the_shape_is_refused_where_the_scale_is_right() -> None:
    rng = np.random.default_rng(0)
    assert math.isinf(Normal(1).misfit(rng.uniform(-math.sqrt(3), math.sqrt(3), 2000), 1e-7))
    assert math.isinf(Uniform(-1, 1).misfit(rng.uniform(-1, 1, 2000) ** 3, 1e-7))
    assert math.isinf(Uniform(-1, 1).misfit(abs(rng.uniform(-1, 1, 2000)), 1e-7))


def test_a_bound_tolerates_the_rounding_of_float32() -> None:
    bound = math.sqrt(6 / 184)
    values = np.nextafter(np.float32(bound), np.float32(1), dtype=np.float32) * np.linspace(
        -1, 1, 999, dtype=np.float32
    )
    assert math.isfinite(Uniform(-bound, bound).misfit(values, 1e-7))
    assert math.isinf(Uniform(-bound, bound).misfit(values * np.float32(1.0001), 1e-7))


def test_a_constant_is_one_value_within_its_limits() -> None:
    values = np.full(9, 0.01, np.float32)
    assert Constant().misfit(values, 1e-7) == 0
    assert Constant(-0.1, 0.1).misfit(values, 1e-7) == 0
    assert math.isinf(Constant(0, 0).misfit(values, 1e-7))
    assert math.isinf(Constant().misfit(np.array([0.01, 0.02]), 1e-7))
    assert Constant(0, 0).misfit(np.zeros(9), 1e-7) == 0
