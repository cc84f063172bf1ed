"""Which loss functions of torch are called, and on what."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any  # torch hands over arguments of any type

import torch
from torch import Tensor
from torch.overrides import TorchFunctionMode

from graders.probes.plain import plain, unwrapped

LOSSES = frozenset(
    "binary_cross_entropy_with_logits binary_cross_entropy mse_loss cross_entropy nll_loss l1_loss smooth_l1_loss "
    "hinge_embedding_loss soft_margin_loss huber_loss kl_div sigmoid_focal_loss".split()
)


def summed(value: Tensor) -> float:
    """The sum of what a loss gave, also inside torch.func."""
    with torch._C._DisableFuncTorch():
        return float(unwrapped(value).detach().sum())


class Losses(TorchFunctionMode):
    """Writes an event for each call of a loss function."""

    def __init__(self, write: Callable[..., object]) -> None:
        """`write` takes the name of an event and its details."""
        super().__init__()
        self.write = write

    def __torch_function__(
        self,
        function: Callable[..., Any],
        types: Iterable[type],
        args: tuple[Any, ...] = (),
        kwargs: dict[str, Any] | None = None,
    ) -> Any:
        result = function(*args, **(kwargs or {}))
        name = getattr(function, "__name__", "")
        if name in LOSSES and isinstance(result, Tensor):
            given = [*args, *(kwargs or {}).values()]
            self.write("loss", name=name, value=summed(result), input=plain(given[0]), target=plain(given[1]))
        return result
