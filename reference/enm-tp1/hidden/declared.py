"""The suite, and how functions are asked: the same questions with tensors, arrays and lists, until one is answered right."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

import numpy as np
from numpy.typing import NDArray

from graders.language import Message, say
from graders.laws.failure import told, verdict_of
from graders.observe.observation import Failure
from graders.observe.steps import Heard, How, Steps, Talk, steps
from graders.observe.values import array
from graders.suite.loading import published
from graders.suite.suite import Suite
from graders.verdict import Status, Verdict, failed

suite = Suite("enm-tp1")
data = published("enm-tp1", "data")
Floats = NDArray[np.float64]
Case = Mapping[str, object]
Cases = Callable[[np.random.Generator], Sequence[Case]]
Formula = Callable[..., object]
TOLERANCE = 2e-4
# What the class of a method may want to be made with.
SIZES = {"n_features": 4, "n_classes": 4}
FORMS = (("torch", "numpy"), ("numpy", "torch"), ("list", "torch"))


def width(talk: Talk, features: int) -> int:
    """As many features as wanted, where the perceptron is told how many; those of the lab, where it was written for them."""
    bound = talk.context.bound("Perceptron")
    told = bound is None or bound.packs or any(name == "n_features" for _, name in bound.order)
    return features if told else len(data.COLUMNS)


def answers(name: str, cases: Cases, right: Callable[[Heard], bool], group: str) -> Steps:
    """What a function says in each of these cases."""

    def plan(forms: Sequence[str]) -> Callable[[Talk], Heard]:
        def asked(talk: Talk) -> Heard:
            given, bound = cases(talk.rng), talk.context.bound(name)
            sizes = SIZES if bound is not None and bound.maker else {}
            return {
                "cases": given,
                "answers": [talk.call(name, how=How(forms=forms), **{**sizes, **one}) for one in given],
            }

        return asked

    first, *others = (plan(forms) for forms in FORMS)
    return steps(group=group, ways=others, enough=right)(first)


def pairs(heard: Heard) -> list[tuple[Case, object]]:
    """Each case with its answer."""
    return list(zip(cast("Sequence[Case]", heard["cases"]), cast("Sequence[object]", heard["answers"]), strict=True))


def fits(found: object, expected: object) -> bool:
    """Whether an answer is an array of this shape with these values; a scalar may come as an array of one element."""
    mine, ours = array(found), np.asarray(expected, float)
    if isinstance(mine, Failure) or mine.dtype.kind == "c":
        return False
    same = mine.shape == ours.shape or mine.size == ours.size == 1
    return same and bool(np.allclose(mine.reshape(ours.shape).astype(float), ours, rtol=TOLERANCE, atol=TOLERANCE))


def explains(formula: Formula, some: Sequence[tuple[Case, object]]) -> bool:
    """Whether a formula gives every one of these answers."""
    with np.errstate(all="ignore"):
        return all(fits(found, formula(**case)) for case, found in some)


@dataclass(frozen=True)
class Known:
    """Right formulas with what is told of each, and wrong ones by diagnosis."""

    right: Sequence[tuple[Formula, Message | None]]
    wrong: Mapping[str, tuple[Formula, Message]]
    otherwise: Message


def mistake(known: Known, some: Sequence[tuple[Case, object]]) -> Verdict | None:
    """The verdict where no right formula explains these answers."""
    if any(explains(formula, some) for formula, _ in known.right):
        return None
    if isinstance(some[0][1], Failure):
        return verdict_of(some[0][1])
    if all(found is None for _, found in some):
        return failed("nothing-returned", NOTHING)
    for diagnosis, (formula, sentence) in known.wrong.items():
        if explains(formula, some):
            return failed(diagnosis, sentence)
    raised = next((found for _, found in some if isinstance(found, Failure)), None)
    return failed("wrong-values", known.otherwise, *([told(raised)] if raised else []))


NOTHING = say("It returns nothing: it is not written yet, or `return` is missing.")


def notes(known: Known, some: Sequence[tuple[Case, object]]) -> list[Message]:
    """What is told of the right formula that was seen."""
    return [note for formula, note in known.right if note and explains(formula, some)][:1]


def softmax(z: Floats, axis: int = 1) -> Floats:
    """Row by row."""
    powers = np.exp(z - z.max(axis=axis, keepdims=True))
    return cast("Floats", powers / powers.sum(axis=axis, keepdims=True))


OWN = (
    "train",
    "gradients",
    "Perceptron",
    "XorMLP",
    "train_xor",
    "nll_loss",
    "softmax",
    "one_hot",
    "binary_cross_entropy",
)


def uses(talk: Talk, *callers: str) -> list[str]:
    """The expected names that what stands for these names calls, by itself or by one another."""
    bound = {name: one for name in OWN if (one := talk.context.bound(name))}
    found = [name for name in callers if name in bound]
    for name in found:
        calls = bound[name].definition.calls
        found += [other for other, one in bound.items() if other not in found and one.definition.said in calls]
    return [name for name in found if name not in callers]


def fair(own: Verdict | None, ours: Verdict, *, sound: bool) -> Verdict:
    """What is asked with the student's own object counts where that is `sound`; else the best of it and of one of ours."""
    if own is None or (not sound and ours.credit > own.credit):
        return ours
    return own if sound or own.credit > ours.credit or ours.status in (Status.ERROR, Status.MISSING) else ours


def first_failure(heard: Heard, *names: str) -> Verdict | None:
    """The verdict where one of these was not seen."""
    lost = next((one for name in names if isinstance(one := heard[name], Failure)), None)
    return verdict_of(lost) if lost else None
