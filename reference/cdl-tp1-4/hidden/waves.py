"""Functions of time whose derivatives are known, by which a residual is asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from .declared import Array


@dataclass(frozen=True, eq=False)
class Wave:
    """A sum of a·sin(ωt + φ), b·exp(rt) and c·tⁱ, as the network of ours that is given."""

    sines: Sequence[tuple[float, float, float]]
    growths: Sequence[tuple[float, float]]
    powers: Sequence[float]

    def terms(self, t: Array, order: int) -> dict[str, list[Array]]:
        """The derivative of that order of each term with coefficient 1, by parameter."""
        return {
            "a": [omega**order * np.sin(omega * t + phi + order * np.pi / 2) for _, omega, phi in self.sines],
            "b": [rate**order * np.exp(rate * t) for _, rate in self.growths],
            "c": [_power(t, power, order) for power in range(len(self.powers))],
        }

    def value(self, t: Array, order: int) -> Array:
        """The derivative of that order."""
        terms = self.terms(t, order)
        known = {"a": [one[0] for one in self.sines], "b": [one[0] for one in self.growths], "c": list(self.powers)}
        parts = [k * term for name in known for k, term in zip(known[name], terms[name], strict=True)]
        return np.asarray(np.sum(parts, axis=0))


def _power(t: Array, power: int, order: int) -> Array:
    if order > power:
        return np.zeros_like(t)
    return float(np.prod([power - one for one in range(order)])) * t ** (power - order)


def drawn(rng: np.random.Generator) -> Wave:
    """A function of which no derivative is like another."""
    sines = [(float(a), float(w), float(p)) for a, w, p in rng.uniform((0.5, 3, 0), (1.5, 9, 3), (2, 3))]
    growths = [(float(b), float(r)) for b, r in rng.uniform((0.4, -2.5), (1.2, -0.5), (1, 2))]
    return Wave(sines, growths, [float(c) for c in rng.uniform(0.5, 2, 4)])
