"""torchsummary and torchinfo: a table of layers, the sizes of what they give, and the parameters they have."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import torch
from torch import Tensor, nn

from graders.sandbox.standins.made import package

LINE = "-" * 64


class Statistics:
    """What torchinfo's summary returns: it shows itself when it is printed."""

    def __init__(self, model: nn.Module, rows: list[tuple[str, str, int]]) -> None:
        """Count the parameters."""
        self.rows = rows
        self.total_params = sum(p.numel() for p in model.parameters())
        self.trainable_params = sum(p.numel() for p in model.parameters() if p.requires_grad)

    def __str__(self) -> str:
        """The table."""
        table = [f"{name:>25}  {shape:>25} {count:>12,}" for name, shape, count in self.rows]
        heading = f"{'Layer (type)':>25}  {'Output Shape':>25} {'Param #':>12}"
        totals = [
            f"Total params: {self.total_params:,}",
            f"Trainable params: {self.trainable_params:,}",
            f"Non-trainable params: {self.total_params - self.trainable_params:,}",
        ]
        return "\n".join([LINE, heading, "=" * 64, *table, "=" * 64, *totals, LINE])

    __repr__ = __str__


def _rows(model: nn.Module, inputs: Sequence[Tensor]) -> list[tuple[str, str, int]]:
    rows: list[tuple[str, str, int]] = []

    def seen(module: nn.Module, _: object, output: object) -> None:
        count = sum(p.numel() for p in module.parameters(recurse=False))
        shape = str([-1, *output.shape[1:]]) if isinstance(output, Tensor) else ""
        rows.append((f"{type(module).__name__}-{len(rows) + 1}", shape, count))

    leaves = [one for one in model.modules() if not list(one.children()) and one is not model]
    hooks = [one.register_forward_hook(seen) for one in leaves]
    was = model.training
    try:
        with torch.no_grad():
            model.eval()(*inputs)
    finally:
        model.train(was)
        for hook in hooks:
            hook.remove()
    return rows


def _inputs(size: Any, batch: int) -> list[Tensor]:
    sizes = size if size and isinstance(size[0], tuple | list) else [size]
    return [torch.rand(batch, *one) for one in sizes]


def torchsummary(model: nn.Module, input_size: Any, batch_size: int = -1, device: object = "cpu", **_: object) -> None:
    """torchsummary.summary: sizes without the batch axis; prints."""
    print(Statistics(model, _rows(model, _inputs(input_size, 2))))


def torchinfo(
    model: nn.Module, input_size: Any = None, input_data: Any = None, batch_dim: int | None = None, verbose: int = 1, **_: object
) -> Statistics:  # fmt: skip
    """torchinfo.summary: sizes with the batch axis; prints and returns."""
    if input_data is not None:
        inputs = [input_data] if isinstance(input_data, Tensor) else list(input_data)
    elif input_size is not None:
        inputs = [torch.rand(2, *one) if batch_dim is not None else torch.rand(*one) for one in _sizes(input_size)]
    else:
        inputs = []
    statistics = Statistics(model, _rows(model, inputs) if inputs else [])
    if verbose:
        print(statistics)
    return statistics


def _sizes(size: Any) -> Any:
    return size if size and isinstance(size[0], tuple | list) else [size]


MODULES = {
    **package("torchsummary", summary=torchsummary),
    **package("torchinfo", summary=torchinfo),
}
