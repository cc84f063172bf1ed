"""Question 3: other separations, other variances, and what they do to the errors."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from graders.language import say
from graders.laws.shown import groups
from graders.observe.outcome import Outcome, Returned
from graders.verdict import Status, Verdict, failed, partial, passed

from .declared import PROGRAM, suite
from .results import counts, trained

DIFFERENT = 0.1
DEEPEST, MOST = 4, 200
LONGEST = 2_000
NAMED = re.compile(r"err|hist|faute|miscl|mistake", re.IGNORECASE)


@suite.criterion("experiment.spread", observe=PROGRAM)
def spread(program: Outcome) -> Verdict:
    """At least two separations or variances, and the histories of all."""
    settings = _settings(program.returned)
    kept = _kept(program)
    if settings and len(settings) < 2:
        return failed(
            "one-setting", say("Every training had data of the same separation and variance: try at least two.")
        )
    if len(settings) >= 2 and kept >= 2:
        return passed(say("{count} settings were seen.", count=len(settings)))
    if len(settings) >= 2 and not any(True for one in program.returned for _ in _returned(one.value)):
        return passed(
            say("{count} settings were seen; that the training keeps no history is paid there.", count=len(settings))
        )
    if len(settings) >= 2:
        return partial(0.5, "histories-not-kept", say("Several settings are tried, but their histories are not kept."))
    if kept >= 2:
        return passed(say("{count} histories were seen.", count=kept))
    return Verdict(status=Status.MISSING, credit=0, diagnosis="missing", feedback=(NOTHING,))


NOTHING = say("No second separation or variance was found: train again on other clouds, and keep each history.")


def _settings(returned: Sequence[Returned]) -> list[tuple[float, float]]:
    """The different (separation, deviation) of the data that the training function was given."""
    found: list[tuple[float, float]] = []
    for one in returned:
        place = _setting(one.given)
        if place and not any(np.allclose(place, other, rtol=DIFFERENT) for other in found):
            found.append(place)
    return found


def _setting(given: Mapping[str, object]) -> tuple[float, float] | None:
    """How far apart the means of two classes are, and how far the points of a class are from its mean."""
    arrays = [
        np.asarray(one, dtype=float)
        for one in given.values()
        if isinstance(one, np.ndarray) and one.dtype.kind in "biuf"
    ]
    x = next((one for one in arrays if one.ndim == 2 and one.shape[1] == 2 and len(one) > 3), None)
    y = next((one.reshape(-1) for one in arrays if x is not None and one.size == len(x)), None)
    if x is None or y is None or len(np.unique(y)) != 2:
        return None
    high, low = x[y == y.max()], x[y == y.min()]
    return float(np.linalg.norm(high.mean(axis=0) - low.mean(axis=0))), float(
        np.sqrt((high.var(axis=0) + low.var(axis=0)).mean())
    )


def _kept(program: Outcome) -> int:
    """How many histories can still be looked at: in variables, in curves and bars, in what is printed."""
    known = {tuple(numbers) for one in program.returned for numbers in _returned(one.value)}
    if program.returned and not known and all(trained(one.value) for one in program.returned):
        return 0
    values = [one for name, one in program.values().items() if not isinstance(one, np.ndarray) or NAMED.search(name)]
    held = [one for value in values for one in _within(value, known)]
    shown = [one.y for figure in program.figures for axes in figure.axes for one in axes.lines]
    bars = [one.height for figure in program.figures for axes in figure.axes for one in axes.bars]
    printed = [one for one in groups(program.printed) if max(one, default=0) > 1]  # neither labels nor answers
    seen = [*(one.tolist() for one in (*shown, *bars)), *printed]
    others = [one for one in seen if _is_history(one, known)]
    return max(len(held), len({tuple(one) for one in (*held, *others)}))


def _returned(value: object) -> Iterator[list[float]]:
    """The histories that a training function gave."""
    for result in trained(value)[:1]:
        if result.history is not None and (numbers := counts(result.history)):
            yield numbers


def _is_history(numbers: list[float], known: set[tuple[float, ...]]) -> bool:
    """Whether numbers are a history that was returned; where none was, whether they may be one."""
    return tuple(numbers) in known if known else _counting(numbers) is not None


def _within(value: object, known: set[tuple[float, ...]], depth: int = DEEPEST) -> Iterator[list[float]]:
    """The histories in a value and in what it holds."""
    numbers = counts(value) if isinstance(value, list | np.ndarray) and _is_flat(value) else None
    if numbers is not None:
        yield from [numbers] if _is_history(numbers, known) else []
    elif depth and isinstance(value, Mapping | list):
        for one in list(value.values() if isinstance(value, Mapping) else value)[:MOST]:
            yield from _within(one, known, depth - 1)


def _is_flat(value: object) -> bool:
    if isinstance(value, np.ndarray):
        return value.ndim == 1
    return isinstance(value, list) and all(isinstance(one, int | float) for one in value)


def _counting(numbers: list[float]) -> list[float] | None:
    """Numbers of errors: integers from 0 on, neither labels nor settings nor a count of epochs."""
    if not numbers or len(numbers) > LONGEST or not all(float(one).is_integer() and one >= 0 for one in numbers):
        return None
    grows = len(numbers) > 1 and bool(np.all(np.diff(numbers) > 0))
    labels = len(numbers) > 30 and set(numbers) <= {0.0, 1.0}
    if grows or labels:
        return None
    return numbers
