"""Question 2: the loop that trains the network for cracks, as it was seen at work."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

import numpy as np

from graders.language import Message, say
from graders.laws.loop import accumulates
from graders.laws.pointwise import sigmoid
from graders.observe.observation import Failure, Seen
from graders.observe.probe import Reader
from graders.observe.steps import Heard, How, Steps, Talk, steps
from graders.observe.training import Event
from graders.probes.wire import Value
from graders.verdict import Verdict, failed

from . import walls
from .declared import concluded, first_failure, suite, wall_sets

EPOCHS, MORE, BATCH = 10, 30, 16
RATE = 1e-3
ENOUGH = 0.92
_EVENTS = Reader(list[Event])


def lesson(epochs: int) -> object:
    """A training of the student's network on hidden walls, watched, and its answers on others."""

    def plan(talk: Talk) -> Heard:
        sets = wall_sets(talk.context.seed)
        train = "train_cracks" if talk.knows("train_cracks") else "train"
        model = talk.call("CrackCNN", how=How(seed=epochs))
        talk.method(model, "eval", how=walls.QUIET)
        taught, valid, hidden = (
            walls.read(
                talk, walls.files(talk, contents), labels if place < 2 else np.zeros(len(labels), np.float32), model
            )
            for place, (contents, labels) in enumerate(sets)
        )
        bound = talk.context.bound(train)
        told: dict[str, object] = {"epochs": epochs} | ({} if bound and bound.has_default("lr") else {"lr": RATE})
        loaders = {
            "train_loader": talk.keep(talk.given("loader_of", dataset=taught, batch_size=BATCH, shuffle=True)),
            "valid_loader": talk.keep(talk.given("loader_of", dataset=valid, batch_size=BATCH)),
        }
        tools = given_tools(talk, train, model, "nn.BCEWithLogitsLoss", RATE)
        history = talk.call(
            train, model=model, **loaders, **told, **tools, how=How(watch=model, seed=epochs, observe=["printed"])
        )  # type: ignore[arg-type]  # all are values of the plan
        talk.method(model, "eval", how=How(quiet=True))
        return {
            "history": history,
            "events": history.events,
            "answers": talk.method(model, "", talk.get(hidden, "tensors.0", how=walls.QUIET)),
            "labels": sets[2][1],
            "rate": None if "lr" in told else RATE,
        }

    plan.__qualname__ = f"lesson.{epochs}"
    return plan


def given_tools(talk: Talk, train: str, model: object, loss: str, rate: float) -> dict[str, object]:
    """What a training function may want from its caller; a program makes its own."""
    bound = talk.context.bound(train)
    if bound and bound.scope is not None:
        return {}
    weights = talk.method(model, "parameters", how=How(quiet=True))
    return {
        "criterion": talk.method(talk.given("of_torch", path=loss), "", how=How(quiet=True)),
        "optimizer": talk.method(talk.given("of_torch", path="optim.Adam"), "", weights, lr=rate, how=How(quiet=True)),
        "device": talk.given("device", name="cpu"),
    }


def share(heard: Heard) -> float:
    """The share of walls classified right: by one logit, by a probability, or by two scores."""
    answers, labels = heard["answers"], heard["labels"]
    if not isinstance(answers, np.ndarray) or not isinstance(labels, np.ndarray) or answers.shape[:1] != labels.shape:
        return 0.0
    if answers.ndim == 2 and answers.shape[1] == 2:
        return float(np.mean((answers[:, 1] > answers[:, 0]) == labels))
    if answers.size != labels.size:
        return 0.0
    flat = answers.reshape(-1)
    return float(np.mean((flat > (0.5 if flat.min() >= 0 and flat.max() <= 1 else 0)) == labels))


LESSON = cast(
    "Steps",
    steps(
        group="crack lesson",
        seconds=120,
        ways=[cast("object", lesson(MORE))],
        enough=lambda heard: share(heard) >= ENOUGH,
    )(  # type: ignore[list-item]  # a plan
        lesson(EPOCHS)  # type: ignore[arg-type]  # a plan
    ),
)


@dataclass(frozen=True)
class Epoch:
    """Passes that are learned from, and those after them that are not."""

    learned: Sequence[Event]
    looked: Sequence[Event]


@suite.criterion("cracks.training", observe=LESSON)
def cracks_training(heard: Heard) -> Verdict:
    """BCEWithLogitsLoss, Adam at 1e-3, and a validation in evaluation mode after every epoch."""
    events = (
        _EVENTS.read(Seen(cast("Value", heard["events"])))
        if not isinstance(heard["events"], Failure)
        else heard["events"]
    )
    if isinstance(events, Failure) or not any(one.event == "backward" for one in events):
        return first_failure(heard, "history") or failed(
            "nothing-learned", say("The training function made no backward pass.")
        )
    wrong = [*_of_loss(events), *_of_steps(events, heard["rate"]), *_of_validation(epochs(events))]
    return concluded(
        wrong,
        (),
        {
            "other-loss": 0.5,
            "other-optimizer": 0.5,
            "other-rate": 0.5,
            "validated-once": 0.5,
            "validation-missing": 0.5,
            "eval-missing": 0.5,
            "validates-on-train": 0.5,
            "train-mode-lost": 0.5,
        },
    )


def _of_loss(events: Sequence[Event]) -> list[tuple[str, Message]]:
    losses = [one for one in events if one.event == "loss" and isinstance(one.input, np.ndarray)]
    names = {one.name for one in losses}
    if losses and "binary_cross_entropy_with_logits" not in names:
        return [("other-loss", say("The loss is not BCEWithLogitsLoss but {names}.", names=", ".join(sorted(names))))]
    outputs = [
        one.output for one in events if one.event == "forward" and one.grad and isinstance(one.output, np.ndarray)
    ]
    pairs = zip(outputs, (one.input for one in losses), strict=False)
    if losses and any(
        o.size == np.size(i)
        and not np.allclose(o.reshape(-1), np.reshape(i, -1))
        and np.allclose(sigmoid(o.reshape(-1)), np.reshape(i, -1), atol=1e-5)
        for o, i in list(pairs)[:3]
    ):
        return [("sigmoid-twice", say("A sigmoid is applied before BCEWithLogitsLoss, which applies one itself."))]
    return []


def _of_steps(events: Sequence[Event], rate: object) -> list[tuple[str, Message]]:
    made = [one for one in events if one.event == "step"]
    if not made:
        return [("never-steps", say("The optimizer makes no step."))]
    if accumulates(events):
        return [("gradients-accumulate", say("The gradients are not set to zero between two steps: they add up."))]
    if made[0].covered < 1:
        return [("not-all-parameters", say("The optimizer does not hold all parameters of the network."))]
    if made[0].name not in ("Adam", "AdamW"):
        return [("other-optimizer", say("The optimizer is {name}, not Adam.", name=made[0].name))]
    if isinstance(rate, float) and made[0].rates and not np.isclose(made[0].rates[0], rate):
        return [("other-rate", say("The learning rate is {rate}, not 0.001.", rate=made[0].rates[0]))]
    return []


def epochs(events: Sequence[Event]) -> list[Epoch]:
    """Stretches of learning, each with the passes after it from which nothing is learned."""
    found: list[tuple[list[Event], list[Event]]] = [([], [])]
    waiting: list[Event] = []
    for one in events:
        if one.event == "forward":
            waiting.append(one)
        elif one.event == "backward" and waiting:
            *looked, learned = waiting
            found[-1][1].extend(looked)
            if looked and found[-1][0]:
                found.append(([], []))
            found[-1][0].append(learned)
            waiting = []
    found[-1][1].extend(waiting)
    return [Epoch(learned, looked) for learned, looked in found if learned]


def _rows(passes: Sequence[Event]) -> set[tuple[float, ...]]:
    return {tuple(row) for one in passes if isinstance(one.rows, np.ndarray) for row in np.round(one.rows, 5).tolist()}


def _of_validation(seen: Sequence[Epoch]) -> list[tuple[str, Message]]:
    looked = [one for epoch in seen for one in epoch.looked]
    if not looked:
        return [("validation-missing", say("The network is never validated while it learns."))]
    if len(seen) <= 1:
        return [("validated-once", say("The network is validated once, and not after every epoch."))]
    if any(one.training for one in looked):
        return [("eval-missing", say("The validation runs in training mode: eval() is missing."))]
    if not _rows(looked) - _rows([one for epoch in seen for one in epoch.learned]):
        return [("validates-on-train", say("The validation looks at the images of the training set."))]
    if any(one.training is False for epoch in seen[1:] for one in epoch.learned):
        return [
            (
                "train-mode-lost",
                say("After the first validation the network learns in evaluation mode: train() is missing."),
            )
        ]
    return []


@suite.criterion("cracks.accuracy", observe=LESSON)
def cracks_accuracy(heard: Heard) -> Verdict:
    """The share of hidden walls that the trained network classifies right.

    Ten seeds, reference: 0.94 to 1.00 after 10 epochs of 13 batches; a linear model: 0.58 to 0.65.
    """
    if lost := first_failure(heard, "answers"):
        return first_failure(heard, "history") or lost
    return reached(share(heard), ENOUGH)


def reached(found: float, wanted: float) -> Verdict:
    """The verdict on a share of right answers."""
    from graders.verdict import passed

    if found >= wanted:
        return passed(say("{share} % of the hidden images are classified right.", share=round(100 * found, 1)))
    return failed(
        "below-the-threshold",
        say(
            "{share} % of the hidden images are classified right; {wanted} % were asked for.",
            share=round(100 * found, 1),
            wanted=round(100 * wanted),
        ),
    )
