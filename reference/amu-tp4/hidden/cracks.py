"""Question 2: the dataset of cracks, and the network with its single output."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from graders.language import Message, say
from graders.laws.convolutional import stages
from graders.laws.failure import told, verdict_of
from graders.laws.proven import claimed, refuted
from graders.observe.observation import Failure
from graders.observe.steps import Heard, How, Ref, Talk, steps
from graders.verdict import Status, Verdict, failed, partial, passed

from . import walls
from .declared import built, concluded, first_failure, suite, traced, wall_sets

SIZE = 6
# What torchvision says where a transform meets what it cannot take.
TRAP = (
    "should be Tensor Image",
    "should be PIL Image",
    "should be a float tensor",
    "PIL Image or ndarray",
    "Unexpected type",
)


@steps(group="cracks", seconds=30)
def items(talk: Talk) -> Heard:
    """The student's dataset on six files."""
    contents, labels = wall_sets(talk.context.seed)[1]
    paths = walls.files(talk, contents[:SIZE], labels[:SIZE])
    ways = walls.made_of(talk, paths, labels[:SIZE].astype(int))
    dataset = talk.first(*(_answering(way) for way in ways))
    some = [talk.method(dataset, "__getitem__", place) for place in range(SIZE)]
    return {
        "labels": labels[:SIZE],
        "size": talk.method(dataset, "__len__"),
        "first": some[0],
        "images": [talk.get(one, "0", "image", "img", "images", "x") for one in some],
        "found": [talk.get(one, "1", "label", "labels", "y", "target") for one in some],
        "kinds": [talk.method(talk.get(one, "1", "label", "labels", "y", "target"), "type") for one in some[:1]],
    }


def _answering(make: Callable[[Talk], Ref]) -> Callable[[Talk], Ref]:
    """A dataset that gives its first item."""

    def way(talk: Talk) -> Ref:
        dataset = make(talk)
        talk.method(dataset, "__getitem__", 0, how=How(quiet=True))
        return talk.method([dataset], "__getitem__", 0, how=How(quiet=True))

    return way


@suite.criterion("cracks.dataset", observe=items)
def cracks_dataset(heard: Heard) -> Verdict:
    """(1, H, W) of normalised floats, and a label as a float."""
    first = heard["first"]
    if isinstance(first, Failure):
        return _fallen(first)
    if lost := first_failure(heard, "size"):
        return lost
    mistakes, notes = [], list[Message]()
    if heard["size"] != SIZE:
        mistakes.append(
            ("wrong-length", say("The dataset has the length {n} with {size} images.", n=str(heard["size"]), size=SIZE))
        )
    return concluded(
        [*mistakes, *_of_images(heard), *_of_labels(heard)], notes, {"label-integer": 0.5, "float64": 0.75}
    )


def _fallen(failure: Failure) -> Verdict:
    """The trap of the statement has a name of its own."""
    if failure.type == "TypeError" and any(part in failure.message for part in TRAP):
        said = say(
            "The transforms are in an order that cannot be: Normalize works on a tensor, so ToTensor comes before it. "
            "What imread gives is an array, which Grayscale takes only as a tensor or as a PIL image."
        )
        return Verdict(status=Status.ERROR, credit=0, diagnosis="transform-order", feedback=(said, told(failure)))
    return verdict_of(failure)


def _of_images(heard: Heard) -> list[tuple[str, Message]]:
    images = [one for one in heard["images"] if isinstance(one, np.ndarray)]  # type: ignore[attr-defined]  # a list of ours
    if len(images) < SIZE:
        return [("no-tensor", say("An item is no pair of an image as a tensor and a label."))]
    shape, low, high = images[0].shape, min(one.min() for one in images), max(one.max() for one in images)
    if images[0].dtype.kind != "f":
        return [("not-float", say("The images are not of floating point numbers."))]
    if len(shape) == 3 and shape[0] == 3:
        return [("three-channels", say("An image has three channels: it was to be converted to grey."))]
    if len(shape) != 3 or shape[0] != 1:
        return [("wrong-shape", say("An image has the shape {shape}, not (1, H, W).", shape=str(shape)))]
    if high > 10:
        return [("bytes", say("The values of an image go up to {high}: they were not scaled.", high=float(high)))]
    if low >= 0:
        return [
            (
                "not-normalised",
                say(
                    "The images are not normalised: their values go from {low} to {high}.",
                    low=round(float(low), 3),
                    high=round(float(high), 3),
                ),
            )
        ]
    return (
        [("float64", say("The images are float64: the network's weights are float32."))]
        if images[0].dtype == np.float64
        else []
    )


def _of_labels(heard: Heard) -> list[tuple[str, Message]]:
    labels, found = heard["labels"], heard["found"]
    assert isinstance(labels, np.ndarray), "they are our own"
    assert isinstance(found, list), "a list of ours"
    values = [
        float(np.asarray(one).reshape(-1)[0])
        if isinstance(one, int | float | np.ndarray) and np.size(one) == 1
        else -1.0
        for one in found
    ]
    if values != labels.tolist():
        return [("wrong-labels", say("The labels of the items are not those that were given, in their order."))]
    kind = str(heard["kinds"][0])  # type: ignore[index]  # a list of ours
    if (
        any(isinstance(one, int) and not isinstance(one, bool) for one in found)
        and "Float" not in kind
        and "Double" not in kind
    ):
        return [("label-integer", say("The labels are whole numbers: BCEWithLogitsLoss wants floats."))]
    return []


@steps(group="crack network", seconds=60)
def network(talk: Talk) -> Heard:
    """The network on four walls."""
    contents, labels = wall_sets(talk.context.seed)[1]
    paths = walls.files(talk, contents[:4], labels[:4])
    model = built(talk, "CrackCNN")
    talk.method(model, "eval", how=How(quiet=True))
    some = walls.read(talk, paths, labels[:4], model)
    x = talk.get(some, "tensors.0")
    return {"x": x, "pass": talk.trace(model, x), "own": talk.keep(talk.given("counted", model=model), tell=True)}  # type: ignore[arg-type]  # a reference stands for an array


@suite.criterion("cracks.model", observe=network)
def cracks_model(heard: Heard) -> Verdict:
    """One logit an image."""
    x = heard["x"]
    seen = x if isinstance(x, Failure) else traced(heard["pass"], x)  # type: ignore[arg-type]  # it is an array
    if isinstance(seen, Failure):
        return verdict_of(seen)
    output = np.asarray(seen.output)
    return refuted(seen) or claimed(_of_output(output, len(seen.input), [one.kind for one in stages(seen)]), seen)


def _of_output(output: np.ndarray, size: int, kinds: list[str]) -> Verdict:
    if output.shape == (size, 2):
        return failed("two-outputs", say("The network has two outputs: BCEWithLogitsLoss goes with a single one."))
    if output.shape not in ((size,), (size, 1)):
        return failed(
            "wrong-output",
            say(
                "The network gives the shape {shape} for {n} images, not one logit each.",
                shape=str(output.shape),
                n=size,
            ),
        )
    if kinds[-1:] == ["sigmoid"]:
        return failed(
            "sigmoid-at-end", say("The network ends with a sigmoid, which BCEWithLogitsLoss applies already.")
        )
    if kinds[-1:] in (["relu"], ["softmax"], ["tanh"]):
        return failed("activation-at-end", say("The network ends with {name}: it should give a logit.", name=kinds[-1]))
    if "conv" not in kinds:
        return partial(0.5, "no-convolution", say("The network has no convolution."))
    return passed()
