"""The laws are those of PyTorch: bounds and deviations, without importing it."""

import math

import pytest

from graders.laws import initialization as laws
from graders.laws.distributions import Constant, Distribution, Normal, Uniform


def symmetric(bound: float) -> Uniform:
    return Uniform(-bound, bound)


@pytest.mark.parametrize(
    ("law", "expected"),
    [
        (laws.xavier_uniform(), symmetric(math.sqrt(6 / 184))),
        (laws.xavier_uniform(2**0.5), symmetric(2**0.5 * math.sqrt(6 / 184))),
        (laws.xavier_normal(), Normal(math.sqrt(2 / 184))),
        (laws.xavier_normal(2), Normal(2 * math.sqrt(2 / 184))),
        (laws.kaiming_uniform(), symmetric(math.sqrt(6 / 120))),
        (laws.kaiming_uniform("out"), symmetric(math.sqrt(6 / 64))),
        (laws.kaiming_normal(), Normal(math.sqrt(2 / 120))),
        (laws.kaiming_normal("out"), Normal(math.sqrt(2 / 64))),
        (laws.pytorch_default(), symmetric(1 / math.sqrt(120))),
        (laws.one_fan_uniform(3), symmetric(math.sqrt(3 / 120))),
        (laws.one_fan_uniform(3, "out"), symmetric(math.sqrt(3 / 64))),
        (laws.one_fan_uniform(1, "out"), symmetric(1 / math.sqrt(64))),
        (laws.one_fan_normal(1), Normal(1 / math.sqrt(120))),
        (laws.xavier_without_root(), symmetric(6 / 184)),
        (laws.xavier_std_as_bound(), symmetric(math.sqrt(2 / 184))),
        (laws.xavier_one_sided(), Uniform(0, math.sqrt(6 / 184))),
        (laws.xavier_bias_alone(), symmetric(math.sqrt(6 / 65))),
        (laws.uniform(0, 1), Uniform(0, 1)),
        (laws.normal(0.02), Normal(0.02)),
        (laws.constant(), Constant()),
        (laws.zero(), Constant(0, 0)),
        (laws.small_constant(0.2), Constant(-0.2, 0.2)),
    ],
)
def test_a_layer_of_64_outputs_and_120_inputs(law: laws.Law, expected: Distribution) -> None:
    distribution = law((64, 120))
    assert type(distribution) is type(expected)
    assert vars(distribution) == pytest.approx(vars(expected))


def test_on_a_square_layer_kaiming_is_xavier_with_gain_root_2() -> None:
    square = laws.kaiming_uniform()((64, 64))
    assert vars(square) == pytest.approx(vars(laws.xavier_uniform(2**0.5)((64, 64))))
