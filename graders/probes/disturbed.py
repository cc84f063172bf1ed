"""Gradients of autograd multiplied by a factor: what was derived by hand stays as it is, what was taken from autograd changes.
And a training that goes on for longer than it was written."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from typing import Any, cast  # torch hands over anything
from unittest.mock import patch

import torch
from torch import Tensor

from graders.probes.longer import longer
from graders.probes.wire import Value


@contextmanager
def scaled(factor: float) -> Iterator[None]:
    """While it lasts, every gradient that autograd gives is `factor` times what it should be, under any name it is called by."""
    real: Callable[..., Any] = torch.autograd._engine_run_backward  # type: ignore[attr-defined]

    def run(tensors: Sequence[Tensor], gradients: Sequence[Tensor | None], *args: object, **kwargs: object) -> Any:
        return real(tensors, tuple(one if one is None else factor * one for one in gradients), *args, **kwargs)

    with patch.object(torch.autograd, "_engine_run_backward", run):
        yield


@contextmanager
def disturbed(step: Mapping[str, Value]) -> Iterator[None]:
    """What a step of a plan says of gradients and iterations, while it lasts."""
    with (
        scaled(cast("float", step["scaled"])) if "scaled" in step else nullcontext(),
        longer(cast("int", step["longer"])) if "longer" in step else nullcontext(),
    ):
        yield
