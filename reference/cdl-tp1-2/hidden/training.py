"""Question 2: the loop of train_and_evaluate, and the history that it returns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from graders.language import Message, say
from graders.laws import classes, loop
from graders.laws.classes import Epochs
from graders.laws.failure import verdict_of
from graders.laws.series import Series, series
from graders.observe.learning import learners
from graders.observe.observation import Failure, Seen
from graders.observe.probe import Reader
from graders.observe.steps import Heard, How, Talk, steps
from graders.observe.training import Event, Examples, Lesson, Run
from graders.report.pictures import Curves
from graders.verdict import Status, Verdict, failed, partial, passed

from .declared import moons, suite

TRAIN, VALID, EPOCHS, RATE = 72, 46, 5, 0.013
ADAMS = ("Adam", "AdamW", "NAdam", "Adamax", "RAdam")
_EVENTS = Reader(list[Event])


def told(talk: Talk, train: Examples, valid: Examples, model: object, *, epochs: int, rate: float) -> dict[str, object]:
    """Everything that a training function may want to be given."""
    batch = 24
    return {
        "model": model,
        "X_train": train.x,
        "y_train": train.y,
        "X_val": valid.x,
        "y_val": valid.y,
        "epochs": epochs,
        "lr": rate,
        "batch_size": batch,
        "train_loader": talk.given("loader", x=train.x, y=train.y, batch_size=batch, shuffle=True),
        "val_loader": talk.given("loader", x=valid.x, y=valid.y, batch_size=batch),
    }


@steps(group="training", seconds=60)
def WATCHED(talk: Talk) -> Heard:
    """A short training of a network with dropout, event by event."""
    train, valid = moons(talk.rng, TRAIN, 0.25), moons(talk.rng, VALID, 0.4)
    model = talk.call(
        "MLP", how=How(quiet=True, seed=7), hidden_layers=[12, 12], dropout_p=0.4, input_dim=2, output_dim=2
    )
    values = told(talk, train, valid, model, epochs=EPOCHS, rate=RATE)
    how = How(forms=("torch", "numpy"), watch=model, observe=("learning", "printed"))
    before = talk.parameters(model)
    history = talk.call("train_and_evaluate", how=how, **values)
    after = talk.parameters(model)
    return {"train": train, "valid": valid, "before": before, "history": history, "after": after, "events": history.events,
            "learning": history.learning, "program": is_program(talk)}  # fmt: skip


def is_program(talk: Talk) -> bool:
    """Whether a part of a program stands for the function: it knows its own rate and its own number of epochs."""
    bound = talk.context.bound("train_and_evaluate")
    return bound is not None and bound.scope is not None


def run(heard: Heard) -> Run | Failure:
    """The training as its events tell it."""
    if isinstance(heard["history"], Failure):
        return heard["history"]
    events = _EVENTS.read(Seen(heard["events"]))  # type: ignore[arg-type]
    if isinstance(events, Failure):
        return events
    lesson = Lesson(heard["train"], heard["valid"], EPOCHS, 1)  # type: ignore[arg-type]
    return Run(lesson, events, "", heard["history"], _moved(heard["before"], heard["after"]), None)  # type: ignore[arg-type]


def _moved(before: object, after: object) -> Mapping[str, float]:
    if not isinstance(before, Mapping) or not isinstance(after, Mapping):
        return {}
    pairs = {name: (one, after.get(name)) for name, one in before.items()}
    return {
        name: float(np.abs(other - one).max())
        for name, (one, other) in pairs.items()
        if isinstance(one, np.ndarray) and isinstance(other, np.ndarray) and one.shape == other.shape and one.ndim > 1
    }


WRONG: Mapping[str, Message] = {
    "softmax-before-loss": say(
        "A softmax is applied before CrossEntropyLoss, which applies it itself: give it the logits."
    ),
    "sigmoid-before-loss": say("A sigmoid is applied before CrossEntropyLoss, which wants the logits."),
    "relu-before-loss": say("A ReLU is applied before CrossEntropyLoss, which wants the logits."),
    "logits-as-log-probabilities": say(
        "NLLLoss is given the logits; it wants log-probabilities, or use CrossEntropyLoss."
    ),
    "probabilities-as-log-probabilities": say(
        "NLLLoss is given probabilities; it wants log-probabilities, or use CrossEntropyLoss."
    ),
    "squared-error": say("The loss is a squared error, not the cross-entropy."),
    "squared-error-of-softmax": say("The loss is a squared error, not the cross-entropy."),
    "sign": say("The loss has the wrong sign."),
}


@suite.criterion("train.loop", observe=WATCHED)
def right_loop(heard: Heard) -> Verdict:
    """Cross-entropy on logits, Adam, the right order, the right modes."""
    one = run(heard)
    if isinstance(one, Failure):
        return verdict_of(one)
    if not loop.batches(one.events):
        return failed("no-backward", say("No backward pass was made."))
    if not loop.count(one.events, "step"):
        return _by_hand(one) or failed("no-step", say("The optimizer never steps."))
    return _held(one) or _all_told(_order(one), _loss(one), _optimizer(heard), _modes(one))


def _all_told(*found: Verdict | None) -> Verdict:
    """The first mistake; the others are told with it: each stands in a line of its own."""
    mistakes = [one for one in found if one]
    if not mistakes:
        return passed()
    return mistakes[0].model_copy(update={"feedback": tuple(said for one in mistakes for said in one.feedback)})


def _by_hand(one: Run) -> Verdict | None:
    """Weights that move without an optimizer, as p -= lr * p.grad moves them."""
    moved = any(each > 0 for each in one.moved.values())
    return (
        failed("not-adam", say("The weights are changed without an optimizer; Adam was asked for.")) if moved else None
    )


def _order(one: Run) -> Verdict | None:
    if loop.steps_first(one.events):
        return failed("step-before-backward", say("The optimizer steps before the backward pass."))
    if loop.clears_too_late(one.events):
        return failed(
            "cleared-before-step",
            say("Gradients are cleared between the backward pass and the step: nothing is learned."),
        )
    if loop.accumulates(one.events):
        return failed("zero-grad-missing", say("Gradients of earlier batches are still there: zero_grad is missing."))
    return None


def _held(one: Run) -> Verdict | None:
    made = [event for event in one.events if event.event == "step"]
    if max(event.reached for event in made) == 0:
        return failed(
            "loss-detached",
            say("No gradient reaches the network: the loss was cut off from it (detach, item, numpy or no_grad)."),
        )
    if max(event.covered for event in made) < 1:
        return failed("other-parameters", say("The optimizer does not hold all parameters of the network it trains."))
    learned = [batch.forward.rows for batch in loop.batches(one.events) if batch.forward]
    if any(_holds(rows, one.lesson.valid) for rows in learned):
        return failed("trains-on-validation", say("It also learns from the validation set."))
    return None


def _holds(rows: object, examples: Examples) -> bool:
    """Whether some of the rows that a pass was given are among these examples."""
    known = {row.tobytes() for row in np.asarray(examples.x, np.float32)}
    given = np.asarray(rows, np.float32) if isinstance(rows, np.ndarray) and rows.ndim == 2 else np.zeros((0, 1))
    return any(row.tobytes() in known for row in given.astype(np.float32))


def _loss(one: Run) -> Verdict | None:
    if classes.gives_probabilities(one) and any(classes.takes_raw_logits(batch) for batch in loop.batches(one.events)):
        return failed("softmax-before-loss", WRONG["softmax-before-loss"])
    if loop.ascends(one.events):
        return failed("gradient-ascent", say("The optimizer goes towards a larger loss: maximize=True."))
    if all(classes.takes_raw_logits(batch) for batch in loop.batches(one.events)) and not _negative(one):
        return None
    if any(classes.explains(one, formula) for formula in classes.RIGHT.values()):
        return None
    named = next((name for name, formula in classes.WRONG.items() if classes.explains(one, formula)), None)
    if named:
        return failed(named.removesuffix("-of-softmax"), WRONG[named])
    if not any(classes.scored(batch.forward, one.lesson.train) for batch in loop.batches(one.events)):
        # It prepares its inputs in a way of its own: only that cross_entropy is called can be seen.
        called = all(
            batch.loss is not None and batch.loss.name in ("cross_entropy", "nll_loss")
            for batch in loop.batches(one.events)
        )
        return (
            None if called else failed("wrong-loss", say("The loss is not the cross-entropy on the network's logits."))
        )
    return failed("wrong-loss", say("The loss is not the cross-entropy on the network's logits."))


def _negative(one: Run) -> bool:
    return classes.explains(one, classes.WRONG["sign"])


def _optimizer(heard: Heard) -> Verdict | None:
    found = learners(heard["learning"])
    if not found:
        return None
    if found[-1].name not in ADAMS:
        return failed("not-adam", say("The optimizer is {name}; Adam was asked for.", name=found[-1].name))
    if not heard["program"] and not np.isclose(found[-1].options.get("lr", RATE), RATE):
        return failed("lr-ignored", say("The learning rate that it is given does not reach Adam."))
    return None


def _modes(one: Run) -> Verdict | None:
    learning = [batch.forward for batch in loop.batches(one.events) if batch.forward]
    if not learning:
        return None
    if not learning[0].training:
        return failed("train-missing", say("The network is not in training mode while it learns."))
    if not all(forward.training for forward in learning):
        return failed(
            "never-back-to-train",
            say(
                "After the first evaluation the network stays in evaluation mode: train() is missing at the start of the epoch."
            ),
        )
    looked = loop.evaluations(one)
    valid = [event for event in looked if classes.scored(event, one.lesson.valid)]
    # Where the validation set is never looked at, whatever is measured without learning counts.
    if any(event.training for event in valid or [event for event in looked if event.grad is False]):
        return failed(
            "eval-missing", say("The network is evaluated in training mode, with dropout on: eval() is missing.")
        )
    return None


QUANTITIES: Mapping[tuple[str, str], Message] = {
    ("train", "loss"): say("training loss"),
    ("valid", "loss"): say("validation loss"),
    ("train", "accuracy"): say("training accuracy"),
    ("valid", "accuracy"): say("validation accuracy"),
}
Candidates = Mapping[tuple[str, str], Sequence[Sequence[float]]]


def candidates(one: Run, epochs: int) -> Candidates:
    """For each quantity, what it may be at each epoch: by the three readings, recomputed from what was seen."""
    train = [classes.learning(one, epochs), *classes.evaluated(one, one.lesson.train, epochs)]
    valid = classes.evaluated(one, one.lesson.valid, epochs)
    return {**_of("train", train), **_of("valid", valid)}


def _of(kind: str, found: Sequence[Epochs]) -> dict[tuple[str, str], list[Sequence[float]]]:
    return {
        (kind, "loss"): [values for one in found for values in one.loss],
        (kind, "accuracy"): [values for one in found for values in one.accuracy],
    }


FACTORS = {"loss": (1.0,), "accuracy": (1.0, 100.0)}


def explained(one: Series, quantity: tuple[str, str], known: Candidates) -> bool:
    """Whether a series is this quantity, by one of its readings."""
    return any(classes.same(one.values, values, FACTORS[quantity[1]]) for values in known[quantity])


@suite.criterion("train.history", observe=WATCHED)
def history(heard: Heard) -> Verdict:
    """Losses and accuracies of both sets, one an epoch, as they can be computed again."""
    one = run(heard)
    if isinstance(one, Failure):
        return verdict_of(one)
    kept = list(series(heard["history"]))
    found = [each for each in kept if len(each.values) == EPOCHS]
    if not found:
        return _every_few(one, kept) or _no_series(heard["history"])
    known = candidates(one, EPOCHS)
    if not known["train", "loss"] and not known["valid", "loss"]:
        return _unseen(found)
    unexplained = [quantity for quantity in QUANTITIES if not any(explained(each, quantity, known) for each in found)]
    return _mixed_up(found, known) or (_lacking(unexplained[0], found, known) if unexplained else passed())


def lacks(heard: Heard | Failure) -> str | None:
    """What the history was told that it lacks."""
    return None if isinstance(heard, Failure) else history(heard).diagnosis


LOSSES = (("train", "loss"), ("valid", "loss"))
EVERY_FEW = say("It is right, and kept every few epochs only: one value an epoch was asked for.")


def _every_few(one: Run, kept: Sequence[Series]) -> Verdict | None:
    """What was kept every tenth epoch, say, and is right."""
    for size in {len(each.values) for each in kept}:
        step = -(-EPOCHS // size)
        learned = classes.learning(one, EPOCHS)
        train = Epochs([each[::step] for each in learned.loss], [each[::step] for each in learned.accuracy])
        known = {
            **_of("train", [train, *classes.evaluated(one, one.lesson.train, size)]),
            **_of("valid", classes.evaluated(one, one.lesson.valid, size)),
        }
        right = [quantity for quantity in QUANTITIES if any(explained(each, quantity, known) for each in kept)]
        if {*LOSSES} <= {*right}:
            return partial(0.5 if len(right) == len(QUANTITIES) else 0.25, "not-every-epoch", EVERY_FEW)
    return None


def _no_series(value: object) -> Verdict:
    if any(True for _ in series(value)) or isinstance(value, int | float | list | Mapping):
        return failed("not-every-epoch", say("What it returns does not hold one value an epoch."))
    return failed("nothing-returned", say("It returns no history."))


def _unseen(found: Sequence[Series]) -> Verdict:
    """Where the inputs were prepared in a way of the student's own, nothing can be computed again."""
    if len(found) < len(QUANTITIES):
        return failed(
            "values-missing",
            say("It returns {count} series; four were asked for: loss and accuracy of both sets.", count=len(found)),
        )
    flag = say("The history could not be recomputed: the network was given other inputs than ours.")
    return passed().model_copy(update={"flags": (flag,)})


def _mixed_up(found: Sequence[Series], known: Candidates) -> Verdict | None:
    """A series whose name says one thing, and whose values are another."""
    for one in found:
        meant = (one.kind, one.measure)
        if meant not in QUANTITIES or explained(one, meant, known):  # type: ignore[arg-type]
            continue
        others = [quantity for quantity in QUANTITIES if explained(one, quantity, known)]
        if others:
            return _told_mixed(meant, others[0])  # type: ignore[arg-type]
    return None


def _told_mixed(meant: tuple[str, str], other: tuple[str, str]) -> Verdict:
    if meant[0] == "valid" and other[0] == "train":
        return failed(
            "validation-on-train",
            say("What is called {meant} is computed on the training set.", meant=QUANTITIES[meant]),
        )
    return failed(
        "mixed-up", say("What is called {meant} is the {other}.", meant=QUANTITIES[meant], other=QUANTITIES[other])
    )


def _lacking(quantity: tuple[str, str], found: Sequence[Series], known: Candidates) -> Verdict:
    named = [
        one
        for one in found
        if (one.kind, one.measure) == quantity or (not one.measure and len(found) >= len(QUANTITIES))
    ]
    if quantity[0] == "valid" and len(found) >= len(QUANTITIES) and _twice(found, ("train", quantity[1]), known):
        return failed(
            "validation-on-train",
            say("What is called {meant} is computed on the training set.", meant=QUANTITIES[quantity]),
        )
    if not known[quantity]:
        return failed(
            "never-evaluated",
            say("There is no pass over the data that the {name} could come from.", name=QUANTITIES[quantity]),
        )
    if named:
        return failed(
            "wrong-values",
            say(
                "The {name} is not what the network's answers give, before the step, over the epoch or after it.",
                name=QUANTITIES[quantity],
            ),
        )
    why = say("The {name} is missing, or not there at every epoch.", name=QUANTITIES[quantity])
    losses = all(any(explained(one, each, known) for one in found) for each in LOSSES)
    return partial(0.5, "values-missing", why) if losses else failed("values-missing", why)


def _twice(found: Sequence[Series], quantity: tuple[str, str], known: Candidates) -> bool:
    return sum(explained(one, quantity, known) for one in found) > 1


def mistaken(heard: Heard | Failure) -> bool:
    """Whether the loop runs, and has a mistake that is paid there."""
    return not isinstance(heard, Failure) and right_loop(heard).status is not Status.PASS


def sound(heard: Heard | Failure) -> bool:
    """Whether the training does what it should: what follows from a mistake in it is paid there."""
    return not isinstance(heard, Failure) and all(judge(heard).status is Status.PASS for judge in (right_loop, history))


SHOWN = {"train": say("train"), "valid": say("validation")}


@suite.picture("train.history", observe=WATCHED)
def curves(heard: Heard) -> Sequence[Curves]:
    """The losses as they were recomputed."""
    one = run(heard)
    if isinstance(one, Failure):
        return []
    known = candidates(one, EPOCHS)
    drawn = [(SHOWN[kind], np.array(known[kind, "loss"][0])) for kind in SHOWN if known[kind, "loss"]]
    return [Curves(say("Loss of each epoch, recomputed"), say("epoch"), tuple(drawn))] if drawn else []
