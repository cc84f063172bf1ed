"""A network of the student's on images of a size that it takes: the first of several sizes, should one be written into it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from graders.laws.trace import Pass
from graders.observe.observation import Failure, Seen
from graders.observe.probe import Reader
from graders.observe.steps import How, Ref, Talk
from graders.probes.wire import Array

from .declared import data

SIDE, CHANNELS, KINDS = data.SIDE, data.CHANNELS, len(data.KINDS)
# 8 is the smallest that the statement names; others stand for a size that is written into a network.
SIDES = (8, 16, 32, 28, 24, 64, 48, 40, 96, 128, 224, 227)
QUIET = How(quiet=True)
_PASS = Reader(Pass)


def network(talk: Talk, name: str, *, channels: int = CHANNELS, classes: int = KINDS, seed: int | None = None) -> Ref:
    """A network in evaluation mode."""
    how = How(quiet=True, seed=seed)
    model = talk.call(name, in_channels=channels, n_classes=classes, image_size=SIDE, how=how)
    talk.method(model, "eval", how=QUIET)
    return model


def sized(
    talk: Talk,
    model: Ref,
    ask: Callable[[Talk, int], object],
    *,
    sides: tuple[int, ...] = SIDES,
    channels: int = CHANNELS,
) -> Ref:
    """What `ask` does with the first size of which the network takes a blank image."""

    def way(side: int) -> Callable[[Talk], None]:
        def tried(inside: Talk) -> None:
            inside.method(model, "", inside.given("blank", sizes=[2, channels, side, side]), how=QUIET)
            ask(inside, side)

        return tried

    return talk.first(*(way(side) for side in sides))


def enlarged(x: Array, side: int) -> Array:
    """Images repeated or left out pixel by pixel, so that they have this size."""
    places = np.arange(side) * x.shape[-1] // side
    return np.ascontiguousarray(x[:, :, places][:, :, :, places])


def traced(told: object, inputs: Mapping[int, Array]) -> Pass | Failure:
    """A pass as it was told, with our own input of that size."""
    if isinstance(told, Failure):
        return told
    seen = _PASS.read(Seen(told))  # type: ignore[arg-type]  # plain data
    if isinstance(seen, Failure):
        return seen
    ours = inputs.get(seen.input.shape[-1]) if seen.input.ndim == 4 else None
    return Failure("unreadable", message="input") if ours is None else seen.model_copy(update={"input": ours})
