"""The published checks: what students run on themselves, on inputs that anybody may see. Passing them is a start."""

from __future__ import annotations

import numpy as np

from graders.language import say
from graders.laws.failure import verdict_of
from graders.laws.regions import maps
from graders.observe.observation import Failure
from graders.observe.outcome import Outcome
from graders.observe.probe import Optional
from graders.observe.ran import Rerun
from graders.observe.steps import Heard, Talk, steps
from graders.suite.suite import Suite
from graders.verdict import Verdict, failed, passed

suite = Suite("cdl-tp1-1")
PROGRAM = Rerun(("w", "b", "history", "X", "y"), label="program")
PARTS = 3


@steps("function")
def trained(talk: Talk) -> Heard:
    """Two points, one of each class."""
    x, y = np.array([[1.0, 2.0], [-1.0, -2.0]]), np.array([1.0, -1.0])
    return {"result": talk.call("train_perceptron", X=x, y=y, eta=0.1, epochs=10, w=np.zeros(2), b=0.0)}


@suite.criterion("perceptron.update", observe=(Optional(trained), Optional(PROGRAM)))
def update(function: tuple[Heard | Failure], program: tuple[Outcome | Failure]) -> Verdict:
    """What comes back is (w, b, history); a program that trains without a function is read as it is."""
    heard = function[0]
    result = heard if isinstance(heard, Failure) else heard["result"]
    if isinstance(result, Failure) and result.kind == "missing" and _is_trained(program[0]):
        return passed(say("There is no function `train_perceptron`: your program itself will be run with other data."))
    if isinstance(result, Failure):
        return verdict_of(result)
    if isinstance(result, list) and len(result) == PARTS and np.shape(result[0]) == (2,):
        return passed()
    return failed("other-result", say("It does not return (w, b, history), with one weight for each coordinate."))


def _is_trained(program: Outcome | Failure) -> bool:
    """Whether a program left weights and a bias."""
    if isinstance(program, Failure):
        return False
    return any(all({*program.names[one]} & {*left} for one in ("w", "b")) for left in program.variables.values())


@suite.criterion("boundary.grid", observe=PROGRAM)
def grid(program: Outcome) -> Verdict:
    """There are regions in a figure."""
    if any(maps(axes) for figure in program.figures for axes in figure.axes):
        return passed()
    return failed("no-regions", say("No regions were drawn: np.meshgrid and plt.contourf were looked for."))


@suite.criterion("boundary.figure", observe=PROGRAM)
def figure(program: Outcome) -> Verdict:
    """An image file is written."""
    written = [one.name for one in program.images if one.written]
    return (
        passed(say("Written: {names}.", names=", ".join(written)))
        if written
        else failed("no-image", say("No image file is written."))
    )
