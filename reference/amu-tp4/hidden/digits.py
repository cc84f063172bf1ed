"""Questions 1.1 and 1.2: the loaders of MNIST, and the percentage of images classified right."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from graders.language import Message, say
from graders.observe.made_loaders import Head, Loader, Made, MadeLoaders
from graders.observe.observation import Failure
from graders.observe.steps import Heard, How, Ref, Talk, steps
from graders.probes.wire import Array
from graders.verdict import Verdict, failed, partial, passed

from .declared import MEAN, SPREAD, built, concluded, first_failure, suite

BATCH = 64
LOADERS = MadeLoaders("load_mnist", {"batch_size": BATCH})


@suite.criterion("mnist.loaders", observe=LOADERS)
def mnist_loaders(made: Made) -> Verdict:
    """Two loaders of images, normalised; that of the larger set is shuffled."""
    loaders = made.loaders
    found = sorted((one for one in loaders if _of_digits(one)), key=lambda one: one.size)
    if not found:
        broken = next((one.problem for one in loaders if one.problem), None)
        if broken:
            return failed("loader-raises", say("Taking a batch from the loader raises {type}.", type=broken))
        return failed("no-digits", say("No loader gives images of 28 × 28 pixels with one channel."))
    train, head = found[-1], found[-1].head
    assert head is not None, "a loader of digits has one"
    mistakes = [*_of_values(head), *_of_order(train)]
    notes = []
    if len(found) > 1 and found[0].size < train.size and found[0].shuffled:
        notes.append(say("The test set is shuffled as well: that changes nothing, and is not needed."))
    if train.drop_last:
        notes.append(
            say("The last, smaller batch is dropped (drop_last): its images are not learned from in that epoch.")
        )
    return concluded(mistakes, notes, {"train-not-shuffled": 0.5, "batch-size": 0.5, "test-set-missing": 0.5})


def _of_digits(loader: Loader) -> bool:
    return loader.head is not None and loader.head.shape[1:] in ([1, 28, 28], [28, 28], [784])


def _of_values(head: Head) -> Sequence[tuple[str, Message]]:
    """What is wrong with the values of the images."""
    if head.shape[1:] != [1, 28, 28]:
        return [
            ("wrong-shape", say("A batch has the shape {shape}, not (64, 1, 28, 28).", shape=str(tuple(head.shape))))
        ]
    bytes_ = (head.images * SPREAD + MEAN) * 255
    if np.abs(bytes_ - bytes_.round()).max() < 0.01 and bytes_.min() > -0.1 and bytes_.max() < 255.1:
        return []
    if head.low >= 0:
        return [
            (
                "not-normalised",
                say(
                    "The images are not normalised: their values go from {low} to {high}.", low=head.low, high=head.high
                ),
            )
        ]
    return [
        (
            "other-constants",
            say("The images are normalised, but not by the mean 0.1307 and the deviation 0.3081 of MNIST."),
        )
    ]


def _of_order(train: Loader) -> Sequence[tuple[str, Message]]:
    found = []
    if not train.shuffled:
        found.append(
            ("train-not-shuffled", say("The training set is not shuffled: every epoch sees the same batches."))
        )
    if train.batch_size != BATCH:
        found.append(("batch-size", say("A batch has {size} images, not 64.", size=train.batch_size)))
    return found


@dataclass(frozen=True, eq=False)
class Asked:
    """Scores that are images, so that a model of ours reads its answer off them."""

    x: Array
    y: Array
    predicted: Array


# How many of each batch are classified right: every mistake gives another number than the others.
RIGHT, SIZES = (47, 53, 5), (64, 64, 22)


def asked(rng: np.random.Generator) -> Asked:
    """150 images in batches of 64, 64 and 22: the last batch is mostly wrong, the others mostly right."""
    hits = [rng.permutation(size) < right for size, right in zip(SIZES, RIGHT, strict=True)]
    y = rng.integers(0, 10, sum(SIZES))
    predicted = np.where(np.concatenate(hits), y, (y + rng.integers(2, 9, len(y))) % 10)
    x = rng.uniform(-1, 0, (len(y), 1, 28, 28)).astype(np.float32)
    x.reshape(len(y), -1)[np.arange(len(y)), predicted] = 1
    return Asked(x, y.astype(np.int64), predicted)


@steps(group="evaluate", seconds=20)
def evaluating(talk: Talk) -> Heard:
    """Let the student's function evaluate a model of ours, and see how it asked it."""
    given = asked(talk.rng)
    model = _scoring(talk)
    loader = talk.keep(talk.given("loader", x=given.x, y=given.y, batch_size=BATCH))
    tools = {
        "criterion": talk.method(talk.given("of_torch", path="nn.CrossEntropyLoss"), "", how=How(quiet=True)),
        "device": talk.given("processor"),
    }
    result = talk.call("evaluate", model=model, loader=loader, **tools, how=How(observe=["printed"]))
    return {
        "given": given,
        "result": result,
        "training": talk.get(model, "training_mode"),
        "gradient": talk.get(model, "with_gradient"),
    }


def _scoring(talk: Talk) -> Ref:
    """A model of ours, with the methods of the student's own network where there is one."""
    ways: list[Callable[[Talk], Ref]] = [lambda inside: inside.keep(inside.given("scoring", classes=10))]
    if talk.knows("MultinomialRegression"):
        like = built(talk, "MultinomialRegression")
        ways.insert(0, lambda inside: inside.keep(inside.given("scoring", classes=10, like=like)))
    return talk.first(*ways)


def _batches(given: Asked) -> list[Array]:
    right = (given.predicted == given.y).astype(float)
    return [right[start : start + BATCH] for start in range(0, len(right), BATCH)]


MISTAKES: dict[str, tuple[Callable[[Asked], float], Message]] = {
    "mean-of-batch-means": (
        lambda given: float(np.mean([one.mean() for one in _batches(given)])),
        say(
            "This is the mean of the percentages of the batches: the last, smaller batch counts as much as a full one."
        ),
    ),
    "counted-only": (
        lambda given: float(np.sum(given.predicted == given.y)),
        say("This is the number of images classified right, not their share."),
    ),
    "divided-by-batches": (
        lambda given: float(np.sum(given.predicted == given.y)) / len(_batches(given)),
        say("The number of images classified right is divided by the number of batches."),
    ),
    "divided-by-batch-size": (
        lambda given: float(np.sum(given.predicted == given.y)) / (BATCH * len(_batches(given))),
        say(
            "The number of images classified right is divided by 64 times the number of batches: the last batch is smaller."
        ),
    ),
    "error-rate": (
        lambda given: float(np.mean(given.predicted != given.y)),
        say("This is the share of images classified wrong."),
    ),
    "last-batch-only": (lambda given: float(_batches(given)[-1].mean()), say("Only the last batch is counted.")),
    "first-batch-only": (lambda given: float(_batches(given)[0].mean()), say("Only the first batch is counted.")),
    "training-mode": (
        lambda given: float(np.mean((given.predicted + 1) % 10 == given.y)),
        say("The model is evaluated in training mode: eval() is missing."),
    ),
}


@suite.criterion("regression.evaluate", observe=evaluating)
def regression_evaluate(heard: Heard) -> Verdict:
    """The share of right answers over the whole set."""
    if lost := first_failure(heard, "result"):
        return lost
    given, found = heard["given"], numbers(heard["result"])
    assert isinstance(given, Asked), "it is our own"
    right = float(np.mean(given.predicted == given.y))
    if not found:
        return failed("returns-nothing", say("The function returns no number: it should return the percentage."))
    for one in found:
        if _close(one, 100 * right) or _close(one, right):
            return _manner(heard, fraction=not _close(one, 100 * right))
    for diagnosis, (formula, sentence) in MISTAKES.items():
        value = formula(given)
        if any(_close(one, value) or _close(one, 100 * value) for one in found):
            return failed(diagnosis, sentence)
    if any(_true(heard["training"])):
        return failed(*(("training-mode", MISTAKES["training-mode"][1])))
    return failed(
        "wrong-percentage", say("The number that is returned is not the percentage of images classified right.")
    )


def in_training_mode(heard: Heard | Failure) -> bool:
    """Whether the function is told that eval() is missing."""
    return not isinstance(heard, Failure) and regression_evaluate(heard).diagnosis == "training-mode"


def _manner(heard: Heard, *, fraction: bool) -> Verdict:
    """How a right number was found."""
    notes = [say("The share is given from 0 to 1 and not in percent.")] if fraction else []
    if any(_true(heard["training"])):
        return partial(0.5, "training-mode", MISTAKES["training-mode"][1])
    if any(_true(heard["gradient"])):
        notes.append(say("The evaluation keeps what a gradient would need: no_grad() saves time and memory."))
    return passed(*notes)


def _true(told: object) -> list[bool]:
    return [bool(one) for one in told] if isinstance(told, list) else []


def numbers(told: object) -> list[float]:
    """The numbers in what was returned."""
    if isinstance(told, bool | Failure):
        return []
    if isinstance(told, int | float):
        return [float(told)]
    if isinstance(told, dict):
        told = list(told.values())
    return [number for one in told for number in numbers(one)] if isinstance(told, list) else []


def _close(one: float, other: float) -> bool:
    """Rounded to one place, a percentage is still itself."""
    return abs(one - other) <= (0.051 if max(abs(one), abs(other)) > 2 else 1e-3)
