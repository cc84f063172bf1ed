"""Question 3: what a step of Optim is worth, judged with what it rests on and with the loop that calls it."""

from __future__ import annotations

from graders.language import say
from graders.observe.observation import Failure
from graders.observe.probe import Optional
from graders.observe.steps import Heard
from graders.verdict import Verdict, passed

from . import batches, linear, optim, squared
from .declared import suite
from .sequential import TRAINED
from .sequential import judged as composition

BELOW = ("nothing-moves", "wrong-step", "wrong-second-step", "raised")
EXCUSED = ("error", "fail")


@suite.criterion(
    "optim.equivalence",
    observe=(
        optim.ASKED,
        Optional(linear.LAYER),
        Optional(squared.ASKED),
        Optional(TRAINED),
        Optional(batches.ASKED),
    ),
)
def equivalence(
    heard: Heard,
    layer: tuple[Heard | Failure],
    loss: tuple[Heard | Failure],
    composed: tuple[Heard | Failure],
    epochs: tuple[Heard | Failure],
) -> Verdict:
    """A step of Optim is forward, loss, backward and update by hand, at the learning rate it was given."""
    found = optim.judged(heard)
    # By hand the rate makes a difference, whatever else is wrong below.
    if found.status in EXCUSED and found.diagnosis != "rate-ignored" and not optim.sound(layer, loss):
        return passed(say("The step does not work; what is missing comes from the layer or from the loss."))
    if found.diagnosis in BELOW and not isinstance(composed[0], Failure) and not composition(composed[0]).right:
        return passed(say("The step does not work; what is missing comes from Sequential."))
    if found.diagnosis == "not-zeroed" and not isinstance(epochs[0], Failure) and batches.zeroes(epochs[0]):
        return passed(say("The gradient is zeroed by SGD before each step: seen and accepted."))
    return found
