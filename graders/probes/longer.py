"""A training that is carried on for longer than it was written, where nothing that it takes says how long."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch

from torch.optim import LBFGS

COUNTS = ("max_iter", "max_eval")


@contextmanager
def longer(factor: int) -> Iterator[None]:
    """While it lasts, an L-BFGS optimizer makes `factor` times as many iterations a step as it is told."""
    real, taken = LBFGS.__init__, inspect.signature(LBFGS.__init__)

    def made(*args: object, **kwargs: object) -> None:
        given = taken.bind(*args, **kwargs)
        given.apply_defaults()
        given.arguments |= {
            name: factor * count for name in COUNTS if isinstance(count := given.arguments.get(name), int)
        }
        real(*given.args, **given.kwargs)

    with patch.object(LBFGS, "__init__", made):
        yield
