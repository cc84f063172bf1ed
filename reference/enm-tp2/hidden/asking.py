"""How a function on images is asked: by the batch, by the image, by the plane; the judge takes the way that it understands."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from graders.language import Message, say
from graders.observe.observation import Failure
from graders.observe.steps import Heard, How, Ref, Talk
from graders.probes.wire import Array

from .declared import numbers

FORMS = How(forms=("numpy", "torch", "floats", "list"))
WAYS = ("batch", "image", "pair", "plane")


@dataclass(frozen=True, eq=False)
class Case:
    """Images (n, channels, H, W), and what else is given by its expected name."""

    x: Array
    more: Mapping[str, object]

    def given(self, way: str) -> list[dict[str, object]]:
        """The calls that ask about all of it, or about its first plane."""
        if way == "batch":
            return [{"x": self.x, **self.more}]
        if way == "pair":
            return [
                {"x": self.x, **{name: (one, one) if isinstance(one, int) else one for name, one in self.more.items()}}
            ]
        if way == "image":
            return [{"x": one, **self.more} for one in self.x]
        return [{"x": self.x[0, 0], **{name: _plane(one) for name, one in self.more.items()}}]

    def first_plane(self) -> Case:
        """The same with one image of one channel, and one filter."""
        more = {
            name: one[:1, :1] if isinstance(one, np.ndarray) and one.ndim == 4 else one[:1]
            for name, one in self.more.items()
            if isinstance(one, np.ndarray)
        }
        return replace(self, x=self.x[:1, :1], more={**self.more, **more})


def _plane(value: object) -> object:
    """Of filters the first plane of the first, of biases the first."""
    if isinstance(value, np.ndarray):
        return value[0, 0] if value.ndim == 4 else float(value[0])
    return value


def asked(talk: Talk, name: str, cases: Sequence[Case], how: How = FORMS) -> Mapping[str, object]:
    """What the student's function answers to all cases, in each way: {way: [[answer of each call] of each case]}."""
    return {way: [[_call(talk, name, one, how) for one in case.given(way)] for case in cases] for way in WAYS}


def _call(talk: Talk, name: str, values: Mapping[str, object], how: How) -> Ref:
    return talk.call(name, how=how, **values)


def answers(heard: object, way: str) -> list[object]:
    """For each case what came back, put together to a batch: a failure, or what was returned."""
    assert isinstance(heard, Mapping), "it is our own"
    return [_together(calls, way) for calls in heard[way]]


def _together(calls: Sequence[object], way: str) -> object:
    lost = next((one for one in calls if isinstance(one, Failure)), None)
    if lost or way in ("batch", "pair"):
        return lost or calls[0]
    found = [numbers(one) for one in calls]
    if any(one is None or one.shape != found[0].shape for one in found):  # type: ignore[union-attr]  # the first is one
        return calls[0]
    stacked = np.stack([one for one in found if one is not None])
    return stacked[:, None] if way == "plane" else stacked


def understood(heard: object, score: Callable[[str, list[object]], float]) -> str:
    """The way whose answers please most; the first of those that please alike."""
    return max(WAYS, key=lambda way: (score(way, answers(heard, way)), -WAYS.index(way)))


MANNERS: Mapping[str, Message] = {
    "image": say("It takes one image at a time, without the axis of the batch."),
    "pair": say("It wants sizes as pairs, (2, 2) and not 2."),
}


def answered(found: Sequence[object]) -> float:
    """The share of cases that were answered by numbers."""
    return sum(numbers(one) is not None for one in found) / len(found)


__all__ = ["FORMS", "MANNERS", "Case", "Heard", "answered", "answers", "asked", "understood"]
