"""What tells whether u′(0) is in a loss: two numbers that change nothing but what a step makes of them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import torch
from torch import Tensor, nn

from graders.probes.differential import Nudged

MU, K = 2.0, 100.0


def derivatives(model: nn.Module, t: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    u = model(t)
    first = torch.autograd.grad(u, t, torch.ones_like(u), create_graph=True)[0]
    return u, first, torch.autograd.grad(first, t, torch.ones_like(u), create_graph=True)[0]


def equation(model: nn.Module) -> Tensor:
    u, first, second = derivatives(model, torch.linspace(0, 1, 41).reshape(-1, 1).requires_grad_())
    return torch.mean((second + MU * first + K * u) ** 2)


def start(model: nn.Module) -> tuple[Tensor, Tensor]:
    u, first, _ = derivatives(model, torch.zeros(1, 1, requires_grad=True))
    return (u - 1).square().mean(), first.square().mean()


@pytest.mark.parametrize(
    ("loss", "moved"),
    [
        (equation, (False, False)),
        (lambda one: equation(one) + start(one)[0], (True, False)),
        (lambda one: equation(one) + sum(start(one)), (True, True)),
    ],
)
def test_each_number_moves_where_its_condition_is_in_the_loss(
    loss: Callable[[nn.Module], Tensor], moved: tuple[bool, bool]
) -> None:
    model = Nudged(nn.Sequential(nn.Linear(1, 8), nn.Tanh(), nn.Linear(8, 1)), MU, K)
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-2)
    for _ in range(3):
        optimizer.zero_grad()
        loss(model).backward()  # type: ignore[no-untyped-call]
        optimizer.step()
    value, speed, near = model.learned()
    assert (value != 0, speed != 0, near) == (*moved, 0)


def test_nothing_of_them_is_in_the_answers() -> None:
    inner = nn.Linear(1, 1)
    model = Nudged(inner, MU, K)
    with torch.no_grad():
        model.value += 3
        model.speed += 3
    t = torch.linspace(0, 1, 11).reshape(-1, 1)
    assert torch.equal(model(t), inner(t))


def test_a_difference_beside_the_start_is_noted() -> None:
    model = Nudged(nn.Linear(1, 1), MU, K)
    model(torch.full((1, 1), 1e-3))
    assert model.learned()[2] == 1
