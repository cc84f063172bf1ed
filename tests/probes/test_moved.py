"""Weights that change without an optimizer are told as steps; those of an optimizer are not told twice."""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import Tensor, nn

from graders.laws.loop import accumulates, count, with_steps
from graders.laws.schedule import schedule
from graders.observe.training import Event, Examples, Lesson, Run
from graders.probes.recorder import recording

X, Y = torch.tensor([[1.0, 2.0], [3.0, -1.0], [0.5, 0.5]]), torch.tensor([[1.0], [0.0], [1.0]])
Update = Callable[[nn.Module, int], None]


def events(update: Update, steps: int = 4) -> list[Event]:
    """What is told of a small training that ends with this after each backward pass."""
    torch.manual_seed(0)
    model = nn.Linear(2, 1)
    with recording(model) as recorder:
        nn.init.ones_(model.weight)
        for step in range(steps):
            nn.functional.mse_loss(model(X), Y).backward()  # type: ignore[no-untyped-call]
            update(model, step)
        return [Event.model_validate(one) for one in recorder.told()]


def gradient(p: Tensor) -> Tensor:
    """What stands there."""
    assert p.grad is not None
    return p.grad


def descend(model: nn.Module, rate: float) -> None:
    for p in model.parameters():
        p.data -= rate * gradient(p)


def cleared(model: nn.Module, _: int) -> None:
    descend(model, 0.1)
    model.zero_grad()


def slower(model: nn.Module, step: int) -> None:
    descend(model, 0.1 / (step + 1))
    model.zero_grad()


def decaying(model: nn.Module, _: int) -> None:
    with torch.no_grad():
        for p in model.parameters():
            p.sub_(0.1 * torch.sign(gradient(p)))
    model.zero_grad()


def weights_only(model: nn.Module, _: int) -> None:
    first = next(model.parameters())
    first.data -= 0.1 * gradient(first)


def found(update: Update) -> str:
    """What is said of the schedule."""
    nothing = Examples(X.numpy(), Y.numpy())
    return schedule(Run(Lesson(nothing, nothing, 4, 3), with_steps(events(update)), "", None, {}, None))


def test_every_change_by_hand_is_a_step_with_its_rate() -> None:
    seen = with_steps(events(cleared))
    assert [one.event for one in seen if one.event in ("backward", "step", "zero")] == ["backward", "step", "zero"] * 4
    assert all(abs(one.rates[0] - 0.1) < 1e-4 and one.covered == 1 for one in seen if one.event == "step")


def test_the_last_step_is_told_and_a_beginning_is_none() -> None:
    seen = events(lambda model, _: descend(model, 0.1), steps=1)
    assert count(seen, "moved") == 1
    assert count(events(lambda _model, _step: None), "moved") == 0


def test_gradients_that_are_never_cleared_add_up() -> None:
    assert accumulates(with_steps(events(lambda model, _: descend(model, 0.1))))
    assert not accumulates(with_steps(events(cleared)))


def test_what_is_left_out_is_not_covered() -> None:
    assert [one.covered for one in events(weights_only) if one.event == "moved"] == [0.5] * 4


def test_an_optimizer_is_told_once() -> None:
    optimizers: dict[int, torch.optim.Optimizer] = {}

    def update(model: nn.Module, _: int) -> None:
        optimizers.setdefault(0, torch.optim.SGD(model.parameters(), lr=0.1)).step()
        next(model.parameters()).data.clamp_(-1, 1)

    seen = events(update)
    assert (count(seen, "step"), count(seen, "moved")) == (4, 0)


def test_a_rate_by_hand_is_seen_where_steps_follow_the_gradient() -> None:
    assert found(cleared) == "none"
    assert found(slower) == "by-hand"
    assert found(decaying) == "unseen"
