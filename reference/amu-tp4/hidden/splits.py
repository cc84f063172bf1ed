"""Question 2: training, validation and test hold 60, 20 and 20 % of the files, none of them twice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from graders.language import Message, say
from graders.laws.failure import verdict_of
from graders.observe.made_loaders import Loader, Made, MadeLoaders
from graders.observe.observation import Failure
from graders.observe.probe import Optional
from graders.observe.steps import Heard, Talk, steps
from graders.probes.wire import Array, Value
from graders.verdict import Status, Verdict

from .counts import PROGRAM
from .cracks import items
from .declared import concluded, suite

# Shares that are drawn image by image deviate by 0.009 at so many images: beyond the tolerance about once in 10 000 times.
# 80 % of 80 % in the place of 60 % deviates by 0.04.
SIZE, TOLERANCE = 3000, 0.035
SHARES = (0.6, 0.2, 0.2)
Sets = list[list[str]]


def _named(rng: np.random.Generator) -> tuple[list[Value], Array]:
    """Paths of ours, and their labels."""
    labels = rng.permutation(np.arange(SIZE) % 2)
    return [f"./{'Positive' if one else 'Negative'}/{place:05d}.jpg" for place, one in enumerate(labels)], labels


@steps(group="split", seconds=20)
def divided(talk: Talk) -> Heard:
    """The student's function, where there is one, on paths of ours."""
    names, labels = _named(talk.rng)
    return {"sets": talk.call("split", images=names, labels=labels)}


DATASETS = MadeLoaders(
    "split",
    dict(zip(("images", "labels"), _named(np.random.default_rng(4)), strict=True)),
    20,
    "datasets",
    programs=False,
)


@suite.criterion("cracks.split", observe=(Optional(divided), Optional(DATASETS), Optional(PROGRAM), Optional(items)))
def cracks_split(
    heard: tuple[Heard | Failure],
    datasets: tuple[Made | Failure],
    program: tuple[Made | Failure],
    read: tuple[Heard | Failure],
) -> Verdict:
    """Three sets of files, in these shares, of both classes."""
    (told,), (given,), (made,), (images,) = heard, datasets, program, read
    sets = [] if isinstance(told, Failure) or isinstance(told["sets"], Failure) else unique(paths(told["sets"]))
    if len(sets) < 2 and not isinstance(given, Failure):
        sets = unique([one.files for one in given.loaders if one.files])
    if len(sets) < 2:
        sets = [] if isinstance(made, Failure) else unique([one.files for one in made.loaders if one.files])
        if wrong := _mixed([] if isinstance(made, Failure) else made.loaders):
            return concluded([wrong], (), {})
        sets += [] if isinstance(made, Failure) else _left(sets, made.held)
    if not sets and isinstance(images, Failure) and images.kind == "missing":
        return verdict_of(told if isinstance(told, Failure) and told.kind == "missing" else images)
    if not sets:
        said = say(
            "The sets of files could not be seen: no loader reads files, and no function divides them. A person decides."
        )
        return Verdict(status=Status.PENDING, credit=0, diagnosis="not-seen", feedback=(said,))
    return concluded(_mistakes(sets), (), {"wrong-shares": 0.5, "one-class": 0.5})


def paths(told: object) -> Iterator[list[str]]:
    """Every list of paths in what was returned."""
    if isinstance(told, dict):
        told = list(told.values())
    if isinstance(told, list) and told:
        texts = [one[0] if isinstance(one, list) and one else one for one in told]
        if all(isinstance(one, str) and one.endswith(".jpg") for one in texts):
            yield ["/".join(str(one).split("/")[-2:]) for one in texts]
        else:
            yield from (found for one in told for found in paths(one))


def unique(sets: Iterator[list[str]] | Sequence[list[str]]) -> Sets:
    """Sets that differ, the largest first."""
    return sorted({frozenset(one): one for one in sets}.values(), key=len, reverse=True)


def _left(sets: Sets, held: Sequence[list[str]]) -> Sets:
    """The third set, where two are loaded: what else a variable holds that has no file of theirs."""
    loaded = {file for one in sets for file in one}
    return unique([one for one in held if not loaded & {*one}])[:1] if len(sets) == 2 else []


def _mixed(loaders: Sequence[Loader]) -> tuple[str, Message] | None:
    """Labels that are not those of the folders."""
    for one in loaders:
        cracked = [int("positive" in path.lower()) for path in one.files]
        if one.files and len(one.labels) == len(cracked) and one.labels != cracked and {*cracked} == {0, 1}:
            return (
                "labels-mixed",
                say("Some images have not the label of their folder: images and labels were not divided alike."),
            )
    return None


def _mistakes(sets: Sets) -> list[tuple[str, Message]]:
    if len(sets) < 3:
        return [("set-missing", say("There are {n} sets of files, not three.", n=len(sets)))]
    train, *others = sets[:3]
    if any({*train} & {*one} for one in others):
        return [
            ("test-in-train", say("Some images that are learned from stand in the validation or the test set as well."))
        ]
    if {*others[0]} & {*others[1]}:
        return [("valid-in-test", say("The validation set and the test set share images."))]
    total = sum(map(len, sets[:3]))
    shares = [len(one) / total for one in sets[:3]]
    wrong: list[tuple[str, Message]] = []
    if any(abs(one - wanted) > TOLERANCE for one, wanted in zip(shares, SHARES, strict=True)):
        wrong.append(
            (
                "wrong-shares",
                say(
                    "The sets hold {shares} % of the images, not 60, 20 and 20.",
                    shares=", ".join(f"{100 * one:.0f}" for one in shares),
                ),
            )
        )
    if any(len({path.split("/")[-2].lower() for path in one if "/" in path}) == 1 for one in sets[:3]):
        wrong.append(("one-class", say("One of the sets holds images of one class only.")))
    return wrong
