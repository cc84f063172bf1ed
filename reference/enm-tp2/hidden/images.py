"""A network of the student's on images of a size that it takes: the first of several sizes, should one be written into it."""

from __future__ import annotations

import re
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
# What is learned by. Another may be written into a network, which then takes no other batches: it stands in the text.
BATCH, MOST_BATCH, MOST_WRITTEN = 32, 512, 3
WRITTEN = re.compile(
    r"(?:view|reshape)\(\s*(?:[a-z_]\w*\s*,\s*)?\(?\s*(\d+)\b|(?:batch|bs|lots?)\w*\s*=\s*(\d+)\b", re.IGNORECASE
)
QUIET = How(quiet=True)
WHOLE = (SIDE, 8)
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
    whole: Callable[[Talk, int, int], object] | None = None,
) -> Ref:
    """What `ask` does with the first size of which the network takes two blank images; else `whole`, where it takes a batch of
    that many alone."""

    def way(side: int, size: int, what: Callable[[Talk, int], object]) -> Callable[[Talk], None]:
        def tried(inside: Talk) -> None:
            inside.method(model, "", inside.given("blank", sizes=[size, channels, side, side]), how=QUIET)
            what(inside, side)

        return tried

    def filled(ask_whole: Callable[[Talk, int, int], object], size: int) -> Callable[[Talk, int], object]:
        return lambda inside, side: ask_whole(inside, side, size)

    whole_ways = [way(side, size, filled(whole, size)) for size in sizes(talk) for side in WHOLE] if whole else []
    return talk.first(*(way(side, 2, ask) for side in sides), *whole_ways)


def sizes(talk: Talk) -> list[int]:
    """How many images a batch may hold: as many as ours do, or as is written where a batch or a shape is made."""
    texts = [chunk for source in talk.context.binding.sources for chunk in source.chunks]
    found = [int(one or other) for text in texts for one, other in WRITTEN.findall(text)]
    others = [size for size in dict.fromkeys(found) if 3 < size <= MOST_BATCH and size != BATCH]
    return [BATCH, *others[:MOST_WRITTEN]]


def batch(x: Array, size: int) -> Array:
    """As many images: these, over and over."""
    return np.ascontiguousarray(x[np.arange(size) % len(x)])


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
    if ours is not None and len(ours) < len(seen.input) <= MOST_BATCH:
        ours = batch(ours, len(seen.input))
    return Failure("unreadable", message="input") if ours is None else seen.model_copy(update={"input": ours})
