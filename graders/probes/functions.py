"""Steps about networks as functions: one of ours, the one in what came back, its derivatives, an operator of ours."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Protocol, cast

from graders.probes.objects import gradients, network_in
from graders.probes.repaired import put
from graders.probes.wire import Value
from graders.probes.work import Subject, Work

Step = Mapping[str, Value]


class Carrying(Protocol):
    """What carries out a plan; see `graders.probes.steps.Run`."""

    work: Work

    def given(self, value: Value, form: str = ...) -> object:
        """A value of the plan as student code gets it."""
        ...


def _make(run: Carrying, step: Step, form: str) -> object:
    return run.given(step["value"])


def _network(run: Carrying, step: Step, form: str) -> object:
    return network_in(run.given(step["of"]))


def _gradients(run: Carrying, step: Step, form: str) -> object:
    return gradients(run.given(step["of"]), cast("Any", run.given(step["by"])), cast("Any", step["weights"]))


def _replace(run: Carrying, step: Step, form: str) -> object:
    usual = cast("Mapping[str, float]", step["usual"])
    put(run.work, cast("Subject", step["subject"]), cast("str", step["by"]), usual)
    return None


OF_FUNCTIONS: Mapping[str, Callable[[Carrying, Step, str], object]] = {
    "make": _make,
    "network": _network,
    "gradients": _gradients,
    "replace": _replace,
}
