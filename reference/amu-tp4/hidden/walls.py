"""Hidden walls as student code reads them: by its own dataset, else by ours."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from graders.observe.steps import How, Ref, Talk
from graders.probes.wire import Array

from .declared import more_walls, wall_sets

DATASET, FOLDERS = "Dataset_fissures", ("Negative", "Positive")
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
            found[name] = read(talk, files(talk, contents[:size], known), known, model)
    return found


def read(talk: Talk, paths: Ref, labels: Array, model: Ref) -> Ref:
    """A set of tensors (images, labels) that the network takes."""

    def own(made: Callable[[Talk], Ref]) -> Callable[[Talk], None]:
        def way(inside: Talk) -> None:
            given = inside.given("held", dataset=made(inside), labels=np.asarray(labels, np.float32), model=model)
            inside.keep(given)

        return way

    ways = [own(one) for one in made_of(talk, paths, np.asarray(labels, np.float32))] if talk.knows(DATASET) else []
    sizes = [(side, channels) for channels in (1, 3) for side in SIDES]
    return talk.first(*ways, *(_ours(paths, labels, model, *size) for size in sizes))


def _ours(paths: Ref, labels: Array, model: Ref, side: int, channels: int) -> Callable[[Talk], None]:
    """Pictures of this size, if the network takes a blank one."""

    def way(inside: Talk) -> None:
        inside.method(model, "", inside.given("blank", sizes=[2, channels, side, side]), how=QUIET)
        inside.keep(inside.given("pictured", paths=paths, labels=labels, side=side, channels=channels))

    return way


def files(talk: Talk, contents: Sequence[Array], labels: Array) -> Ref:
    """The files, and their paths: some read the class off the folder."""
    folders = [FOLDERS[int(one)] for one in labels]
    return talk.keep(talk.given("files", contents=list(contents), folders=folders))


def made_of(talk: Talk, paths: Ref, labels: Array) -> Sequence[Callable[[Talk], Ref]]:
    """Ways to make the student's dataset: of paths and labels apart, or, where it takes no labels, of pairs."""
    bound = talk.context.bound(DATASET)
    ways: list[Callable[[Talk], Ref]] = [lambda one: one.call(DATASET, img_path=paths, img_labels=labels)]
    if bound and "img_labels" not in bound.taken:
        pairs = talk.keep(talk.given("pairs", first=paths, second=labels.tolist()))
        ways.append(lambda one: one.call(DATASET, img_path=pairs))
    return ways
