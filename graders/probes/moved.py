"""Weights that a training changes without an optimizer of torch: p.data -= lr * p.grad."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import torch
from torch import Tensor

from graders.probes.plain import unwrapped
from graders.probes.wire import Value

# How far a change may lie from the direction of the gradient, and still be a step of plain descent.
SLACK = 1e-2


class Weights:
    """What stood in the parameters after the last backward pass, and which of them have moved since without an optimizer."""

    def __init__(self, parameters: Callable[[], Sequence[Tensor]]) -> None:
        """Nothing is known before the first backward pass: what is changed until then is a beginning, and no step."""
        self._parameters = parameters
        self._before: list[tuple[Tensor, Tensor | None]] = []
        self._moved: set[int] = set()

    def learned(self) -> None:
        """After a backward pass."""
        self._before = self._now()

    def step(self) -> dict[str, Value] | None:
        """What an event tells of a change since the last backward pass, which is then told; None where there is none.

        `rates` holds the rate where all that moved went against the gradients that were there, at one rate; `covered` is the
        share of the parameters that moved so far, or whose gradient gave no reason to.
        """
        if not self._before:
            return None
        now = self._now()
        pairs = list(zip(self._before, now, strict=False)) if len(self._before) == len(now) else []
        changes = [(old - new, grad) for (old, grad), (new, _) in pairs if old.shape == new.shape]
        self._moved |= {place for place, (change, grad) in enumerate(changes) if change.any() or not _asks(grad)}
        if not any(bool(change.any()) for change, _ in changes):
            return None
        self._before = []
        return {"rates": _rate(changes), "covered": len(self._moved) / len(now)}

    def _now(self) -> list[tuple[Tensor, Tensor | None]]:
        with torch._C._DisableFuncTorch():
            return [(_copied(one), None if one.grad is None else _copied(one.grad)) for one in self._parameters()]


def _copied(value: Tensor) -> Tensor:
    return unwrapped(value).detach().clone()


def _asks(grad: Tensor | None) -> bool:
    return grad is not None and bool(grad.any())


def _rate(changes: Sequence[tuple[Tensor, Tensor | None]]) -> list[Value]:
    """[rate], where the change is the gradient times a rate; [] where it is something else."""
    if any(grad is None or grad.shape != change.shape for change, grad in changes):
        return []
    change = torch.cat([one.double().reshape(-1) for one, _ in changes])
    grad = torch.cat([one.double().reshape(-1) for _, one in changes if one is not None])
    square = float(grad @ grad)
    rate = float(change @ grad) / square if square else 0.0
    far = float((change - rate * grad).norm()) > SLACK * float(change.norm())
    return [] if far else [rate]
