"""Question 1.3: four linear maps, ReLU and dropout after each, Xavier's initial values, raw logits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import cast

import numpy as np

from graders.language import Message, say
from graders.laws import initialization as laws
from graders.laws.architecture import Dropout, Layer, activations, dropouts, ending, layers
from graders.laws.initialization import Law
from graders.laws.proven import claimed, refuted
from graders.laws.trace import Network
from graders.laws.weights import Layer as Sample
from graders.laws.weights import explain_law, layers_equal, pool
from graders.observe.network import Answer, Answers, Forward, InitialWeights, Weights
from graders.report.pictures import Histogram
from graders.verdict import Verdict, failed, partial, passed

from .declared import listed, suite

LAYERS = 4
HIGHEST_RATE = 0.95
# A little more than the 0.1 that people write, which float32 rounds up.
LARGEST_CONSTANT = 0.101

# 13 × 11 = 143 inputs: no usual width, so that gain √2 is not Kaiming's bound, nor a fifth of one, so that Xavier's bound
# is not PyTorch's default one.
NETWORK = Forward("MyMLP", shape=(13, 11), size=16)
WEIGHTS = InitialWeights("MyMLP", shape=(13, 11), seeds=24)
ANSWERS = Answers("MyMLP", shapes=((13, 11), (8, 9), (31, 11)), batches=(5, 2, 1))


@suite.criterion("mlp.layers", observe=NETWORK)
def four_layers(network: Network) -> Verdict:
    """A forward pass goes through exactly four linear maps."""
    found = layers(network.evaluating)
    if problem := refuted(network.evaluating):
        return problem
    if unused := _never_used(network, found):
        return failed("layer-never-used", say("A layer is declared and never used: {names}.", names=listed(unused)))
    if len({layer.storage for layer in found}) < len(found):
        return failed("layer-used-twice", say("One layer is used twice."))
    if len(found) != LAYERS:
        return failed("layer-count", say("A forward pass goes through {count} linear maps, not 4.", count=len(found)))
    verdict = passed(*_noted(network))
    return verdict if _drops(network) else claimed(verdict, network.evaluating)


def _drops(network: Network) -> bool:
    """Whether dropout is on in evaluation: then no pass can be computed again, and the dropout is judged itself."""
    evaluating = network.evaluating
    return any(one.on and one.rate != 0 for layer in layers(evaluating) for one in dropouts(evaluating, layer))


def _never_used(network: Network, found: Sequence[Layer]) -> list[str]:
    """Matrices among the parameters that no linear map of the pass reads."""
    read = {leaf.name for leaf in network.evaluating.leaves.values()}
    matrices = [one.name for one in network.parameters if len(one.shape) == 2]
    return [name for name in matrices if name not in read and name not in {layer.name for layer in found}]


def _noted(network: Network) -> Sequence[Message]:
    extra = {step.op for step in network.evaluating.contributing} & {"batch_norm", "layer_norm"}
    return [say("Normalisation layers were added: {names}.", names=listed(sorted(extra)))] if extra else []


@suite.criterion("mlp.relu", observe=NETWORK)
def relu(network: Network) -> Verdict:
    """A ReLU follows each linear map; on the last one it is optional."""
    if problem := refuted(network.evaluating):
        return problem
    names = activations(network.evaluating)
    for place, name in enumerate(names[:-1], start=1):
        if name is None:
            return failed("relu-missing", say("There is no ReLU after linear map {place}.", place=place))
        if name != "relu":
            return failed(
                "other-activation", say("After linear map {place} stands {name}, not ReLU.", place=place, name=name)
            )
    if not names:
        return failed("relu-missing", say("No linear map was found."))
    if names[-1] == "relu":
        return passed(
            say(
                "A ReLU also follows the last layer, as the statement says; BCEWithLogitsLoss would rather "
                "have none there. Both are accepted."
            )
        )
    return passed()


@suite.criterion("mlp.dropout", observe=NETWORK)
def dropout(network: Network) -> Verdict:
    """Dropout follows each linear map, and is off in evaluation."""
    learning = [dropouts(network.training, layer) for layer in layers(network.training)]
    if _drops(network):
        return failed("dropout-in-eval", say("Dropout stays on in evaluation: F.dropout needs training=self.training."))
    for place, some in enumerate(learning[:-1], start=1):
        if not some:
            return failed("dropout-missing", say("There is no dropout after linear map {place}.", place=place))
        if problem := _rate(some):
            return problem
    return passed() if learning else failed("dropout-missing", say("No linear map was found."))


def drops_too_much(network: Network) -> bool:
    """Whether a dropout leaves almost nothing to learn from."""
    learning = [dropouts(network.training, layer) for layer in layers(network.training)]
    return any(one.on and (one.rate or 0) >= HIGHEST_RATE for some in learning for one in some)


def _rate(some: Sequence[Dropout]) -> Verdict | None:
    working = [one for one in some if one.on]
    rates = [one.rate for one in working if one.rate is not None]
    if not working:
        return failed("dropout-missing", say("Dropout is off even while training."))
    if any(rate >= HIGHEST_RATE for rate in rates):
        return failed("dropout-rate-too-high", say("Its rate is {rate}: almost nothing is left.", rate=max(rates)))
    if len(rates) == len(working) and not any(rates):
        return failed("dropout-rate-zero", say("Its rate is 0: nothing is dropped."))
    return None


READINGS: Mapping[str, Law] = {"": laws.xavier_uniform(), "gain": laws.xavier_uniform(2**0.5)}
MISTAKES: Mapping[str, tuple[Law, str, Message]] = {
    "default": (laws.pytorch_default(), "pytorch-default", say("PyTorch's default initialisation was left in place.")),
    "normal": (laws.xavier_normal(), "xavier-normal", say("This is Xavier normal, not Xavier uniform.")),
    "normal-gain": (laws.xavier_normal(2**0.5), "xavier-normal", say("This is Xavier normal, not Xavier uniform.")),
    "kaiming": (laws.kaiming_uniform(), "kaiming-uniform", say("This is Kaiming: one fan instead of the sum of both.")),
    "kaiming-out": (
        laws.kaiming_uniform("out"),
        "kaiming-uniform",
        say("This is Kaiming: one fan instead of the sum of both."),
    ),
    "he": (laws.kaiming_normal(), "kaiming-normal", say("This is Kaiming normal, not Xavier uniform.")),
    "he-out": (laws.kaiming_normal("out"), "kaiming-normal", say("This is Kaiming normal, not Xavier uniform.")),
    **{
        f"one-fan-{fan}-{numerator}": (
            laws.one_fan_uniform(numerator, fan),
            "one-fan-only",
            say("The bound uses one fan only, not the sum of both."),
        )
        for fan in ("in", "out")
        for numerator in (1, 2, 3)
    },
    "no-root": (laws.xavier_without_root(), "other-law", say("The square root of the bound was forgotten.")),
    "std": (
        laws.xavier_std_as_bound(),
        "other-law",
        say("The bound is √(2/(fan_in+fan_out)), which is the standard deviation; the bound has a 6."),
    ),
    "one-sided": (laws.xavier_one_sided(), "other-law", say("The weights are drawn from [0, a], not from [-a, a].")),
    "constant": (laws.constant(), "constant-weights", say("All weights of a layer are equal.")),
    **{
        f"normal-{std}": (laws.normal(std), "other-law", say("The weights are normal, of a fixed deviation."))
        for std in laws.NORMALS
    },
}


@suite.criterion("mlp.xavier_weights", observe=(NETWORK, WEIGHTS))
def xavier_weights(network: Network, weights: Weights) -> Verdict:
    """The weights are drawn from U(-a, a), a = √(6 / (fan_in + fan_out))."""
    found = layers(network.evaluating)
    samples = [_weight_sample(layer, weights) for layer in found]
    if not samples:
        return failed("other-law", say("No linear map was found."))
    different = list({layer.storage: layer for layer in found}.values())
    if pair := layers_equal([_one_draw(layer, weights) for layer in different]):
        return failed(
            "layers-equal",
            say(
                "Layers {first} and {second} start from the same random numbers: the seed is set before each of them.",
                first=pair[0] + 1,
                second=pair[1] + 1,
            ),
        )
    name = explain_law(samples, READINGS, {key: law for key, (law, _, _) in MISTAKES.items()})
    # ReLU justifies the gain where it follows: one layer may have it and another one not.
    each = [explain_law([one], READINGS, {}) for one in samples] if name is None else [name]
    if all(one in READINGS for one in each):
        return passed(*([say("Gain √2 was seen, which ReLU justifies.")] if any(each) else []))
    return _wrong_law(name, samples, weights)


def _wrong_law(name: str | None, samples: Sequence[Sample], weights: Weights) -> Verdict:
    if name == "default" and weights.never_called:
        return failed(
            "init-never-called",
            say(
                "The initialisation {name} is defined and never called: PyTorch's default was left in place.",
                name=listed(weights.never_called),
            ),
        )
    if name == "default" and weights.elsewhere:
        flag = say("Initial values are drawn outside of the network and of any function for it: a person should look.")
        return failed(MISTAKES[name][1], MISTAKES[name][2]).model_copy(update={"flags": (flag,)})
    if name is not None:
        return failed(MISTAKES[name][1], MISTAKES[name][2])
    wrong = [place for place, one in enumerate(samples, start=1) if explain_law([one], READINGS, {}) is None]
    return failed(
        "other-law",
        say("The weights of linear map {places} do not follow the Xavier uniform law.", places=listed(wrong) or "1–4"),
    )


def _fans(layer: Layer, weights: Weights) -> tuple[int, int]:
    """Those of the pass; where the program draws for a network of its own sizes, those of that network."""
    drawn, (rows, columns) = weights.parameters.get(layer.name or ""), layer.weight.shape
    other = drawn is not None and len(drawn.shape) == 2 and {*drawn.shape} != {rows, columns}
    return cast("tuple[int, int]", drawn.shape) if drawn and other else (rows, columns)


def _weight_sample(layer: Layer, weights: Weights) -> Sample:
    """The values of a layer's weight over all draws; of the traced network alone where it has no name."""
    drawn = weights.parameters.get(layer.name or "")
    return pool(_fans(layer, weights), list(drawn.values) if drawn else [layer.weight])


def _one_draw(layer: Layer, weights: Weights) -> np.ndarray:
    drawn = weights.parameters.get(layer.name or "")
    return drawn.values[0] if drawn else layer.weight.reshape(-1)


BIAS_READINGS: Mapping[str, Law] = {
    "zero": laws.zero(),
    "weight": laws.xavier_uniform(),
    "weight-gain": laws.xavier_uniform(2**0.5),
    "alone": laws.xavier_bias_alone(),
}


@suite.criterion("mlp.xavier_biases", observe=(NETWORK, WEIGHTS))
def xavier_biases(network: Network, weights: Weights) -> Verdict:
    """The biases are uniform within Xavier's bound, or zero."""
    found = layers(network.evaluating)
    if not found or any(layer.bias is None for layer in found):
        return failed("no-bias", say("A linear map has no bias to initialise."))
    samples = [_bias_sample(layer, weights) for layer in found]
    if explain_law(samples, {"default": laws.pytorch_default()}, {}) and not _also_xavier(samples):
        if xavier_weights(network, weights).diagnosis == "init-never-called":
            return passed(
                say("The biases are PyTorch's: the initialisation is never called, which is paid with the weights.")
            )
        return partial(0.5, "pytorch-default", say("PyTorch's default was left in place for the biases."))
    if explain_law(samples, BIAS_READINGS, {}) is not None:
        return passed()
    if explain_law(samples, {"": laws.small_constant(LARGEST_CONSTANT)}, {}) is not None:
        return passed(say("The biases start from a small constant."))
    if (mistake := _mistake(samples)) and mistake == _mistake([_weight_sample(layer, weights) for layer in found]):
        return passed(say("The biases follow the law of the weights, where its mistake is paid."))
    return failed("other-law", say("The biases follow neither the Xavier uniform law nor are they zero."))


def _mistake(samples: Sequence[Sample]) -> str | None:
    return explain_law(samples, {}, {key: law for key, (law, _, _) in MISTAKES.items()})


def _also_xavier(samples: Sequence[Sample]) -> bool:
    return explain_law(samples, {"zero": laws.zero()}, {}) is not None


def _bias_sample(layer: Layer, weights: Weights) -> Sample:
    assert layer.bias is not None, "just seen"
    drawn = weights.parameters.get(layer.bias.name or "")
    return pool(_fans(layer, weights), list(drawn.values) if drawn else [layer.bias.array])


@suite.picture("mlp.xavier_weights", observe=(NETWORK, WEIGHTS))
def histograms(network: Network, weights: Weights) -> Sequence[Histogram]:
    """The initial weights of each linear map, against Xavier's interval."""
    pictures = []
    for place, layer in enumerate(layers(network.evaluating)[:6], start=1):
        fans = _fans(layer, weights)
        bound = float(np.sqrt(6 / sum(fans)))
        title = say(
            "Weights of linear map {place}, {fan_in} → {fan_out}",
            place=place,
            fan_in=fans[1],
            fan_out=fans[0],
        )
        pictures.append(Histogram(title, np.asarray(_weight_sample(layer, weights).values), -bound, bound))
    return pictures


@suite.criterion("mlp.output", observe=(ANSWERS, NETWORK))
def output(answers: list[Answer], network: Network) -> Verdict:
    """Raw logits (batch,) or (batch, 1), for every input size and batch size."""
    for answer in answers:
        shape = np.shape(answer.answered) if not isinstance(answer.answered, dict) else None
        if answer.size == 1 and shape == ():
            return failed("batch-axis-dropped", say("With a batch of one example the batch axis is lost (squeeze)."))
        if shape not in ((answer.size,), (answer.size, 1)):
            return failed(
                "wrong-shape",
                say("For a batch of {size} the output has the shape {shape}.", size=answer.size, shape=str(shape)),
            )
    if name := ending(network.evaluating):
        return failed(
            "activation-at-output",
            say(
                "The network ends with {name}; BCEWithLogitsLoss applies the sigmoid itself and wants raw logits.",
                name=name,
            ),
        )
    return passed()
