"""Gradients of autograd multiplied by a factor: what was derived by hand stays as it is, what was taken from autograd changes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any  # torch hands over anything
from unittest.mock import patch

import torch
from torch import Tensor


@contextmanager
def scaled(factor: float) -> Iterator[None]:
    """While it lasts, every gradient that autograd gives is `factor` times what it should be, under any name it is called by."""
    real: Callable[..., Any] = torch.autograd._engine_run_backward  # type: ignore[attr-defined]

    def run(tensors: Sequence[Tensor], gradients: Sequence[Tensor | None], *args: object, **kwargs: object) -> Any:
        return real(tensors, tuple(one if one is None else factor * one for one in gradients), *args, **kwargs)

    with patch.object(torch.autograd, "_engine_run_backward", run):
        yield
