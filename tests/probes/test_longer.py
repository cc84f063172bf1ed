"""L-BFGS goes on for longer than it is told, and for no longer afterwards."""

from __future__ import annotations

import torch
from torch.optim import LBFGS

from graders.probes.longer import longer


def iterations(*args: float, **kwargs: int) -> int:
    """How often the loss is asked for in one step: at most max_eval times."""
    x, asked = torch.tensor([-1.2, 1.0], requires_grad=True), []
    optimizer = LBFGS([x], *args, **kwargs)

    def closure() -> torch.Tensor:
        optimizer.zero_grad()
        loss = (1 - x[0]) ** 2 + 100 * (x[1] - x[0] ** 2) ** 2
        loss.backward()
        asked.append(loss.item())
        return loss

    optimizer.step(closure)
    return len(asked)


def test_iterations_are_multiplied_while_it_lasts() -> None:
    with longer(3):
        assert iterations(1e-3, 2) == 6
        assert iterations(1e-3, max_iter=4, max_eval=2) == 6
    assert iterations(1e-3, max_iter=2) == 2
