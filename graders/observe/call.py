"""Ask a function about inputs of ours."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar, cast

import numpy as np
from pydantic import BaseModel, ConfigDict

from graders.observe.context import Context
from graders.observe.observation import Failure, Observation
from graders.observe.probe import Reader
from graders.observe.request import Request
from graders.observe.values import array, number
from graders.probes.wire import Array, Value
from graders.sandbox.failures import inner_failure

T = TypeVar("T", float, Array)
Case = Mapping[str, Array | int | float]
Way = Callable[[Case], Case]
FORMS = ("numpy", "torch", "floats", "list")
# What was seen in these cases will not be otherwise when the same question is put in another way.
SECONDS = 10
FINAL = ("timeout", "memory", "crashed", "flooded")


@dataclass(frozen=True, eq=False)
class Call(Generic[T]):
    """Our own copy of the inputs, by expected parameter, and what came back."""

    inputs: Case
    result: T | Failure


@dataclass(frozen=True, eq=False)
class Calls(Generic[T]):
    """A probe: one function, asked about several cases, smallest first."""

    name: str
    on: Callable[[np.random.Generator], Sequence[Case]]
    returns: type[T]
    group: str
    label: str
    ways: tuple[Way, ...] = ()
    enough: Callable[[Sequence[Call[T]]], bool] = lambda _: True
    optional: frozenset[str] = frozenset()

    def ask(self, context: Context, seen: Sequence[Observation]) -> Sequence[Request]:
        """One request for all cases: a function that hangs or crashes costs itself; then the other ways to put them."""
        if context.bound(self.name) is None or len(seen) > 1:
            return ()
        if not seen:
            return (self._request(context, self._cases(context)),)
        return (
            []
            if context.remembered(("settled", id(self), id(seen[0])), lambda: self._settled(context, seen[0]))
            else [self._request(context, [way(case) for case in self._cases(context)]) for way in self.ways]
        )

    def _request(self, context: Context, cases: Sequence[Case]) -> Request:
        bound = context.bound(self.name)
        assert bound is not None, "asked only where the name is bound"
        left = {name for name in self.optional if bound.has_default(name)}
        given = [
            {name: value for name, value in case.items() if name not in left and bound.wants(name, value)}
            for case in cases
        ]
        arguments: dict[str, Value] = {
            "subject": cast("Value", bound.subject),
            "cases": cast("Value", given),
            "forms": list(FORMS),
        }
        return Request("call", arguments, self.group, SECONDS)

    def _cases(self, context: Context) -> Sequence[Case]:
        return context.once(f"cases {self.label}", self.on)

    def _settled(self, context: Context, first: Observation) -> bool:
        """Whether another way to ask is of no use: it was right, it did not end, or nothing is written yet."""
        calls = self._calls(context, first)
        if isinstance(calls, Failure):
            return calls.kind in FINAL or calls.type == "NotImplementedError"
        return self.enough(calls)

    def read(self, context: Context, seen: Sequence[Observation]) -> list[Call[T]] | Failure:
        """The cases in order, each with its result: asked in the first way that was enough, else in the plain way."""
        if missing := context.missing(self.name):
            return missing
        asked = [self._calls(context, one) for one in seen]
        return next((calls for calls in asked if not isinstance(calls, Failure) and self.enough(calls)), asked[0])

    def _calls(self, context: Context, observation: Observation) -> list[Call[T]] | Failure:
        answers, cases = _ANSWERS.read(observation), self._cases(context)
        if isinstance(answers, Failure):
            return answers
        if len(answers.answers) != len(cases):
            return Failure("unreadable", message="answers are missing")
        return [Call(case, self._result(answer)) for case, answer in zip(cases, answers.answers, strict=True)]

    def _result(self, answer: Mapping[str, object]) -> T | Failure:
        if "raised" in answer:
            return inner_failure(cast("Value", answer["raised"]))
        returned = cast("Value", answer.get("returned"))
        return cast("T | Failure", number(returned) if self.returns is float else array(returned))


class _Answers(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)

    form: str
    answers: list[dict[str, object]]


_ANSWERS = Reader(_Answers)


def call(
    name: str,
    *,
    on: Callable[[np.random.Generator], Sequence[Case]],
    returns: type[T],
    group: str = "",
    label: str = "",
    ways: Sequence[Way] = (),
    enough: Callable[[Sequence[Call[T]]], bool] = lambda _: True,
    optional: Sequence[str] = (),
) -> Calls[T]:
    """Ask the student's function `name` about the cases that `on` draws; each result is read as `returns`.

    Requests of one `group` share a process. Probes of one `label` draw the same cases. Where what came back is not
    `enough`, the same cases are put in other `ways`: a function may be written for booleans, or for columns. A parameter
    that is `optional` is left to the student's own default, where it has one.
    """
    return Calls(name, on, returns, group or name, label or name, tuple(ways), enough, frozenset(optional))
