"""Gradients by hand: the law agrees with finite differences, and hidden nets tell every slip from what is right."""

from __future__ import annotations

import numpy as np
import pytest

from graders.laws import backprop
from graders.laws.backprop import Net

SHAPES = ((7, 3, 5, 2), (11, 4, 6, 2), (9, 2, 7, 4))


def drawn(seed: int, shape: tuple[int, int, int, int]) -> Net:
    rng = np.random.default_rng(seed)
    n, d, h, c = shape
    while True:
        net = Net(
            rng.standard_normal((n, d)),
            rng.permutation(np.arange(n) % c),
            rng.standard_normal((d, h)),
            0.5 * rng.standard_normal(h),
            rng.standard_normal((h, c)),
            0.5 * rng.standard_normal(c),
        )
        if backprop.alive(net):
            return net


def loss(net: Net, kind: str) -> float:
    at = backprop.forward(net, kind)
    return float(-np.log(at.P[np.arange(len(net.y)), net.y]).mean())


@pytest.mark.parametrize("kind", ["relu", "tanh", "sigmoid"])
def test_gradients_are_finite_differences(kind: str) -> None:
    net, step = drawn(0, SHAPES[0]), 1e-6
    found = backprop.gradients(net, kind)
    for name, derivative in zip(("W1", "b1", "W2", "b2"), found.parts(), strict=True):
        for place in np.ndindex(derivative.shape):
            moved = [np.array(getattr(net, name)) for _ in range(2)]
            moved[0][place] += step
            moved[1][place] -= step
            above, below = (loss(Net(**{**vars(net), name: one}), kind) for one in moved)
            assert abs((above - below) / (2 * step) - derivative[place]) < 1e-7


def test_hidden_nets_tell_every_slip_from_what_is_right() -> None:
    for seed in range(12):
        nets = [drawn(seed, shape) for shape in SHAPES]
        for kind in ("relu", "tanh", "sigmoid"):
            for name in backprop.slips(nets[0], kind):
                wrong = [backprop.slips(net, kind)[name].parts() for net in nets]
                for right in ("relu", "tanh", "sigmoid"):
                    explained = [
                        all(backprop.equal(parts, backprop.gradients(net, right)))
                        for net, parts in zip(nets, wrong, strict=True)
                    ]
                    assert not all(explained), (seed, kind, name, right)
