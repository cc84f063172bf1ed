"""Verdicts and pictures from what was seen: the criteria of a suite, called on what their probes read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from graders.judge.believed import believed
from graders.judge.unbelieved import guarded
from graders.laws.failure import verdict_of
from graders.observe.context import Context
from graders.observe.observation import Failure, Observation
from graders.observe.probe import Probe, read
from graders.report.pictures import Picture
from graders.suite.suite import Suite
from graders.verdict import Verdict

Evidence = Mapping[Probe[object], Sequence[Observation]]


@dataclass(frozen=True, eq=False)
class Judgement:
    """A verdict a criterion, and the pictures of some."""

    verdicts: Mapping[str, Verdict]
    pictures: Mapping[str, Sequence[Picture]]


def judge(suite: Suite, context: Context, evidence: Evidence) -> Judgement:
    """Judge every criterion. An exception in a judge is our bug, or what was seen is forged: it asks a person."""
    seen = {probe: guarded(partial(read, probe, context, evidence[probe])) for probe in suite.probes()}
    verdicts = {
        one.id: believed(_verdict(one.judge, [seen[probe] for probe in one.probes]), context.binding.sources)
        for one in suite.criteria.values()
    }
    pictures: dict[str, Sequence[Picture]] = {}
    for one in suite.paintings:
        shown = [seen[probe] for probe in one.probes]
        if not any(isinstance(value, Failure) for value in shown):
            painted = guarded(partial(_painted, one.paint, shown))
            pictures[one.id] = [*pictures.get(one.id, ()), *([] if isinstance(painted, Failure) else painted)]
    return Judgement(verdicts, pictures)


def _painted(paint: Callable[..., Iterable[Picture]], shown: Sequence[object]) -> Sequence[Picture]:
    return list(paint(*shown))


def _verdict(judge: object, seen: Sequence[object]) -> Verdict:
    failure = next((value for value in seen if isinstance(value, Failure)), None)
    if failure is not None:
        return verdict_of(failure)
    assert callable(judge), "a criterion is declared with its judge"
    verdict = guarded(partial(judge, *seen))
    if isinstance(verdict, Failure):
        return verdict_of(verdict)
    assert isinstance(verdict, Verdict), "a judge gives a verdict"
    return verdict
