"""Question 1.2: the convolution is computed by the student's own code, as the trace of its calls shows."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import numpy as np

from graders.language import say
from graders.laws.failure import verdict_of
from graders.observe.observation import Failure
from graders.observe.probe import Optional
from graders.observe.steps import Heard, How, Ref, Talk, steps
from graders.verdict import Verdict, failed, passed

from .asking import WAYS, Case
from .convolution import CONVOLUTION, way_of
from .declared import numbers, suite

FORMS = How(forms=("numpy", "torch", "floats", "list"), observe=["operations"])
# Operations of torch, and functions of any library, by the last part of their name.
LIBRARY = re.compile(
    r"^_?(np_|fft|oa|choose_)?(conv|convolve|convolution|correlate)(olution)?_?([123]d)?(_overrideable|_input|_transpose[123]d|2d_input)?$"
    r"|^(mkldnn|cudnn|thnn|slow|_slow|miopen|xnnpack)_?conv\w*$|^filter2D$|^sepFilter2D$|^_convolution(_mode)?$"
    r"|^conv_(transpose)?[123]d\w*$|^conv_tbc$",
    re.IGNORECASE,
)


@steps(group="conv2d calls", seconds=30)
def CALLS(talk: Talk) -> Heard:
    """What the convolution calls, and what it answers to two filters."""
    x = talk.normal(1, 2, 5, 6)
    weights = [talk.normal(2, 2, 3, 3), talk.normal(2, 2, 3, 3)]
    found: list[Heard] = []
    for bias in (talk.normal(2), None):
        seen: dict[str, list[Ref]] = {way: [] for way in WAYS}
        for weight in weights:
            case = Case(x, {"weight": weight, "bias": bias, "stride": 1, "padding": 1})
            for way in WAYS:
                seen[way].append(talk.call("conv2d", how=FORMS, **case.given(way)[0]))
        operations = {way: [one.operations for one in refs] for way, refs in seen.items()}
        found.append({"answers": seen, "operations": operations})
    return {"biased": found[0], "bare": found[1]}


def called(told: object, library: re.Pattern[str] = LIBRARY) -> list[str]:
    """The functions of libraries with such names among what was called."""
    if not isinstance(told, Mapping):
        return []
    names = [str(one) for one in (told.get("names") or [])]
    operations = [str(one) for one in (told.get("operations") or {})]
    found = [name for name in names if library.match(name.rsplit(".", 1)[-1])]
    found += [name for name in operations if library.match(_operation(name))]
    return sorted({*found})


def _operation(name: str) -> str:
    """aten.convolution.default is a convolution."""
    return name.split(".")[1] if name.count(".") else name


def _worked(found: Sequence[object]) -> bool:
    """Whether two filters gave two answers."""
    first, second = (numbers(one) for one in found)
    return first is not None and second is not None and (first.shape != second.shape or not np.allclose(first, second))


def _answered(asked: object, way: str) -> bool:
    """Whether nothing was raised: with a bias, or without one where adding it fails, which is paid elsewhere."""
    return isinstance(asked, Mapping) and not any(isinstance(one, Failure) for one in asked["answers"][way])


@suite.criterion("conv.independent", observe=(CALLS, Optional(CONVOLUTION)))
def independent(heard: Heard, convolution: tuple[Heard | Failure]) -> Verdict:
    """The function calls no convolution of a library."""
    way = WAYS[0] if isinstance(convolution[0], Failure) else way_of(convolution[0])
    asked = next((one for one in heard.values() if _answered(one, way)), heard["biased"])
    assert isinstance(asked, Mapping), "it is our own"
    seen, operations = asked["answers"], asked["operations"]
    assert isinstance(seen, Mapping), "they are our own"
    assert isinstance(operations, Mapping), "they are our own"
    names = called(operations[way][0])
    if names:
        return failed(
            "library-convolution", say("The function calls `{name}`: it was to be written by hand.", name=short(names))
        )
    lost = next((one for one in seen[way] if isinstance(one, Failure)), None)
    if lost:
        return verdict_of(lost)
    if not _worked(seen[way]):
        return failed("nothing-computed", say("What it returns does not depend on the kernel."))
    return passed()


def short(names: Sequence[str]) -> str:
    """The name that students know: of several the one that is no operation of torch, without its private parts."""
    name = next((name for name in names if not name.startswith("aten.")), names[0])
    return ".".join(part for part in name.split(".") if not part.startswith("_")) or name
