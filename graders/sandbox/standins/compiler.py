"""torch's own compiler: what is to be compiled stays as it is, and nothing imports it that only steps or derives.

It would write C++ and start programs, which no sandbox allows. And the first step of an optimizer imports it, though nothing is
compiled: a second for each template, and 70 MB of what each fork copies the page table of.
"""

from __future__ import annotations

import gc
import importlib
import inspect
from collections.abc import Callable
from contextlib import nullcontext
from functools import update_wrapper
from types import FunctionType, SimpleNamespace
from typing import Any  # torch hands over anything

Function = Callable[..., Any]


def install() -> None:
    """From now on, and in this process; before any optimizer is made."""
    import torch

    vars(torch)["compile"] = vars(torch)["_disable_dynamo"] = _as_it_is
    vars(torch)["_dynamo"] = _Dynamo()
    for kind in (one for one in vars(torch.optim).values() if isinstance(one, type)):
        step = vars(kind).get("step")
        # By its name: others are wrapped as well, in what they need.
        if step is not None and step.__code__.co_name == "_use_grad":
            kind.step = _stepping(step.__wrapped__)  # type: ignore[attr-defined]  # all of them have it
    for function in _kept_from_it(torch.optim.Optimizer.zero_grad):
        vars(function)["__dynamo_disable"] = function


def _as_it_is(function: Function | None = None, *_: object, **__: object) -> Function:
    """`torch.compile(model)`, and `@torch.compile(…)`."""
    return function if function is not None else lambda other: other


def _kept_from_it(like: Function) -> list[Function]:
    """The functions of torch that are wrapped as this one is: their first call imports the compiler, to be kept from it."""
    wrapped = (one for one in gc.get_objects() if type(one) is FunctionType and one.__code__ is like.__code__)
    return [inspect.getclosurevars(one).nonlocals["fn"] for one in wrapped]


def _stepping(step: Function) -> Function:
    """A step of an optimizer, as torch wraps it."""
    import torch

    def _use_grad(self: Any, *args: object, **kwargs: object) -> object:
        with torch.set_grad_enabled(self.defaults["differentiable"]):
            return step(self, *args, **kwargs)

    return update_wrapper(_use_grad, step)


class _Dynamo:
    """`torch._dynamo` where nobody has imported it: what `torch.func.grad` asks of it, and the real one for all else."""

    compiled_autograd = SimpleNamespace(_disable=nullcontext)

    def __getattr__(self, name: str) -> object:
        if name.startswith("__"):
            raise AttributeError(name)
        return getattr(importlib.import_module("torch._dynamo"), name)
