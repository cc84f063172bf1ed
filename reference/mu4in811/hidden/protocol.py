"""How modules, losses and networks of a student's library are spoken to, whatever their methods are called.

What a layer holds is never read: its weights show in its answers to the rows of the identity, its gradient in what an
update changes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from graders.observe.speech import thing
from graders.observe.steps import How, Ref, Talk

from .declared import ask

FORWARD = (
    "forward",
    "__call__",
    "net_forward",
    "forward_pass",
    "feedforward",
    "predict",
    "propagate",
    "avant",
    "propager",
    "passe_avant",
)
UPDATE_GRADIENT = (
    "backward_update_gradient",
    "update_gradient",
    "backward_update",
    "backward_gradient",
    "accumulate_grad",
)
DELTA = ("backward_delta", "delta", "backwardDelta")
BOTH = (
    "backward",
    "backprop",
    "backpropagation",
    "backpropagate",
    "retropropagation",
    "retropropager",
    "retropropage",
    "retro",
    "arriere",
    "passe_arriere",
)
ZERO = ("zero_grad", "zero_gradient", "zeroGrad", "reset_gradient", "reset_grad", "zero_gradients", "raz")
UPDATE = ("update_parameters", "update_params", "update", "update_parameter", "step", "update_weights", "mise_a_jour")
ADD = (
    "add_module",
    "addModule",
    "append_modules",
    "add",
    "append_module",
    "append",
    "ajouter",
    "add_layer",
    "ajoute",
    "insert",
)
LOSS_BACK = (
    "backward",
    "grad",
    "derivative",
    "gradient",
    "delta",
    "backward_loss",
    "loss_backward",
    "derivee",
    "prime",
    "backward_delta",
)
STEP = ("step", "update", "one_step", "pas", "__call__")
QUIET = How(quiet=True)


def forward(talk: Talk, of: object, x: object, how: How | None = None) -> Ref:
    """What a module answers."""
    return ask(talk, of, FORWARD, input=x, how=how)


def weights(talk: Talk, layer: Ref, size: int) -> Ref:
    """What a layer answers to nothing, and to each of its inputs alone: its bias, and its weights on top of it."""
    return forward(talk, layer, np.vstack([np.zeros((1, size)), np.eye(size)]))


def zero(talk: Talk, of: object) -> Ref:
    """Zero the gradients."""
    return ask(talk, of, ZERO, how=QUIET)


def cleared(talk: Talk, of: object) -> None:
    """Zero the gradients of what has any: a network may leave that to its layers."""
    talk.first(lambda one: zero(one, of), lambda one: one.keep(0))


def update(talk: Talk, of: object, step: float) -> Ref:
    """Go a step against the gradients."""
    return ask(talk, of, UPDATE, gradient_step=step, how=QUIET)


def moved(talk: Talk, of: object, step: float) -> None:
    """A step of what has anything to move: an activation may leave that to layers."""
    talk.first(lambda one: update(one, of, step), lambda one: one.keep(0))


def back(talk: Talk, of: object, x: object, delta: object, how: How | None = None) -> Ref:
    """Accumulate the gradients of a module whose last input was x; what goes back to the module before it."""

    def separate(one: Talk) -> None:
        ask(one, of, UPDATE_GRADIENT, input=x, delta=delta, how=QUIET)
        ask(one, of, DELTA, input=x, delta=delta, how=how)

    return talk.first(
        separate,
        lambda one: ask(one, of, BOTH, input=x, delta=delta, how=how),
        lambda one: ask(one, of, DELTA, input=x, delta=delta, how=how),
    )


def loss_back(talk: Talk, loss: object, y: object, yhat: object, how: How | None = None) -> Ref:
    """The derivative of a loss; one that remembers what it was given is asked for its value first."""
    loss_value(talk, loss, y, yhat, how=QUIET)
    return ask(talk, loss, LOSS_BACK, y=y, yhat=yhat, how=how)


def loss_value(talk: Talk, loss: object, y: object, yhat: object, how: How | None = None) -> Ref:
    """The value of a loss."""
    return ask(talk, loss, ("forward", "__call__", "loss", "compute"), y=y, yhat=yhat, how=how)


def activation(talk: Talk, name: str, width: int) -> Ref:
    """An activation; some want to know how wide it is."""
    kind = thing(talk, name)
    return talk.first(
        lambda one: one.method(kind, "", how=QUIET),
        lambda one: one.method(kind, "", width, how=QUIET),
        lambda one: one.method(kind, "", width, width, how=QUIET),
    )


def seeded(seed: int | None) -> How:
    """An object that is not told, made under a seed of its own."""
    return How(quiet=True, seed=seed)


def linear(talk: Talk, n_in: int, n_out: int, seed: int | None = None) -> Ref:
    """A linear layer."""
    return talk.call("Linear", n_in=n_in, n_out=n_out, how=seeded(seed))


def sequential(talk: Talk, modules: Sequence[object], x: object) -> Ref:
    """A network of these modules: given one by one, as a list, or added; it must answer to x."""
    kind = thing(talk, "Sequential")

    def checked(make: Callable[[Talk], Ref]) -> Callable[[Talk], Ref]:
        def way(one: Talk) -> Ref:
            net = make(one)
            forward(one, net, x, how=QUIET)
            return one.method([net], "__getitem__", 0, how=QUIET)

        return way

    return talk.first(
        # A network that keeps its own loss; anything would pass for one, and the network would answer with nothing in it.
        checked(lambda one: _added(one, kind, [one.call("MSELoss", how=QUIET)], modules)),
        checked(lambda one: one.method(kind, "", *modules, how=QUIET)),
        checked(lambda one: one.method(kind, "", list(modules), how=QUIET)),
        checked(lambda one: _added(one, kind, (), modules)),
    )


def _added(talk: Talk, kind: Ref, given: Sequence[object], modules: Sequence[object]) -> Ref:
    net = talk.method(kind, "", *given, how=QUIET)
    for number, module in enumerate(modules):
        _add(talk, net, module, f"module{number}")
    return net


def _add(talk: Talk, net: Ref, module: object, name: str) -> None:
    """Alone, or under a name."""
    talk.first(
        lambda one: ask(one, net, ADD, module=module, how=QUIET),
        lambda one: ask(one, net, ADD, name=name, module=module, how=QUIET),
    )


def optimiser(talk: Talk, net: object, loss: Ref, eps: float) -> Ref:
    """An optimiser with a loss."""
    return talk.call("Optim", net=net, loss=loss, eps=eps, how=QUIET)
