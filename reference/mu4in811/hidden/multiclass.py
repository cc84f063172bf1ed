"""Question 4: softmax and cross-entropy, each by itself and both as one step back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from graders.language import Message, say
from graders.laws.failure import verdict_of
from graders.observe.observation import Failure
from graders.observe.probe import OrMissing
from graders.observe.steps import Heard, Ref, Talk, steps
from graders.verdict import Verdict, failed, partial, passed

from . import protocol
from .declared import suite
from .numbers import Array, close, factor, floats, same

N, K, LARGE = 6, 4, 1000.0
# Some add a little to the sum, lest it be zero.
NEARLY = 1e-3
TARGETS = ("one-hot", "index", "column")
LOSSES = ("CrossEntropyLoss", "LogSoftmaxCrossEntropy")


def softmax(z: Array) -> Array:
    """Probabilities, row by row."""
    exp = np.exp(z - z.max(axis=1, keepdims=True))
    return np.asarray(exp / exp.sum(axis=1, keepdims=True))


def target(kind: str, y: Array) -> Array:
    """Labels as a loss may want them."""
    return {"one-hot": np.eye(K)[y], "index": y, "column": y[:, None]}[kind]


@steps(group="softmax", seconds=20)
def SOFTMAX(talk: Talk) -> Heard:
    """Output and delta of the module, near zero and far from it."""
    z, delta = talk.normal(N, K), talk.normal(N, K)
    large = LARGE * np.array([[1.0, -1.0, 0.5, 0.9], [-1.0, -0.9, -1.0, -0.95]])
    module = protocol.activation(talk, "Softmax", K)
    kept = talk.keep(z), talk.keep(delta)
    return {
        "z": z,
        "delta": delta,
        "value": protocol.forward(talk, module, kept[0]),
        "back": protocol.back(talk, module, *kept),
        "given": [talk.method(one, "copy") for one in kept],
        "one": protocol.forward(talk, module, z[:1]),
        "at_large": protocol.forward(talk, module, large),
        "back_at_large": protocol.back(talk, module, large, delta[:2]),
    }


@steps(group="cross-entropy", seconds=40)
def ENTROPY(talk: Talk) -> Heard:
    """Value and derivative of each loss, for probabilities, scores and log-probabilities, and each kind of target; at
    probability 0; and the way back through the module and the loss."""
    y, z = np.array([2, 0, 1, 3, 3, 1]), talk.normal(N, K)
    losses = [name for name in LOSSES if talk.knows(name)] or [LOSSES[0]]
    return {"y": y, "z": z, "losses": [_loss(talk, name, y, z) for name in losses]}


def inputs(z: Array) -> Mapping[str, Array]:
    """What a loss may be given."""
    p = softmax(z)
    return {"probabilities": p, "scores": z, "logarithms": np.log(p)}


def at_zero(y: Array) -> Array:
    """Probabilities of which some are 0: of the right class, and of others."""
    p = np.eye(K)[(y + np.arange(len(y)) % 2) % K]
    return np.asarray(p)


def _loss(talk: Talk, name: str, y: Array, z: Array) -> Heard:
    loss = talk.call(name, how=protocol.QUIET)
    seen = {
        kind: {
            what: (
                protocol.loss_value(talk, loss, target(kind, y), x),
                protocol.loss_back(talk, loss, target(kind, y), x),
            )
            for what, x in inputs(z).items()
        }
        for kind in TARGETS
    }
    far = {
        kind: [
            (protocol.loss_value(talk, loss, target(kind, y), x), protocol.loss_back(talk, loss, target(kind, y), x))
            for x in (at_zero(y), LARGE * (2 * at_zero(y) - 1))
        ]
        for kind in TARGETS
    }
    chains = {kind: _chain(talk, loss, target(kind, y), z) for kind in TARGETS} if talk.knows("Softmax") else {}
    return {"name": name, "seen": seen, "far": far, "chains": chains}


def _chain(talk: Talk, loss: Ref, y: Array, z: Array) -> Ref:
    """From the loss through the module: the derivative by the scores."""
    module = protocol.activation(talk, "Softmax", K)
    p = protocol.forward(talk, module, z)
    delta = protocol.loss_back(talk, loss, y, p)
    return protocol.back(talk, module, z, delta)


# What a value may be made of: a matrix (n, k) of which one entry a row counts, in every usual size.
SIZES: Sequence[Callable[[Array], Array]] = (
    lambda e: e.sum(axis=1),
    lambda e: e.sum(axis=1, keepdims=True),
    lambda e: e,
)
# As one number it is the sum, or a mean over examples, or over everything.
NUMBERS: Sequence[Callable[[Array], float]] = (
    lambda e: float(e.sum()),
    lambda e: float(e.sum(axis=1).mean()),
    lambda e: float(e.mean()),
)
Value = Callable[[Array, Array], Array]


def _log(p: Array) -> Array:
    return np.log(np.maximum(p, 1e-300))


# By what the loss is given: what its value is, the derivative by what it was given, and that by the scores.
READINGS: Mapping[str, Value] = {
    "probabilities": lambda t, x: -t * _log(x),
    "scores": lambda t, x: -t * np.log(softmax(x)),
    "logarithms": lambda t, x: -t * x,
}
DERIVATIVES: Mapping[str, Value] = {
    "probabilities": lambda t, x: -t / x,
    "scores": lambda t, x: softmax(x) - t,
    "logarithms": lambda t, x: -t,
}
BINARY: Value = lambda t, x: -(t * _log(x) + (1 - t) * _log(1 - x))  # noqa: E731
MISTAKES: Mapping[str, tuple[Value, Message]] = {
    "binary": (
        BINARY,
        say(
            "The value is the sum of one binary cross-entropy a class; of several classes it is −log p of the right one."
        ),
    ),
    "sign": (lambda t, x: t * _log(x), say("The value is log p: the minus is missing.")),
    "one-minus": (lambda t, x: t * (1 - x), say("The value is 1 − p of the right class; the cross-entropy is −log p.")),
    "linear": (lambda t, x: -t * x, say("The value is −p of the right class; the logarithm is missing.")),
    "squared-error": (lambda t, x: (t - x) ** 2, say("The value is a squared error, not the cross-entropy.")),
}


@dataclass(frozen=True, eq=False)
class Reading:
    """How a loss is to be understood: its targets, what it is given, and what it gave back for it."""

    targets: str
    given: str
    back: object
    far: Sequence[tuple[object, object]]
    chain: object


def _explains(value: object, of: Value, t: Array, x: Array) -> bool:
    found = floats(value)
    if found is not None and found.size == 1:
        return any(abs(float(found.ravel()[0]) - one(of(t, x))) <= 1e-3 * abs(one(of(t, x))) for one in NUMBERS)
    return found is not None and any((factor(found, size(of(t, x)), 1e-3) or 0) > 0 for size in SIZES)


def reading(heard: Heard, loss: Mapping[str, object]) -> Reading | None:
    """The first way to understand a loss under which every value that it gave is a cross-entropy."""
    t, z = np.eye(K)[np.asarray(heard["y"])], np.asarray(heard["z"])
    for kind in TARGETS:
        seen = loss["seen"][kind]  # type: ignore[index]
        for what in ("scores", "logarithms", "probabilities"):
            others = inputs(z).items() if what != "probabilities" else [("probabilities", softmax(z))]
            if all(_explains(seen[name][0], READINGS[what], t, x) for name, x in others):
                return Reading(kind, what, seen[what][1], loss["far"][kind], loss["chains"].get(kind))  # type: ignore[index, attr-defined]
    return None


def judged(heard: Heard, loss: Mapping[str, object], softmaxed: Heard | Failure) -> Verdict:
    """The verdict on one loss."""
    found = reading(heard, loss)
    if found is None:
        return _no_reading(heard, loss)
    if isinstance(found.back, Failure):
        return verdict_of(found.back)
    return _derived(heard, found, softmaxed) or _finite(found) or passed(*_told(found))


def _told(found: Reading) -> Sequence[Message]:
    if found.given == "scores":
        return (say("The softmax stands inside the loss: seen and accepted."),)
    if found.given == "logarithms":
        return (say("The loss takes log-probabilities: seen and accepted."),)
    return ()


def _no_reading(heard: Heard, loss: Mapping[str, object]) -> Verdict:
    t, p = np.eye(K)[np.asarray(heard["y"])], softmax(np.asarray(heard["z"]))
    for kind in TARGETS:
        value = loss["seen"][kind]["probabilities"][0]  # type: ignore[index]
        for name, (of, sentence) in MISTAKES.items():
            if _explains(value, of, t, p):
                return partial(0.5, name, sentence) if name == "binary" else failed(name, sentence)
    if _over_the_batch(heard, loss):
        return failed(
            "sum-over-all",
            say("The sum of the softmax in it runs over the whole batch: each row has a sum of its own."),
        )
    sizes = [np.size(loss["seen"]["one-hot"][what][0]) for what in inputs(p)]  # type: ignore[index]
    if sizes == [N * N] * len(sizes):
        return failed("broadcast", say("A value (n,) and one (n, 1) are added: they silently give n × n values."))
    raised = [loss["seen"][kind]["probabilities"][0] for kind in TARGETS]  # type: ignore[index]
    if all(isinstance(one, Failure) for one in raised):
        return verdict_of(raised[0])
    return failed(
        "wrong-value", say("The value is not −log of the probability of the right class, summed or averaged.")
    )


def _over_the_batch(heard: Heard, loss: Mapping[str, object]) -> bool:
    """Whether a loss that holds the softmax sums its exponentials over every row at once."""
    t, z = np.eye(K)[np.asarray(heard["y"])], np.asarray(heard["z"])
    whole = np.log(np.exp(z).sum())
    # The logarithm may be added to every entry, and not to that of the right class alone.
    values: Sequence[Value] = (lambda t, x: t * (whole - x), lambda t, x: whole - t * x)
    seen = [loss["seen"][kind]["scores"][0] for kind in TARGETS]  # type: ignore[index]
    return any(_explains(one, of, t, z) for one in seen for of in values)


def _derived(heard: Heard, found: Reading, softmaxed: Heard | Failure) -> Verdict | None:
    """Whether its derivative is that of its value, or the way back through both modules is."""
    t, z = np.eye(K)[np.asarray(heard["y"])], np.asarray(heard["z"])
    x, back = inputs(z)[found.given], floats(found.back)
    tolerance = max(close(found.back), 1e-4)
    size = factor(back, DERIVATIVES[found.given](t, x), tolerance)
    if found.given == "logarithms" and not _logarithms(softmaxed):
        return failed(
            "linear",
            say("The value is −p of what it is given, which is no log-probability here: the logarithm is missing."),
        )
    if size is not None:
        return None if size > 0 else failed("derivative-sign", say("The derivative has the wrong sign."))
    if back is None or back.shape != (N, K):
        return failed("derivative-size", say("The derivative has not the size of the prediction."))
    return _fused(found, t, z, back, softmaxed)


def _fused(found: Reading, t: Array, z: Array, back: Array, softmaxed: Heard | Failure) -> Verdict | None:
    """ŷ − y is the derivative by the scores: right where the softmax lets it pass."""
    by_scores = factor(back, softmax(z) - t, 1e-4)
    if by_scores is None:
        return failed("wrong-derivative", say("The derivative is not that of the value."))
    if by_scores < 0:
        return failed("derivative-sign", say("The derivative has the wrong sign."))
    if (
        isinstance(softmaxed, Failure)
        or passes_through(softmaxed)
        or (factor(floats(found.chain), softmax(z) - t, 1e-4) or 0) > 0
    ):
        return None
    return failed(
        "derived-twice",
        say("ŷ − y already holds the derivative of the softmax, and the softmax module applies its own once more."),
    )


def _logarithms(softmaxed: Heard | Failure) -> bool:
    """Whether the module of this library gives logarithms; unknown where there is none."""
    return isinstance(softmaxed, Failure) or _is_log(softmaxed)


def _finite(found: Reading) -> Verdict | None:
    """At probability 0, or at scores of ±1000."""
    if found.given == "logarithms":
        return None
    value, back = (floats(one) for one in found.far[0 if found.given == "probabilities" else 1])
    if value is not None and back is not None and np.isfinite(value).all() and np.isfinite(back).all():
        return None
    where = say("at probability 0") if found.given == "probabilities" else say("at scores of ±1000")
    return partial(0.5, "not-finite", say("Its value or its derivative is not a finite number {where}.", where=where))


@suite.criterion("multiclass.cross_entropy", observe=(ENTROPY, OrMissing(SOFTMAX)))
def cross_entropy(heard: Heard, softmaxed: tuple[Heard | Failure]) -> Verdict:
    """−log of the probability of the right class, and its derivative; through the softmax, a step against the gradient."""
    verdicts = [judged(heard, one, softmaxed[0]) for one in heard["losses"]]  # type: ignore[attr-defined]
    return max(verdicts, key=lambda one: (one.credit, one.diagnosis not in OTHERS))


# What a loss beside the cross-entropy may be, on purpose.
OTHERS = ("one-minus", "linear", "squared-error")


def _is_log(heard: Heard) -> bool:
    return same(floats(heard["value"]), np.log(softmax(np.asarray(heard["z"]))), max(close(heard["value"]), 1e-6))


def passes_through(heard: Heard) -> bool:
    """Whether what comes back is what was given: the derivative is in the loss."""
    return same(floats(heard["back"]), np.asarray(heard["delta"]), 1e-6)


@suite.criterion("multiclass.softmax", observe=(OrMissing(SOFTMAX), OrMissing(ENTROPY)))
def of_softmax(heard: tuple[Heard | Failure], entropy: tuple[Heard | Failure]) -> Verdict:
    """Rows of probabilities, also at ±1000, and the whole Jacobian on the way back."""
    seen = heard[0]
    if isinstance(seen, Failure):
        return _inside_the_loss(seen, entropy[0])
    problem = next((seen[one] for one in ("value", "back") if isinstance(seen[one], Failure)), None)
    if problem:
        return verdict_of(problem)  # type: ignore[arg-type]
    return _value(seen) or _jacobian(seen, entropy[0]) or _untouched(seen) or _large(seen) or passed(*_noted(seen))


def _noted(seen: Heard) -> Sequence[Message]:
    if passes_through(seen):
        return (say("The softmax lets delta pass and the loss gives ŷ − y: as a pair they are right."),)
    return (say("The logarithm of the softmax was seen and accepted."),) if _is_log(seen) else ()


def _inside_the_loss(missing: Failure, entropy: Heard | Failure) -> Verdict:
    """Where no module is, a loss that holds the softmax shows it; what overflows there is paid there."""
    if not isinstance(entropy, Failure) and missing.kind == "missing":
        for loss in entropy["losses"]:  # type: ignore[attr-defined]
            found, verdict = reading(entropy, loss), judged(entropy, loss, missing)
            if found and found.given == "scores" and (verdict.credit == 1 or verdict.diagnosis == "not-finite"):
                return passed(say("The softmax stands inside the loss, where it is right."))
            if verdict.diagnosis == "sum-over-all":
                return passed(say("The softmax stands inside the loss; what is wrong with it is told there."))
    return verdict_of(missing)


def _value(seen: Heard) -> Verdict | None:
    z, found, tolerance = np.asarray(seen["z"]), floats(seen["value"]), NEARLY
    if _is_log(seen) or same(found, softmax(z), tolerance):
        one = floats(seen["one"])
        expected = np.log(softmax(z[:1])) if _is_log(seen) else softmax(z[:1])
        return (
            None
            if same(one, expected, tolerance)
            else failed("one-example", say("A single example gives another result."))
        )
    if same(found, softmax(z.T).T, tolerance):
        return failed("wrong-axis", say("Each column sums to 1, not each row: the sum runs over the examples."))
    if same(found, np.exp(z) / np.exp(z).sum(), tolerance):
        return failed("sum-over-all", say("The sum runs over the whole batch: each row must sum to 1."))
    return failed("wrong-value", say("The output is not the softmax of each row."))


def _jacobian(seen: Heard, entropy: Heard | Failure) -> Verdict | None:
    p, delta, found = softmax(np.asarray(seen["z"])), np.asarray(seen["delta"]), floats(seen["back"])
    if seen["back"] is None:
        return failed("returns-nothing", say("Nothing goes back: the derivative of the softmax is not written."))
    tolerance = NEARLY
    of_log = _is_log(seen)
    expected = (
        delta - p * delta.sum(axis=1, keepdims=True) if of_log else p * (delta - (p * delta).sum(axis=1, keepdims=True))
    )
    if same(found, expected, tolerance):
        return None
    diagonal = (1 - p) * delta if of_log else p * (1 - p) * delta
    if same(found, diagonal, tolerance):
        return failed(
            "jacobian-diagonal",
            say("Only s(1 − s)·delta goes back: each output depends on every score, so the other terms are missing."),
        )
    if passes_through(seen):
        return _pair(entropy)
    return failed("wrong-jacobian", say("What goes back is not delta times the Jacobian of the softmax."))


def _pair(entropy: Heard | Failure) -> Verdict | None:
    """A softmax that lets delta pass is right with a loss that gives ŷ − y."""
    if not isinstance(entropy, Failure):
        t, p = np.eye(K)[np.asarray(entropy["y"])], softmax(np.asarray(entropy["z"]))
        chains = [floats(one) for loss in entropy["losses"] for one in loss["chains"].values()]  # type: ignore[attr-defined]
        if any((factor(one, p - t, 1e-4) or 0) > 0 for one in chains):
            return None
    return failed(
        "passes-through",
        say("delta goes back as it came, and the loss does not hold the derivative of the softmax either."),
    )


def _untouched(seen: Heard) -> Verdict | None:
    given = [floats(one) for one in seen["given"]]  # type: ignore[attr-defined]
    if same(given[0], np.asarray(seen["z"]), 0) and same(given[1], np.asarray(seen["delta"]), 0):
        return None
    return failed("changed-in-place", say("The arrays that were given are changed: they belong to the caller."))


def _large(seen: Heard) -> Verdict | None:
    value, back = floats(seen["at_large"]), floats(seen["back_at_large"])
    of_log = _is_log(seen)
    finite = value is not None and back is not None and np.isfinite(value).all() and np.isfinite(back).all()
    if finite and value is not None and same((np.exp(value) if of_log else value).sum(axis=1), np.ones(2), 1e-6):
        return None
    return partial(
        0.5, "overflow", say("At ±1000 the output is not a number: subtract the largest score of each row first.")
    )
