"""Question 1: the law of the initial weights."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from graders.language import Message, say
from graders.laws import initialization as laws
from graders.laws.initialization import Law
from graders.laws.weights import Layer as Sample
from graders.laws.weights import explain_law, pool
from graders.observe.network import InitialWeights, Weights
from graders.report.pictures import Histogram
from graders.verdict import Verdict, failed, passed

from .declared import Floats, suite

# Two sizes, so that no fixed deviation or bound looks like a law of the fans; neither is a multiple of the other's fan. A right
# law is refused less than once in a million; of 1 000 draws of each of the 37 laws below none was taken for another one.
SIZES = ((37, 11), (120, 6))
WEIGHTS = tuple(
    InitialWeights("Perceptron", shape=(1, n), seeds=24, sizes=(("n_features", n), ("n_classes", k))) for n, k in SIZES
)

RIGHT: Mapping[str, tuple[Law, str]] = {
    "xavier-uniform": (laws.xavier_uniform(), "Xavier, uniform"),
    "xavier-normal": (laws.xavier_normal(), "Xavier, normal"),
    "he-uniform": (laws.kaiming_uniform(), "He, uniform"),
    "he-normal": (laws.kaiming_normal(), "He, normal"),
    "he-uniform-out": (laws.kaiming_uniform("out"), "He, uniform, fan_out"),
    "he-normal-out": (laws.kaiming_normal("out"), "He, normal, fan_out"),
    "linear-uniform": (laws.one_fan_uniform(3), "He, uniform, gain 1"),
    "linear-normal": (laws.one_fan_normal(1), "He, normal, gain 1"),
    "linear-uniform-out": (laws.one_fan_uniform(3, "out"), "He, uniform, gain 1, fan_out"),
    "linear-normal-out": (laws.one_fan_normal(1, "out"), "He, normal, gain 1, fan_out"),
    **{
        f"xavier-{kind}-{name}": (law(gain), f"Xavier, {kind}, gain {sign}")
        for kind, law in (("uniform", laws.xavier_uniform), ("normal", laws.xavier_normal))
        for name, sign, gain in (("relu", "√2", 2**0.5), ("tanh", "5/3", 5 / 3))
    },
}
MISTAKES: Mapping[str, tuple[Law, str, Message]] = {
    "default": (
        laws.pytorch_default(),
        "pytorch-default",
        say("PyTorch's default initialisation was left in place; He or Xavier was asked for."),
    ),
    "zeros": (laws.zero(), "zeros", say("All weights start from 0.")),
    "constant": (laws.constant(), "constant", say("All weights start from the same value.")),
    "no-root": (
        laws.xavier_without_root(),
        "no-root",
        say("The square root of Xavier's bound was forgotten."),
    ),
    "std-as-bound": (
        laws.xavier_std_as_bound(),
        "deviation-as-bound",
        say(
            "Xavier's standard deviation √(2/(fan_in+fan_out)) was taken for the bound of a uniform law; the bound has a 6."
        ),
    ),
    "one-sided": (laws.xavier_one_sided(), "one-sided", say("The weights are drawn from [0, a], not from [-a, a].")),
    **{
        f"variance-{numerator}-{fan}": (
            lambda shape, numerator=numerator, fan=fan: laws.normal(numerator / _fan(shape, fan))(shape),  # type: ignore[misc]
            "variance-as-deviation",
            say("The variance was given where the standard deviation is wanted: the square root was forgotten."),
        )
        for numerator in (1, 2)
        for fan in ("in", "sum")
    },
    **{
        f"normal-{std}": (
            laws.normal(std),
            "fixed-deviation",
            say(
                "The weights are normal with a deviation of {std}, whatever the sizes: He and Xavier depend on them.",
                std=std,
            ),
        )
        for std in (*laws.NORMALS, 0.2, 0.5)
    },
    **{
        f"uniform-{low}-{high}": (
            laws.uniform(low, high),
            "fixed-bound",
            say(
                "The weights are uniform from {low} to {high}, whatever the sizes: He and Xavier depend on them.",
                low=low,
                high=high,
            ),
        )
        for low, high in ((0, 1), (-1, 1), (-0.5, 0.5), (-0.1, 0.1), (-0.05, 0.05), (-0.01, 0.01), (0, 0.1))
    },
}


def _fan(shape: tuple[int, int], fan: str) -> int:
    return shape[1] if fan == "in" else sum(shape)


@suite.criterion("perceptron.init", observe=WEIGHTS)
def init(first: Weights, second: Weights) -> Verdict:
    """The weights follow a law of He or of Xavier; biases are free."""
    samples = [
        *(one for weights, sizes in zip((first, second), SIZES, strict=True) for one in _samples(weights, sizes))
    ]
    if not samples:
        return failed("no-weights", say("The network has no matrix of weights."))
    name = explain_law(
        samples, {key: law for key, (law, _) in RIGHT.items()}, {key: one[0] for key, one in MISTAKES.items()}
    )
    if name in RIGHT and _orthogonal(first):
        return failed("orthogonal", say("The rows of the weights are orthogonal: this is no law of He or of Xavier."))
    if name in RIGHT:
        return passed(say("The initial weights follow this law: {law}.", law=RIGHT[name][1]))
    return _wrong(name, first)


def _orthogonal(weights: Weights) -> bool:
    """Whether the rows of each matrix are, in one draw: by chance they never are."""
    drawn = [
        one.values[0].reshape(one.shape)
        for one in weights.parameters.values()
        if len(one.shape) == 2 and 1 not in one.shape
    ]
    grams = [one @ one.T if len(one) <= len(one.T) else one.T @ one for one in drawn]
    return bool(grams) and all(np.allclose(one, np.diag(np.diag(one)), atol=1e-4 * np.abs(one).max()) for one in grams)


def _wrong(name: str | None, weights: Weights) -> Verdict:
    if name is None:
        return failed("other-law", say("The initial weights follow neither a law of He nor one of Xavier."))
    _, diagnosis, sentence = MISTAKES[name]
    if name == "default" and weights.never_called:
        return failed(
            "init-never-called",
            say(
                "The initialisation {name} is defined and never called: PyTorch's default was left in place.",
                name=", ".join(weights.never_called),
            ),
        )
    verdict = failed(diagnosis, sentence)
    if name == "default" and weights.elsewhere:
        flag = say("Initial values are drawn outside of the network and of any function for it: a person should look.")
        return verdict.model_copy(update={"flags": (flag,)})
    return verdict


def _samples(weights: Weights, sizes: tuple[int, int]) -> Iterator[Sample]:
    """The values of each matrix, with its fans: whoever stores W as (features, classes) multiplies from the other side."""
    for drawn in weights.parameters.values():
        if len(drawn.shape) == 2 and drawn.shape not in ((1, sizes[1]), (sizes[1], 1)):
            values = _without_bias([one.reshape(drawn.shape) for one in drawn.values], sizes[0])
            rows, columns = values[0].shape
            shape = (columns, rows) if (rows, columns) == sizes else (rows, columns)
            yield pool(shape, [one.reshape(-1) for one in values], most=12_000)


def _without_bias(drawn: Sequence[Floats], features: int) -> Sequence[Floats]:
    """Matrices that hold the bias as one more row or column than there are features, at either end, without it: it is always the
    same there, or else counts as a weight."""
    axis = next((axis for axis, size in enumerate(drawn[0].shape) if size == features + 1), None)
    ends = [] if axis is None else [end for end in (-1, 0) if np.ptp([one.take(end, axis) for one in drawn]) == 0]
    return [np.delete(one, ends[0], axis) for one in drawn] if ends else drawn


@suite.picture("perceptron.init", observe=WEIGHTS[0])
def histograms(weights: Weights) -> Sequence[Histogram]:
    """The initial weights, against Xavier's interval."""
    pictures = []
    for sample in _samples(weights, SIZES[0]):
        bound = float(np.sqrt(6 / sum(sample.shape)))
        title = say("Initial weights, {fan_in} → {fan_out}", fan_in=sample.shape[1], fan_out=sample.shape[0])
        pictures.append(Histogram(title, np.asarray(sample.values), -bound, bound))
    return pictures
