"""Every optimizer that student code makes, and what it learns by, whatever network it belongs to.

Of each: {"name", "options", "shapes", "initial", "final": values of its parameters, "steps", "values": what went backwards,
"stale": a gradient that a step had used was still there at a later backward pass, "dropout": the highest rate that was on,
"losses": the first calls of loss functions of torch, as {"name", "input", "target"}, "targets": what answers of a network of
one input were compared with, as {"at", "value"}}
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import Any  # torch hands over anything
from unittest.mock import patch

import torch
from torch import Tensor
from torch.nn.modules.module import register_module_forward_hook
from torch.optim import Optimizer
from torch.optim.optimizer import register_optimizer_step_post_hook
from torch.overrides import TorchFunctionMode

from graders.probes.compared import COMPARES, Compared
from graders.probes.losses import LOSSES
from graders.probes.plain import plain
from graders.probes.wire import Value

MOST_OPTIMIZERS, MOST_VALUES, MOST_WEIGHTS, MOST_LOSSES = 24, 40_000, 40_000, 3


@dataclass(eq=False)
class Learner:
    """One optimizer."""

    optimizer: Optimizer
    initial: Value
    steps: int = 0
    stale: bool = False
    dropout: float = 0.0
    values: list[Value] = field(default_factory=list)
    losses: list[Value] = field(default_factory=list)
    targets: list[Value] = field(default_factory=list)

    def parameters(self) -> list[Tensor]:
        """What it learns."""
        return [one for group in self.optimizer.param_groups for one in group["params"]]

    def told(self) -> Value:
        """As plain data."""
        plainly = {name: value for name, value in self.optimizer.defaults.items() if isinstance(value, int | float)}
        return {
            "name": type(self.optimizer).__name__,
            "options": dict[str, Value](plainly),
            "shapes": [list[Value](one.shape) for one in self.parameters()],
            "initial": self.initial,
            "final": _values(self.parameters()),
            "steps": self.steps,
            "values": self.values,
            "stale": self.stale,
            "dropout": self.dropout,
            "losses": self.losses,
            "targets": self.targets,
        }


def _values(parameters: Sequence[Tensor]) -> Value:
    """Copies; nothing where there are very many."""
    small = sum(one.numel() for one in parameters) <= MOST_WEIGHTS
    return [plain(one) for one in parameters] if small else []


class Learning(TorchFunctionMode):
    """What was learned while this lasts."""

    def __init__(self) -> None:
        """Nothing yet."""
        super().__init__()
        self.learners: list[Learner] = []
        self._values: list[Value] = []
        self._losses: list[Value] = []
        self._dropout = 0.0
        self.compared = Compared()

    def __torch_function__(
        self,
        function: Callable[..., Any],
        types: Iterable[type],
        args: tuple[Any, ...] = (),
        kwargs: Mapping[str, Any] | None = None,
    ) -> Any:
        """Note losses and dropouts."""
        result = function(*args, **(kwargs or {}))
        name = getattr(function, "__name__", "")
        if name == "dropout":
            self._dropout = max(self._dropout, _rate(*args[1:], **(kwargs or {})))
        elif name in LOSSES and len(self._losses) < MOST_LOSSES:
            given = [*args, *(kwargs or {}).values()]
            self._losses.append({"name": name, "input": plain(given[0]), "target": plain(given[1])})
        if name in COMPARES and len(args) > 1:
            self.compared.note(args[0], args[1], result)
        return result

    def made(self, real: Callable[..., None]) -> Callable[..., None]:
        """An optimizer's constructor."""

        def wrapped(optimizer: Optimizer, *args: object, **kwargs: object) -> None:
            real(optimizer, *args, **kwargs)
            self.left()
            if len(self.learners) < MOST_OPTIMIZERS:
                learner = Learner(optimizer, [])
                learner.initial = _values(learner.parameters())
                self.learners.append(learner)

        return wrapped

    def backward(self, real: Callable[..., Any]) -> Callable[..., Any]:
        """One run of autograd's engine, by whatever name it was asked for."""

        def wrapped(tensors: Sequence[Tensor], *args: Any, **kwargs: Any) -> Any:
            if kwargs.get("accumulate_grad", True):
                self.compared.learned(tensors[0])
                self._note(tensors[0])
            return real(tensors, *args, **kwargs)

        return wrapped

    def _note(self, loss: Tensor) -> None:
        if len(self._values) < MOST_VALUES:
            self._values.append(float(loss.detach().sum()))
        for one in self.learners[-1:]:
            left = any(p.grad is not None and bool(p.grad.abs().max() > 0) for p in one.parameters() if p.numel())
            one.stale |= left and one.steps > 0 and len(self._values) == 1

    def left(self) -> None:
        """What went backwards and no step followed belongs to the optimizer that was made last, if that never steps."""
        for one in self.learners[-1:]:
            if not one.steps:
                one.values, one.losses, one.dropout = self._values, self._losses, self._dropout
                self._values, self._losses, self._dropout = [], [], 0.0

    def stepped(self, optimizer: Optimizer, *_: object) -> None:
        """After a step: what went backwards before it was for this optimizer."""
        for one in self.learners:
            if one.optimizer is optimizer:
                one.steps += 1
                one.values += self._values[: MOST_VALUES - len(one.values)]
                one.losses += self._losses[: MOST_LOSSES - len(one.losses)]
                one.dropout = max(one.dropout, self._dropout)
                one.targets = self.compared.told
        self._values, self._losses, self._dropout = [], [], 0.0


def _rate(p: float = 0.5, training: bool = True, *_: object, **__: object) -> float:
    return float(p) if training else 0.0


@contextmanager
def learning() -> Iterator[Learning]:
    """Watch every optimizer that is made between `with` and its end."""
    watch = Learning()
    with ExitStack() as stack:
        stack.enter_context(patch.object(Optimizer, "__init__", watch.made(Optimizer.__init__)))
        real = torch.autograd._engine_run_backward  # type: ignore[attr-defined]
        stack.enter_context(patch.object(torch.autograd, "_engine_run_backward", watch.backward(real)))
        stack.callback(register_optimizer_step_post_hook(watch.stepped).remove)
        stack.callback(register_module_forward_hook(watch.compared.answered).remove)
        stack.enter_context(watch)
        yield watch


def learned(watch: Learning) -> Value:
    """Each optimizer that made a step; where none did, all of them."""
    watch.left()
    return [one.told() for one in [one for one in watch.learners if one.steps] or watch.learners]
