"""A graphics card that a program names and this machine has not: what is sent there stays on the processor.

Only for assignments that are about something else (`cuda = "cpu"` in their limits), and only for programs that name one.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any  # torch hands over anything

FACTORIES = (
    "zeros ones empty full tensor as_tensor arange linspace eye rand randn randint randperm zeros_like ones_like empty_like "
    "rand_like randn_like full_like load"
).split()

WAITING = ("synchronize", "reset_peak_memory_stats", "set_device")


def install() -> None:
    """From now on, and in this process."""
    import torch

    # By their dictionaries: to the type checker, functions of torch are no variables.
    changed: list[tuple[object, dict[str, object]]] = [
        (torch, {name: _here(getattr(torch, name)) for name in FACTORIES}),
        (torch.Tensor, {"to": _here(torch.Tensor.to), "cuda": _stays}),
        (torch.nn.Module, {"to": _here(torch.nn.Module.to), "cuda": _stays}),
        (torch.nn.Linear, {"__init__": _here(torch.nn.Linear.__init__)}),
        (torch.cuda, {**dict.fromkeys(WAITING, lambda *_, **__: None), "get_device_name": lambda *_: "none"}),
    ]
    for owner, functions in changed:
        for name, function in functions.items():
            setattr(owner, name, function)


def _stays(self: object, *_: object, **__: object) -> object:
    return self


def _here(function: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(function)
    def called(*args: Any, **kwargs: Any) -> Any:
        return function(*map(_moved, args), **{name: _moved(value) for name, value in kwargs.items()})

    return called


def _moved(value: Any) -> Any:
    """The processor in place of the card."""
    kind = value.type if type(value).__name__ == "device" else value
    if not isinstance(kind, str) or kind.split(":")[0] != "cuda":
        return value
    return "cpu"
