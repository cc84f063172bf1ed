"""The published checks: what students run on themselves, on inputs that anybody may see. Passing them is a start."""

from __future__ import annotations

import numpy as np

from graders.language import say
from graders.laws.failure import verdict_of
from graders.observe.made_loaders import Made, MadeLoaders
from graders.observe.observation import Failure
from graders.observe.steps import Heard, How, Steps, Talk, steps
from graders.suite.suite import Suite
from graders.verdict import Verdict, failed, passed

suite = Suite("amu-tp4")


@suite.criterion("mnist.loaders", observe=MadeLoaders("load_mnist", {"batch_size": 64}))
def mnist_loaders(made: Made) -> Verdict:
    """A batch has the shape (64, 1, 28, 28)."""
    shapes = [one.head.shape for one in made.loaders if one.head]
    if [64, 1, 28, 28] in shapes:
        return passed(say("A loader gives batches of 64 images."))
    return failed("wrong-shape", say("No loader gives batches of shape (64, 1, 28, 28)."))


# What a constructor may ask for.
SIZES = {"n_features": 784, "in_channels": 1, "n_classes": 10}


def answering(name: str) -> Steps:
    """What a network answers to three images."""

    def plan(talk: Talk) -> Heard:
        bound = talk.context.bound(name)
        asks = bound is not None and any(one.required for one in bound.definition.parameters)
        model = talk.call(name, **(SIZES if asks else {}))
        talk.method(model, "eval", how=How(quiet=True))
        x = np.zeros((3, 1, 28, 28), np.float32)
        return {"output": talk.method(model, "", talk.given("tensor", array=x))}

    plan.__qualname__ = f"answering.{name}"
    return steps(group=name)(plan)


def declare(id: str, name: str) -> None:
    """A network gives ten scores for each image."""

    @suite.criterion(id, observe=answering(name))
    def ten_scores(heard: Heard) -> Verdict:
        output = heard["output"]
        if isinstance(output, Failure):
            return verdict_of(output)
        if isinstance(output, np.ndarray) and output.shape == (3, 10):
            return passed(say("It gives ten scores for each image."))
        return failed("wrong-output", say("It should give the shape (3, 10) for three images."))


declare("regression.model", "MultinomialRegression")
declare("cnn1.structure", "CNN1")
declare("cnn2.structure", "CNN2")


@steps(group="evaluate")
def evaluating(talk: Talk) -> Heard:
    """Four images, of which a model of ours recognises three."""
    x = np.full((4, 1, 28, 28), -1, np.float32)
    x.reshape(4, -1)[np.arange(4), [1, 2, 3, 4]] = 1
    loader = talk.given("loader", x=x, y=np.array([1, 2, 3, 9]), batch_size=4)
    tools = {
        "criterion": talk.method(talk.given("of_torch", path="nn.CrossEntropyLoss"), ""),
        "device": talk.given("processor"),
    }
    return {"result": talk.call("evaluate", model=talk.given("scoring", classes=10), loader=loader, **tools)}


@suite.criterion("regression.evaluate", observe=evaluating)
def evaluate(heard: Heard) -> Verdict:
    """Three of four are 75 percent."""
    result = heard["result"]
    if isinstance(result, Failure):
        return verdict_of(result)
    if result in (75, 0.75):
        return passed(say("Three images of four are 75 %."))
    return failed("wrong-percentage", say("Three images of four classified right are 75 %."))


@steps(group="cracks")
def item(talk: Talk) -> Heard:
    """The first item of the given pictures."""
    paths = ["Positive/00001.jpg", "Negative/00001.jpg"]
    dataset = talk.call("Dataset_fissures", img_path=paths, img_labels=np.array([1, 0]))
    first = talk.method(dataset, "__getitem__", 0)
    return {"size": talk.method(dataset, "__len__"), "first": first, "image": talk.get(first, "0")}


@suite.criterion("cracks.dataset", observe=item)
def cracks_dataset(heard: Heard) -> Verdict:
    """Two items, each a grey image with its label."""
    first, image = heard["first"], heard["image"]
    if isinstance(first, Failure):
        return verdict_of(first)
    if heard["size"] == 2 and isinstance(image, np.ndarray) and image.shape[0] == 1:
        return passed(say("The first item is a grey image with its label."))
    return failed("wrong-item", say("An item should be an image of shape (1, H, W) and its label."))
