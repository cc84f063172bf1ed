"""A network as a program makes it: with what it gives, our values in the place of theirs; or one that it made, anew."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from copy import deepcopy
from typing import cast

from torch import nn

from graders.probes.work import Made, Work

# What the network, and our value of something, is called in the code.
NETWORK, OURS = "network_", "{}_"
Arguments = tuple[tuple[object, ...], dict[str, object]]


def as_made(made: Made, work: Work, values: Mapping[str, object]) -> Arguments | None:
    """The arguments; None where they cannot be had apart from the program."""
    with suppress(Exception):
        namespace = {**work.namespaces[made["file"]], NETWORK: _noted}
        for meaning, code in made["usual"].items():
            namespace[OURS.format(meaning)] = values[meaning] if meaning in values else _value(code, namespace)
        return cast("Arguments", _value(made["code"], namespace))
    return None


def _value(code: str, namespace: dict[str, object]) -> object:
    return eval(code, namespace)  # noqa: S307  # what this process is for


def _noted(*args: object, **named: object) -> Arguments:
    return args, named


def fresh(model: nn.Module) -> nn.Module:
    """A network that a program made, as it is before it has learned: a copy with new initial values."""
    copy = deepcopy(model)
    for module in copy.modules():
        if callable(reset := getattr(module, "reset_parameters", None)):
            reset()
    return copy.to("cpu").train()
