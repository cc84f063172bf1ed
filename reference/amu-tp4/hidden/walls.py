"""Hidden walls as student code reads them: by its own dataset, else by ours."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from graders.observe.steps import How, Ref, Talk
from graders.probes.wire import Array

from .declared import more_walls, wall_sets

DATASET = "Dataset_fissures"
# What a network may want where its dataset does not work, the usual sizes first.
SIDES = (64, 227, 128, 224, 56, 48, 32, 100, 96, 112, 120, 80, 60, 50, 28, 150, 160, 200, 256)
QUIET = How(quiet=True)


def sets(talk: Talk, model: Ref, *, more: bool = False, **sizes: int) -> dict[str, Ref]:
    """The walls that are learned from (or `more` of them), those to validate on, and hidden ones without their labels; the
    first so many of them, or where no sizes are given all three."""
    taught, *others = wall_sets(talk.context.seed)
    every, found = (more_walls(talk.context.seed) if more else taught, *others), {}
    for name, (contents, labels) in zip(("taught", "valid", "hidden"), every, strict=True):
        if size := sizes.get(name, 0 if sizes else len(labels)):
            known = labels[:size] if name != "hidden" else np.zeros(size, np.float32)
            found[name] = read(talk, files(talk, contents[:size]), known, model)
    return found


def read(talk: Talk, paths: Ref, labels: Array, model: Ref) -> Ref:
    """A set of tensors (images, labels) that the network takes."""

    def own(inside: Talk) -> None:
        dataset = inside.call(DATASET, img_path=paths, img_labels=np.asarray(labels, np.float32))
        inside.keep(inside.given("held", dataset=dataset, labels=np.asarray(labels, np.float32), model=model))

    ways = [own] if talk.knows(DATASET) else []
    sizes = [(side, channels) for channels in (1, 3) for side in SIDES]
    return talk.first(*ways, *(_ours(paths, labels, model, *size) for size in sizes))


def _ours(paths: Ref, labels: Array, model: Ref, side: int, channels: int) -> Callable[[Talk], None]:
    """Pictures of this size, if the network takes a blank one."""

    def way(inside: Talk) -> None:
        inside.method(model, "", inside.given("blank", sizes=[2, channels, side, side]), how=QUIET)
        inside.keep(inside.given("pictured", paths=paths, labels=labels, side=side, channels=channels))

    return way


def files(talk: Talk, contents: Sequence[Array]) -> Ref:
    """The files, and their paths."""
    return talk.keep(talk.given("files", contents=list(contents)))
