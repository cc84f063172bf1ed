"""Question 3: the blocks of the small network."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from graders.language import Message, say
from graders.laws.failure import verdict_of
from graders.laws.proven import claimed, refuted
from graders.laws.trace import Pass
from graders.observe.observation import Failure
from graders.observe.steps import Heard, Talk, steps
from graders.probes.wire import Array
from graders.verdict import Verdict, failed

from .chain import ends_dense, layers, linear_gaps, shrinks, strided
from .declared import Mistake, concluded, numbers, suite
from .images import CHANNELS, KINDS, QUIET, SIDE, SIDES, batch, enlarged, network, sized, traced

OTHER_CHANNELS, OTHER_CLASSES, FEW = 1, 7, 3
# A trace holds no more operations; loops over places may need more, and prove nothing then.
MOST_STEPS = 2_000
# The share that is left with such a mistake.
WORTH = {
    "batch-size-fixed": 0.5,
    "activation-missing": 0.75,
    "softmax-at-end": 0.75,
    "arguments-ignored": 0.75,
    "relu-at-end": 0.75,
}


def inputs(rng: np.random.Generator, channels: int) -> dict[int, Array]:
    """The same random images in all sizes."""
    x = rng.standard_normal((FEW, channels, SIDE, SIDE)).astype(np.float32)
    # The third is halfway between the others.
    x[2] = (x[0] + x[1]) / 2
    return {side: enlarged(x, side) for side in SIDES}


@steps(group="SmallCNN", seconds=40)
def SEEN(talk: Talk) -> Heard:
    """A pass of the network on the smallest images that it takes, and its answers for other channels and classes."""
    x = inputs(talk.rng, CHANNELS)
    model = network(talk, "SmallCNN")
    seen = sized(
        talk,
        model,
        lambda inside, side: inside.trace(model, x[side]),
        whole=lambda inside, side, size: inside.trace(model, batch(x[side], size)),
    )
    talk.method(model, "train", how=QUIET)
    learning = sized(
        talk,
        model,
        lambda inside, side: inside.method(model, "", inside.given("tensor", array=x[side])),
        whole=lambda inside, side, size: inside.method(model, "", inside.given("tensor", array=batch(x[side], size))),
    )
    other = network(talk, "SmallCNN", channels=OTHER_CHANNELS, classes=OTHER_CLASSES)
    blank = {side: np.zeros((2, OTHER_CHANNELS, side, side), np.float32) for side in SIDES}
    output = sized(
        talk,
        other,
        lambda inside, side: inside.method(other, "", inside.given("tensor", array=blank[side])),
        channels=OTHER_CHANNELS,
        whole=lambda inside, side, size: inside.method(
            other, "", inside.given("tensor", array=batch(blank[side], size))
        ),
    )
    bound = talk.context.bound("SmallCNN")
    taken = {meaning for _, meaning in bound.order} if bound else set()
    return {"inputs": x, "seen": seen, "learning": learning, "other": output, "told": "n_classes" in taken,
            "sized": "image_size" in taken}  # fmt: skip


@suite.criterion("cnn.structure", observe=SEEN)
def structure(heard: Heard) -> Verdict:
    """Convolutions, something non-linear, a reduction of the size, then a perceptron."""
    x = heard["inputs"]
    assert isinstance(x, dict), "it is our own"
    seen = traced(heard["seen"], x)
    if isinstance(seen, Failure):
        return verdict_of(seen)
    output = numbers(seen.output)
    if output is None or output.ndim != 2 or len(output) != len(seen.input) or output.shape[1] < 2:
        return failed("wrong-output", say("The network should give (batch, n_classes) scores."))
    long = len(seen.steps) >= MOST_STEPS
    if not long and (verdict := refuted(seen)):
        return verdict
    wrong = [*_of_blocks(seen, output), *_of_end(output, numbers(heard["learning"])), *_of_arguments(heard, output)]
    if (n := len(output)) > FEW:
        said = say("The number of images of a batch is written into the network: it takes {n} at a time only.", n=n)
        wrong.append(("batch-size-fixed", said))
    verdict = concluded(wrong, _notes(seen, sized=bool(heard["sized"])), WORTH)
    return verdict if long else claimed(verdict, seen)


def _of_blocks(seen: Pass, output: Array) -> Sequence[Mistake]:
    found = layers(seen)
    wrong: list[Mistake] = []
    if not any(one.kind == "conv" for one in found):
        return [("no-convolution", say("The network has no convolution."))]
    if not shrinks(seen, seen.input.shape[-1]):
        said = say("Nothing makes the images smaller: no pooling, and no convolution with a stride.")
        wrong.append(("no-reduction", said))
    if ends_dense(seen, found) is None:
        wrong.append(("no-perceptron", say("The network does not end with a perceptron (a linear layer).")))
    gaps = linear_gaps(seen, found)
    if affine(output):
        said = say("Nothing non-linear stands between the layers: together they are one linear map.")
        wrong.append(("nothing-non-linear", said))
    elif any(before.kind == "conv" and not _grouped(before.step.argument(6, "groups", 1)) for before, _ in gaps):
        said = say("After a convolution the activation is missing: with the next layer it makes one linear map.")
        wrong.append(("activation-missing", said))
    elif gaps:
        said = say("Between two linear layers the activation is missing: together they are one linear map.")
        wrong.append(("activation-missing", said))
    return wrong


def _grouped(groups: object) -> bool:
    """A convolution that is made of two parts has no activation between them."""
    return isinstance(groups, int) and groups > 1


def affine(output: Array) -> bool:
    """Whether the third answer lies halfway between the others, up to what a log-softmax takes from each row."""
    readings = [output]
    if output.min() > 0 and np.allclose(output.sum(1), 1, atol=1e-4):
        readings.append(np.log(output))
    if np.allclose(np.exp(np.minimum(output, 50)).sum(1), 1, atol=1e-4):
        readings.append(output - output.mean(1, keepdims=True))
    rows = [one - one.mean(1, keepdims=True) for one in readings]
    return any(
        np.abs(one[2] - (one[0] + one[1]) / 2).max() < 1e-4 * max(np.abs(one[0] - one[1]).max(), 1e-9) for one in rows
    )


def _of_end(output: Array, learning: Array | None) -> Sequence[Mistake]:
    """What the scores are; those that are learned from, where they are others."""
    output = output if learning is None else learning
    if output.min() >= 0 and np.allclose(output.sum(1), 1, atol=1e-4):
        said = say("The network ends with a softmax, which CrossEntropyLoss applies already: it should give logits.")
        return [("softmax-at-end", said)]
    if output.min() >= 0 and (output == 0).any():
        return [("relu-at-end", say("The network ends with a ReLU: its scores cannot be negative."))]
    if output.min() >= 0 and output.max() <= 1:
        return [("softmax-at-end", say("The network ends with a sigmoid: it should give logits."))]
    return []


def _of_arguments(heard: Heard, output: Array) -> Sequence[Mistake]:
    """A constructor that takes the number of classes, and gives another."""
    other = numbers(heard["other"])
    if not heard["told"] or (output.shape[1] == KINDS and other is not None and other.shape[1:] == (OTHER_CLASSES,)):
        return []
    if output.shape[1] != KINDS or (other is not None and other.shape[1:] != (OTHER_CLASSES,)):
        said = say("The network does not give as many scores as n_classes says.")
        return [("arguments-ignored", said)]
    return [
        ("arguments-ignored", say("The network works for one number of channels only: in_channels does not count."))
    ]


def _notes(seen: Pass, *, sized: bool) -> list[Message]:
    found: list[Message] = []
    side = seen.input.shape[-1]
    if side != SIDES[0] and not sized:
        found.append(say("The network does not take images of 8 × 8; it was asked with {side} × {side}.", side=side))
    if strided(seen):
        found.append(say("The size is reduced by convolutions with a stride, without pooling: that is right as well."))
    if ends_dense(seen, layers(seen)) == "conv":
        found.append(say("The scores come from a convolution: at one place it is the same as a linear layer."))
    return found
