"""What a training loop does, event by event, seen from inside torch while the student's loop runs.

Events, in order; numbers are what stood there at that moment:
    {"event": "forward", "training", "grad", "rows" (n, 4), "output" (n, …)}   the network was called
    {"event": "loss", "name", "value", "input", "target"}                     a loss function of torch was called
    {"event": "backward", "value", "stale", "own"}     `stale`: the largest gradient that was already there before it; `own`: it
        reached this network
    {"event": "zero"}                           zero_grad of an optimizer or of the network
    {"event": "step", "name", "rates", "ascends", "covered", "reached"}   `ascends`: towards a larger loss; `covered`: share of
        the network's parameters that optimizers hold which stepped so far; `reached`: share that has a gradient
    {"event": "moved", "rates", "covered"}      the weights changed since the last backward pass, by no optimizer; see `moved`
    {"event": "made", "name", …horizon}, {"event": "schedule", "name"}        a scheduler was built, advanced
    {"event": "overrun"}                        OneCycleLR was advanced beyond its end, where it would have raised
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any  # torch hands over arguments of any type
from unittest.mock import patch

import torch
from torch import Tensor, nn
from torch.optim import Optimizer
from torch.optim.optimizer import register_optimizer_step_post_hook

from graders.probes.losses import Losses, summed
from graders.probes.moved import Weights
from graders.probes.plain import plain
from graders.probes.schedulers import forgiving, horizon, scheduling
from graders.probes.wire import Value

MOST_EVENTS = 20_000
FEATURES = 4


class Recorder:
    """The events of one network's training."""

    def __init__(self, model: nn.Module) -> None:
        """Watch this network and no other."""
        self.model, self.events = model, list[dict[str, Value]]()
        self._inside = 0
        self._held: set[int] = set()
        self._weights = Weights(self.parameters)

    def told(self) -> list[Value]:
        """All events so far."""
        self._look()
        return list[Value](self.events)

    def _look(self) -> None:
        """Write down what has been learned by hand; once there is an optimizer, nothing is."""
        if not self._held and (step := self._weights.step()):
            self.write("moved", **step)

    def _keep(self) -> None:
        if not self._held:
            self._weights.learned()

    def write(self, event: str, **details: Value) -> dict[str, Value]:
        """Add an event; past MOST_EVENTS only the count would matter, and nobody asks for it."""
        told: dict[str, Value] = {"event": event, **details}
        if len(self.events) < MOST_EVENTS:
            self.events.append(told)
        return told

    def parameters(self) -> list[Tensor]:
        """What should be learned."""
        return list(self.model.parameters())

    def gradients(self) -> list[Tensor]:
        """The gradients that are there now."""
        return [p.grad for p in self.parameters() if p.grad is not None and p.grad.numel()]

    def _written(self) -> list[tuple[int, int]]:
        """Which gradients are there, and how often each was written to."""
        return [(id(grad), grad._version) for grad in self.gradients()]

    def forward(self, real: Callable[..., Any]) -> Callable[..., Any]:
        """The network's forward, written down when it is called from outside."""

        def wrapped(module: nn.Module, x: Tensor, *args: object, **kwargs: object) -> Any:
            if module is self.model:
                self._look()
            output = real(module, x, *args, **kwargs)
            if module is self.model and isinstance(x, Tensor) and x.ndim:
                self.write(
                    "forward",
                    training=module.training,
                    grad=torch.is_grad_enabled(),
                    rows=plain(x.detach().reshape(len(x), -1)[:, :FEATURES]),
                    output=plain(output),
                )
            return output

        return wrapped

    def backward(self, real: Callable[..., Any]) -> Callable[..., Any]:
        """torch.autograd.backward, with what was there before it."""

        def wrapped(tensors: Tensor | Iterable[Tensor], *args: object, **kwargs: object) -> Any:
            first = tensors if isinstance(tensors, Tensor) else next(iter(tensors))
            self._look()
            stale = max((float(grad.abs().max()) for grad in self.gradients()), default=0.0)
            event = self.write("backward", value=summed(first), stale=stale)
            before = self._written()
            result = real(tensors, *args, **kwargs)
            event["own"] = self._written() != before
            self._keep()
            return result

        return wrapped

    def gradient(self, real: Callable[..., Any]) -> Callable[..., Any]:
        """torch.autograd.grad, which adds to no gradient that was there before."""

        def wrapped(outputs: Tensor | Iterable[Tensor], *args: object, **kwargs: object) -> Any:
            first = outputs if isinstance(outputs, Tensor) else next(iter(outputs))
            # A mode that watches functions calls it again from inside.
            if not self._inside:
                self._look()
                self.write("backward", value=summed(first), stale=0.0)
            self._inside += 1
            try:
                return real(outputs, *args, **kwargs)
            finally:
                self._inside -= 1
                self._keep()

        return wrapped

    def stepped(self, optimizer: Optimizer, *_: object) -> None:
        """After a step: whose parameters it moved."""
        self._held |= {id(p) for group in optimizer.param_groups for p in group["params"]}
        wanted = self.parameters()
        covered = sum(id(p) in self._held for p in wanted)
        self.write(
            "step",
            name=type(optimizer).__name__,
            rates=[float(group["lr"]) for group in optimizer.param_groups],
            ascends=any(bool(group.get("maximize")) for group in optimizer.param_groups),
            covered=covered / max(len(wanted), 1),
            reached=len(self.gradients()) / max(len(wanted), 1),
        )

    def overrun(self) -> None:
        """OneCycleLR was advanced beyond its end."""
        self.write("overrun")

    def noted(self, event: str, real: Callable[..., Any]) -> Callable[..., Any]:
        """A method that is written down as this event, once for each call from outside."""

        def wrapped(owner: object, *args: Any, **kwargs: Any) -> Any:
            self._look()
            self._inside += 1
            try:
                result = real(owner, *args, **kwargs)
            finally:
                self._inside -= 1
            if not self._inside:
                self.write(event, name=type(owner).__name__, **horizon(owner))
            return result

        return wrapped


@contextmanager
def recording(model: nn.Module) -> Iterator[Recorder]:
    """Watch a network while its training runs."""
    recorder = Recorder(model)
    with ExitStack() as patches:
        _patched(patches, type(model), "forward", recorder.forward(type(model).forward))
        _patched(patches, torch.autograd, "backward", recorder.backward(torch.autograd.backward))
        _patched(patches, torch.autograd, "grad", recorder.gradient(torch.autograd.grad))
        for owner in (Optimizer, nn.Module):
            _patched(patches, owner, "zero_grad", recorder.noted("zero", owner.zero_grad))
        for kind, method, event in scheduling():
            _patched(patches, kind, method, recorder.noted(event, getattr(kind, method)))
        patches.enter_context(forgiving(recorder.overrun))
        hook = register_optimizer_step_post_hook(recorder.stepped)
        patches.callback(hook.remove)
        patches.enter_context(Losses(recorder.write))
        yield recorder


def _patched(patches: ExitStack, owner: object, name: str, replacement: Callable[..., Any]) -> None:
    patches.enter_context(patch.object(owner, name, replacement))
