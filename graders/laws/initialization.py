"""Laws of initial weights and biases: what a layer's shape says of the distribution its values are drawn from.

A shape is (fan_out, fan_in), the shape of a linear layer's weight, for its bias too.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Literal

from graders.laws.distributions import Constant, Distribution, Normal, Uniform

Shape = tuple[int, int]
Law = Callable[[Shape], Distribution]
Fan = Literal["in", "out"]


def within(bound: Callable[[int, int], float]) -> Law:
    """U(-bound, bound), the bound being a function of (fan_out, fan_in)."""
    return lambda shape: Uniform(-bound(*shape), bound(*shape))


def xavier_uniform(gain: float = 1) -> Law:
    """U(-a, a), a = gain √(6 / (fan_in + fan_out)) (Glorot and Bengio, AISTATS 2010, eq. 16)."""
    return within(lambda fan_out, fan_in: gain * math.sqrt(6 / (fan_in + fan_out)))


def xavier_normal(gain: float = 1) -> Law:
    """N(0, σ²), σ = gain √(2 / (fan_in + fan_out)) (Glorot and Bengio, AISTATS 2010, eq. 12)."""
    return lambda shape: Normal(gain * math.sqrt(2 / sum(shape)))


def one_fan_uniform(numerator: float, fan: Fan = "in") -> Law:
    """U(-a, a), a = √(numerator / fan): 1, 3 (LeCun) and 6 (Kaiming, for ReLU) are the usual numerators."""
    return within(lambda fan_out, fan_in: math.sqrt(numerator / (fan_in if fan == "in" else fan_out)))


def one_fan_normal(numerator: float, fan: Fan = "in") -> Law:
    """N(0, numerator / fan): 1 (LeCun) and 2 (Kaiming, for ReLU) are the usual numerators."""
    return lambda shape: Normal(math.sqrt(numerator / (shape[1] if fan == "in" else shape[0])))


def kaiming_uniform(fan: Fan = "in") -> Law:
    """U(-a, a), a = √(6 / fan) (He et al., ICCV 2015). On a square layer this is Xavier with gain √2."""
    return one_fan_uniform(6, fan)


def kaiming_normal(fan: Fan = "in") -> Law:
    """N(0, 2 / fan) (He et al., ICCV 2015, eq. 10)."""
    return one_fan_normal(2, fan)


def pytorch_default() -> Law:
    """U(-a, a), a = 1 / √fan_in: what nn.Linear does to its weight and to its bias."""
    return one_fan_uniform(1)


def xavier_without_root(gain: float = 1) -> Law:
    """U(-a, a), a = 6 / (fan_in + fan_out): the square root was forgotten."""
    return within(lambda fan_out, fan_in: gain * 6 / (fan_in + fan_out))


def xavier_std_as_bound() -> Law:
    """U(-σ, σ), σ = √(2 / (fan_in + fan_out)): the standard deviation was taken for the bound."""
    return within(lambda fan_out, fan_in: math.sqrt(2 / (fan_in + fan_out)))


def xavier_one_sided() -> Law:
    """U(0, a), a = √(6 / (fan_in + fan_out))."""
    return lambda shape: Uniform(0, math.sqrt(6 / sum(shape)))


def xavier_bias_alone() -> Law:
    """U(-a, a), a = √(6 / (1 + n)): Xavier on a bias of n values seen as a 1 × n or an n × 1 matrix."""
    return within(lambda fan_out, fan_in: math.sqrt(6 / (1 + fan_out)))


def uniform(low: float, high: float) -> Law:
    """U(low, high), whatever the shape."""
    return lambda shape: Uniform(low, high)


def normal(std: float) -> Law:
    """N(0, std²), whatever the shape."""
    return lambda shape: Normal(std)


def constant(low: float = -math.inf, high: float = math.inf) -> Law:
    """One value for the whole layer, anywhere in [low, high]."""
    return lambda shape: Constant(low, high)


def zero() -> Law:
    """Every value is 0."""
    return constant(0, 0)


def small_constant(limit: float = 0.1) -> Law:
    """One value for the whole layer, of size at most `limit`."""
    return constant(-limit, limit)


NORMALS = (0.001, 0.01, 0.02, 0.05, 0.1, 1.0)
"""The standard deviations that people write down."""
