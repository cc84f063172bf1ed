"""The published checks: what students run on themselves, on inputs that anybody may see. Passing them is a start."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np

from graders.language import say
from graders.laws.failure import verdict_of
from graders.laws.figures import curves
from graders.observe.call import Call, Case, call
from graders.observe.observation import Failure
from graders.observe.outcome import Outcome
from graders.observe.ran import Ran
from graders.observe.steps import Heard, Talk, steps
from graders.observe.values import number
from graders.suite.suite import Suite
from graders.verdict import Verdict, failed, passed

suite = Suite("cdl-tp1-0")
RAN = Ran(("carres", "zeros", "uns", "produit_matriciel"), seconds=120)
NINE = 9


def three(_: np.random.Generator) -> Sequence[Case]:
    """One case."""
    return [{"x": 3}]


@suite.criterion("python.carre", observe=call("carre", on=three, returns=float))
def carre(calls: list[Call[float]]) -> Verdict:
    """The square of 3."""
    found = calls[0].result
    if isinstance(found, Failure):
        return verdict_of(found)
    return passed() if found == NINE else failed("wrong", say("carre(3) is {found}; 9 is expected.", found=found))


@steps(group="point")
def point_of_the_statement(talk: Talk) -> Heard:
    """The point (3, 4)."""
    point = talk.call("Point", x=3, y=4)
    return {"distance": talk.method(point, "distance_origine")}


@suite.criterion("python.point", observe=point_of_the_statement)
def point(heard: Heard) -> Verdict:
    """The distance of (3, 4)."""
    found = number(heard["distance"])
    if isinstance(found, Failure):
        return verdict_of(found)
    right = math.isclose(found, math.hypot(3, 4))
    return passed() if right else failed("wrong", say("The distance of (3, 4) is {found}; 5 is expected.", found=found))


@suite.criterion("numpy.constructors", observe=RAN)
def constructors(ran: Outcome) -> Verdict:
    """The shapes of zeros and uns."""
    shapes: Mapping[str, tuple[int, int]] = {"zeros": (2, 3), "uns": (3, 2)}
    wrong = [name for name, shape in shapes.items() if np.shape(ran.named(name)) != shape]  # type: ignore[arg-type]
    return (
        failed("wrong-shape", say("{names}: not the shape that is asked for.", names=", ".join(wrong)))
        if wrong
        else passed()
    )


@suite.criterion("figure.curves", observe=RAN)
def figure(ran: Outcome) -> Verdict:
    """Two curves in a figure."""
    count = len(list(curves(ran.figures)))
    return (
        passed() if count > 1 else failed("too-few", say("{count} curves were found; two are asked for.", count=count))
    )


@suite.criterion("torch.device", observe=RAN)
def device(ran: Outcome) -> Verdict:
    """Everything runs to its end."""
    raised = [chunk.raised for chunk in ran.journal if chunk.raised]
    if not raised:
        return passed()
    return failed(
        "raised",
        say("An exception escapes: {type} at line {line}.", type=str(raised[0]["type"]), line=str(raised[0]["line"])),
    )
