"""What a forward pass does, operation by operation, whether it is written with modules or with functions.

A torch function mode sees every call of torch on tensors: `nn.Linear`, `F.linear`, `x @ w`, `x.relu()` alike. Tensors are
numbered in the order they appear; a tensor that no operation made (a weight, a constant) is a leaf and is sent whole,
so that whoever reads the trace can compute the pass again and compare.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any  # torch hands over arguments of any type

import numpy as np
import torch
from torch.overrides import TorchFunctionMode

from graders.probes.plain import plain
from graders.probes.wire import DTYPES, Value

MOST_STEPS = 2_000
# Questions about a tensor: they compute nothing that flows on.
SILENT = frozenset(
    "dim size stride numel is_floating_point is_complex __get__ __len__ requires_grad_ detach_ _set_grad_enabled "
    "data_ptr storage_offset is_contiguous element_size __hash__ __repr__ item tolist __bool__ __int__ __float__ "
    "is_nonzero get_device __format__ ndimension nelement is_inference".split()
)


class Tracer(TorchFunctionMode):
    """Records the operations between `with` and its end."""

    def __init__(self, names: Mapping[int, str]) -> None:
        """`names` maps the id of a tensor to the name of the parameter it is."""
        super().__init__()
        self.names, self.steps = names, list[dict[str, Value]]()
        self.leaves: dict[str, Value] = {}
        self._numbers: dict[tuple[object, ...], int] = {}
        self._kept: list[torch.Tensor] = []

    def __torch_function__(
        self,
        function: Callable[..., Any],
        types: Iterable[type],
        args: tuple[Any, ...] = (),
        kwargs: dict[str, Any] | None = None,
    ) -> Any:
        """Run the operation, and write it down if it makes a tensor."""
        if torch._C._functorch.maybe_current_level() is not None:
            # What torch.func wraps has no memory of its own.
            return function(*args, **(kwargs or {}))
        before = self._arguments(args, kwargs or {})
        result = function(*args, **(kwargs or {}))
        name = _name(function)
        if name == "__iter__":
            # for row in x: …
            name, rows = "unbind", list(result)
            self._write(name, before, rows)
            return iter(rows)
        if name not in SILENT and len(self.steps) < MOST_STEPS:
            # x[mask] = 0 returns nothing: what it makes is x.
            self._write(name, before, args[0] if name == "__setitem__" else result)
        return result

    def _arguments(self, args: tuple[Any, ...], kwargs: dict[str, Any]) -> dict[str, Value]:
        return {
            "args": [self._reference(value) for value in args],
            "kwargs": {key: self._reference(value) for key, value in kwargs.items()},
        }

    def _write(self, name: str, before: dict[str, Value], result: object) -> None:
        made = result if isinstance(result, tuple | list) else [result]
        tensors = [value for value in made if isinstance(value, torch.Tensor)]
        if tensors:
            self.steps.append({"op": name, **before, "makes": [self.number(value) for value in tensors]})

    def number(self, tensor: torch.Tensor) -> int:
        """A new number for a tensor that an operation made, even if it was made in place."""
        self._kept.append(tensor)
        self._numbers[_memory(tensor)] = len(self._kept)
        return len(self._kept)

    def known(self, tensor: torch.Tensor) -> int | None:
        """The number of what was last written where this tensor lies: Variable(x) and x.numpy() are no calls that are seen."""
        return self._numbers.get(_memory(tensor))

    def _reference(self, value: object) -> Value:
        if isinstance(value, torch.Tensor):
            return {"tensor": self.known(value) or self._leaf(value)}
        if isinstance(value, np.ndarray | np.generic) and value.dtype.name in DTYPES:
            return {"tensor": self._leaf(torch.as_tensor(np.array(value)))}
        if isinstance(value, tuple | list):
            return [self._reference(item) for item in value]
        if isinstance(value, slice):
            return {"slice": [value.start, value.stop, value.step]}
        return value if isinstance(value, bool | int | float | str) or value is None else str(type(value).__name__)

    def _leaf(self, value: torch.Tensor) -> int:
        number = self.number(value)
        with torch._C.DisableTorchFunction():
            self.leaves[str(number)] = {
                "name": self.names.get(id(value)),
                "value": plain(value),
                "storage": value.untyped_storage().data_ptr(),
            }
        return number


def _memory(tensor: torch.Tensor) -> tuple[object, ...]:
    """What two tensors share that show one memory in one order. Those that have a number are kept, so none is used again."""
    with torch._C.DisableTorchFunction():
        if tensor.layout != torch.strided or not tensor.numel():
            return (id(tensor),)
        return tensor.data_ptr(), tensor.dtype, tuple(tensor.shape), tensor.stride()


def _name(function: Callable[..., Any]) -> str:
    name = getattr(function, "__name__", "unknown")
    if name != "__get__":
        return name
    attribute = getattr(getattr(function, "__self__", None), "__name__", "")
    return attribute if attribute in ("T", "mT", "H", "mH", "data") else "__get__"
