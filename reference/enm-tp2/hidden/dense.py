"""Question 4: scores at every place, for images of sizes that nobody told."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from graders.language import say
from graders.laws.failure import told, verdict_of
from graders.laws.linear import linear_map
from graders.laws.replay import values
from graders.laws.trace import Pass
from graders.observe.observation import Failure
from graders.observe.steps import Heard, Talk, steps
from graders.probes.wire import Array
from graders.verdict import Verdict, failed

from .declared import Mistake, concluded, numbers, suite
from .images import CHANNELS, network, sized, traced

CLASSES, BATCH = 5, 2
SIZES = ((40, 64), (72, 48))
SQUARES = (64, 32, 128, 224, 96, 48, 40, 56, 16, 256)


@steps(group="DenseFCN", seconds=60)
def SCORED(talk: Talk) -> Heard:
    """What the network answers to images of two sizes, and to square ones."""
    x = [talk.normal(BATCH, CHANNELS, *size).astype(np.float32) for size in SIZES]
    model = network(talk, "DenseFCN", classes=CLASSES)
    found = [talk.method(model, "", talk.given("tensor", array=one)) for one in x]
    square = sized(
        talk, model, lambda inside, side: inside.keep(inside.given("blank", sizes=[side]), tell=True), sides=SQUARES
    )
    bound = talk.context.bound("DenseFCN")
    taken = {meaning for _, meaning in bound.order} if bound else set()
    return {
        "inputs": x,
        "found": found,
        "square": square,
        "pass": talk.trace(model, x[0]),
        "told": "n_classes" in taken,
    }


@suite.criterion("fcn.dense", observe=SCORED)
def fcn_dense(heard: Heard) -> Verdict:
    """(n, n_classes, h, w) for any size, without a layer over all pixels."""
    found, x = heard["found"], heard["inputs"]
    assert isinstance(found, list), "they are our own"
    assert isinstance(x, list), "they are our own"
    lost = [one for one in found if isinstance(one, Failure)]
    if lost:
        return _of_failure(heard, lost)
    outputs = [numbers(one) for one in found]
    if any(one is None or one.ndim != 4 or len(one) != BATCH for one in outputs):
        return _not_dense(outputs)
    wrong = _mistakes([one for one in outputs if one is not None], heard)
    return concluded(wrong, (), {"channels-last": 0.5, "arguments-ignored": 0.75, "too-large": 0.75})


def _of_failure(heard: Heard, lost: Sequence[Failure]) -> Verdict:
    """A network that takes images of one size, or none."""
    if lost[0].kind == "raised" and lost[0].type != "NotImplementedError":
        square = numbers(heard["square"])
        if len(lost) < len(SIZES):
            return failed("fixed-size", say("The network takes images of some sizes only."), told(lost[0]))
        if square is not None:
            said = say(
                "The network takes images of {n} × {n} only: a layer has that size written into it.", n=len(square)
            )
            return failed("fixed-size", said)
    return verdict_of(lost[0])


NO_SCORES = say("The network gives one number for each place: it should give the scores of all classes.")


def _not_dense(outputs: Sequence[Array | None]) -> Verdict:
    first = outputs[0]
    if first is not None and first.ndim == 2 and len(first) == BATCH:
        return failed(
            "one-answer-an-image", say("The network gives one answer for each image, not one for each place.")
        )
    if first is not None and first.ndim == 3 and len(first) == BATCH:
        return failed("no-scores", NO_SCORES)
    return failed("wrong-output", say("The network should give (batch, n_classes, height, width)."))


def _mistakes(outputs: Sequence[Array], heard: Heard) -> Sequence[Mistake]:
    if heard["told"] and all(one.shape[3] == CLASSES != one.shape[1] for one in outputs):
        return [("channels-last", say("The scores of the classes stand last: they should be the second axis."))]
    if heard["told"] and all(one.shape[1] == 1 for one in outputs):
        return [("no-scores", NO_SCORES)]
    if heard["told"] and any(one.shape[1] != CLASSES for one in outputs):
        return [("arguments-ignored", say("The network does not give as many scores as n_classes says."))]
    sizes = [one.shape[2:] for one in outputs]
    if sizes[0] == sizes[1]:
        said = say("The output has the same size for every image: it should follow the size of the image.")
        return [("fixed-size", said)]
    if any(made > given for one, size in zip(sizes, SIZES, strict=True) for made, given in zip(one, size, strict=True)):
        return [("too-large", say("The output is larger than the image."))]
    if any(float(np.ptp(one, axis=(2, 3)).max()) < 1e-6 * max(float(np.abs(one).max()), 1e-9) for one in outputs):
        said = say("The scores are the same at every place: they do not say what is where.")
        return [("same-everywhere", said)]
    return _of_layers(heard)


def _of_layers(heard: Heard) -> Sequence[Mistake]:
    """A linear layer over all pixels, which pooling to a fixed size may hide."""
    x = heard["inputs"]
    seen = traced(heard["pass"], {one.shape[-1]: one for one in x})  # type: ignore[attr-defined]  # a list of ours
    if not isinstance(seen, Failure) and _over_pixels(seen):
        said = say(
            "A linear layer stands over the flattened pixels: a fully convolutional network has convolutions only."
        )
        return [("flattened", said)]
    return []


def _over_pixels(seen: Pass) -> bool:
    """Whether a linear layer gives one vector for a whole image, from more than one place of it."""
    known = values(seen)
    channels = {one.shape[1] for one in known.values() if one.ndim == 4 and one.shape[0] == BATCH}
    for step in seen.contributing:
        found, made = linear_map(seen, step), known.get(step.makes[0])
        if found is not None and made is not None and made.ndim == 2 and len(made) == BATCH:
            taken = found.weight.shape[1]
            places = [taken / one for one in channels if taken % one == 0]
            if taken not in channels and any(one > 1 for one in places):
                return True
    return False
