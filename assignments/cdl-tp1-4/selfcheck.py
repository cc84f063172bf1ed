"""The published checks: what students run on themselves, on inputs that anybody may see. Passing them is a start."""

from __future__ import annotations

import numpy as np

from graders.language import say
from graders.laws.failure import verdict_of
from graders.observe.observation import Failure
from graders.observe.steps import Heard, How, Talk, steps
from graders.suite.suite import Suite
from graders.verdict import Verdict, failed, passed

suite = Suite("cdl-tp1-4")
TIMES = np.linspace(0, 1, 20, dtype=np.float32).reshape(-1, 1)
CLOSE = 1e-3


@steps(group="exact solution")
def SOLUTION(talk: Talk) -> Heard:
    """With the constants of the statement."""
    values = {"t": TIMES, "m": 1.0, "mu": 2.0, "k": 100.0, "d": 1.0, "w0": 10.0}
    return {"u": talk.call("exact_solution", how=How(forms=("floats", "numpy")), **values)}


@suite.criterion("physics.exact", observe=SOLUTION)
def exact(heard: Heard) -> Verdict:
    """u(0) is 1, and there is one value for each instant."""
    u = heard["u"]
    if isinstance(u, Failure):
        return verdict_of(u)
    if not isinstance(u, np.ndarray) or u.size != len(TIMES):
        return failed("wrong-shape", say("It does not return one value for each instant."))
    if abs(float(u.reshape(-1)[0]) - 1) > CLOSE:
        return failed("initial-value", say("u(0) is not 1."))
    return passed()


@steps(group="network")
def NETWORK(talk: Talk) -> Heard:
    """A network of our size, on 20 instants."""
    model = talk.call("FCN", how=How(quiet=True), input_dim=1, hidden_dim=8, depth=2, output_dim=1)
    return {"u": talk.method(model, ("", "forward"), TIMES, how=How(forms=("floats",)))}


@suite.criterion("network.fcn", observe=NETWORK)
def network(heard: Heard) -> Verdict:
    """Its output has the shape of its input."""
    u = heard["u"]
    if isinstance(u, Failure):
        return verdict_of(u)
    if np.shape(u) != TIMES.shape:
        return failed("wrong-shape", say("Its output for 20 instants has the shape {found}.", found=str(np.shape(u))))
    return passed()


@steps(group="residual")
def PARABOLA(talk: Talk) -> Heard:
    """u = t²: u′ = 2t and u″ = 2."""
    model = talk.make("wave", sines=[], growths=[], powers=[0.0, 0.0, 1.0])
    times = talk.make("leaf", array=TIMES)
    values = {"model": model, "u": talk.method(model, "", times, how=How(quiet=True)), "t": times}
    found = talk.call("residual", **values, m=1.0, mu=0.0, k=0.0, d=0.0, w0=0.0)
    bound = talk.context.bound("residual")
    return {"residual": found, "taken": [meaning for _, meaning in bound.order] if bound else []}


@suite.criterion("pinn.residual", observe=PARABOLA)
def residual(heard: Heard) -> Verdict:
    """For u = t² with m = 1, µ = 0 and k = 0, it is 2 everywhere."""
    found = heard["residual"]
    if isinstance(found, Failure):
        return verdict_of(found)
    if not isinstance(found, np.ndarray):
        return failed("unreadable", say("It does not return a tensor."))
    if not {"mu", "d"} & {*heard["taken"]} or (found.size == len(TIMES) and np.allclose(found, 2, atol=CLOSE)):  # type: ignore[misc]
        return passed()
    return failed("wrong-residual", say("For u = t² with m = 1, µ = 0 and k = 0 it is not 2 everywhere."))
