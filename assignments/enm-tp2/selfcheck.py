"""The published checks: what students run on themselves, on inputs that anybody may see. Passing them is a start."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from graders.language import say
from graders.laws.failure import verdict_of
from graders.observe.observation import Failure
from graders.observe.steps import Heard, How, Steps, Talk, steps
from graders.suite.suite import Suite
from graders.verdict import Verdict, failed, passed

suite = Suite("enm-tp2")
FORMS = How(forms=("numpy", "torch", "floats", "list"))
STAIRS = np.arange(16.0).reshape(1, 1, 4, 4)


def declare(id: str, probe: Steps, wanted: Callable[[object], bool]) -> None:
    """A criterion on one result: what is wanted of it, told by the probe's own sentence."""

    @suite.criterion(id, observe=probe)
    def check(heard: Heard) -> Verdict:
        found = heard["found"]
        if isinstance(found, Failure):
            return verdict_of(found)
        sentence = SENTENCES[id]
        return passed(sentence) if wanted(found) else failed("not-yet", sentence)


SENTENCES = {
    "conv.output_size": say("A window of 3 over 5 pixels has 3 places at stride 1 without a border."),
    "conv.formula": say("A kernel of 2 × 2 ones over 4 × 4 pixels gives 3 × 3 sums of four neighbours."),
    "pool.max": say("Windows of 2 × 2 over the numbers 0 to 15 in 4 rows have the maxima 5, 7, 13, 15."),
    "layer.first": say("An image of 224 × 224 becomes 64 channels of 112 × 112."),
    "layer.parameters": say("A linear layer from 2 to 3 has 9 parameters."),
    "cnn.structure": say("Two images of 3 × 16 × 16 get four scores each."),
    "fcn.dense": say("An image of 32 × 64 gets scores on four axes: batch, classes, height, width."),
}


@steps(group="output_size")
def size(talk: Talk) -> Heard:
    """One size."""
    return {"found": talk.call("output_size", n=5, kernel=3, stride=1, padding=0)}


@steps(group="conv2d")
def convolved(talk: Talk) -> Heard:
    """One image and one filter, with and without the axis of the batch."""
    weight, bias = np.ones((1, 1, 2, 2)), np.zeros(1)
    more = {"weight": weight, "bias": bias, "stride": 1, "padding": 0}

    def batch(inside: Talk) -> None:
        inside.call("conv2d", x=STAIRS, how=FORMS, **more)

    def image(inside: Talk) -> None:
        inside.call("conv2d", x=STAIRS[0], how=FORMS, **more)

    return {"found": talk.first(batch, image)}


@steps(group="max_pool2d")
def pooled(talk: Talk) -> Heard:
    """One image, with and without the axis of the batch."""

    def batch(inside: Talk) -> None:
        inside.call("max_pool2d", x=STAIRS, kernel=2, stride=2, how=FORMS)

    def image(inside: Talk) -> None:
        inside.call("max_pool2d", x=STAIRS[0], kernel=2, stride=2, how=FORMS)

    return {"found": talk.first(batch, image)}


@steps(group="first_layer")
def first(talk: Talk) -> Heard:
    """The shape of its output."""
    output = talk.method(talk.call("first_layer"), "", talk.given("blank", sizes=[1, 3, 224, 224]), how=How(quiet=True))
    return {"found": talk.get(output, "shape")}


@steps(group="count_parameters")
def counted(talk: Talk) -> Heard:
    """One linear layer."""
    module = talk.method(talk.given("of_torch", path="nn.Linear"), "", 2, 3, how=How(quiet=True))
    return {"found": talk.call("count_parameters", module=module)}


def shape_of(name: str, sizes: list[int], group: str) -> Steps:
    """The shape of what a network gives to a blank image."""

    def plan(talk: Talk) -> Heard:
        model = talk.call(name, in_channels=3, n_classes=4, image_size=16, how=How(quiet=True))
        talk.method(model, "eval", how=How(quiet=True))
        return {
            "found": talk.get(talk.method(model, "", talk.given("blank", sizes=sizes), how=How(quiet=True)), "shape")
        }

    plan.__qualname__ = f"shape_of.{name}"
    return steps(group=group)(plan)


def _values(found: object) -> list[float]:
    try:
        return np.asarray(found, float).reshape(-1).tolist()
    except (TypeError, ValueError):
        return []


declare("conv.output_size", size, lambda found: found == 3)
declare("conv.formula", convolved, lambda found: _values(found) == [10, 14, 18, 26, 30, 34, 42, 46, 50])
declare("pool.max", pooled, lambda found: _values(found) == [5, 7, 13, 15])
declare("layer.first", first, lambda found: found == [1, 64, 112, 112])
declare(
    "layer.parameters", counted, lambda found: 9 in _values(found if not isinstance(found, dict) else [*found.values()])
)
declare("cnn.structure", shape_of("SmallCNN", [2, 3, 16, 16], "SmallCNN"), lambda found: found == [2, 4])
declare(
    "fcn.dense",
    shape_of("DenseFCN", [1, 3, 32, 64], "DenseFCN"),
    lambda found: isinstance(found, list) and len(found) == 4,
)
