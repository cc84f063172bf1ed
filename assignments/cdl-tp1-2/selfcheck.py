"""The published checks: what students run on themselves, on inputs that anybody may see. Passing them is a start."""

from __future__ import annotations

import numpy as np

from graders.language import say
from graders.laws.failure import verdict_of
from graders.laws.series import series
from graders.observe.observation import Failure
from graders.observe.steps import Heard, How, Talk, steps
from graders.suite.suite import Suite
from graders.verdict import Verdict, failed, passed

suite = Suite("cdl-tp1-2")
POINTS, EPOCHS, FOUR = 20, 3, 4


@steps(group="network")
def ANSWERS(talk: Talk) -> Heard:
    """Two logits a point."""
    model = talk.call("MLP", how=How(quiet=True), hidden_layers=[4, 3], dropout_p=0.0)
    return {"answers": talk.method(model, "", talk.normal(POINTS, 2).astype(np.float32), how=How(forms=("torch",)))}


@suite.criterion("mlp.parametrised", observe=ANSWERS)
def parametrised(heard: Heard) -> Verdict:
    """MLP([4, 3]) answers two logits a point."""
    answers = heard["answers"]
    if isinstance(answers, Failure):
        return verdict_of(answers)
    if np.shape(answers) != (POINTS, 2):
        return failed(
            "wrong-shape",
            say("For {size} points the answers have the shape {shape}.", size=POINTS, shape=str(np.shape(answers))),
        )
    return passed()


@steps(group="training")
def TRAINED(talk: Talk) -> Heard:
    """Three epochs on twenty points."""
    x, y = talk.normal(POINTS, 2).astype(np.float32), np.arange(POINTS) % 2
    model = talk.call("MLP", how=How(quiet=True), hidden_layers=[4], dropout_p=0.0)
    values = {"X_train": x, "y_train": y, "X_val": x, "y_val": y, "epochs": EPOCHS, "lr": 0.01}
    loaders = {name: talk.given("loader", x=x, y=y, batch_size=10) for name in ("train_loader", "val_loader")}
    return {
        "history": talk.call("train_and_evaluate", how=How(forms=("torch", "numpy")), model=model, **values, **loaders)
    }


@suite.criterion("train.history", observe=TRAINED)
def history(heard: Heard) -> Verdict:
    """Four series of one value an epoch."""
    if isinstance(heard["history"], Failure):
        return verdict_of(heard["history"])
    found = [one for one in series(heard["history"]) if len(one.values) == EPOCHS]
    if len(found) < FOUR:
        return failed(
            "values-missing",
            say("It returns {count} series of one value an epoch; four were asked for.", count=len(found)),
        )
    return passed()
