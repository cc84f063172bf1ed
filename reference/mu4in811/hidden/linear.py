"""Question 1: the linear layer, judged against the derivatives of its own forward pass."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

import numpy as np

from graders.language import say
from graders.laws.failure import verdict_of
from graders.observe.observation import Failure
from graders.observe.steps import Heard, Ref, Talk, steps
from graders.verdict import Verdict, failed, partial, passed

from . import protocol
from .declared import suite
from .numbers import Affine, Array, affine, close, factor, floats, joined, same
from .protocol import QUIET

N_IN, N_OUT, EPS = 3, 4, 0.5


@steps(group="linear", seconds=20)
def LAYER(talk: Talk) -> Heard:
    """Fresh layers: one pass, then each question about gradients to a layer of its own."""
    x, delta = talk.normal(5, N_IN), talk.normal(5, N_OUT)
    layer = protocol.linear(talk, N_IN, N_OUT)
    return {
        "x": x,
        "delta": delta,
        "answers": _answers(talk, layer, x),
        "once": _once(talk, x, delta),
        "twice": _twice(talk, x, delta),
        "updates": _updates(talk, x, delta),
        "one": _once(talk, x[:1], delta[:1]),
    }


def _answers(talk: Talk, layer: Ref, x: Array) -> Heard:
    return {
        "weights": protocol.weights(talk, layer, N_IN),
        "several": protocol.forward(talk, layer, x),
        "one": protocol.forward(talk, layer, x[:1]),
    }


def _pushed(talk: Talk, layer: Ref, x: object, delta: object) -> Ref:
    protocol.forward(talk, layer, x, how=QUIET)
    return protocol.back(talk, layer, x, delta)


def _once(talk: Talk, x: Array, delta: Array) -> Heard:
    """One backward pass and one update; the arrays that were given are looked at again."""
    layer, kept = protocol.linear(talk, N_IN, N_OUT), (talk.keep(x), talk.keep(delta))
    before = protocol.weights(talk, layer, N_IN)
    zeroed = protocol.zero(talk, layer)
    to_input = _pushed(talk, layer, *kept)
    update = protocol.update(talk, layer, EPS)
    after = protocol.weights(talk, layer, N_IN)
    return {
        "before": before,
        "zeroed": zeroed,
        "delta": to_input,
        "update": update,
        "after": after,
        "given": [talk.method(one, "copy") for one in kept],
    }


def _twice(talk: Talk, x: Array, delta: Array) -> Heard:
    """Two backward passes, of other inputs, before one update."""
    layer = protocol.linear(talk, N_IN, N_OUT)
    before = protocol.weights(talk, layer, N_IN)
    protocol.zero(talk, layer)
    _pushed(talk, layer, x, delta)
    _pushed(talk, layer, x[::-1] + 1, 2 * delta)
    protocol.update(talk, layer, EPS)
    return {"before": before, "after": protocol.weights(talk, layer, N_IN)}


def _updates(talk: Talk, x: Array, delta: Array) -> Heard:
    """Updates of EPS, EPS again, 2 EPS, then one after zeroing; what the layer is after each."""
    layer = protocol.linear(talk, N_IN, N_OUT)
    seen = [protocol.weights(talk, layer, N_IN)]
    protocol.zero(talk, layer)
    _pushed(talk, layer, x, delta)
    for step in (EPS, EPS, 2 * EPS):
        protocol.update(talk, layer, step)
        seen.append(protocol.weights(talk, layer, N_IN))
    protocol.zero(talk, layer)
    protocol.update(talk, layer, EPS)
    return {"seen": [*seen, protocol.weights(talk, layer, N_IN)]}


def alike(seen: Heard | Failure) -> bool:
    """Whether every unit of a fresh layer has the same weights: they all learn the same, and stay one unit."""
    first = None if isinstance(seen, Failure) else affine(seen["answers"]["weights"], N_IN, N_OUT)  # type: ignore[index]
    return first is not None and not np.ptp(first.weight, axis=1).any() and not np.ptp(first.bias)


@suite.criterion("linear.forward", observe=LAYER)
def forward(heard: Heard) -> Verdict:
    """The output is X W, plus b where there is a bias."""
    x, answers = heard["x"], heard["answers"]
    several, tolerance = floats(answers["several"]), close(answers["several"])  # type: ignore[index]
    if isinstance(answers["several"], Failure):  # type: ignore[index]
        return verdict_of(answers["several"])  # type: ignore[index]
    if several is None or several.shape != (len(x), N_OUT):  # type: ignore[arg-type]
        return failed("wrong-shape", say("For {n} examples the output should be of size ({n}, n_out).", n=len(x)))  # type: ignore[arg-type]
    layer = affine(answers["weights"], N_IN, N_OUT)  # type: ignore[index]
    if layer is None or not same(several, layer(x), tolerance):  # type: ignore[arg-type]
        return failed("not-linear", say("The output is not X W + b: it is not linear in X."))
    if not same(floats(answers["one"]), several[:1], tolerance):  # type: ignore[index]
        return failed("depends-on-the-batch", say("An example alone has another output than within a batch."))
    return passed(*([] if layer.bias.any() else [say("No bias was seen; it may also be zero at the start.")]))


def moved(seen: Mapping[str, object]) -> Affine | None:
    """The gradient that an update shows."""
    before, after = (affine(seen[one], N_IN, N_OUT) for one in ("before", "after"))
    return changed(before, after)


def changed(before: Affine | None, after: Affine | None, step: float = EPS) -> Affine | None:
    """The gradient between two states of a layer."""
    if before is None or after is None:
        return None
    return Affine((before.weight - after.weight) / step, (before.bias - after.bias) / step)


def gradient(x: Array, delta: Array) -> Affine:
    """The derivative of Σ delta · (x W + b) by W and b."""
    return Affine(x.T @ delta, delta.sum(axis=0))


def scale(found: Affine, expected: Affine, tolerance: float = 1e-6) -> float | None:
    """The constant between two gradients; a layer without bias has none to compare."""
    if not found.bias.any():
        return factor(found.weight, expected.weight, tolerance)
    return factor(joined(found), joined(expected), tolerance)


@suite.criterion("linear.gradients", observe=LAYER)
def gradients(heard: Heard) -> Verdict:
    """The gradients are those of its own forward pass, up to one positive constant, and add up."""
    once, twice, x, delta = (heard[one] for one in ("once", "twice", "x", "delta"))
    problem = _raised(once, "delta", "update", "before", "after") or _raised(heard["one"], "delta")
    if problem:
        return verdict_of(problem)
    found, doubled = moved(once), moved(twice)  # type: ignore[arg-type]
    tolerance = 1e-3 if close(once["after"]) > 1e-6 else 1e-6  # type: ignore[index]
    return (
        _of_parameters(found, x, delta, tolerance)  # type: ignore[arg-type]
        or _untouched(once, x, delta)  # type: ignore[arg-type]
        or _of_input(once, x, delta, tolerance)  # type: ignore[arg-type]
        or _one_example(heard, tolerance)
        or _added_up(doubled, x, delta, tolerance)  # type: ignore[arg-type]
        or _passed(found, x, delta, tolerance)  # type: ignore[arg-type]
    )


def _raised(seen: object, *names: str) -> Failure | None:
    return next((seen[one] for one in names if isinstance(seen[one], Failure)), None)  # type: ignore[index]


def _passed(found: Affine | None, x: Array, delta: Array, tolerance: float) -> Verdict:
    size = found and scale(found, gradient(x, delta), tolerance)
    if size and abs(size - 1) > tolerance:
        return passed(say("The gradients are divided by a constant: seen and accepted."))
    return passed()


def _of_parameters(found: Affine | None, x: Array, delta: Array, tolerance: float) -> Verdict | None:
    expected = gradient(x, delta)
    if found is None:
        return failed("unreadable", say("After an update the layer gives no output of the right size."))
    if not found.weight.any():
        return failed("nothing-moves", say("After a backward pass and an update the weights are what they were."))
    size = scale(found, expected, tolerance)
    if size is not None and size > 0:
        return None
    if size is not None:
        return failed("sign", say("The update goes along the gradient, not against it."))
    return _slip(found, expected, x, delta, tolerance)


def _slip(found: Affine, expected: Affine, x: Array, delta: Array, tolerance: float) -> Verdict:
    by_weight = factor(found.weight, expected.weight, tolerance)
    if by_weight is None or by_weight <= 0:
        return failed("wrong-weight-gradient", say("The gradient of the weights is not that of X W: it is Xᵀ·delta."))
    if factor(found.bias, expected.bias, tolerance) is not None:
        return failed(
            "bias-scale",
            say("The gradient of the bias has another factor than that of the weights: one is a sum, one a mean?"),
        )
    if factor(found.bias, np.full_like(expected.bias, expected.bias.sum()), tolerance) is not None:
        return failed(
            "bias-axis", say("The gradient of the bias is summed over the outputs too; only over the examples.")
        )
    return failed("wrong-bias-gradient", say("The gradient of the bias is not the sum of delta over the examples."))


def _of_input(once: Mapping[str, object], x: Array, delta: Array, tolerance: float) -> Verdict | None:
    found, layer = floats(once["delta"]), affine(once["before"], N_IN, N_OUT)
    assert layer is not None, "else the gradient had not been read"
    if found is None or found.shape != x.shape:
        return failed("delta-shape", say("What goes back to the input has not the size of the input."))
    # Of weights that start at zero nothing goes back.
    size = factor(found, delta @ layer.weight.T, tolerance) if layer.weight.any() else 1.0
    if size is None:
        return failed("wrong-delta", say("What goes back to the input is not the derivative by the input: delta·Wᵀ."))
    if size <= 0:
        return failed("delta-sign", say("What goes back to the input has the opposite sign."))
    if abs(size - 1) > tolerance:
        return partial(
            0.5,
            "delta-scaled",
            say("What goes back to the input is scaled: with every layer the steps of those before it change."),
        )
    return None


def _one_example(heard: Heard, tolerance: float) -> Verdict | None:
    x, delta = heard["x"][:1], heard["delta"][:1]  # type: ignore[index]
    found = moved(heard["one"])  # type: ignore[arg-type]
    size = scale(found, gradient(x, delta), tolerance) if found else None
    return (
        None if size and size > 0 else failed("one-example", say("With a batch of one example the gradient is wrong."))
    )


def _added_up(found: Affine | None, x: Array, delta: Array, tolerance: float) -> Verdict | None:
    parts = gradient(x, delta), gradient(x[::-1] + 1, 2 * delta)
    both = Affine(parts[0].weight + parts[1].weight, parts[0].bias + parts[1].bias)
    if found is not None and (scale(found, both, tolerance) or 0) > 0:
        return None
    if found is not None and scale(found, parts[1], tolerance):
        return failed(
            "overwritten",
            say("A second backward pass overwrites the gradient of the first; they must add up until zero_grad."),
        )
    return failed("does-not-add-up", say("The gradients of two backward passes before one update do not add up."))


def _untouched(once: Mapping[str, object], x: Array, delta: Array) -> Verdict | None:
    given = [floats(one) for one in once["given"]]  # type: ignore[attr-defined]
    if same(given[0], x, 0) and same(given[1], delta, 0):
        return None
    return failed("changed-in-place", say("The arrays that were given are changed: they belong to the caller."))


@suite.criterion("linear.update", observe=LAYER)
def updates(heard: Heard) -> Verdict:
    """update_parameters makes a step of the size asked for; zero_grad clears the gradient, and nothing else does."""
    once = heard["once"]
    problem = _raised(once, "update")
    if problem:
        return verdict_of(problem)
    states = [affine(one, N_IN, N_OUT) for one in heard["updates"]["seen"]]  # type: ignore[index]
    steps_ = [changed(one, other, 1.0) for one, other in pairwise(states)]
    if None in steps_ or not joined(steps_[0]).any():  # type: ignore[arg-type]
        return failed("nothing-moves", say("update_parameters changes nothing."))
    found = _steps([joined(one) for one in steps_ if one], once["zeroed"])  # type: ignore[index]
    # Where the layer is not linear, its answers do not tell how far its parameters went.
    return passed() if found.diagnosis == "not-proportional" and forward(heard).credit < 1 else found


def _steps(moves: list[Array], zeroed: object) -> Verdict:
    first, again, double, after_zero = moves
    if after_zero.any():
        why = verdict_of(zeroed).feedback if isinstance(zeroed, Failure) else ()
        return failed("not-zeroed", say("After zero_grad an update still moves the parameters."), *why)
    if not again.any():
        return partial(
            0.5,
            "update-clears",
            say("update_parameters clears the gradient by itself; that is what zero_grad is for."),
        )
    if same(double, first, 1e-4) and same(again, first, 1e-4):
        return failed("step-ignored", say("The step that update_parameters is given makes no difference."))
    if not same(again, first, 1e-4) or not same(double, 2 * first, 1e-4):
        return failed(
            "not-proportional", say("The change is not proportional to the step that update_parameters is given.")
        )
    return passed()
