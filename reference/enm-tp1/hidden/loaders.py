"""Question 3: what the loaders draw, plainly and by class."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

import numpy as np

from graders.language import Message, say
from graders.laws.failure import verdict_of
from graders.observe.made_loaders import Made
from graders.observe.observation import Failure
from graders.observe.probe import Optional, OrMissing
from graders.observe.steps import Heard, How, Talk, steps
from graders.probes.wire import Array
from graders.verdict import Verdict, failed, passed, together

from .datasets import PLAN, dataset
from .declared import fair, suite
from .draws import even, known, per_class
from .loose import LOOSE, loose

COUNTS, BATCH = (240, 90, 30), 32
SIZE, CLASSES = sum(COUNTS), len(COUNTS)
EPOCHS, DRAWS = 2, 20
# A loader that gives fewer than this share of the examples an epoch draws too few.
LEAST = 0.2
# So few different examples are drawn by one weight a class, or a little more.
FEW = 12


def _asked(talk: Talk, own: bool) -> Heard:
    y = talk.rng.permutation(np.repeat(np.arange(CLASSES), COUNTS)).astype(np.int64)
    x = talk.normal(SIZE, 3).astype(np.float32)
    forms = How(forms=("torch", "numpy"), quiet=True)
    made = talk.call("LabelledDataset", how=forms, x=x, y=y) if own else talk.keep(talk.given("labelled", x=x, y=y))
    heard: dict[str, object] = {"x": x, "y": y}
    for name, weighted, count in (("plain", False, EPOCHS), ("weighted", True, DRAWS)):
        loader = talk.call(
            "make_loader", how=How(quiet=True, seed=11), dataset=made, batch_size=BATCH, weighted=weighted
        )
        heard[f"{name} loader"] = loader
        heard[name] = talk.keep(talk.given("epochs", loader=loader, count=count), tell=True)
    return heard


@steps(group="loaders", seconds=30)
def OWN(talk: Talk) -> Heard:
    """The loaders of the student's own dataset."""
    return _asked(talk, own=True)


@steps(group="loaders", seconds=30)
def OURS(talk: Talk) -> Heard:
    """The loaders of a dataset of ours."""
    return _asked(talk, own=False)


@suite.criterion("data.sampler", observe=(OrMissing(OURS), Optional(OWN), Optional(PLAN), Optional(LOOSE)))
def sampler(
    first: tuple[Heard | Failure],
    own: tuple[Heard | Failure],
    asked: tuple[Heard | Failure],
    beside: tuple[Made | Failure],
) -> Verdict:
    """Shuffled, each example once; weighted, every class as often as another."""
    ours, made = first[0], beside[0]
    if not isinstance(made, Failure) and made.loaders:
        return loose(made)
    if isinstance(ours, Failure):
        return verdict_of(ours)
    mine = None if isinstance(own[0], Failure) else _judged(own[0])
    sound = not isinstance(asked[0], Failure) and dataset(asked[0]).credit > 0
    return fair(mine, _judged(ours), sound=sound)


def _judged(heard: Heard) -> Verdict:
    lost = next((one for name in ("plain", "weighted") if isinstance(one := heard[name], Failure)), None)
    if lost:
        return verdict_of(lost)
    plain, weighted = (_epochs(heard[name]) for name in ("plain", "weighted"))
    if plain is None or weighted is None:
        return failed("not-pairs", say("The loader does not give batches (x, y)."))
    notes: list[Message] = []
    return together(_plainly(plain, notes), _evenly(weighted, notes)) or passed(*notes)


Epoch = list[tuple[Array, Array]]


def _epochs(told: object) -> list[Epoch] | None:
    """Batches of (x, y), epoch by epoch."""
    epochs = cast("Sequence[Sequence[Sequence[object]]]", told)
    read = [[_batch(one) for one in epoch] for epoch in epochs]
    return None if any(one is None for epoch in read for one in epoch) else cast("list[Epoch]", read)


def _batch(one: Sequence[object]) -> tuple[Array, Array] | None:
    if len(one) != 2 or not all(isinstance(part, np.ndarray) for part in one):
        return None
    # Which of the two is which is judged where the dataset is.
    x, y = sorted(cast("Sequence[Array]", one), key=lambda part: -part.ndim)
    return (x, y.reshape(-1)) if x.ndim == 2 and len(x) == y.size else None


def _rows(epoch: Epoch) -> list[bytes]:
    return [row.astype(np.float32).tobytes() for x, _ in epoch for row in x]


def _plainly(epochs: Sequence[Epoch], notes: list[Message]) -> Verdict | None:
    """Each once, in an order that changes."""
    sizes = [len(y) for epoch in epochs for _, y in epoch]
    if not sizes or max(sizes) != BATCH or sizes.count(BATCH) < len(sizes) - EPOCHS:
        return _other_size(sorted(set(sizes)))
    orders = [_rows(epoch) for epoch in epochs]
    if any(len(set(order)) < len(order) for order in orders):
        return failed(
            "drawn-with-replacement",
            say("Without weights an example comes twice in one epoch: each should come once (shuffle=True)."),
        )
    if any(len(order) == SIZE - SIZE % BATCH for order in orders):
        notes.append(
            say("The last, smaller batch is dropped (drop_last): its examples are not learned from in that epoch.")
        )
    elif any(len(order) < SIZE for order in orders):
        return failed(
            "examples-lost", say("Without weights {n} of {all} examples come in an epoch.", n=len(orders[0]), all=SIZE)
        )
    if orders[0] == orders[1]:
        return failed("not-shuffled", say("Without weights every epoch has the same order: shuffle=True is missing."))
    return None


def _other_size(sizes: Sequence[int]) -> Verdict:
    return failed(
        "batch-size-ignored",
        say("Batches of {size} were asked for; the loader gives {sizes}.", size=BATCH, sizes=str(sizes)),
    )


def _evenly(epochs: Sequence[Epoch], notes: list[Message]) -> Verdict | None:
    """Every class as often as another, as far as luck goes."""
    labels = np.concatenate([y for epoch in epochs for _, y in epoch] or [np.zeros(0)]).astype(int)
    rows = [_rows(epoch) for epoch in epochs]
    counts = (
        np.bincount(labels, minlength=CLASSES)[:CLASSES] if labels.size and labels.min() >= 0 else np.zeros(CLASSES)
    )
    different = len({row for epoch in rows for row in epoch})
    if different <= FEW:
        return per_class(different)
    if labels.size < LEAST * SIZE * DRAWS:
        return failed(
            "too-few-draws",
            say("A weighted epoch has {n} examples only: num_samples is the number of draws an epoch.", n=len(rows[0])),
        )
    if max(len(y) for epoch in epochs for _, y in epoch) != BATCH:
        return _other_size(sorted({len(y) for epoch in epochs for _, y in epoch}))
    share = counts / labels.size
    return None if even(share, labels.size) else _uneven(share, rows)


def _uneven(share: Array, rows: Sequence[Sequence[bytes]]) -> Verdict:
    if all(len(set(one)) == len(one) == SIZE for one in rows):
        return failed(
            "each-once",
            say(
                "With weights every example still comes exactly once an epoch: the weights change nothing (is the sampler "
                "given to the loader, with replacement?)."
            ),
        )
    return known(share, np.array(COUNTS, float))
