"""Build the student's network, and feed it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypedDict, cast

import torch
from torch import Tensor, nn

from graders.probes.subject import arranged, found
from graders.probes.work import Subject, Work


class Initialiser(TypedDict):
    """A function that the submission calls on its network after building it."""

    subject: Subject
    applied: bool


class Recipe(TypedDict):
    """How a network is made: its class, the values for its constructor, and what is called on it afterwards."""

    subject: Subject
    values: dict[str, int]
    initialiser: Initialiser | None


class NotAModuleError(Exception):
    """What stands under the network's name builds something else."""


def built(work: Work, recipe: Recipe) -> nn.Module:
    """A fresh network."""
    positional, keywords = arranged(recipe["subject"], recipe["values"])
    model = found(recipe["subject"], work)(*positional, **keywords)
    if not isinstance(model, nn.Module):
        raise NotAModuleError(f"{recipe['subject']['name']} builds a {type(model).__name__}, not a torch.nn.Module")
    if recipe["initialiser"]:
        _initialised(model, found(recipe["initialiser"]["subject"], work), recipe["initialiser"]["applied"])
    return model


def _initialised(model: nn.Module, function: Callable[..., object], applied: bool) -> None:
    if applied:
        model.apply(cast("Callable[[nn.Module], None]", function))
    else:
        function(model)


def shaped(model: nn.Module, x: Tensor) -> Tensor:
    """x (n, freq, time) as the network takes it: flattened to (n, freq·time) where it can, else as it is."""
    flat = x.flatten(1)
    model.eval()
    try:
        with torch.no_grad():
            model(flat)
    except Exception:  # noqa: BLE001  # a network that wants pictures is asked with pictures
        return x
    return flat


def tensors(model: nn.Module) -> Iterator[tuple[str, Tensor]]:
    """Parameters, and tensors that the submission keeps as plain attributes of its modules."""
    seen: set[int] = set()
    named = [*model.named_parameters(), *_attributes(model)]
    for name, value in named:
        if id(value) not in seen:
            seen.add(id(value))
            yield name, value


def _attributes(model: nn.Module) -> Iterator[tuple[str, Tensor]]:
    for path, module in model.named_modules():
        for name, value in vars(module).items():
            if isinstance(value, Tensor):
                yield f"{path}.{name}".lstrip("."), value
