"""Question 1: layers as wide as they were asked for, a non-linearity between them, dropout where it was asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from graders.language import say
from graders.laws.architecture import DROPOUTS, activations, dropouts, layers
from graders.laws.failure import verdict_of
from graders.laws.proven import claimed, refuted
from graders.laws.replay import plain_name
from graders.laws.trace import Pass, Step
from graders.observe.observation import Failure, Seen
from graders.observe.probe import Reader
from graders.observe.steps import Heard, How, Talk, steps
from graders.verdict import Verdict, failed, partial, passed

from .declared import suite

INPUTS, CLASSES, RATE = 2, 2, 0.3
HIDDEN: Sequence[tuple[int, ...]] = ((7,), (5, 11, 3), (13, 4), ())
_PASS = Reader(Pass)


@dataclass(frozen=True, eq=False)
class Built:
    """A network that was asked for, and its passes with training on and off."""

    hidden: tuple[int, ...]
    training: Pass
    evaluating: Pass


@steps(group="network")
def PLAIN(talk: Talk) -> Heard:
    """Without dropout, for each list of hidden widths."""
    return {"networks": [_built(talk, hidden, 0.0) for hidden in HIDDEN]}


@steps(group="network with dropout")
def DROPPING(talk: Talk) -> Heard:
    """With dropout."""
    return {"networks": [_built(talk, hidden, RATE) for hidden in HIDDEN[:3]]}


def _built(talk: Talk, hidden: tuple[int, ...], rate: float) -> Mapping[str, object]:
    asked = {"hidden_layers": list(hidden), "dropout_p": rate, "input_dim": INPUTS, "output_dim": CLASSES}
    model = talk.call("MLP", how=How(quiet=True, seed=int(talk.rng.integers(1, 2**30))), **asked)
    x = talk.normal(9, INPUTS).astype(np.float32)
    return {"hidden": hidden, "training": talk.trace(model, x, training=True), "evaluating": talk.trace(model, x)}


def networks(heard: Heard) -> list[Built | Failure]:
    """What was seen of each network, or how it failed."""
    return [_network(one) for one in heard["networks"]]  # type: ignore[attr-defined]


def _network(one: Mapping[str, object]) -> Built | Failure:
    passes = [
        told if isinstance(told := one[mode], Failure) else _PASS.read(Seen(told))
        for mode in ("training", "evaluating")
    ]  # type: ignore[arg-type]
    problem = next((each for each in passes if isinstance(each, Failure)), None)
    if problem:
        return problem
    training, evaluating = (each for each in passes if isinstance(each, Pass))
    return Built(tuple(one["hidden"]), training, evaluating)  # type: ignore[arg-type]


def widths(network: Built) -> list[int]:
    """What each linear map makes, with what the first takes in front."""
    found = layers(network.evaluating)
    return [found[0].weight.shape[1], *(one.weight.shape[0] for one in found)] if found else []


@suite.criterion("mlp.parametrised", observe=PLAIN)
def parametrised(heard: Heard) -> Verdict:
    """2 inputs, the hidden widths that were asked for, 2 outputs, a non-linearity after each hidden layer."""
    seen = networks(heard)
    first = seen[0]
    if isinstance(first, Failure):
        return verdict_of(first)
    for one, hidden in zip(seen, HIDDEN, strict=True):
        if isinstance(one, Failure):
            return _only_some(one, hidden)
        if problem := _unlike(one, fixed=_fixed(seen)):
            return problem
    return claimed(passed(), *(one.evaluating for one in seen if isinstance(one, Built)))


def too_simple(heard: Heard | Failure) -> bool:
    """Whether it is paid already that layers or activations are missing, or that sizes do not follow the list."""
    return not isinstance(heard, Failure) and parametrised(heard).diagnosis in PAID


PAID = ("activation-at-output", "linear-stack", "fixed-size", "off-by-one-layer", "wrong-widths")


def _fixed(seen: Sequence[Built | Failure]) -> bool:
    """Whether every network has the same widths."""
    found = [widths(one) for one in seen if isinstance(one, Built)]
    return len(found) > 1 and all(one == found[0] for one in found)


def _only_some(problem: Failure, hidden: tuple[int, ...]) -> Verdict:
    if not hidden:
        return partial(0.75, "no-empty-list", say("With no hidden layer, hidden_layers=[], it fails."))
    told = verdict_of(problem)
    why = say("It fails with hidden_layers={hidden}.", hidden=str(list(hidden)))
    return told.model_copy(update={"diagnosis": "only-some-lists", "feedback": (why, *told.feedback)})


def _unlike(one: Built, *, fixed: bool) -> Verdict | None:
    if problem := refuted(one.evaluating):
        return problem
    found, wanted = widths(one), [INPUTS, *one.hidden, CLASSES]
    if found != wanted:
        return _other_widths(one, found, wanted, fixed=fixed)
    *between, end = activations(one.evaluating)
    if any(name is None for name in between):
        return failed(
            "linear-stack",
            say("There is no non-linearity after every hidden layer: layers in a row are one linear map."),
        )
    # A softmax at the end is seen where the loss is computed.
    if end and not end.endswith("softmax"):
        return partial(
            0.5, "activation-at-output", say("The network ends with {name}: its two outputs are no logits.", name=end)
        )
    return None


def _other_widths(one: Built, found: list[int], wanted: list[int], *, fixed: bool) -> Verdict:
    why = say(
        "With hidden_layers={hidden} the widths are {found}, from input to output.",
        hidden=str(list(one.hidden)),
        found=str(found),
    )
    if fixed:
        return failed("fixed-size", say("The widths do not depend on hidden_layers."), why)
    if len(found) != len(wanted):
        return failed("off-by-one-layer", say("It has not as many layers as hidden_layers says."), why)
    if found[-1] != CLASSES and found[:-1] == wanted[:-1]:
        return failed("wrong-output", say("There are two classes: two outputs were asked for."), why)
    return failed("wrong-widths", why)


@suite.criterion("mlp.dropout", observe=(DROPPING, PLAIN))
def dropout(dropping: Heard, plain: Heard) -> Verdict:
    """Dropout after each hidden activation where p > 0, none where p = 0, off in evaluation."""
    seen, without = networks(dropping), networks(plain)
    for one in seen:
        if isinstance(one, Failure):
            return verdict_of(one)
        if problem := _dropping(one) or _before(one):
            return problem
    if any(isinstance(one, Built) and _still_drops(one) for one in without):
        return failed("always-on", say("With dropout_p=0 dropout is there all the same."))
    return passed()


def no_dropout(dropping: Heard | Failure, plain: Heard | Failure) -> bool:
    """Whether it is paid already that there is no dropout at all."""
    failures = isinstance(dropping, Failure) or isinstance(plain, Failure)
    return not failures and dropout(dropping, plain).diagnosis == "no-dropout"  # type: ignore[arg-type]  # no failures


def _dropping(one: Built) -> Verdict | None:
    found = layers(one.training)
    each = [dropouts(one.training, layer) for layer in found]
    on = [[drop for drop in some if drop.on] for some in each]
    hidden = len(found) - 1
    if not hidden:
        return None
    if not any(on) and any(_drops(step) for step in one.training.steps):
        return failed("at-the-input", say("Dropout acts on the inputs, and follows no hidden layer."))
    if not any(on):
        return failed("no-dropout", say("With dropout_p={rate} nothing is dropped while training.", rate=RATE))
    if any(drop.on for layer in layers(one.evaluating) for drop in dropouts(one.evaluating, layer)):
        return failed("on-in-eval", say("Dropout stays on in evaluation mode."))
    if any(on[hidden:]):
        return failed("after-the-output", say("Dropout also drops the outputs of the last layer."))
    # A layer too many is paid with the widths: as many dropouts as were asked for are enough.
    if sum(map(bool, on[:hidden])) < min(hidden, len(one.hidden)):
        return failed("some-missing", say("Dropout does not follow every hidden layer."))
    rates = {round(drop.rate, 6) for some in on for drop in some if drop.rate is not None}
    if rates - {RATE}:
        return failed(
            "other-rate",
            say("Asked for dropout_p={rate}, it drops with {found}.", rate=RATE, found=str(sorted(rates)[0])),
        )
    return None


def _before(one: Built) -> Verdict | None:
    behind = {step.makes[0] for layer in layers(one.training) for step in layer.after}
    if any(_drops(step) and step.makes[0] not in behind for step in one.training.contributing):
        why = say("Dropout also acts on the inputs; it was asked for after each hidden layer, and nowhere else.")
        return partial(0.5, "inputs-too", why)
    return None


def _drops(step: Step) -> bool:
    return plain_name(step.op) in DROPOUTS


def _still_drops(one: Built) -> bool:
    return any(drop.on and drop.rate != 0 for layer in layers(one.training) for drop in dropouts(one.training, layer))
