"""Question 2: the loop that trains the network for cracks, as it was seen at work."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import cast

import numpy as np

from graders.language import Message, say
from graders.laws.loop import accumulates, batches, with_steps
from graders.laws.pointwise import sigmoid
from graders.observe.observation import Failure, Seen
from graders.observe.probe import Optional, Reader
from graders.observe.steps import Heard, How, Ref, Talk, steps
from graders.observe.training import Event
from graders.probes.wire import Array, Value
from graders.verdict import Verdict, failed, passed

from . import walls
from .declared import built, concluded, first_failure, suite
from .digits import evaluating, in_training_mode

RATE = 1e-3
LOSSES = ("BCEWithLogitsLoss", "BCELoss", "MSELoss", "CrossEntropyLoss")
OPTIMIZERS = ("Adam", "AdamW", "SGD", "RMSprop")
# The loop is watched for a short while, on few walls.
EPOCHS, BATCH, TAUGHT, VALID = 3, 8, 32, 16
# What the images to learn from are kept under, beside "train".
TRAIN_KEYS = frozenset(("app", "appr", "apprentissage", "entrainement", "entraînement", "training"))
_EVENTS = Reader(list[Event])
# What costs half the points.
HALF = (
    "other-loss", "other-optimizer", "other-rate", "validated-once", "validation-missing", "eval-missing",
    "validates-on-train", "train-mode-lost",
)  # fmt: skip


def trainer(talk: Talk) -> str:
    """The function that trains the network for cracks."""
    return "train_cracks" if talk.knows("train_cracks") else "train"


def lesson(talk: Talk, model: Ref, sets: Mapping[str, Ref], epochs: int, how: How) -> Ref:
    """Let the student's loop train a network on sets of walls."""
    train = trainer(talk)
    loaders = {
        "train_loader": talk.keep(talk.given("loader_of", dataset=sets["taught"], batch_size=BATCH, shuffle=True)),
        "valid_loader": talk.keep(talk.given("loader_of", dataset=sets["valid"], batch_size=BATCH)),
    }
    tools = given_tools(talk, train, model, named(talk, LOSSES), named(talk, OPTIMIZERS))
    how = replace(how, about="CrackCNN")
    return talk.call(train, how=how, model=model, **together(talk, train, loaders), epochs=epochs, lr=RATE, **tools)


def together(talk: Talk, train: str, loaders: dict[str, Ref]) -> dict[str, object]:
    """Loaders by themselves, and in a dict as a function with phases takes them; under French keys where these are read."""
    bound = talk.context.bound(train)
    read = {one.key for one in bound.definition.reads} if bound else set[str]()
    taught = dict.fromkeys(("train", *sorted(TRAIN_KEYS & read)), loaders["train_loader"])
    valid = dict.fromkeys(("val", "valid", "validation", "test"), loaders["valid_loader"])
    return {**loaders, "loaders": {**taught, **valid}}


def named(talk: Talk, names: Sequence[str]) -> str:
    """The first of these names that the submission names: what its program gives to its own function."""
    text = "\n".join(chunk for source in talk.context.binding.sources for chunk in source.chunks)
    return next((one for one in names if re.search(rf"\b{one}\b", text)), names[0])


@steps(group="crack lesson", seconds=150)
def watched(talk: Talk) -> Heard:
    """A short training of the student's network, event by event."""
    model = built(talk, "CrackCNN", EPOCHS)
    talk.method(model, "eval", how=walls.QUIET)
    sets = walls.sets(talk, model, taught=TAUGHT, valid=VALID)
    bound = talk.context.bound(trainer(talk))
    history = lesson(talk, model, sets, EPOCHS, How(watch=model, seed=EPOCHS, observe=["printed"]))
    return {
        "history": history,
        "events": history.events,
        "whole": bool(bound) and bound.scope is None,
    }


def given_tools(talk: Talk, train: str, model: object, loss: str, optimizer: str) -> dict[str, object]:
    """What a training function may want from its caller; a program makes its own."""
    bound = talk.context.bound(train)
    if bound and bound.scope is not None:
        return {"device": talk.given("processor")}
    weights = talk.method(model, "parameters", how=How(quiet=True))
    return {
        "criterion": talk.method(talk.given("of_torch", path=f"nn.{loss}"), "", how=How(quiet=True)),
        "optimizer": talk.method(
            talk.given("of_torch", path=f"optim.{optimizer}"), "", weights, lr=RATE, how=How(quiet=True)
        ),
        "device": talk.given("processor"),
    }


@dataclass(frozen=True)
class Epoch:
    """Passes that are learned from, and those after them that are not."""

    learned: Sequence[Event]
    looked: Sequence[Event]


@suite.criterion("cracks.training", observe=(watched, Optional(evaluating)))
def cracks_training(heard: Heard, evaluation: tuple[Heard | Failure]) -> Verdict:
    """BCEWithLogitsLoss, Adam at 1e-3, and a validation in evaluation mode after every epoch."""
    events = seen_of(heard)
    if not any(one.event == "backward" for one in events):
        return first_failure(heard, "history", "events") or failed(
            "nothing-learned", say("The training function made no backward pass.")
        )
    found = mistakes(heard, events)
    if [name for name, _ in found] == ["eval-missing"] and in_training_mode(evaluation[0]):
        return passed(say("The validation runs in training mode, as `evaluate` does, where it is paid."))
    return concluded(found, notes(events), dict.fromkeys(HALF, 0.5))


def seen_of(heard: Heard) -> Sequence[Event]:
    """The events of the training that was watched; what changes weights by hand makes steps too."""
    told = heard["events"]
    seen = told if isinstance(told, Failure) else _EVENTS.read(Seen(cast("Value", told)))
    if isinstance(seen, Failure):
        return []
    return with_steps(seen if heard["whole"] else _last_loop(seen))


def _last_loop(events: Sequence[Event]) -> Sequence[Event]:
    """A program trains in each of its loops; the last one is that for cracks, after every step by other means."""
    steps = [place for place, one in enumerate(events) if one.event in ("step", "moved")]
    names = {kind: [one.name for one in events if one.event == kind][-1:] for kind in ("loss", "step")}
    others = [place for place, one in enumerate(events) if one.event in names and [one.name] != names[one.event]]
    start = max((next((step for step in steps if step >= place), -1) for place in others), default=-1)
    return events[start + 1 :]


def mistakes(heard: Heard, events: Sequence[Event]) -> list[tuple[str, Message]]:
    """What is wrong with a training."""
    return [*_of_loss(events), *_of_steps(events), *_of_validation(epochs(events), whole=heard["whole"] is True)]


def notes(events: Sequence[Event]) -> list[Message]:
    """A loss that goes with an output which is judged by itself."""
    names = {one.name for one in _losses(events)}
    if names and "binary_cross_entropy_with_logits" not in names and not _of_loss(events):
        return [say("The loss goes with what the network gives; one logit goes with BCEWithLogitsLoss.")]
    return []


def _losses(events: Sequence[Event]) -> list[Event]:
    return [one for one in events if one.event == "loss" and isinstance(one.input, np.ndarray)]


def _of_loss(events: Sequence[Event]) -> list[tuple[str, Message]]:
    names = {one.name for one in _losses(events)}
    learned = [
        (one.forward.output, one.loss.input)
        for one in batches(events)
        if one.forward and one.loss and isinstance(one.forward.output, np.ndarray) and one.loss.input is not None
    ]
    pairs = [(np.reshape(o, -1), np.reshape(i, -1)) for o, i in learned if np.size(o) == np.size(i)][:3]
    if names and "binary_cross_entropy_with_logits" not in names:
        return [] if _goes_with_output(names, [o for o, _ in learned], pairs) else [("other-loss", _other(names))]
    if any(not np.allclose(o, i) and np.allclose(sigmoid(o), i, atol=1e-5) for o, i in pairs):
        return [("sigmoid-twice", say("A sigmoid is applied before BCEWithLogitsLoss, which applies one itself."))]
    return []


def _other(names: Iterable[str]) -> Message:
    return say("The loss is not BCEWithLogitsLoss but {names}.", names=", ".join(sorted(names)))


def _goes_with_output(names: set[str], outputs: Sequence[Array], pairs: Sequence[tuple[Array, Array]]) -> bool:
    """Two scores with the cross-entropy, a probability that the network gives with BCELoss: it is paid at the network."""
    if names <= {"cross_entropy", "nll_loss"}:
        return bool(outputs) and all(np.shape(one)[1:] == (2,) for one in outputs)
    of_network = pairs and all(np.allclose(o, i) and o.min() >= 0 and o.max() <= 1 for o, i in pairs)
    return names == {"binary_cross_entropy"} and bool(of_network)


def _of_steps(events: Sequence[Event]) -> list[tuple[str, Message]]:
    made = [one for one in events if one.event == "step"]
    if not made:
        return [("never-steps", say("The optimizer makes no step."))]
    if accumulates(events):
        return [("gradients-accumulate", say("The gradients are not set to zero between two steps: they add up."))]
    if max(one.covered for one in made) < 1:
        return [("not-all-parameters", say("The optimizer does not hold all parameters of the network."))]
    if not made[0].name:
        return _by_hand(made[0])
    if made[0].name not in ("Adam", "AdamW"):
        return [("other-optimizer", say("The optimizer is {name}, not Adam.", name=made[0].name))]
    if made[0].rates and not np.isclose(made[0].rates[0], RATE):
        return [("other-rate", say("The learning rate is {rate}, not 0.001.", rate=made[0].rates[0]))]
    return []


def _by_hand(step: Event) -> list[tuple[str, Message]]:
    """Adam may be written out: its first step does not go along the gradient, where that of plain descent does."""
    if step.rates:
        return [("other-optimizer", say("The weights are changed by hand, along the gradient: that is not Adam."))]
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
            # What is asked before anything was learned is no validation.
            found[-1][1].extend(looked if found[-1][0] else [])
            if looked and found[-1][0]:
                found.append(([], []))
            found[-1][0].append(learned)
            waiting = []
    found[-1][1].extend(waiting)
    return [Epoch(learned, looked) for learned, looked in found if learned]


def _rows(passes: Sequence[Event]) -> set[tuple[float, ...]]:
    return {tuple(row) for one in passes if isinstance(one.rows, np.ndarray) for row in np.round(one.rows, 5).tolist()}


def _of_validation(seen: Sequence[Epoch], *, whole: bool) -> list[tuple[str, Message]]:
    looked = [one for epoch in seen for one in epoch.looked]
    if not looked:
        return [("validation-missing", say("The network is never validated while it learns."))]
    learned, often = sum(len(one.learned) for one in seen), sum(bool(one.looked) for one in seen)
    if often < learned // (TAUGHT // BATCH) and (whole or len(seen) <= 1):
        return [
            (
                "validated-once",
                say(
                    "The network is not validated after every epoch: {n} times in {m} epochs.",
                    n=often,
                    m=learned // (TAUGHT // BATCH),
                ),
            )
        ]
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
