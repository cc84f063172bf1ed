"""Question 2: the layer of the slide, computed again from its own weights."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from graders.language import Message, say
from graders.laws.failure import verdict_of
from graders.laws.images import conv2d
from graders.observe.observation import Failure
from graders.observe.steps import Heard, How, Ref, Talk, steps
from graders.probes.wire import Array
from graders.verdict import Verdict, failed

from .declared import Mistake, alike, concluded, numbers, suite

WANTED = (64, 3, 7, 7)
QUIET = How(quiet=True)
Activation = Callable[[Array], Array]


@steps(group="first layer", seconds=20)
def LAYER(talk: Talk) -> Heard:
    """The layer, its parameters, what it answers to a small image, and the shape that it gives to a large one."""
    x = talk.normal(2, 3, 22, 31).astype(np.float32)
    layer = talk.call("first_layer")
    talk.method(layer, "eval", how=QUIET)
    output = _applied(talk, layer, talk.given("tensor", array=x), How())
    large = _applied(talk, layer, talk.given("blank", sizes=[1, 3, 224, 224]), QUIET)
    held = talk.first(lambda inside: inside.parameters(layer), lambda inside: inside.parameters(inside.get(layer, "0")))
    return {"x": x, "output": output, "parameters": held, "large": talk.get(large, "shape")}


def _applied(talk: Talk, layer: Ref, x: object, how: How) -> Ref:
    """What the layer gives; a pair (conv, relu) is applied one after the other."""

    def pair(inside: Talk) -> None:
        first = inside.method(inside.get(layer, "0", how=QUIET), "", x, how=QUIET)
        inside.method(inside.get(layer, "1", how=QUIET), "", first, how=how)

    return talk.first(lambda inside: inside.method(layer, "", x, how=how), pair)


@dataclass(frozen=True, eq=False)
class Convolution:
    """A weight (out, in, kh, kw) and a bias that a layer holds."""

    weight: Array
    bias: Array | None


def convolution(parameters: Mapping[str, Array]) -> Convolution | None:
    """The only convolution among parameters, in the shapes that people give it; None where there is none, or more."""
    weights = [one for one in parameters.values() if max(one.shape, default=1) < one.size]
    vectors = [one.reshape(-1) for one in parameters.values() if max(one.shape, default=1) == one.size]
    if len(weights) != 1 or len(vectors) > 1:
        return None
    weight = weights[0]
    if weight.ndim == 2 and 147 in weight.shape:
        weight = (weight if weight.shape[1] == 147 else weight.T).reshape(-1, 3, 7, 7)
    if weight.ndim != 4 or (vectors and len(vectors[0]) != len(weight)):
        return None
    return Convolution(weight.astype(float), vectors[0].astype(float) if vectors else None)


ACTIVATIONS: Mapping[str, Activation] = {
    "ReLU": lambda y: np.maximum(y, 0),
    "": lambda y: y,
    "Sigmoid": lambda y: 1 / (1 + np.exp(-y)),
    "Tanh": np.tanh,
    "LeakyReLU": lambda y: np.where(y > 0, y, 0.01 * y),
}


def manners(one: Convolution, x: Array) -> Iterator[tuple[int, int, str, Array]]:
    """(stride, padding, activation, output): the wanted one first."""
    strides = sorted(range(1, 8), key=lambda stride: stride != 2)
    borders = sorted(range(7), key=lambda border: border != 3)
    for stride, border in ((s, p) for s in strides for p in borders):
        if min(x.shape[2:]) + 2 * border >= max(one.weight.shape[2:]):
            y = conv2d(x, one.weight, one.bias, stride, border)
            yield from ((stride, border, name, act(y)) for name, act in ACTIVATIONS.items())


@suite.criterion("layer.first", observe=LAYER)
def layer_first(heard: Heard) -> Verdict:
    """ReLU(conv(x)): 3 → 64 channels, 7 × 7, stride 2, padding 3, with a bias."""
    output, x, parameters = heard["output"], heard["x"], heard["parameters"]
    assert isinstance(x, np.ndarray), "it is our own"
    lost = next((one for one in (output, parameters) if isinstance(one, Failure)), None)
    if lost:
        return verdict_of(lost)
    held = {name: one for name, one in parameters.items() if isinstance(one, np.ndarray)}  # type: ignore[attr-defined]  # a dict
    if numbers(output) is None:
        return failed("no-output", say("The layer returns no tensor."))
    one = convolution(held)
    if one is None:
        return _not_one(held)
    wrong = [*_of_shape(one), *_of_manner(one, x.astype(float), output)]
    verdict = concluded(wrong, (), dict.fromkeys((name for name, _ in wrong), 0.5 if len(wrong) == 1 else 0.0))
    return verdict if wrong or heard["large"] == [1, 64, 112, 112] else _small()


def _not_one(held: Mapping[str, Array]) -> Verdict:
    if not any(value.ndim == 4 for value in held.values()):
        return failed("no-convolution", say("The layer holds no weights of a convolution."))
    said = say("The layer holds more than one convolution and its bias: {n} tensors of parameters.", n=len(held))
    return failed("more-than-a-layer", said)


def _small() -> Verdict:
    return failed("wrong-size", say("An image of 224 × 224 does not become 64 channels of 112 × 112."))


def _of_shape(one: Convolution) -> Sequence[Mistake]:
    out, channels, rows, columns = one.weight.shape
    wrong: list[Mistake] = []
    if (out, channels) != WANTED[:2]:
        said = say("The layer goes from {n} to {m} channels, not from 3 to 64.", n=channels, m=out)
        wrong.append(("wrong-channels", said))
    if (rows, columns) != WANTED[2:]:
        wrong.append(("wrong-kernel", say("The kernel is {n} × {m}, not 7 × 7.", n=rows, m=columns)))
    if one.bias is None:
        wrong.append(("bias-missing", say("The layer has no bias.")))
    return wrong


def _of_manner(one: Convolution, x: Array, output: object) -> Sequence[Mistake]:
    """How the layer's own weights give what it answers."""
    found = next((manner for manner in manners(one, x) if alike(output, manner[3])), None)
    if found is None:
        return [("unexplained", say("What the layer gives is not a convolution by its weights, then ReLU."))]
    stride, border, activation, _ = found
    wrong: list[Mistake] = []
    if stride != 2:
        wrong.append(("wrong-stride", say("The stride is {n}, not 2.", n=stride)))
    if border != 3:
        wrong.append(("wrong-padding", say("The padding is {n}, not 3.", n=border)))
    if activation != "ReLU":
        wrong.append(_of_activation(activation))
    return wrong


def _of_activation(name: str) -> tuple[str, Message]:
    if not name:
        return "relu-missing", say("There is no ReLU: negative values come out.")
    return "wrong-activation", say("The activation is {name}, not ReLU.", name=name)
