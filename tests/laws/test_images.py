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
    ("adaptive_max_pool2d", {"output_size": (4, 3)}),
    ("max_pool2d", {"kernel_size": 3, "stride": 2, "ceil_mode": True}),
    ("max_pool2d", {"kernel_size": 4, "stride": 3, "padding": 2, "ceil_mode": True}),
    ("avg_pool2d", {"kernel_size": 3, "stride": 2, "padding": 1, "count_include_pad": False}),
    ("avg_pool2d", {"kernel_size": 4, "stride": 3, "ceil_mode": True}),
    ("avg_pool2d", {"kernel_size": 4, "stride": 3, "padding": 2, "ceil_mode": True}),
    ("group_norm", {"num_groups": 3}),
    ("instance_norm", {}),
    ("local_response_norm", {"size": 2, "alpha": 0.5}),
    ("local_response_norm", {"size": 3, "beta": 0.5, "k": 2.0}),
    ("pad", {"pad": (1, 2, 3, 0)}),
    ("unfold", {"kernel_size": (3, 2), "padding": 1, "stride": 2}),
    ("pad", {"pad": (1, 2, 2, 1), "mode": "reflect"}),
    ("pad", {"pad": (1, 2, 2, 1), "mode": "replicate"}),
]


@pytest.mark.parametrize(("name", "how"), CASES, ids=str)
def test_the_same_as_torch(name: str, how: dict[str, object]) -> None:
    rng = np.random.default_rng(2)
    arrays = [rng.standard_normal((2, 3, 13, 11))]
    if name == "conv2d":
        arrays += [rng.standard_normal((4, 3, 3, 3)), rng.standard_normal(4)]
    expected = getattr(functional, name)(*map(torch.from_numpy, arrays), **how).numpy()
    assert np.allclose(IMAGES[name](*arrays, **how), expected)


@pytest.mark.parametrize("groups", [2, 4])
def test_convolutions_of_groups_of_channels(groups: int) -> None:
    rng = np.random.default_rng(3)
    arrays = [rng.standard_normal((2, 4, 7, 6)), rng.standard_normal((8, 4 // groups, 3, 2)), rng.standard_normal(8)]
    expected = functional.conv2d(*map(torch.from_numpy, arrays), groups=groups, padding=1).numpy()
    assert np.allclose(IMAGES["conv2d"](*arrays, groups=groups, padding=1), expected)


def test_a_border_that_no_network_has_is_refused() -> None:
    for name, how in (("pad", {"pad": (10**6, 10**6)}), ("max_pool2d", {"kernel_size": 2, "padding": 10**6})):
        with pytest.raises(ValueError, match="too large"):
            IMAGES[name](np.zeros((2, 3, 8, 8)), **how)


class Functional(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.first, self.dense = nn.Conv2d(1, 32, 3), nn.Linear(5408, 10)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = functional.max_pool2d(functional.relu(self.first(x)), 2)
        return self.dense(x.view(x.size(0), -1))


class Unfolded(Functional):
    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = self.first(x).clamp(min=0).unfold(2, 2, 2).unfold(3, 2, 2).amax((-1, -2))
        return self.dense(x.flatten(1))


class Reshaped(Functional):
    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = self.first(x).relu().reshape(-1, 32, 13, 2, 13, 2).max(5).values.max(3)[0]
        return self.dense(x.flatten(1))


MODULES = nn.Sequential(nn.Conv2d(1, 32, 3), nn.ReLU(), nn.MaxPool2d(2, 2), nn.Flatten(), nn.Linear(5408, 10))
NORMED = nn.Sequential(
    nn.Conv2d(1, 4, 3, padding=1), nn.BatchNorm2d(4), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(), nn.Linear(784, 10)
)


@pytest.mark.parametrize("model", [Functional(), MODULES, Unfolded(), Reshaped()], ids=lambda one: type(one).__name__)
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
