"""A verdict is the one formula that explains everything seen: a reading that is right, or a mistake that has a name."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graders.language import Message, say
from graders.laws.failure import told, verdict_of
from graders.observe.call import Call
from graders.observe.observation import Failure
from graders.verdict import Verdict, failed, passed

Inputs = tuple[NDArray[np.generic], NDArray[np.generic]]
Formula = Callable[[NDArray[np.generic], NDArray[np.generic]], float]
TOLERANCE = 1e-4


@dataclass(frozen=True)
class Hypotheses:
    """Right formulas with what is told of each, wrong ones by diagnosis, what is said of anything else; `numerator` is what
    a ratio divides, so that a denominator written as a number can be recognised."""

    readings: Mapping[str, tuple[Formula, Message | None]]
    mistakes: Mapping[str, tuple[Formula, Message]]
    otherwise: Message
    numerator: Formula


def explain(calls: Sequence[Call[float]], inputs: Sequence[Inputs], known: Hypotheses) -> Verdict:
    """The verdict on numbers that a function returned, one call for each pair of inputs, smallest first."""
    if isinstance(calls[0].result, Failure):
        return verdict_of(calls[0].result)
    for formula, note in known.readings.values():
        if all(explained(call, pair, formula) for call, pair in zip(calls, inputs, strict=True)):
            return passed(*([note] if note else []))
    for diagnosis, (formula, sentence) in known.mistakes.items():
        if all(explained(call, pair, formula) for call, pair in zip(calls, inputs, strict=True)):
            return failed(diagnosis, sentence)
    return _only_some_lengths(calls, inputs, known) or _counterexample(calls, inputs, known)


def explained(call: Call[float], pair: Inputs, formula: Formula) -> bool:
    """Whether a formula gives what a call returned; a formula that is undefined there says nothing against it."""
    if isinstance(call.result, Failure):
        return False
    expected = formula(*pair)
    return math.isnan(expected) or _agree(call.result, expected)


def _agree(seen: float, expected: float) -> bool:
    """As `separation.agree` says it of arrays; NaN agrees with no number."""
    return seen == expected or (math.isfinite(expected) and abs(seen - expected) <= TOLERANCE * (1 + abs(expected)))


def _only_some_lengths(calls: Sequence[Call[float]], inputs: Sequence[Inputs], known: Hypotheses) -> Verdict | None:
    """A function that is right on some lengths, or whose denominator is a number."""
    right, _ = next(iter(known.readings.values()))
    some = [explained(call, pair, right) for call, pair in zip(calls, inputs, strict=True)]
    if any(some) or _divides_by_a_constant(calls, inputs, known.numerator):
        return failed(
            "fixed-length", say("It is right for some numbers of examples only: a length is written into it.")
        )
    return None


def _divides_by_a_constant(calls: Sequence[Call[float]], inputs: Sequence[Inputs], numerator: Formula) -> bool:
    results = [call.result for call in calls]
    if any(isinstance(result, Failure) or not math.isfinite(result) for result in results):
        return False
    numerators = [numerator(*pair) for pair in inputs]
    ratios = [float(str(result)) / above for result, above in zip(results, numerators, strict=True) if above]
    return len(ratios) > 1 and ratios[0] != 0 and bool(np.allclose(ratios, ratios[0], rtol=1e-4))


def _counterexample(calls: Sequence[Call[float]], inputs: Sequence[Inputs], known: Hypotheses) -> Verdict:
    """The first call that is not explained, told by its size and the student's own answer, never by ours."""
    formula, _ = next(iter(known.readings.values()))
    otherwise = known.otherwise
    for call, pair in zip(calls, inputs, strict=True):
        if isinstance(call.result, Failure):
            return failed("wrong-formula", otherwise, told(call.result))
        if not explained(call, pair, formula):
            return failed(
                "wrong-formula",
                otherwise,
                say(
                    "On {size} examples it returned {value}.",
                    size=len(pair[0]),
                    value=round(call.result, 4) if math.isfinite(call.result) else str(call.result),
                ),
            )
    return failed("wrong-formula", otherwise)
