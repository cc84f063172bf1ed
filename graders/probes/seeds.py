"""Every request starts from its own seeds, and a submission that seeds itself still shows many draws.

A constructor that calls `torch.manual_seed(0)` would give the same weights at every build, and a law cannot be read from
one draw of sixteen weights. `install` puts a wrapper in front of the seeding functions before student code is read: it
mixes a salt into every seed. Under salt 0 nothing changes. Two equal seeds stay equal, so the mistake of seeding before
each layer stays visible.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import numpy as np
import torch

_salt = 0
_real_torch, _real_numpy = torch.manual_seed, np.random.seed


def install() -> None:
    """Put the wrappers in place; called once, before any student code."""
    vars(torch)["manual_seed"] = vars(torch.random)["manual_seed"] = _salted(_real_torch)
    vars(np.random)["seed"] = _salted(_real_numpy)


def _salted(real: Callable[..., object]) -> Callable[..., object]:
    def manual_seed(seed: int | None = None) -> object:
        return real(seed if not _salt or seed is None else (int(seed) * 1_000_003 + _salt) % 2**31)

    return manual_seed


def seed_everything(seed: int) -> None:
    """Seed Python, NumPy and torch; of torch the processor's generator alone, where nothing uses another one.

    `torch.manual_seed` remembers for a graphics card that is not used yet who called it: 0.1 ms, and 3 MB of memory that each
    process then has of its own.
    """
    random.seed(seed)
    _real_numpy(seed % 2**32)
    torch.default_generator.manual_seed(seed)
    if torch.cuda.is_initialized():  # type: ignore[no-untyped-call]
        torch.cuda.manual_seed_all(seed)


@contextmanager
def draw(seed: int) -> Iterator[None]:
    """One of many draws: our seed, and student seeds salted with it."""
    global _salt  # noqa: PLW0603  # the wrappers stand in torch itself, so what they read must be global
    _salt = seed
    seed_everything(seed)
    try:
        yield
    finally:
        _salt = 0
