"""Question 1.2: what a shift of the image does to the output."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from graders.language import say
from graders.laws.failure import verdict_of
from graders.observe.observation import Failure
from graders.observe.probe import Optional
from graders.observe.steps import Heard, Talk, steps
from graders.probes.wire import Array
from graders.verdict import Verdict, failed, passed

from .asking import WAYS, Case, answered, answers, asked
from .convolution import CONVOLUTION, explanation, of_way, way_of
from .declared import TOLERANCE, numbers, suite
from .formulas import MISTAKES

DOWN, ALONG, KERNEL = 2, 3, 3


@steps(group="conv2d shifted", seconds=30)
def SHIFTED(talk: Talk) -> Heard:
    """The same picture twice, the second time further down and to the right; something else comes in."""
    first, second = talk.normal(2, 2, 9, 13), talk.normal(2, 2, 9, 13)
    second[:, :, DOWN:, ALONG:] = first[:, :, :-DOWN, :-ALONG]
    more = {"weight": talk.normal(3, 2, KERNEL, KERNEL), "bias": talk.normal(3), "stride": 1}
    others = ({"padding": 0}, {"padding": 1}, {"padding": 0, "bias": None})
    given = [[Case(one, {**more, **other}) for one in (first, second)] for other in others]
    return {"cases": given, "answers": [asked(talk, "conv2d", some) for some in given]}


@suite.criterion("conv.equivariance", observe=(SHIFTED, Optional(CONVOLUTION)))
def equivariance(heard: Heard, convolution: tuple[Heard | Failure]) -> Verdict:
    """At stride 1, a shifted image gives the same output, shifted."""
    way = WAYS[0] if isinstance(convolution[0], Failure) else way_of(convolution[0])
    given, found = asked_well(heard, way)
    lost = next((one for one in found if isinstance(one, Failure)), None)
    if lost:
        return verdict_of(lost)
    first, second = (numbers(one) for one in found)
    if first is None or second is None or first.ndim < 2 or first.shape != second.shape or min(first.shape[-2:]) <= 4:
        return failed("no-image", say("What it returns is no image."))
    if float(np.ptp(first, axis=(-2, -1)).min()) < TOLERANCE:
        return failed("constant", say("The output is the same everywhere: a shift cannot be seen in it."))
    if follows(first, second):
        return passed()
    return _named(of_way(given, way), found)


def follows(first: Array, second: Array) -> bool:
    """Whether the second output is the first, shifted; a border that padding has touched is left out."""
    edge = max(0, (first.shape[-2] - (9 - KERNEL + 1)) // 2 + (first.shape[-2] > 9 - KERNEL + 1))
    before = first[..., edge : first.shape[-2] - DOWN - edge, edge : first.shape[-1] - ALONG - edge]
    after = second[..., DOWN + edge : first.shape[-2] - edge, ALONG + edge : first.shape[-1] - edge]
    scale = 1 + np.abs(first).max()
    return before.size > 0 and bool(np.allclose(before, after, rtol=0, atol=TOLERANCE * scale))


def asked_well(heard: Heard, way: str) -> tuple[list[Case], list[object]]:
    """Without a border; with one, or without a bias, where that was not answered: it is paid elsewhere."""
    cases, told = heard["cases"], heard["answers"]
    assert isinstance(cases, list), "it is our own"
    assert isinstance(told, list), "it is our own"
    both = [(given, answers(one, way)) for given, one in zip(cases, told, strict=True)]
    return next((one for one in both if answered(one[1]) == 1), both[0])


def _named(given: Sequence[Case], found: Sequence[object]) -> Verdict:
    said = say("A shift of the image does not shift the output: what is computed depends on the place.")
    names = [name for name in (explanation(given, found) or {}).values() if MISTAKES[name][0] in ("stride", "place")]
    return failed(names[0], said, MISTAKES[names[0]][2]) if names else failed("depends-on-place", said)
