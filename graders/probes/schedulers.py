"""The schedulers of torch: where each is built and advanced, how far it means to go, and one that forgives going further."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from torch.optim import lr_scheduler

from graders.probes.wire import Value

HORIZONS = ("total_steps", "T_max", "total_iters", "T_0", "step_size", "total_size")
SCHEDULERS = [
    kind
    for kind in vars(lr_scheduler).values()
    if isinstance(kind, type) and issubclass(kind, lr_scheduler.LRScheduler)
]


def horizon(owner: object) -> dict[str, Value]:
    """How far a scheduler means to go, by the names that torch gives it."""
    found = {name: getattr(owner, name, None) for name in HORIZONS}
    return {name: value for name, value in found.items() if isinstance(value, int)}


def scheduling() -> list[tuple[type, str, str]]:
    """Each scheduler class with its own constructor or step: many do not call the base class's."""
    methods = (("__init__", "made"), ("step", "schedule"))
    return [(kind, method, event) for kind in SCHEDULERS for method, event in methods if method in vars(kind)]


@contextmanager
def forgiving(overrun: Callable[[], None]) -> Iterator[None]:
    """OneCycleLR stays where it is beyond its end, and says so: a mistake of the schedule does not end the training."""
    real = lr_scheduler.OneCycleLR.get_lr

    def get_lr(scheduler: lr_scheduler.OneCycleLR) -> Any:
        if scheduler.last_epoch <= scheduler.total_steps:
            return real(scheduler)
        overrun()
        return [group["lr"] for group in scheduler.optimizer.param_groups]

    with patch.object(lr_scheduler.OneCycleLR, "get_lr", get_lr):
        yield
