"""Question 3: a step of Optim against a step by hand, twice; and what the learning rate changes."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from graders.language import say
from graders.laws.failure import verdict_of
from graders.observe.observation import Failure
from graders.observe.steps import Heard, Ref, Talk, steps
from graders.verdict import Verdict, failed, passed

from . import chain, linear, protocol, squared
from .numbers import Affine, affine, close, factor, joined, same
from .sequential import Batch, Given, as_it_is, copied, listed, made_loss, made_optimiser, stepped

N_IN, N_OUT, EPS = 3, 2, 0.01
Net = Callable[[Talk, Ref, object], Ref]


def asked(make: Net, form: Callable[[object], object] = as_it_is) -> Callable[[Talk], Heard]:
    """A plan: two steps by Optim, by hand, and one with twice the learning rate, from the same weights."""

    def plan(talk: Talk) -> Heard:
        batches = [(talk.normal(8, N_IN), talk.normal(8, N_OUT)) for _ in range(2)]
        layers = [protocol.linear(talk, N_IN, N_OUT)]
        (twin,), (fast,), (third,) = (copied(talk, layers) for _ in range(3))
        loss, x = made_loss(talk), batches[0][0]
        before = protocol.weights(talk, layers[0], N_IN)
        nets = make(talk, layers[0], form(x)), make(talk, fast, form(x))
        given = [(form(one), form(other)) for one, other in batches]
        for one in (*nets, layers[0], fast):
            protocol.cleared(talk, one)
        optimiser, quick = (
            made_optimiser(talk, net, "MSELoss", eps, given[0]) for net, eps in zip(nets, (EPS, 2 * EPS), strict=True)
        )
        taken = [_taken(talk, optimiser, batch, layers[0]) for batch in given]
        return {
            "batches": batches,
            "before": before,
            "optim": taken,
            "quick": _taken(talk, quick, given[0], fast),
            "hand": [_by_hand(talk, twin, loss, batch, EPS) for batch in batches],
            "quick_hand": _by_hand(talk, third, loss, batches[0], 2 * EPS),
        }

    plan.__qualname__ = f"asked.{make.__name__} {form.__name__}"
    return plan


def _taken(talk: Talk, optimiser: Ref, batch: Given, layer: Ref) -> Heard:
    step = stepped(talk, optimiser, batch)
    return {"step": step, "weights": protocol.weights(talk, layer, N_IN)}


def _by_hand(talk: Talk, layer: Ref, loss: Ref, batch: Batch, eps: float) -> Ref:
    chain.step(talk, [layer], loss, batch, eps)
    return protocol.weights(talk, layer, N_IN)


def in_sequential(talk: Talk, layer: Ref, x: object) -> Ref:
    """A network of one layer."""
    return protocol.sequential(talk, [layer], x)


def alone(talk: Talk, layer: Ref, x: object) -> Ref:
    """The layer itself as the network."""
    return layer


def layer_of(seen: object) -> Affine | None:
    """A layer as its answers show it."""
    return affine(seen, N_IN, N_OUT)


def judged(heard: Heard) -> Verdict:
    """The verdict on the steps that were seen."""
    first, second = heard["optim"]  # type: ignore[misc]
    if isinstance(first["step"], Failure) or isinstance(second["step"], Failure):
        return verdict_of(next(one["step"] for one in (first, second) if isinstance(one["step"], Failure)))
    states = [
        layer_of(one) for one in (heard["before"], first["weights"], second["weights"], heard["quick"]["weights"])
    ]  # type: ignore[index, call-overload]
    if None in states:
        return failed("unreadable", say("After a step the network gives no output of the right size."))
    known = [one for one in states if one]
    tolerance = 1e-3 if close(heard["before"]) > 1e-6 else 1e-5
    hand = layer_of(heard["quick_hand"])
    fast = hand is not None and same(joined(hand), joined(known[3]), tolerance)
    return (None if fast else _rate(known, tolerance)) or _steps(heard, known, tolerance)


def _rate(states: list[Affine], tolerance: float) -> Verdict | None:
    before, first, _, quick = (joined(one) for one in states)
    if not (first - before).any():
        return failed("nothing-moves", say("A step of Optim changes nothing."))
    size = factor(quick - before, first - before, tolerance)
    if size is not None and abs(size - 1) < 1e-6:
        said = say("The learning rate makes no difference: twice the rate gives the same step.")
        return failed(
            "rate-ignored", said, say("Optim passes it to the network, and Sequential to each of its modules.")
        )
    if size is None or abs(size - 2) > 1e-4:
        return failed("rate-not-proportional", say("Twice the learning rate does not give twice the step."))
    return None


def _steps(heard: Heard, states: list[Affine], tolerance: float) -> Verdict:
    hand = [layer_of(one) for one in heard["hand"]]  # type: ignore[attr-defined]
    if all(one and same(joined(one), joined(other), tolerance) for one, other in zip(hand, states[1:3], strict=True)):
        return passed()
    before, first, second, _ = states
    gradients = [_gradient(state, batch) for state, batch in zip((before, first), heard["batches"], strict=True)]  # type: ignore[arg-type, call-overload]
    moves = _move(before, first), _move(first, second)
    size = _size(moves[0], gradients[0], tolerance)
    if size is None or size <= 0:
        return failed("wrong-step", say("The first step is not the step by hand: forward, loss, backward, update."))
    return _second(moves[1], gradients, size, tolerance)


def _second(move: Affine, gradients: list[Affine], size: float, tolerance: float) -> Verdict:
    again, both = (
        _size(move, one, tolerance) for one in (gradients[1], Affine(*(a + b for a, b in zip(*gradients, strict=True))))
    )
    if again is not None and abs(again - size) <= 1e-4 * size:
        return passed(say("The steps have another factor than those by hand: seen and accepted."))
    if both is not None and abs(both - size) <= 1e-4 * size:
        return failed("not-zeroed", say("The second step still holds the gradient of the first: it was never zeroed."))
    return failed("wrong-second-step", say("The first step is right, the second is not."))


def _move(one: Affine, other: Affine) -> Affine:
    return Affine(one.weight - other.weight, one.bias - other.bias)


def _size(move: Affine, gradient: Affine, tolerance: float) -> float | None:
    if not move.bias.any():
        return factor(move.weight, gradient.weight, tolerance)
    return factor(joined(move), joined(gradient), tolerance)


def _gradient(state: Affine, batch: Batch) -> Affine:
    """Of half the summed squared error."""
    x, y = (np.asarray(one) for one in batch)
    delta = state(x) - y
    return Affine(x.T @ delta, delta.sum(axis=0))


ASKED = steps(
    group="optim",
    seconds=20,
    ways=(asked(alone), asked(in_sequential, listed)),
    # A rate that is lost on the way through Sequential is not found again where the layer stands alone.
    enough=lambda heard: judged(heard).status == "pass" or judged(heard).diagnosis == "rate-ignored",
)(asked(in_sequential))


def sound(layer: tuple[Heard | Failure], loss: tuple[Heard | Failure]) -> bool:
    """Whether layer and loss can be trained at all."""
    if isinstance(layer[0], Failure) or isinstance(loss[0], Failure):
        return False
    return linear.gradients(layer[0]).credit > 0 and squared.mse(loss[0]).credit > 0
