"""The suite, and what its parts share: hidden data, networks as they were traced."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import cast

import numpy as np

from graders.language import Message
from graders.laws.failure import verdict_of
from graders.laws.trace import Pass
from graders.observe.observation import Failure, Seen
from graders.observe.probe import Reader
from graders.observe.steps import Heard, How, Ref, Talk
from graders.probes.wire import Array, Value
from graders.suite.loading import published
from graders.suite.suite import Suite
from graders.verdict import Verdict, failed, passed

suite = Suite("amu-tp4")
data = published("amu-tp4", "data")
MEAN, SPREAD = 0.1307, 0.3081
_PASS = Reader(Pass)


@cache
def digit_sets(seed: int) -> list[tuple[Array, Array]]:
    """Training, validation and hidden digits: (n, 1, 28, 28) normalised as MNIST is, labels int64."""
    found = data.digit_sets(np.random.default_rng([seed, 1]), 640, 128, 400)
    return [
        (((images / 255 - MEAN) / SPREAD).astype(np.float32)[:, None], labels.astype(np.int64))
        for images, labels in found
    ]


@cache
def wall_sets(seed: int) -> list[tuple[list[Array], Array]]:
    """Training, validation and hidden walls: the bytes of JPEG files, and labels."""
    rng = np.random.default_rng([seed, 2])
    return [_walls(rng, size) for size in (160, 24, 120)]


@cache
def more_walls(seed: int) -> tuple[list[Array], Array]:
    """Four times as many to learn from, those of the training set among them."""
    contents, labels = wall_sets(seed)[0]
    more, others = _walls(np.random.default_rng([seed, 3]), 3 * len(labels))
    return [*contents, *more], np.concatenate([labels, others])


def _walls(rng: np.random.Generator, size: int) -> tuple[list[Array], Array]:
    images, labels = data.walls(rng, size)
    return [np.frombuffer(data.jpeg(one), np.uint8) for one in images], labels.astype(np.float32)


# What a constructor may ask for.
CONSTRUCTED: dict[str, dict[str, object]] = {
    "MultinomialRegression": {"n_features": 784, "n_classes": 10},
    "CNN1": {"in_channels": 1, "n_classes": 10},
    "CNN2": {"in_channels": 1, "n_classes": 10},
    "CrackCNN": {"in_channels": 1, "n_classes": 1},
}


def built(talk: Talk, name: str, seed: int = 0) -> Ref:
    """A network of the student's, with what its constructor asks for and has no value of its own for."""
    bound = talk.context.bound(name)
    asks = bound is not None and any(one.required for one in bound.definition.parameters)
    values = {one: value for one, value in CONSTRUCTED[name].items() if bound and asks and not bound.has_default(one)}
    return talk.call(name, how=How(seed=seed), **values)


def traced(told: object, x: Array) -> Pass | Failure:
    """A pass as it was told, with our own input."""
    if isinstance(told, Failure):
        return told
    seen = _PASS.read(Seen(cast("Value", told)))
    return seen if isinstance(seen, Failure) else seen.model_copy(update={"input": x})


def first_failure(heard: Heard, *names: str) -> Verdict | None:
    """The verdict where one of these was not seen."""
    lost = next((one for name in names if isinstance(one := heard[name], Failure)), None)
    return verdict_of(lost) if lost else None


def concluded(mistakes: Sequence[tuple[str, Message]], notes: Sequence[Message], worth: Mapping[str, float]) -> Verdict:
    """Passed without mistakes; else the name of the first, a share of the points where each of them is worth one."""
    if not mistakes:
        return passed(*notes)
    share = min(worth.get(name, 0.0) for name, _ in mistakes)
    said = tuple(sentence for _, sentence in mistakes)
    if not share:
        return failed(next(name for name, _ in mistakes if not worth.get(name)), *said)
    from graders.verdict import partial

    return partial(share, mistakes[0][0], *said)
