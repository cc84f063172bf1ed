"""Settings of torch that hold for a whole process: what a program sets at its end was not there when it began."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import torch


def are_usual() -> bool:
    """Whether they are as torch comes."""
    return torch.get_default_dtype() == torch.float32 and torch.is_grad_enabled()


@contextmanager
def usual() -> Iterator[None]:
    """As torch comes, inside; as they were, afterwards."""
    before = torch.get_default_dtype()
    torch.set_default_dtype(torch.float32)
    try:
        with torch.enable_grad():
            yield
    finally:
        torch.set_default_dtype(before)
