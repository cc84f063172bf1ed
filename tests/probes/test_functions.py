"""Networks as functions: what they are compared with while they learn, what stands in for them, how a program calls."""

from __future__ import annotations

from typing import Any, cast

import numpy as np
import pytest
import torch
from torch import Tensor, nn

from graders.observe.context import Context
from graders.observe.written import written_calls
from graders.probes.differential import Wave, network, operator
from graders.probes.learning import learned, learning
from graders.submissions.binding import Binding
from graders.submissions.bound import Bound
from graders.submissions.inventory import definitions
from graders.submissions.source import Source

T = torch.linspace(0, 1, 9).reshape(-1, 1)


def targets(loss: Any) -> list[Any]:
    model = nn.Sequential(nn.Linear(1, 4), nn.Tanh(), nn.Linear(4, 1))
    with learning() as watch:
        optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
        for _ in range(3):
            optimizer.zero_grad()
            loss(model).backward()
            optimizer.step()
    return cast("Any", learned(watch))[0]["targets"]  # type: ignore[no-any-return]


@pytest.mark.parametrize(
    "loss",
    [
        lambda model: ((model(T) - T.cos()) ** 2).mean(),
        lambda model: (T.cos() - model(T)).abs().sum(),
        lambda model: nn.functional.mse_loss(model(T).squeeze(), T.cos().squeeze()),
        lambda model: nn.MSELoss()(model(T), T.cos()),
        lambda model: ((model(at := T.clone().requires_grad_()) - at.cos()) ** 2).mean(),
    ],
)
def test_what_enters_a_loss_is_seen_once(loss: Any) -> None:
    (seen,) = targets(loss)
    assert np.allclose(seen["value"], np.cos(seen["at"]))


def test_an_error_that_is_only_shown_does_not_count() -> None:
    def loss(model: nn.Module) -> Tensor:
        ((model(T) - T.cos()) ** 2).mean().item()
        with torch.no_grad():
            (model(T) - T.sin()).norm().item()
        return model(T).square().mean()

    assert targets(loss) == []


@pytest.mark.parametrize("steps", [False, True])
def test_an_optimizer_that_never_steps_is_told_where_none_does(steps: bool) -> None:
    with learning() as watch:
        for kind in (torch.optim.SGD, torch.optim.Adam):
            model = nn.Linear(2, 1)
            optimizer = kind(model.parameters(), lr=0.1)
            for _ in range(3):
                model(torch.ones(4, 2)).mean().backward()
                if steps and kind is torch.optim.Adam:
                    optimizer.step()
    told = cast("Any", learned(watch))
    assert [one["name"] for one in told] == (["Adam"] if steps else ["SGD", "Adam"])
    assert [len(one["values"]) for one in told] == ([3] if steps else [3, 3])
    assert {one["steps"] for one in told} == {3 if steps else 0}


def test_derivatives_by_torch_func_do_not_disturb() -> None:
    def loss(model: nn.Module) -> Tensor:
        slope = torch.func.vmap(torch.func.grad(lambda t: model(t.reshape(1, 1)).squeeze()))
        return slope(T.reshape(-1)).square().mean()

    assert targets(loss) == []


def test_an_operator_of_ours_is_called_as_the_student_s_is() -> None:
    def residu(reseau: nn.Module, temps: Tensor, raideur: float = 5.0) -> None: ...

    ours = operator(residu, [("reseau", "model"), ("temps", "t"), ("raideur", "k")], {"m": 1.0, "mu": 2.0, "k": 100.0})
    parabola = Wave([], [], [0.0, 0.0, 1.0])
    assert torch.allclose(ours(parabola, T), 2 + 4 * T + 5 * T**2, atol=1e-5)
    assert torch.allclose(ours(parabola, temps=T, raideur=0.0), 2 + 4 * T, atol=1e-5)


def test_a_network_of_ours_is_made_as_the_student_s_is() -> None:
    class Net(nn.Module):
        def __init__(self, largeur: int, couches: int = 2) -> None: ...

    usual = {"input_dim": 1.0, "hidden_dim": 32.0, "depth": 3.0, "output_dim": 1.0}
    made = network(Net, [("largeur", "hidden_dim"), ("couches", "depth")], usual)(7)
    assert [one.out_features for one in made if isinstance(one, nn.Linear)] == [7, 7, 1]  # type: ignore[attr-defined]


PROGRAM = """
EPOCHS = 50 * 100
def train(model, epochs=10, lr=0.1, name="x"):
    return model
train(None, 20)
train(None, epochs=EPOCHS, lr=-1e-3, name="pinn")
train(None)
"""


def test_the_constants_of_calls_are_read() -> None:
    source = Source("tp.py", (PROGRAM,))
    one = next(each for each in definitions(source) if each.name == "train")
    binding = Binding({"train": Bound(one, "exact", (("epochs", "epochs"),))}, "tp.py", (source,))
    assert written_calls(Context(binding, 0), "train") == [
        {"epochs": 20},
        {"epochs": 5000, "lr": -0.001, "name": "pinn"},
    ]
