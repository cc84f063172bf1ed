"""Question 1.5: the loop, its modes, its scheduler, and that it learns; and the metrics of every epoch (1.6)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache

import numpy as np

from graders.language import Message, say
from graders.laws import history, loop, loss
from graders.laws.architecture import ending
from graders.laws.schedule import schedule
from graders.laws.trace import Network
from graders.observe.observation import Failure
from graders.observe.probe import Optional
from graders.observe.training import Attempt, Examples, Lesson, Run, trainings
from graders.report.pictures import Curves
from graders.verdict import Verdict, failed, passed, pending, together

from .declared import listed, suite
from .network import NETWORK, drops_too_much

SHAPE = (8, 6)
EPOCHS = 4
# More than rounding makes of a loss that stays where it is.
FALL = 1e-3


def easy(rng: np.random.Generator) -> Lesson:
    """Two Gaussian clusters that a line separates, but for some wrong labels: metrics stay below 1, and differ.

    Whole batches, as whoever drops the last one counts them. No accuracy on 144 examples is one on 61, but for 0 and 1.
    """
    return _easy(int(rng.integers(2**31)))


@cache
def _easy(seed: int) -> Lesson:
    rng = np.random.default_rng(seed)
    direction = rng.standard_normal(SHAPE)
    return Lesson(_cluster(rng, direction, 144, 0.06), _cluster(rng, direction, 61, 0.18), EPOCHS, 16)


def _cluster(rng: np.random.Generator, direction: np.ndarray, size: int, wrong: float) -> Examples:
    y = rng.permutation(np.arange(size) % 2)
    x = rng.standard_normal((size, *SHAPE)) + 0.8 * (2 * y - 1)[:, None, None] * np.sign(direction)
    return Examples(x.astype(np.float32), y ^ (rng.permutation(size) < wrong * size))


def learned(run: Run) -> bool:
    """Whether the loss fell and every matrix moved."""
    return _learning(run) is None


# A rate that suits Adam may not suit SGD: nobody loses a point because of the one we choose. Measured, ten seeds, the reference
# and 22 right ways: the first is enough for twenty of them each time, and for two in 9 of 10. One learns so fast, at a rate of
# its own, that its first epoch is its best: of 24 seeds the first is enough in 15, the second in 6, the third in 2. Four times as
# many epochs end at 0.05 to 0.8 of their first one, in 36 of 36 trainings of these three: less than one in a thousand is left.
ATTEMPTS = (Attempt(1, 1e-2), Attempt(2, 1e-3), Attempt(3, 1e-1), Attempt(4, 1e-2, longer=4))
TRAINING = trainings(easy, attempts=ATTEMPTS, enough=learned, group="training", watch=True, seconds=60)

WRONG_LOSSES: Mapping[str, tuple[str, Message]] = {
    "loss-broadcast": (
        "loss-broadcast",
        say("The loss compares every output with every label: shapes (n,) and (n, 1) were broadcast to (n, n)."),
    ),
    "squared-error-broadcast": (
        "loss-broadcast",
        say("The loss compares every output with every label: shapes (n,) and (n, 1) were broadcast to (n, n)."),
    ),
    "sigmoid-twice": ("wrong-loss", say("A sigmoid is applied before BCEWithLogitsLoss, which applies it itself.")),
    "squared-error": ("wrong-loss", say("The loss is a squared error, not the binary cross-entropy on logits.")),
    "squared-error-of-sigmoid": (
        "wrong-loss",
        say("The loss is a squared error, not the binary cross-entropy on logits."),
    ),
    "absolute-error": ("wrong-loss", say("The loss is an absolute error, not the binary cross-entropy on logits.")),
    "sign": ("wrong-loss", say("The loss has the wrong sign.")),
}


@suite.criterion("train.loop", observe=TRAINING)
def right_order(runs: list[Run]) -> Verdict:
    """Each batch: gradients cleared, forward, loss, backward, step."""
    run = by_hand(runs[-1])
    batches = loop.batches(run.events)
    if not batches:
        return failed("step-before-backward", say("No backward pass was made."))
    if not loop.count(run.events, "step"):
        return failed("step-before-backward", say("The optimizer never steps."))
    return mistake(run) or passed(*_loss_note(batches))


def by_hand(run: Run) -> Run:
    """A run whose steps may be those of the student's own code."""
    return replace(run, events=loop.with_steps(run.events))


def mistake(run: Run) -> Verdict | None:
    """What is wrong with a loop that goes backward and steps."""
    batches = loop.batches(run.events)
    if not batches or not loop.count(run.events, "step"):
        return None
    return together(_covered(run) or _order(run) or _reached(run), _loss(run, batches))


def _order(run: Run) -> Verdict | None:
    if loop.steps_first(run.events):
        return failed("step-before-backward", say("The optimizer steps before the backward pass."))
    if loop.clears_too_late(run.events):
        return failed(
            "cleared-before-step",
            say("Gradients are cleared between the backward pass and the step: nothing is learned."),
        )
    if loop.accumulates(run.events):
        return failed("zero-grad-missing", say("Gradients of earlier batches are still there: zero_grad is missing."))
    return None


def _covered(run: Run) -> Verdict | None:
    if max(event.covered for event in run.events if event.event == "step") < 1:
        return failed("other-parameters", say("The optimizer does not hold all parameters of the network it trains."))
    return None


def _reached(run: Run) -> Verdict | None:
    if max(event.reached for event in run.events if event.event == "step") == 0:
        return failed(
            "loss-detached",
            say("No gradient reaches the network: the loss was cut off from it (detach, item, numpy or no_grad)."),
        )
    return None


def _loss(run: Run, batches: Sequence[loop.Batch]) -> Verdict | None:
    if loss.negates(run):
        return failed(*WRONG_LOSSES["sign"])
    if loop.ascends(run.events):
        return failed("gradient-ascent", say("The optimizer goes towards a larger loss: maximize=True."))
    if all(loss.takes_raw_logits(batch) or loss.takes_probabilities(batch) for batch in batches):
        return None
    if any(loss.explains_up_to_a_factor(run, formula) for formula in loss.RIGHT.values()):
        return None
    named = next((name for name, formula in loss.WRONG.items() if loss.explains(run, formula)), None)
    if named:
        return failed(*WRONG_LOSSES[named])
    return failed("wrong-loss", say("The loss is not the binary cross-entropy on the network's raw logits."))


def _loss_note(batches: Sequence[loop.Batch]) -> Sequence[Message]:
    if all(loss.takes_probabilities(batch) for batch in batches):
        return (say("BCELoss on probabilities was seen; BCEWithLogitsLoss on logits is the stable form."),)
    return ()


@suite.criterion("train.modes", observe=TRAINING)
def modes(runs: list[Run]) -> Verdict:
    """train() while training, eval() while evaluating, train() again afterwards."""
    learning = [batch.forward for batch in loop.batches(runs[-1].events) if batch.forward]
    evaluating = loop.evaluations(runs[-1])
    if learning and not learning[0].training:
        return failed("train-missing", say("The network is not in training mode while it learns."))
    if not all(forward.training for forward in learning):
        return failed(
            "never-back-to-train",
            say(
                "After the first evaluation the network stays in evaluation mode: "
                "train() is missing at the start of the epoch."
            ),
        )
    if not evaluating:
        return failed("eval-missing", say("The network is never evaluated."))
    if any(forward.training for forward in evaluating):
        return failed(
            "eval-missing", say("The network is evaluated in training mode, with dropout on: eval() is missing.")
        )
    if any(forward.grad for forward in evaluating):
        return passed(say("Evaluating without torch.no_grad() works, and costs time and memory."))
    return passed()


SCHEDULES: Mapping[str, tuple[str, Message]] = {
    "none": ("no-scheduler", say("There is no learning-rate scheduler.")),
    "never-stepped": ("never-stepped", say("The scheduler is built and never advanced: scheduler.step() is missing.")),
    "stepped-before-optimizer": ("stepped-before-optimizer", say("The scheduler advances before the optimizer steps.")),
    "stepped-once-an-epoch": (
        "stepped-once-an-epoch",
        say("The scheduler is built for one step a batch and advances once an epoch: most of its curve is never seen."),
    ),
    "wrong-rate": ("wrong-rate", say("The scheduler does not advance as often as it was built for.")),
}


@suite.criterion("train.scheduler", observe=TRAINING)
def scheduler(runs: list[Run]) -> Verdict:
    """The learning rate advances at the scheduler's own rate."""
    found = schedule(by_hand(runs[-1]))
    if found in SCHEDULES:
        return failed(*SCHEDULES[found])
    if found == "unseen":
        return pending().with_notes(
            say(
                "The weights are changed by hand, by more than the gradient and a rate: "
                "whether the rate changes with time is read by a person."
            )
        )
    if found == "by-hand":
        return passed(say("The learning rate is changed by hand; torch.optim.lr_scheduler does it for you."))
    if found == "once-an-epoch-as-built":
        return passed(say("OneCycleLR was built for one step an epoch; one step a batch follows its curve better."))
    return passed()


@suite.criterion("train.learns", observe=(TRAINING, Optional(NETWORK)))
def learns(runs: list[Run], network: tuple[Network | Failure]) -> Verdict:
    """On easy data the loss falls and every layer moves."""
    unused = _unused(network[0])
    if any(not _learning(run, unused) for run in runs):
        return passed()
    return follows(runs, network[0]) or _learning(runs[-1], unused) or passed()


def follows(runs: Sequence[Run], network: Network | Failure) -> Verdict | None:
    """What is paid already is not paid again: a mistake in the loop or its loss, an output that is no logit, too much dropout."""
    if mistake(by_hand(runs[-1])):
        return passed(say("This follows from the training loop, where it is paid."))
    if not isinstance(network, Failure) and (ending(network.evaluating) or drops_too_much(network)):
        return passed(say("This follows from the network, where it is paid."))
    return None


def _unused(network: Network | Failure) -> frozenset[str]:
    """Parameters that no forward pass reads: that they stand still is paid where the network is judged."""
    if isinstance(network, Failure):
        return frozenset()
    read = {leaf.name for leaf in network.training.leaves.values()}
    return frozenset(one.name for one in network.parameters if one.name not in read)


def _learning(run: Run, unused: frozenset[str] = frozenset()) -> Verdict | None:
    losses = loop.losses(run)
    if not np.isfinite(losses).all() or not np.isfinite(list(run.moved.values())).all():
        return failed("nan-loss", say("The loss becomes NaN or infinite."))
    still = [name for name, change in run.moved.items() if change == 0 and name not in unused]
    if still:
        return failed("frozen-layers", say("These parameters never change: {names}.", names=listed(still[:6])))
    means = loop.epochs(losses, run.lesson)
    if len(means) < 2 or means[-1] >= means[0] - FALL * abs(means[0]):
        return failed(
            "loss-does-not-fall", say("On easy data the loss does not fall from the first epoch to the last.")
        )
    return None


@suite.criterion("metrics.per_epoch", observe=TRAINING)
def per_epoch(runs: list[Run]) -> Verdict:
    """The six metrics of train and validation at every epoch, returned or printed."""
    run = runs[-1]
    epochs, found = run.epochs(), reported(run)
    if absent := history.missing(found, epochs):
        return _absent(run, found, absent)
    pairs = [
        (found["train", metric][epoch], found["valid", metric][epoch])
        for metric in history.METRICS
        for epoch in range(epochs)
    ]
    if all(one == other for one, other in pairs):
        return failed(
            "train-on-valid",
            say("The train metrics equal the validation metrics at every epoch: they are computed on the same set."),
        )
    return passed()


def reported(run: Run) -> history.Found:
    """What was returned, and what was printed where that says more."""
    returned, printed, epochs = history.from_history(run.history), history.from_text(run.printed), run.epochs()
    return {
        key: max(returned.get(key, []), printed.get(key, []), key=lambda values: min(len(values), epochs))
        for key in {**returned, **printed}
    }


def _absent(run: Run, found: history.Found, absent: Sequence[tuple[str, str]]) -> Verdict:
    once = found and all(len(values) <= 1 for values in found.values()) and not history.missing(found, 1)
    if once and run.epochs() > 1:
        return failed("only-at-the-end", say("The metrics are there once, not at every epoch."))
    unnamed = history.unnamed(run.history, run.printed)
    names = listed(history.words(absent, alone=unnamed)[:6])
    notes = (
        [say("Metrics of train and of validation are asked for; no name says of which a value is.")] if unnamed else []
    )
    return failed("metrics-missing", say("These are missing at some epoch: {names}.", names=names), *notes)


METRICS: Mapping[str, Message] = {
    "accuracy": say("accuracy"),
    "precision": say("precision"),
    "recall": say("recall"),
    "f1_score": say("F1 score"),
    "false_positive_rate": say("false positive rate"),
    "false_negative_rate": say("false negative rate"),
}
SHOWN: Mapping[str, Message] = {"train": say("train"), "valid": say("validation")}


@suite.picture("train.learns", observe=TRAINING)
def curves(runs: list[Run]) -> Sequence[Curves]:
    """The loss of each epoch on easy data, and the metrics that the training reported."""
    run = runs[-1]
    means = np.array(loop.epochs(loop.losses(run), run.lesson))
    pictures = [Curves(say("Loss on easy data"), say("epoch"), ((SHOWN["train"], means),))] if len(means) else []
    found = reported(run)
    for kind, shown in SHOWN.items():
        series = tuple((METRICS[metric], np.array(values)) for (of, metric), values in found.items() if of == kind)
        if series:
            pictures.append(Curves(say("Metrics reported on {set}", set=shown), say("epoch"), series))
    return pictures
