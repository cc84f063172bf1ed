"""Convolutions and pools computed again in NumPy, against torch; networks read from their traces."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from torch import nn
from torch.nn import functional

from graders.laws.convolutional import Stage, stages
from graders.laws.images import IMAGES
from graders.laws.replay import proof
from graders.laws.trace import Pass
from graders.probes.network import traced

CASES = [
    ("conv2d", {"stride": 1, "padding": 0}),
    ("conv2d", {"stride": 2, "padding": 1}),
    ("conv2d", {"stride": (2, 1), "padding": (0, 2), "dilation": 2}),
    ("conv2d", {"padding": "same"}),
    ("max_pool2d", {"kernel_size": 2}),
    ("max_pool2d", {"kernel_size": 3, "stride": 2, "padding": 1}),
    ("avg_pool2d", {"kernel_size": (2, 3)}),
    ("adaptive_avg_pool2d", {"output_size": 5}),
]


@pytest.mark.parametrize(("name", "how"), CASES, ids=str)
def test_the_same_as_torch(name: str, how: dict[str, object]) -> None:
    rng = np.random.default_rng(2)
    arrays = [rng.standard_normal((2, 3, 13, 11))]
    if name == "conv2d":
        arrays += [rng.standard_normal((4, 3, 3, 3)), rng.standard_normal(4)]
    expected = getattr(functional, name)(*map(torch.from_numpy, arrays), **how).numpy()
    assert np.allclose(IMAGES[name](*arrays, **how), expected)


class Functional(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.first, self.dense = nn.Conv2d(1, 32, 3), nn.Linear(5408, 10)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = functional.max_pool2d(functional.relu(self.first(x)), 2)
        return self.dense(x.view(x.size(0), -1))


MODULES = nn.Sequential(nn.Conv2d(1, 32, 3), nn.ReLU(), nn.MaxPool2d(2, 2), nn.Flatten(), nn.Linear(5408, 10))
NORMED = nn.Sequential(
    nn.Conv2d(1, 4, 3, padding=1), nn.BatchNorm2d(4), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(), nn.Linear(784, 10)
)


@pytest.mark.parametrize("model", [Functional(), MODULES], ids=["functional", "modules"])
def test_stages_of_a_network(model: nn.Module) -> None:
    seen = Pass.model_validate(traced(model.eval(), torch.rand(2, 1, 28, 28)))
    assert proof(seen) == "proven"
    assert stages(seen) == [
        Stage("conv", (1, 32, 3, 1, 0), (32, 26, 26)),
        Stage("relu", (), (32, 26, 26)),
        Stage("max_pool", (2, 2, 0), (32, 13, 13)),
        Stage("linear", (5408, 10), (10,)),
    ]


def test_a_normalised_network_is_computed_again() -> None:
    seen = Pass.model_validate(traced(NORMED.eval(), torch.rand(2, 1, 28, 28)))
    assert proof(seen) == "proven"
    assert [one.kind for one in stages(seen)] == ["conv", "norm", "relu", "max_pool", "linear"]
