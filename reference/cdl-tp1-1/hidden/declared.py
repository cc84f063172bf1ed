"""What is asked: the training function on hidden data, the program as it is, and the program on hidden data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from graders.observe.context import Context
from graders.observe.observation import Failure, Observation
from graders.observe.ran import Rerun
from graders.observe.request import Request
from graders.observe.source import SourceText
from graders.observe.steps import Heard, How, Steps, Talk, steps
from graders.probes.wire import Value
from graders.suite.suite import Suite

from .afar import explained_afar, large
from .judging import Explanation, Replay, cases, explain, is_plain, is_right
from .lessons import FEW, MANY, Lesson, apart, few, given, lessons, mixed, tiny
from .own import own_lesson

suite = Suite("cdl-tp1-1")
NAMES, WATCHED = ("w", "b", "history", "X", "y"), ("train_perceptron",)
SOURCE = SourceText()
LOWER = (-1.0, 0.0)
SECONDS = How(forms=("numpy", "torch", "floats"), observe=("seconds",), held=True)
LONG = 1_000


def _asked(talk: Talk, some: Sequence[Lesson], low: float) -> Heard:
    """The function on each of the lessons, with what its object holds afterwards."""
    bound = talk.context.bound("train_perceptron")
    takes = {*bound.taken} if bound else set()
    return {"low": low, "told": [_told(talk, lesson, low) for lesson in some], "takes": sorted(takes)}


def _told(talk: Talk, lesson: Lesson, low: float) -> dict[str, object]:
    start = {"w": np.zeros(2), "b": 0.0}
    result = talk.call(
        "train_perceptron", **given(lesson, low), eta=lesson.eta, epochs=lesson.epochs, **start, how=SECONDS
    )
    inside = {"given": talk.get(result, "__dict__"), "object": result.held}
    return {"lesson": lesson, "result": result, "inside": inside, "seconds": result.seconds}


def _steps(low: float) -> tuple[Steps, Steps]:
    """The same questions with labels of one kind: lessons that can be learned, and one that cannot."""

    def learnable(talk: Talk) -> Heard:
        some = talk.context.once("lessons", lessons)
        heard = _asked(talk, some, low)
        return {**heard, "afar": [_told(talk, large(one), low) for one in some if len(one.x) <= FEW]}

    def endless(talk: Talk) -> Heard:
        one = talk.context.once("mixed", mixed)
        settled = talk.context.once("settled", lambda rng: few(rng, LONG * 30, 1))
        return _asked(talk, [one, Lesson(settled.x, settled.y, settled.eta, 50), settled], low)

    return steps(f"learnable {low}", seconds=15)(learnable), steps(f"endless {low}", seconds=8)(endless)


KINDS = {low: _steps(low) for low in LOWER}


@dataclass(frozen=True, eq=False)
class Asked:
    """What a training function gave: on lessons with labels of the kind that it understands, and on one without an end."""

    low: float
    learnable: Heard | Failure
    endless: Heard | Failure


@dataclass(frozen=True, eq=False)
class Function:
    """A probe: the training function with labels of ±1; where that is not right, of 0 and 1; then without an end."""

    def ask(self, context: Context, seen: Sequence[Observation]) -> Sequence[Request]:
        """The next question."""
        if context.bound("train_perceptron") is None:
            return ()
        if not seen:
            return KINDS[LOWER[0]][0].ask(context, ())
        if len(seen) == 1 and not self._plain(context, seen[0], LOWER[0]):
            return KINDS[LOWER[1]][0].ask(context, ())
        low, asked = self._kind(context, seen)
        return KINDS[low][1].ask(context, ()) if len(seen) == asked else ()

    def _explained(self, context: Context, seen: Observation, low: float) -> Explanation | None:
        heard = KINDS[low][0].read(context, [seen])
        return None if isinstance(heard, Failure) else explain(cases(heard)) or explained_afar(heard)

    def _plain(self, context: Context, seen: Observation, low: float) -> bool:
        return is_plain(self._explained(context, seen, low))

    def _kind(self, context: Context, seen: Sequence[Observation]) -> tuple[float, int]:
        """The labels that are understood, and how many observations it took to know."""
        if self._plain(context, seen[0], LOWER[0]):
            return LOWER[0], 1
        known = [_sure(self._explained(context, one, low)) for low, one in zip(LOWER, seen, strict=False)]
        return LOWER[known.index(max(known))], 2

    def read(self, context: Context, seen: Sequence[Observation]) -> Asked | Failure:
        """What it gave with the labels that it understands."""
        if not seen:
            return context.missing("train_perceptron") or Failure("missing")
        low, asked = self._kind(context, seen)
        place = LOWER.index(low)
        endless = KINDS[low][1].read(context, seen[asked:]) if len(seen) > asked else Failure("missing")
        return Asked(low, KINDS[low][0].read(context, [seen[place]]), endless)


def _sure(why: Explanation | None) -> int:
    """How much an explanation says for labels of that kind: nothing, a mistake, right, right at the rate, plainly right."""
    if why is None or not is_right(why):
        return int(why is not None)
    return 2 + (why.scale != "free") + 2 * is_plain(why)


FUNCTION = Function()
PROGRAM = Rerun(NAMES, WATCHED, label="program", seconds=60, importing=True)
WAYS = [(label, low) for label in ("apart", "tiny") for low in LOWER]
FEWEST, MOST = 10, 2_000


def _lesson(context: Context, label: str, many: int) -> Lesson:
    """The data of one run: clouds of as many points as the program's own, which it may have written down; or few points."""
    return context.once(f"lesson {label} {many}", (lambda rng: apart(rng, many)) if label == "apart" else tiny)


def _replay(label: str, low: float, many: int) -> Rerun:
    def ours(context: Context) -> Mapping[str, Value]:
        return given(_lesson(context, label, many), low)

    return Rerun(NAMES, WATCHED, ours, f"{label}-{low:g}", 40, importing=True)


@dataclass(frozen=True, eq=False)
class Replays:
    """A probe: the program on hidden data, on clouds and on few points, with either kind of labels, until it is understood."""

    def ask(self, context: Context, seen: Sequence[Observation]) -> Sequence[Request]:
        """The program as it is, then the next way, unless the last one was right, or it cannot be given our data."""
        if not seen:
            return PROGRAM.ask(context, ())
        tried = len(seen) - 1
        if tried == len(WAYS):
            return ()
        if tried and (not (runs := self.read(context, seen)) or is_plain(_why(runs[-1]))):
            return ()
        return _replay(*WAYS[tried], _many(context, seen[0])).ask(context, ())

    def read(self, context: Context, seen: Sequence[Observation]) -> tuple[Replay, ...]:
        """Every run on our data; what is understood on clouds has no need of few points, where a mistake can look right."""
        runs: list[Replay] = []
        many = _many(context, seen[0]) if seen else MANY
        for (label, low), one in zip(WAYS, seen[1:], strict=False):
            outcome = _replay(label, low, many).read(context, [one])
            known = label == "tiny" and any(run.low == low and _why(run) for run in runs)
            if not known and not isinstance(outcome, Failure) and len(outcome.given) == len(outcome.ours):
                runs.append(Replay(_lesson(context, label, many), low, outcome))
        return tuple(runs)


def _many(context: Context, program: Observation) -> int:
    """How many points the program has."""
    outcome = PROGRAM.read(context, [program])
    own = None if isinstance(outcome, Failure) else own_lesson(outcome)
    return len(own[0].x) if own and FEWEST <= len(own[0].x) <= MOST else MANY


def _why(run: Replay) -> Explanation | None:
    found = run.explained()
    return found[0] if found else None


REPLAYS = Replays()
