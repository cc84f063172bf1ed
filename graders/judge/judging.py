"""Verdicts and pictures from what was seen: the criteria of a suite, called on what their probes read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

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
    """Judge every criterion. An exception in a judge is our bug, and comes out as one."""
    seen = {probe: read(probe, context, evidence[probe]) for probe in suite.probes()}
    verdicts = {one.id: _verdict(one.judge, [seen[probe] for probe in one.probes]) for one in suite.criteria.values()}
    pictures: dict[str, Sequence[Picture]] = {}
    for one in suite.paintings:
        shown = [seen[probe] for probe in one.probes]
        if not any(isinstance(value, Failure) for value in shown):
            pictures[one.id] = [*pictures.get(one.id, ()), *one.paint(*shown)]
    return Judgement(verdicts, pictures)


def _verdict(judge: object, seen: Sequence[object]) -> Verdict:
    failure = next((value for value in seen if isinstance(value, Failure)), None)
    if failure is not None:
        return verdict_of(failure)
    assert callable(judge), "a criterion is declared with its judge"
    verdict = judge(*seen)
    assert isinstance(verdict, Verdict), "a judge gives a verdict"
    return verdict
