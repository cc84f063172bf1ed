"""What makes less of an array, computed again as torch does."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import torch
from torch import nn
from torch.nn import functional

from graders.laws.replay import proof
from graders.laws.trace import Pass
from graders.probes.network import traced

Step = Callable[[torch.Tensor], torch.Tensor]
STEPS: dict[str, Step] = {
    "the largest, and its place": lambda x: x.max(-1)[0],
    "the smallest of an axis": lambda x: torch.min(x, dim=1, keepdim=True).values,
    "the larger of two": lambda x: torch.max(x, x * 0.5),
    "of all": lambda x: x - x.max(),
    "over two axes": lambda x: x.amax((1, 2)),
    "by mean and deviation": lambda x: (x - x.mean(0)) / x.std(0),
    "by the variance, biased": lambda x: x / torch.sqrt(x.var(1, unbiased=False, keepdim=True) + 1e-5),
    "of norm 1": lambda x: functional.normalize(x, dim=-1),
    "parts": lambda x: torch.cat(torch.chunk(x, 3, 1)[::-1], 1),
    "turned": lambda x: x.flip(1).roll(1, 2),
    "another shape": lambda x: x.flatten(1).unflatten(1, (2, -1)),
}


class Network(nn.Module):
    def __init__(self, step: Step) -> None:
        super().__init__()
        self.layer, self.step = nn.Linear(6, 4), step

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.step(self.layer(x)) * 2


@pytest.mark.parametrize("name", STEPS)
def test_a_network_that_does_this_is_proven(name: str) -> None:
    assert proof(Pass.model_validate(traced(Network(STEPS[name]).eval(), torch.randn(5, 7, 6)))) == "proven"
