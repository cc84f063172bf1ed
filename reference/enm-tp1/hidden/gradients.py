"""Question 4: the gradients that are handed over, against the formula -(1/n) Σ (onehot - p) xᵀ."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import cast

import numpy as np

from graders.language import Message, say
from graders.laws.failure import verdict_of
from graders.observe.observation import Failure
from graders.observe.probe import Optional, Together
from graders.observe.steps import Heard, How, Ref, Talk, steps
from graders.probes.wire import Array
from graders.verdict import Verdict, failed, partial, passed

from .declared import Floats, fair, softmax, suite, width
from .formulas import STABLE
from .network import FORWARD, sound

FEATURES, CLASSES, FIRST, SECOND = 5, 4, 6, 7
CLOSE = 2e-3
Named = Mapping[str, Array]


def network(talk: Talk, own: bool, features: int, classes: int) -> Ref:
    """The student's perceptron, or one of ours."""
    if own:
        return talk.call("Perceptron", how=How(quiet=True, seed=3), n_features=features, n_classes=classes)
    weight, bias = 0.3 * talk.normal(classes, features), 0.1 * talk.normal(classes)
    return talk.keep(talk.given("classifier", weight=weight.astype(np.float32), bias=bias.astype(np.float32)))


def _asked(talk: Talk, own: bool) -> Heard:
    features = width(talk, FEATURES) if own else FEATURES
    x = [talk.normal(n, features).astype(np.float32) for n in (FIRST, SECOND)]
    y = [talk.rng.integers(0, CLASSES, n).astype(np.int64) for n in (FIRST, SECOND)]
    model = network(talk, own, features, CLASSES)
    how = How(forms=("torch", "numpy"))
    before = talk.parameters(model)
    loss = talk.given("likelihood")
    found = [talk.call("gradients", how=how, model=model, x=x[one], y=y[one], criterion=loss) for one in (0, 0, 1)]
    heard: dict[str, object] = {"x": x, "y": y, "before": before, "found": found, "after": talk.parameters(model)}
    heard["chain"] = _chain(talk, model, x[0], y[0]) if talk.knows("nll_loss") else None
    return heard


def _chain(talk: Talk, model: Ref, x: Array, y: Array) -> Ref:
    """What autograd makes of the student's own forward and own loss."""
    how = How(forms=("torch",), quiet=True)
    talk.method(model, "zero_grad", how=How(quiet=True))
    out = talk.method(model, "", x, how=how)
    loss = talk.call("nll_loss", how=how, probabilities=out, target=y)
    done = talk.method(loss, "backward", how=How(quiet=True))
    return talk.keep(talk.given("grads", model=talk.given("network_in", value=model, otherwise=done)), tell=True)


@steps(group="gradients", seconds=20)
def OWN(talk: Talk) -> Heard:
    """Three calls, the first two alike, of the student's own perceptron."""
    return _asked(talk, own=True)


@steps(group="gradients", seconds=20)
def OURS(talk: Talk) -> Heard:
    """The same of a perceptron of ours."""
    return _asked(talk, own=False)


@suite.criterion("sgd.gradients", observe=(OURS, Optional(OWN), Together({"forward": FORWARD, "softmax": STABLE})))
def gradients(ours: Heard, own: tuple[Heard | Failure], others: Mapping[str, Heard | Failure]) -> Verdict:
    """The gradient of each parameter, the same at every call."""
    mine = None if isinstance(own[0], Failure) else _judged(own[0])
    return fair(mine, _judged(ours), sound=sound(others["forward"], others["softmax"]))


def accumulated(heard: Heard | Failure) -> bool:
    """Whether what stands from an earlier call is added."""
    return not isinstance(heard, Failure) and _judged(heard).diagnosis == "accumulated"


def _judged(heard: Heard) -> Verdict:
    found = cast("Sequence[object]", heard["found"])
    if lost := next((one for one in (heard["before"], *found) if isinstance(one, Failure)), None):
        return verdict_of(lost)
    before = cast("Named", heard["before"])
    read = [_named(one, before) for one in found]
    if any(one is None for one in read):
        return failed("no-dictionary", say("It returns no dictionary {{name: gradient}} with tensors in it."))
    first, again, second = cast("Sequence[Named]", read)
    if first.keys() != before.keys():
        missing = ", ".join(sorted({*before} - {*first}))
        return failed("parameter-missing", say("There is no gradient of {names}.", names=missing))
    return _values(first, heard) or _again(first, again, second, heard) or _form(found[0])


def _named(told: object, before: Named) -> Named | None:
    """A gradient for each name of a parameter: by its name, else by its shape."""
    given = told if isinstance(told, Mapping) else dict(enumerate(told)) if isinstance(told, list) else {}
    arrays = {str(name): one for name, one in given.items() if isinstance(one, np.ndarray)}
    if not arrays:
        return None
    named = {name: arrays[name] for name in before if name in arrays and arrays[name].shape == before[name].shape}
    for name, value in before.items():
        like = next((one for key, one in arrays.items() if key not in before and one.shape == value.shape), None)
        if name not in named and like is not None:
            named[name] = like
    return named


def _form(told: object) -> Verdict:
    if isinstance(told, Mapping):
        return passed()
    return partial(0.75, "no-names", say("The gradients are right, but a list has lost the names of the parameters."))


def _scores(heard: Heard, which: int) -> tuple[Floats, Array] | None:
    """Wx + b, and the matrix; None where the network is another one."""
    named = [np.asarray(one) for one in cast("Named", heard["before"]).values()]
    x = cast("Sequence[Array]", heard["x"])[which].astype(float)
    matrices = [one for one in named if one.ndim == 2 and {*one.shape} == {x.shape[1], CLASSES}]
    if len(matrices) != 1 or len(named) > 2:
        return None
    bias = next((one.reshape(-1) for one in named if one is not matrices[0]), np.zeros(CLASSES))
    upright = matrices[0] if matrices[0].shape[0] == CLASSES else matrices[0].T
    return (x @ upright.T + bias, matrices[0]) if bias.size == CLASSES else None


Slope = Callable[[Floats, Floats], Floats]


def _through(slope: Slope) -> Slope:
    """The gradient by the scores, of a function whose gradient by the probabilities is `slope`."""

    def by_scores(p: Floats, y: Floats) -> Floats:
        g = slope(p, y)
        return cast("Floats", p * (g - (g * p).sum(axis=1, keepdims=True)))

    return by_scores


# By the scores z of one example, from its probabilities and its one-hot class.
RIGHT: Slope = lambda p, y: p - y  # noqa: E731  # it stands beside the others
WRONG: Mapping[str, tuple[Slope, Message]] = {
    "sign": (lambda p, y: y - p, say("The gradients have the wrong sign.")),
    "softmax-twice": (
        _through(lambda p, y: softmax(p) - y),
        say("The loss applies softmax to probabilities (CrossEntropyLoss wants scores): its gradients are too small."),
    ),
    "no-logarithm": (
        _through(lambda p, y: -y),
        say("F.nll_loss is given probabilities; it wants their logarithms."),
    ),
    "squared-error": (
        _through(lambda p, y: p - y),
        say("These are the gradients of a squared error, not of the negative log-likelihood."),
    ),
    "without-target": (lambda p, y: p, say("The one-hot class is not subtracted: the gradient is that of p − onehot.")),
}


def expected(heard: Heard, slope: Slope, which: int = 0) -> Named | None:
    """The gradients of the mean over the batch, by the names of the parameters."""
    found = _scores(heard, which)
    if found is None:
        return None
    z, matrix = found
    x, y = (cast("Sequence[Array]", heard[name])[which] for name in ("x", "y"))
    by_scores = slope(softmax(z), np.eye(CLASSES)[y]) / len(y)
    weight = by_scores.T @ x if matrix.shape[0] == CLASSES else x.T @ by_scores
    named = cast("Named", heard["before"])
    return {
        name: weight if one.ndim == 2 and one.shape == matrix.shape else by_scores.sum(axis=0).reshape(one.shape)
        for name, one in named.items()
    }


def alike(found: Named, other: Named | None, factor: float = 1) -> bool:
    """Whether all gradients are these, up to a factor; nothing but zeros is no evidence."""
    if other is None or any(name not in other for name in found):
        return False
    scale = max(float(np.abs(one).max(initial=0)) for one in other.values())
    return scale > 0 and all(
        found[name].shape == np.shape(other[name])
        and bool(np.all(np.abs(found[name] - factor * other[name]) <= CLOSE * factor * scale))
        for name in found
    )


def _values(first: Named, heard: Heard) -> Verdict | None:
    """What is wrong with the gradients of the first call."""
    right = expected(heard, RIGHT)
    chain = heard["chain"] if isinstance(heard["chain"], Mapping) else None
    if alike(first, right, FIRST) and chain and alike(cast("Named", chain), right):
        return partial(
            0.5, "not-divided", say("They are the sum over the batch; your nll_loss is its mean: divide them by n.")
        )
    if alike(first, right) or alike(first, right, FIRST) or alike(first, cast("Named | None", chain)):
        return None
    if all(not np.abs(one).max(initial=0) for one in first.values()):
        return failed(
            "all-zero", say("All gradients are 0: they are read before backward, or after they were cleared.")
        )
    if alike(first, cast("Named", heard["before"])):
        return failed(
            "parameters-themselves", say("These are the parameters themselves (data), not their gradients (grad).")
        )
    for diagnosis, (slope, sentence) in WRONG.items():
        wrong = expected(heard, slope)
        if alike(first, wrong) or alike(first, wrong, FIRST):
            return failed(diagnosis, sentence)
    for name in first if right else ():
        if alike({name: first[name]}, right) or alike({name: first[name]}, right, FIRST):
            return failed("one-parameter-wrong", say("The gradient of {name} is right, the others are not.", name=name))
    return failed("wrong-gradients", say("The gradients are not those of the negative log-likelihood of this batch."))


def _again(first: Named, again: Named, second: Named, heard: Heard) -> Verdict | None:
    """What changes from one call to the next."""
    before, after = cast("Named", heard["before"]), heard["after"]
    if isinstance(after, Mapping) and not all(np.array_equal(before[name], after.get(name)) for name in before):
        return failed(
            "parameters-changed", say("The parameters of the model change during the call: asking is not learning.")
        )
    if not alike(again, first):
        return failed(
            "accumulated",
            say(
                "A second call gives other gradients on the same batch: those of the first are still there (zero_grad)."
            ),
        )
    right = expected(heard, RIGHT, which=1)
    if right and alike(first, expected(heard, RIGHT)) and not alike(second, right):
        return failed("accumulated", say("On a second batch the gradients of the first are still there (zero_grad)."))
    return None
