"""The published checks: what students run on themselves, on inputs that anybody may see. Passing them is a start."""

from __future__ import annotations

import numpy as np

from graders.language import say
from graders.laws.failure import verdict_of
from graders.observe.observation import Failure
from graders.observe.steps import Heard, How, Talk, steps
from graders.suite.suite import Suite
from graders.verdict import Verdict, failed, passed

suite = Suite("cdl-tp1-3")
KEPT = 100
NAMES = ("dW1", "db1", "dW2", "db2")


@steps(group="manual gradients")
def SMALL(talk: Talk) -> Heard:
    """Six examples of three numbers, four hidden units, two classes."""
    net = {
        "X": talk.normal(6, 3),
        "y": np.arange(6) % 2,
        "W1": talk.normal(3, 4),
        "b1": talk.normal(4),
        "W2": talk.normal(4, 2),
        "b2": talk.normal(2),
    }
    return {"net": net, "result": talk.call("manual_gradients", how=How(forms=("numpy", "torch")), **net)}


@suite.criterion("backprop.gradients", observe=SMALL)
def gradients(heard: Heard) -> Verdict:
    """Four gradients, each in the shape of what it derives."""
    result, net = heard["result"], heard["net"]
    if isinstance(result, Failure):
        return verdict_of(result)
    parts = list(result.values()) if isinstance(result, dict) else result
    if not isinstance(parts, list) or len(parts) != len(NAMES):
        return failed("unreadable", say("It does not return four gradients."))
    for name, part in zip(NAMES, parts, strict=True):
        wanted = np.shape(net[name[1:]])  # type: ignore[index]  # the plan above made it
        if np.squeeze(part).shape != wanted:
            return failed(
                "wrong-shape",
                say(
                    "{name} has the shape {found}, not {wanted}.",
                    name=name,
                    found=str(np.shape(part)),
                    wanted=str(wanted),
                ),
            )
    return passed()


@steps(group="optimisers", seconds=120)
def TRAINED(talk: Talk) -> Heard:
    """One training with Adam."""
    kind = talk.given("of_torch", path="optim.Adam")
    return {"losses": talk.call("train_with_optimizer", optimizer_class=kind, kwargs={"lr": 0.01})}


@suite.criterion("optim.contract", observe=TRAINED)
def contract(heard: Heard) -> Verdict:
    """100 values come back."""
    losses = heard["losses"]
    if isinstance(losses, Failure):
        return verdict_of(losses)
    count = len(losses) if isinstance(losses, list | np.ndarray) else 0
    if count != KEPT:
        return failed(
            "other-count", say("It returns {count} values; one every 5 epochs over 500 makes 100.", count=count)
        )
    return passed()
