"""Modules chained by hand, step by step, and what such a chain learns in exact arithmetic."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from graders.observe.steps import Ref, Talk

from . import protocol
from .numbers import Affine, Array
from .protocol import QUIET


def forwards(talk: Talk, modules: Sequence[object], x: object) -> list[object]:
    """The input of each module, and the output of the last one."""
    seen = [x]
    for module in modules:
        seen.append(protocol.forward(talk, module, seen[-1], how=QUIET))
    return seen


def step(talk: Talk, modules: Sequence[object], loss: Ref, batch: tuple[object, object], eps: float) -> None:
    """One step by hand: forward, loss, backward from the last module to the first, update."""
    x, y = batch
    for module in modules:
        protocol.cleared(talk, module)
    inputs = forwards(talk, modules, x)
    delta: object = protocol.loss_back(talk, loss, y, inputs[-1], how=QUIET)
    for module, own in reversed(list(zip(modules, inputs, strict=False))):
        delta = protocol.back(talk, module, own, delta, how=QUIET)
    for module in modules:
        protocol.moved(talk, module, eps)


def answered(talk: Talk, modules: Sequence[object], x: object) -> Ref:
    """What the chain answers."""
    inputs = forwards(talk, modules[:-1], x)
    return protocol.forward(talk, modules[-1], inputs[-1])


@dataclass(frozen=True)
class Net:
    """Linear, tanh, linear, sigmoid, as they are at some moment; `biased` where the biases learn too."""

    first: Affine
    second: Affine
    biased: bool = True

    def forward(self, x: Array) -> tuple[Array, Array]:
        """The hidden values and the output."""
        hidden = np.tanh(self.first(x))
        return hidden, (1 + np.tanh(self.second(hidden) / 2)) / 2

    def gradients(self, x: Array, y: Array) -> tuple[Affine, Affine]:
        """The gradient of half the summed squared error by each layer."""
        hidden, out = self.forward(x)
        delta = (out - y) * out * (1 - out)
        earlier = (delta @ self.second.weight.T) * (1 - hidden**2)
        return Affine(x.T @ earlier, earlier.sum(axis=0)), Affine(hidden.T @ delta, delta.sum(axis=0))

    def stepped(self, x: Array, y: Array, eps: float) -> Net:
        """The net after one step against that gradient."""
        moved = zip((self.first, self.second), self.gradients(x, y), strict=True)
        return Net(*(self._moved(layer, gradient, eps) for layer, gradient in moved), biased=self.biased)

    def _moved(self, layer: Affine, gradient: Affine, eps: float) -> Affine:
        bias = layer.bias - eps * gradient.bias if self.biased else layer.bias
        return Affine(layer.weight - eps * gradient.weight, bias)

    def trained(self, batches: Sequence[tuple[Array, Array]], epochs: int, eps: float) -> Net:
        """After some epochs of these batches in this order."""
        net = self
        for _ in range(epochs):
            for x, y in batches:
                net = net.stepped(x, y, eps)
        return net
