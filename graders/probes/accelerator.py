"""A graphics card that is not there: what is sent to "cuda" stays where it is, and what is waited for is counted.

Seen are, in order, "work" (a product of matrices) and "synchronize".
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from typing import Any  # torch hands over anything
from unittest.mock import patch

import torch
from torch.overrides import TorchFunctionMode

MOST_EVENTS = 2_000
WORK = frozenset("matmul __matmul__ __rmatmul__ mm bmm addmm einsum dot mv linear".split())
CARD, HERE = torch.device("cuda"), torch.device("cpu")


class Card(TorchFunctionMode):
    """Keeps every tensor where it is, and says that it is on the card."""

    def __init__(self, events: list[str]) -> None:
        """Write what is done into `events`."""
        super().__init__()
        self.events = events

    def __torch_function__(
        self,
        function: Callable[..., Any],
        types: object,
        args: tuple[Any, ...] = (),
        kwargs: Mapping[str, Any] | None = None,
    ) -> Any:
        """One operation of torch."""
        name = getattr(function, "__name__", "")
        if function is torch.device:
            return function(*args, **(kwargs or {}))
        if name in WORK:
            _note(self.events, "work")
        if name == "__get__" and function in (torch.Tensor.is_cuda.__get__, torch.Tensor.device.__get__):  # type: ignore[attr-defined]
            return True if function == torch.Tensor.is_cuda.__get__ else CARD  # type: ignore[attr-defined]
        if function is torch.Tensor.cuda:
            return args[0]
        return function(*map(_here, args), **{key: _here(value) for key, value in (kwargs or {}).items()})


def _here(value: Any) -> Any:
    """A device as the one that is there."""
    if isinstance(value, torch.device) and value.type == "cuda":
        return HERE
    return "cpu" if isinstance(value, str) and value.split(":")[0] == "cuda" else value


def _note(events: list[str], event: str) -> None:
    if len(events) < MOST_EVENTS:
        events.append(event)


class Event:
    """torch.cuda.Event on the clock of this machine."""

    def __init__(self, events: list[str]) -> None:
        """Not recorded yet."""
        self.events, self.at = events, 0.0

    def record(self, *_: object) -> None:
        """Now."""
        self.at = time.perf_counter()

    def synchronize(self) -> None:
        """Wait for it."""
        _note(self.events, "synchronize")

    def elapsed_time(self, end: Event) -> float:
        """In milliseconds, as torch has it."""
        return 1000 * (end.at - self.at)


@contextmanager
def pretended() -> Iterator[list[str]]:
    """While it lasts there seems to be a card; what is done on it."""
    events: list[str] = []

    def synchronize(*_: object, **__: object) -> None:
        _note(events, "synchronize")

    answers: dict[str, object] = {
        "is_available": lambda: True,
        "synchronize": synchronize,
        "Event": lambda *_, **__: Event(events),
        "device_count": lambda: 1,
        "current_device": lambda: 0,
        "get_device_name": lambda *_: "GPU",
        "empty_cache": lambda: None,
        "reset_peak_memory_stats": lambda *_: None,
    }
    with ExitStack() as stack:
        for name, answer in answers.items():
            stack.enter_context(patch.object(torch.cuda, name, answer))
        if hasattr(torch, "accelerator"):
            stack.enter_context(patch.object(torch.accelerator, "synchronize", synchronize))
        stack.enter_context(Card(events))
        yield events
