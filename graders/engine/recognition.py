"""Recognise by behaviour what no name tells: each definition that could be meant is asked what the name would be asked.

A definition fits an expected name as well as its answers please the criteria of that name: a right answer most, a named mistake
somewhat, so that a wrong implementation under another name is told its mistake and not called missing. Definitions and names
are matched so that the sum is largest: what answers one name right is not taken for the mistake of another.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from statistics import fmean

import numpy as np
from numpy.typing import NDArray

from graders.engine.observer import Observer
from graders.engine.tried import Said, Tried
from graders.judge.judging import judge
from graders.observe.context import Context
from graders.observe.probe import Optional, asked
from graders.submissions.binding import Binding
from graders.submissions.bound import Bound, Key
from graders.suite.suite import Criterion, Suite
from graders.verdict import Status, Verdict

Fits = Mapping[Key, tuple[float, Bound]]
MOST_CANDIDATES = 40
LEAST, SURE = 0.35, 0.05
# A class that is made of nothing is like many others: a mistake of its own says little.
LEAST_BARE = 0.65
# What is found lets more be asked: a network once there are layers.
MOST_ROUNDS = 3
# A mistake that tells nothing of whose it is: whatever returns no number is no attempt at a size, or at a mean.
EMPTY = ("wrong", "no-", "nothing-", "returns-nothing")
UNNAMED = ("raised", "timeout", "memory", "crashed", "flooded", "unreadable", "missing", "refused", "not-written")


def recognised(
    suite: Suite, context: Context, observer: Observer, points: Mapping[str, float], tried: Tried
) -> Binding:
    """The binding with what was recognised by its behaviour; criteria count by their `points`."""
    for _ in range(MOST_ROUNDS):
        before = context.binding
        after = _round(suite, context, observer, points, tried)
        context = context.of(replace(after, candidates=_left(after)))
        if {name for name, one in after.names.items() if one} <= {name for name, one in before.names.items() if one}:
            break
    return context.binding


def _left(binding: Binding) -> Mapping[str, tuple[Bound, ...]]:
    """What those that are still not found may be: nothing that stands for another."""
    keys = {one.key for one in binding.names.values() if one}
    left = {name: found for name, found in binding.candidates.items() if not binding.names.get(name)}
    return {name: tuple(one for one in found if one.key not in keys) for name, found in left.items()}


def _round(suite: Suite, context: Context, observer: Observer, points: Mapping[str, float], tried: Tried) -> Binding:
    """The binding with what its candidates tell of themselves."""
    binding, fits = context.binding, dict[str, Fits]()
    endless: set[Key] = set()
    for name, candidates in binding.candidates.items():
        able = [one for one in candidates if one.key not in endless][:MOST_CANDIDATES]
        verdicts: dict[Bound, Said] = {}
        alone = binding.with_names(dict.fromkeys(binding.costly))
        absent = context.of(alone.with_names({name: None}))
        for one in (before, *able) if (before := binding.names.get(name)) else able:
            there = context.of(alone.with_names({name: one}))
            verdicts[one] = tried.of(name, there.binding, suite, partial(_verdicts, observer, there, absent))
            if one is before and all(_pleased(verdict) for verdict in verdicts[one].values()):
                # Its name is like the one that is meant, and what it does is understood.
                break
        endless |= {one.key for one, said in verdicts.items() if any(v.status is Status.TIMEOUT for v in said.values())}
        fits[name] = _best_of(verdicts, before, points)
    return binding.with_names(_matched(binding, fits)) if fits else binding


def _verdicts(observer: Observer, there: Context, absent: Context, suite: Suite) -> Said:
    """What the criteria of a name say of the definition that the binding has for it, and that is absent otherwise."""
    criteria = {one.id: one for one in suite.criteria.values() if _is_about(one, there, absent)}
    probes = list(dict.fromkeys(probe for one in criteria.values() for probe in one.probes))
    some = replace(suite, criteria=criteria, paintings=[])
    return judge(some, there, observer.gather(probes, there)).verdicts


def _best_of(verdicts: Mapping[Bound, Said], before: Bound | None, points: Mapping[str, float]) -> Fits:
    """For each definition the best way to call it, and how well it pleases, from 0 to 1; earlier ways win where equal."""
    fits: dict[Key, tuple[float, Bound]] = {}
    for bound, said in verdicts.items():
        fit = _fit(said, points) + (SURE if before and bound.key == before.key else 0.0)
        if bound.key not in fits or fit > fits[bound.key][0] + SURE:
            fits[bound.key] = fit, bound
    return fits


def _fit(said: Said, points: Mapping[str, float]) -> float:
    weights = [points.get(id, 1.0) for id in said]
    return fmean(map(_pleased, said.values()), weights) if said and sum(weights) else 0.0


def _is_about(criterion: Criterion, there: Context, absent: Context) -> bool:
    """Whether a criterion must have this name to ask its questions."""
    needed = [probe for probe in criterion.probes if type(probe) is not Optional]
    return any(not asked(probe, absent, ()) and asked(probe, there, ()) for probe in needed)


def _pleased(verdict: Verdict) -> float:
    if verdict.status is Status.FAIL:
        named = verdict.diagnosis and verdict.diagnosis not in UNNAMED and not verdict.diagnosis.startswith(EMPTY)
        return 0.4 if named else 0.0
    return {Status.PASS: 1.0, Status.PARTIAL: 0.7}.get(verdict.status, 0.0)


def _matched(binding: Binding, fits: Mapping[str, Fits]) -> Mapping[str, Bound]:
    """For each name the definition that it is given where the sum of fits is largest."""
    names, keys = list(fits), list(dict.fromkeys(key for found in fits.values() for key in found))
    table = np.array([[fits[name].get(key, (0.0, None))[0] for key in keys] for name in names]).reshape(len(names), -1)
    rows, columns = _assigned(table) if keys else ((), ())
    chosen = {names[row]: fits[names[row]].get(keys[column]) for row, column in zip(rows, columns, strict=True)}
    return {name: one[1] for name, one in chosen.items() if one and one[0] > _least(one[1])}


def _least(bound: Bound) -> float:
    bare = bound.definition.kind == "class" and not bound.definition.parameters
    return LEAST_BARE if bare else LEAST


def _assigned(table: NDArray[np.float64]) -> tuple[Sequence[int], Sequence[int]]:
    """Rows and their columns, each used once, where the sum is largest: the best of each row, unless two want the same."""
    best = table.argmax(axis=1)
    if len(np.unique(best)) == len(best):
        return range(len(best)), best.tolist()
    from scipy.optimize import linear_sum_assignment  # a fifth of a second

    rows, columns = linear_sum_assignment(table, maximize=True)
    return rows.tolist(), columns.tolist()
