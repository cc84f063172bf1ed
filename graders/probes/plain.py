"""What student code returned, as plain data: exact types only, bounded before anything is copied."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from types import SimpleNamespace

import numpy as np
import torch

from graders.probes.absent import INERT, AbsentError
from graders.probes.wire import DTYPES, MOST_DIGITS, Value

MOST_BYTES = 128 * 2**20
MOST_TEXT = 20_000
MOST_LENGTH = 100_000
MOST_DEPTH = 8


class TooMuchError(Exception):
    """The value is larger than an observation may be."""


class Budget:
    """Bytes and items that one observation may still take."""

    def __init__(self) -> None:
        """Start with the whole allowance."""
        self.bytes, self.items = MOST_BYTES, MOST_LENGTH

    def take(self, size: int) -> None:
        """Take one item of `size` bytes off the allowance."""
        self.bytes -= size
        self.items -= 1
        if self.bytes < 0 or self.items < 0:
            raise TooMuchError("the value is larger than an observation may be")


def plain(value: object, budget: Budget | None = None, depth: int = MOST_DEPTH) -> Value:
    """Numbers, text, arrays, lists and dicts of them; anything else is {"opaque": type name}."""
    budget = budget or Budget()
    budget.take(8)
    if isinstance(value, torch.Tensor):
        return _tensor(value, budget)
    if isinstance(value, np.ndarray | np.generic):
        return _array(np.asarray(value), budget)
    if value is None or type(value) in (bool, float):
        return value  # type: ignore[return-value]  # type() narrows nothing
    if type(value) is int:
        return value if value.bit_length() < 3 * MOST_DIGITS else float(value)
    if isinstance(value, str):
        return str(value[:MOST_TEXT])
    return _container(value, budget, depth)


def answer(value: object) -> Value:
    """What was returned, as plain data; where it stands for what a missing package would have made, nothing was."""
    if type(value).__name__.startswith(INERT):
        raise AbsentError(type(value).__name__.removeprefix(INERT))
    return plain(value)


def unwrapped(value: torch.Tensor) -> torch.Tensor:
    """The tensor that holds the numbers: torch.func derives by, and maps over, tensors that have no memory of their own."""
    while torch._C._functorch.is_functorch_wrapped_tensor(value):
        value = torch._C._functorch.get_unwrapped(value)
    return value


def _tensor(value: torch.Tensor, budget: Budget) -> Value:
    value = unwrapped(value)
    budget.take(value.numel() * value.element_size())
    # Inside torch.func even detach() gives what has no memory.
    with torch._C._DisableFuncTorch():
        value = value.detach().cpu()
        if value.dtype == torch.bfloat16:
            value = value.float()
        if value.layout != torch.strided:
            return opaque(value)
        return _array(value.resolve_conj().resolve_neg().numpy(), budget)


def _array(value: np.ndarray, budget: Budget) -> Value:
    if value.dtype.kind == "U":
        return plain(value.tolist(), budget)
    if value.dtype.name not in DTYPES:
        return {"opaque": f"array of {value.dtype.name}"[:200]}
    budget.take(value.nbytes)
    if value.ndim:
        return np.array(value)
    return opaque(value.item()) if value.dtype.kind == "c" else value.item()


def _container(value: object, budget: Budget, depth: int) -> Value:
    if depth <= 0:
        return opaque(value)
    named = _named(value)
    if named is not None:
        return {str(key)[:200]: plain(item, budget, depth - 1) for key, item in named.items()}
    if isinstance(value, list | tuple):
        return [plain(item, budget, depth - 1) for item in value]
    return opaque(value)


def _named(value: object) -> Mapping[object, object] | None:
    """The values that have names: of a mapping, a namespace, a named tuple, a dataclass, the columns of a table."""
    if isinstance(value, Mapping):
        return value
    if isinstance(value, SimpleNamespace):
        return dict(vars(value).items())
    if isinstance(value, tuple) and hasattr(value, "_fields"):
        return dict(zip(value._fields, value, strict=True))
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: getattr(value, field.name, None) for field in fields(value)}
    if type(value).__module__.partition(".")[0] == "pandas" and hasattr(value, "columns"):
        return {column: value[column].tolist() for column in value.columns}  # type: ignore[index]  # a DataFrame
    return None


def opaque(value: object) -> Value:
    """What stands for a value that is no plain data."""
    return {"opaque": type(value).__name__[:200]}
