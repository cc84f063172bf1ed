"""Which functions of libraries student code calls, and which operations of torch they come to.

Text can hide a call behind another name; the interpreter's own call hook and torch's dispatcher see what really runs.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any  # torch and the interpreter hand over anything

from torch.utils._python_dispatch import TorchDispatchMode

from graders.probes.wire import Value

MOST_NAMES = 2_000


class Calls(TorchDispatchMode):  # type: ignore[no-untyped-call]  # torch does not type it
    """The names of what was called, each once, and how often each operation of torch ran."""

    def __init__(self, root: str) -> None:
        """Functions that are defined below `root` are the student's own, and not told."""
        super().__init__()  # type: ignore[no-untyped-call]
        self.root, self.names, self.operations = root, set[str](), Counter[str]()

    def __torch_dispatch__(
        self,
        function: Callable[..., Any],
        types: Iterable[type],
        args: tuple[Any, ...] = (),
        kwargs: dict[str, Any] | None = None,
    ) -> Any:
        """Count the operation, and run it."""
        self.operations[str(function)[:100]] += 1
        return function(*args, **(kwargs or {}))

    def called(self, frame: FrameType, event: str, argument: object) -> None:
        """The interpreter's hook: a function in Python, or one in C, is called."""
        if len(self.names) >= MOST_NAMES:
            return
        if event == "call" and not frame.f_code.co_filename.startswith(self.root):
            self.names.add(f"{frame.f_globals.get('__name__', '')}.{frame.f_code.co_qualname}"[:120])
        elif event == "c_call":
            owner = getattr(argument, "__module__", None) or ""
            self.names.add(f"{owner}.{getattr(argument, '__qualname__', '')}"[:120])

    def told(self) -> Value:
        """{"names": sorted, "operations": {"aten.mm.default": 3, …}}."""
        return {"names": list[Value](sorted(self.names)), "operations": dict[str, Value](self.operations)}


@contextmanager
def calling(root: str) -> Iterator[Calls]:
    """Look at every call between `with` and its end."""
    calls = Calls(root)
    before = sys.getprofile()
    with calls:
        sys.setprofile(calls.called)
        try:
            yield calls
        finally:
            sys.setprofile(before)
