"""The student's objects: a method, an attribute or a key under one of several names."""

from __future__ import annotations

from collections.abc import Callable, Mapping, MutableMapping, Sequence
from typing import Any, cast

import numpy as np
import torch


class NotThereError(Exception):
    """None of the names is there."""


def method(owner: object, names: Sequence[str]) -> Callable[..., Any]:
    """The first of these methods that the object has; "" is the object itself."""
    for name in names:
        if not name and callable(owner):
            return owner
        if name and callable(found := getattr(owner, name, None)):
            return cast("Callable[..., Any]", found)
    raise NotThereError(f"{type(owner).__name__} has no {' or '.join(name for name in names if name)}")


def inside(value: object) -> list[Any]:
    """What a value holds: values of a dict, items of a list or a tuple, attributes of an object that is no network."""
    if isinstance(value, Mapping):
        return list(value.values())
    if isinstance(value, list | tuple):
        return list(value)
    return [] if isinstance(value, torch.nn.Module | type) else list(getattr(value, "__dict__", {}).values())


def network_in(value: object) -> Callable[..., Any]:
    """A network: the value itself, or what it holds; else the first function in it, as a network may stand inside one."""
    held = [value, *inside(value)]
    networks = [one for one in held if isinstance(one, torch.nn.Module)]
    functions = [one for one in held if callable(one)]
    if not networks and not functions:
        raise NotThereError(f"{type(value).__name__} holds no network")
    return (networks or functions)[0]


def gradients(value: object, network: torch.nn.Module, weights: np.ndarray) -> dict[str, torch.Tensor]:
    """The derivatives of the weighted sum of a tensor by each parameter of a network; nothing where it has none."""
    if not isinstance(value, torch.Tensor) or not value.requires_grad:
        return {}
    total = (value.reshape(-1) * torch.as_tensor(weights, dtype=value.dtype)[: value.numel()]).sum()
    named = dict(network.named_parameters())
    found = torch.autograd.grad(total, list(named.values()), allow_unused=True, retain_graph=True)
    return {name: torch.zeros_like(named[name]) if one is None else one for name, one in zip(named, found, strict=True)}


def attribute(owner: object, names: Sequence[str]) -> object:
    """The value under the first of these names that exists: attributes, keys and places, "layers.0.weight"."""
    holder, last = _holder(owner, names)
    return _part(holder, last)


def changed(owner: object, names: Sequence[str], value: object) -> None:
    """Give the first of these names that exists this value: in place where it is an array of the same shape."""
    holder, last = _holder(owner, names)
    old = _part(holder, last)
    if isinstance(old, torch.Tensor):
        with torch.no_grad():
            old.copy_(torch.as_tensor(np.asarray(value)).reshape(old.shape))
    elif isinstance(old, np.ndarray) and old.shape == np.asarray(value).shape and old.dtype.kind == "f":
        old[...] = value
    elif isinstance(holder, list):
        holder[int(last)] = value
    elif isinstance(holder, MutableMapping):
        holder[last] = value
    else:
        setattr(holder, last, value)


def _holder(owner: object, names: Sequence[str]) -> tuple[Any, str]:
    """What holds the first of these names that exists, and its last part."""
    for name in names:
        *path, last = name.split(".")
        try:
            holder = owner
            for part in path:
                holder = _part(holder, part)
            _part(holder, last)
        except (AttributeError, KeyError, IndexError, ValueError, TypeError):
            continue
        return holder, last
    raise NotThereError(f"{type(owner).__name__} has no {' or '.join(names)}")


def _part(owner: Any, name: str) -> object:
    if isinstance(owner, dict):
        return owner[name] if name in owner else owner[int(name)]
    if hasattr(owner, name):
        return getattr(owner, name)
    return owner[int(name)]
