"""Ask by a plan: a small program of steps that is carried out beside student code, written as a function of a `Talk`.

    @steps(group="linear")
    def twice(talk: Talk) -> Heard:
        x, delta = talk.normal(5, 3), talk.normal(5, 4)
        layer = talk.call("Linear", n_in=3, n_out=4)
        talk.method(layer, ("forward", "__call__"), x)
        talk.method(layer, "backward_update_gradient", x, delta)
        return {"x": x, "delta": delta, "gradient": talk.get(layer, "_gradient", "grad")}

    @suite.criterion("linear.gradients", observe=twice)
    def gradients(heard: Heard) -> Verdict: ...

The judge gets what the function returned, with each `Ref` replaced by the value that was seen there, or by its failure.
The function draws its inputs from `talk.rng` alone: it is called again, with the same draws, when the answers are read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import cast

from graders.observe.context import Context
from graders.observe.observation import Failure, Observation
from graders.observe.probe import Reader
from graders.observe.request import Request
from graders.observe.talk import Heard, How, Ref, Talk
from graders.probes.wire import Value
from graders.sandbox.failures import inner_failure

FINAL = ("timeout", "memory", "crashed", "flooded", "missing")
Plan = Callable[[Talk], Heard]


@dataclass(frozen=True, eq=False)
class Steps:
    """A probe: one plan, or several ways to put it, of which the first that is `enough` is read."""

    plans: tuple[Plan, ...]
    group: str
    seconds: float
    enough: Callable[[Heard], bool]

    def ask(self, context: Context, seen: Sequence[Observation]) -> Sequence[Request]:
        """The next plan, unless the last one was enough, or did not end."""
        plans = [*islice(self._possible(context), len(seen) + 1)]
        if len(seen) >= len(plans) or (seen and self._settled(context, plans, seen)):
            return ()
        talk, _ = self._talk(context, plans[len(seen)])
        return () if talk.missing else (self._request(talk),)

    def _possible(self, context: Context) -> Iterator[Plan]:
        """The plans whose names are all there; the first in any case. Making one takes its time: no more than are wanted."""
        yield self.plans[0]
        yield from (one for one in self.plans[1:] if not self._misses(context, one))

    def _misses(self, context: Context, plan: Plan) -> bool:
        return context.remembered(("misses", plan), lambda: bool(self._talk(context, plan)[0].missing))

    def _request(self, talk: Talk) -> Request:
        return Request("steps", {"steps": cast("Value", talk.steps)}, self.group, self.seconds)

    def _settled(self, context: Context, plans: Sequence[Plan], seen: Sequence[Observation]) -> bool:
        last = self._heard(context, plans[len(seen) - 1], seen[-1])
        return last.kind in FINAL if isinstance(last, Failure) else self.enough(last)

    def _talk(self, context: Context, plan: Plan) -> tuple[Talk, Heard]:
        talk = Talk(context, context.rng(f"steps {plan.__module__}.{plan.__qualname__}"))
        return talk, plan(talk)

    def read(self, context: Context, seen: Sequence[Observation]) -> Heard | Failure:
        """What was heard at the first plan that was enough, else at the first."""
        if not seen:
            talk, _ = self._talk(context, self.plans[0])
            return context.missing(*talk.missing) or Failure("missing")
        heard = [self._heard(context, plan, one) for plan, one in zip(self._possible(context), seen, strict=False)]
        return next((one for one in heard if not isinstance(one, Failure) and self.enough(one)), heard[0])

    def _heard(self, context: Context, plan: Plan, observation: Observation) -> Heard | Failure:
        told = _TOLD.read(observation)
        if isinstance(told, Failure):
            return told
        _, wanted = self._talk(context, plan)
        return cast("Heard", _resolved(wanted, told))


__all__ = ["Heard", "How", "Ref", "Steps", "Talk", "steps"]
_TOLD = Reader(dict[str, dict[str, object]])


def _resolved(wanted: object, told: Mapping[str, Mapping[str, object]]) -> object:
    """What the plan returned, with the value or the failure of each reference in its place."""
    if isinstance(wanted, Ref):
        return _part(wanted, told.get(str(wanted.number), {}))
    if isinstance(wanted, Mapping):
        return {name: _resolved(one, told) for name, one in wanted.items()}
    if isinstance(wanted, list | tuple):
        return [_resolved(one, told) for one in wanted]
    return wanted


def _part(ref: Ref, seen: Mapping[str, object]) -> object:
    if ref.part in seen:
        return seen[ref.part]
    raised = seen.get("raised")
    return inner_failure(cast("Value", raised)) if raised is not None else Failure("unreadable", message=ref.part)


def steps(
    group: str, *, seconds: float = 10, ways: Sequence[Plan] = (), enough: Callable[[Heard], bool] = lambda _: True
) -> Callable[[Plan], Steps]:
    """A plan as a probe. Requests of one `group` share a process; where what was heard is not `enough`, `ways` follow."""
    return lambda plan: Steps((plan, *ways), group, seconds, enough)
