"""A small plan, carried out beside student code in one process: for each step what came back, or what was raised.

A step is {"do": verb, "number": its own, …}; a later step takes its result as {"ref": number}, wherever a value may stand.
    {"do": "call", "subject", "values"}           a bound name, with the value of each expected parameter
    {"do": "method", "of", "names", "args", "named"}     the first of these methods that exists; "" is the object itself
    {"do": "get", "of", "names"}                  the first of these attributes or keys that exists: "layer.weight"
    {"do": "set", "of", "names", "value"}         the same one, in place where it is an array or a tensor
    {"do": "keep", "value"}                       an object of ours, made once
    {"do": "parameters", "of"}                    of a network: {name: tensor}
    {"do": "trace", "of", "args", "training"}     one forward pass, operation by operation; see `trace`
    {"do": "make", "value"}                       an object of ours, for several steps
    {"do": "network", "of"}                       the network in what came back, among other things or alone
    {"do": "gradients", "of", "by", "weights"}    of a tensor, weighted and summed, by the tensors of a network
    {"do": "replace", "subject", "by", "usual"}   a bound operator or network by ours, wherever it is named; see `differential`
    {"do": "first", "ways": [steps, …]}           the first way that raises nothing; its result is its last step's
More verbs are in `graders.probes.speech`.
A step may name "forms": NumPy arrays are given in the first form that raises nothing; "observe": what else is looked at while
it runs (see `watching`), "watch" (with "events"): the network whose training is watched; "scaled": a factor that autograd
multiplies gradients by while it runs; "longer": how many times as long L-BFGS goes on; "seed": its own seed, under which
student seeds are salted; "quiet": the result is not sent.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from typing import Any, cast

from graders.probes.disturbed import disturbed
from graders.probes.functions import OF_FUNCTIONS
from graders.probes.given import GIVEN
from graders.probes.model import tensors
from graders.probes.network import traced
from graders.probes.objects import attribute, changed, method
from graders.probes.plain import TooMuchError, answer, plain
from graders.probes.raised import described
from graders.probes.seeds import draw
from graders.probes.settings import are_usual, usual
from graders.probes.speech import SPEECH
from graders.probes.subject import FORMS, called_of
from graders.probes.watching import watching
from graders.probes.wire import Value
from graders.probes.work import Subject, Work

Step = Mapping[str, Value]
AS_IT_IS = "numpy"


class SkippedError(Exception):
    """A step that needs the result of one that failed; `problem` is how that one failed."""

    def __init__(self, problem: Value) -> None:
        """Carry the failure on."""
        super().__init__("an earlier step failed")
        self.problem = problem


def steps(work: Work, *, steps: list[Step]) -> Value:
    """{number: {"value"} or {"raised"}, and the parts that were observed}, for each step that was reached."""
    run = Run(work)
    for step in steps:
        run.step(step)
    return cast("Value", run.told)


class Run:
    """What a plan has made so far, and what is told of it."""

    def __init__(self, work: Work) -> None:
        """Begin with nothing."""
        self.work = work
        self.made: dict[int, object] = {}
        self.told: dict[str, dict[str, Value]] = {}

    def step(self, step: Step) -> bool:
        """Carry out one step; whether it went well."""
        number, parts = cast("int", step["number"]), dict[str, Value]()
        self.told[str(number)] = parts
        try:
            with draw(cast("int", step["seed"])) if "seed" in step else nullcontext(), disturbed(step):
                self.made[number] = self._formed(step, parts)
            parts["value"] = None if step.get("quiet") else answer(self.made[number])
        except SkippedError as skipped:
            parts["raised"] = skipped.problem
        except TooMuchError as problem:
            parts["raised"] = {"kind": "flooded", **described(problem, self.work.root)}
        except (Exception, SystemExit) as problem:  # noqa: BLE001  # whatever student code raises is what was seen
            parts["raised"] = described(problem, self.work.root)
        return "raised" not in parts

    def _formed(self, step: Step, parts: dict[str, Value]) -> object:
        """The result with the first form of arrays that raises nothing; the first problem where every one does.

        What raises under the settings that a program left behind is asked under those that it began with.
        """
        problems: list[Exception] = []
        for settings in (nullcontext,) if are_usual() else (nullcontext, usual):
            for form in cast("list[str]", step.get("forms", [AS_IT_IS])):
                try:
                    with settings():
                        return self._observed(step, form, parts)
                except SkippedError:
                    raise
                except Exception as problem:  # noqa: BLE001  # another form may do
                    problems.append(problem)
        raise problems[0]

    def _observed(self, step: Step, form: str, parts: dict[str, Value]) -> object:
        if "observe" not in step:
            return self._done(step, form)
        watched = self.given(step["watch"], form) if "watch" in step else None
        with watching(cast("list[str]", step["observe"]), watched, self.work.root, parts):
            return self._done(step, form)

    def _done(self, step: Step, form: str) -> object:
        return VERBS[cast("str", step["do"])](self, step, form)

    def given(self, value: Value, form: str = AS_IT_IS) -> object:
        """A value of the plan as student code gets it: results of earlier steps, objects of ours, arrays in their form."""
        if isinstance(value, Mapping):
            return self._made(value, form)
        if isinstance(value, list):
            return [self.given(one, form) for one in value]
        return FORMS[form](value)

    def _made(self, value: Mapping[str, Value], form: str) -> object:
        if "ref" in value:
            return self._result(cast("int", value["ref"]))
        if "given" in value:
            inside = {name: self.given(one) for name, one in value.items() if name != "given"}
            return GIVEN[cast("str", value["given"])](**inside)
        return {name: self.given(one, form) for name, one in value.items()}

    def _result(self, number: int) -> object:
        if number not in self.made:
            raise SkippedError(self.told.get(str(number), {}).get("raised", {"type": "", "message": ""}))
        return self.made[number]


def _call(run: Run, step: Step, form: str) -> object:
    values = cast("Mapping[str, Value]", step["values"])
    given = {name: run.given(one, form) for name, one in values.items()}
    result, owner = called_of(cast("Subject", step["subject"]), run.work, given)
    held = getattr(owner, "__dict__", None)
    if isinstance(held, dict) and step.get("held"):
        run.told[str(step["number"])]["held"] = plain(held)
    return result


def _method(run: Run, step: Step, form: str) -> object:
    function = method(run.given(step["of"]), cast("Sequence[str]", step["names"]))
    named = cast("Mapping[str, Value]", step["named"])
    arguments = [run.given(one, form) for one in cast("Sequence[Value]", step["args"])]
    return function(*arguments, **{name: run.given(one, form) for name, one in named.items()})


def _get(run: Run, step: Step, form: str) -> object:
    return attribute(run.given(step["of"]), cast("Sequence[str]", step["names"]))


def _set(run: Run, step: Step, form: str) -> object:
    changed(run.given(step["of"]), cast("Sequence[str]", step["names"]), run.given(step["value"]))
    return None


def _keep(run: Run, step: Step, form: str) -> object:
    return run.given(step["value"])


def _parameters(run: Run, step: Step, form: str) -> object:
    return dict(tensors(cast("Any", run.given(step["of"]))))


def _trace(run: Run, step: Step, form: str) -> object:
    model = cast("Any", run.given(step["of"]))
    arguments = [run.given(one, "torch") for one in cast("Sequence[Value]", step["args"])]
    return traced(model.train(bool(step["training"])), cast("Any", arguments[0]))


def _first(run: Run, step: Step, form: str) -> object:
    ways = cast("Sequence[Sequence[Step]]", step["ways"])
    for way in ways:
        if all(run.step(one) for one in way):
            return run.made[cast("int", way[-1]["number"])]
    raise SkippedError(_problem(run, ways[0]))


def _problem(run: Run, way: Sequence[Step]) -> Value:
    """How a way failed."""
    parts = (run.told.get(str(step["number"]), {}) for step in way)
    return next(one["raised"] for one in parts if "raised" in one)


VERBS: dict[str, Callable[[Run, Step, str], object]] = {
    "call": _call,
    "method": _method,
    "get": _get,
    "set": _set,
    "keep": _keep,
    "parameters": _parameters,
    "trace": _trace,
    **OF_FUNCTIONS,
    "first": _first,
    **SPEECH,
}
