"""Question 1, epoch by epoch: when the training stops, and what it keeps."""

from __future__ import annotations

import ast
import math
import re
from collections.abc import Collection, Iterator, Mapping, Sequence

import numpy as np

from graders.language import Message, say
from graders.laws.failure import verdict_of
from graders.observe.observation import Failure
from graders.observe.outcome import Outcome
from graders.observe.probe import Optional
from graders.observe.source import Text
from graders.verdict import Status, Verdict, failed, partial, passed

from .declared import FUNCTION, PROGRAM, REPLAYS, SOURCE, Asked, suite
from .judging import RIGHT, SETTLED, TIES, Case, Explanation, Replay, cases, explain, history, is_right
from .own import own_replay
from .results import counts
from .rules import ENDLESS, MISTAKES, Fit, Step, fits, misclassified, shuffled, strict
from .thrown import thrown_away
from .training import told

# Thirty thousand epochs against fifty: stopping takes neither of them long.
LONG, TIMES = 0.05, 20
NAMED = re.compile(r"err|hist|faute|mal_?class|miscl|mistake|update|maj", re.IGNORECASE)
NEVER_ENDS = say("On data that no line separates it does not come to an end: bound the number of epochs.")
NEVER_STOPS = say("It goes on after an epoch without an error.")


@suite.criterion("perceptron.stop", observe=(Optional(FUNCTION), REPLAYS, SOURCE, Optional(PROGRAM)))
def stop(
    asked: tuple[Asked | Failure], replays: tuple[Replay, ...], source: Text, program: tuple[Outcome | Failure]
) -> Verdict:
    """It ends at the first epoch without an error, and in any case."""
    verdict = _stop(asked, _runs(replays, program[0]), source)
    if (verdict.diagnosis, kept(asked, replays, source, program).diagnosis) in PAID:
        return passed(say("When it stops follows from how the errors are counted, where it is paid."))
    return verdict


# A counter that is never set back to 0 is never 0 again; one that never counts, or counts shares in whole numbers, is 0 at once.
PAID = (("never-stops", "cumulated"), ("stops-early", "always-zero"), ("stops-early", "rate-in-whole-numbers"))


def _stop(asked: tuple[Asked | Failure], replays: tuple[Replay, ...], source: Text) -> Verdict:
    if isinstance(asked[0], Asked) and not isinstance(asked[0].learnable, Failure):
        return _of_function(asked[0], source)
    for replay in replays:
        if replay.case.readings:
            return _of_program(replay, source)
    if isinstance(asked[0], Asked) and isinstance(asked[0].learnable, Failure):
        return verdict_of(asked[0].learnable)
    return Verdict(status=Status.MISSING, credit=0, diagnosis="missing", feedback=(NOT_FOUND,))


NOT_FOUND = say("No training was found that could be given other data.")


def _runs(replays: Sequence[Replay], program: Outcome | Failure) -> Sequence[Replay]:
    """The program on our data; where it could not be given any, on its own."""
    return replays if any(one.case.readings for one in replays) else own_replay(program)


def _of_function(asked: Asked, source: Text) -> Verdict:
    if isinstance(asked.endless, Failure):
        ends = asked.endless.kind == "timeout"
        return failed("never-ends", NEVER_ENDS) if ends else verdict_of(asked.endless)
    endless, short, long = told(asked)
    if isinstance(endless["result"], Failure) and not isinstance(long["result"], Failure):
        return verdict_of(endless["result"])
    if isinstance(long["result"], Failure):
        return verdict_of(long["result"])
    if _kept_on(asked) or (_went_on(short["seconds"], long["seconds"]) and _is_settled(asked)):
        return failed("never-stops", NEVER_STOPS)
    return _early(cases(asked.learnable)) or passed()  # type: ignore[arg-type]  # the caller looked


def _is_settled(asked: Asked) -> bool:
    """Whether the long training was over: no example is misclassified, nor wrong for the rule that was seen; where none was,
    its own history ends in 0."""
    assert not isinstance(asked.learnable, Failure), "the caller looked"
    assert not isinstance(asked.endless, Failure), "the caller looked"
    *_, long = cases(asked.endless)
    why, lesson = explain(cases(asked.learnable)), long.lesson
    clear = [one for one in long.readings if misclassified(one.w, one.b, lesson.x, lesson.y) == 0]
    if (step := _step(why)) is None:
        return any((history(one) or [1])[-1] == 0 for one in clear)
    pairs = list(zip(lesson.x, lesson.y, strict=True))
    return any(all(step(one.w, one.b, x, y, lesson.eta) is None for x, y in pairs) for one in clear)


def _went_on(short: object, long: object) -> bool:
    """Whether many epochs took longer than few, on data that is settled after three."""
    if not isinstance(short, float) or not isinstance(long, float):
        return False
    return long > LONG and long > TIMES * short


def _kept_on(asked: Asked) -> bool:
    """Whether a history goes on after its first zero."""
    assert not isinstance(asked.learnable, Failure), "the caller looked"
    some = cases(asked.learnable)
    why = explain(some)
    for case in some:
        kept = history(case.readings[0]) if case.readings else None
        if kept and _zeros(kept) > _most_zeros(kept, case, why):
            return True
    return False


def _zeros(kept: Sequence[float]) -> int:
    """How many zeros stand at its end."""
    return next((place for place, one in enumerate(reversed(kept)) if one), len(kept))


def _most_zeros(kept: Sequence[float], case: Case, why: Explanation | None) -> float:
    """How many there may be if it stops in time: one where errors are counted as they are met, and two where they are counted
    after the epoch, as the next one finds none; any number where it is no such history."""
    made = {False: (one for fit in _fits(case, why) for one in (fit.made, fit.corrected)), True: _counts(case, why)}
    if not any(_same(kept, counted) for counted in made[True]):
        return math.inf
    return 1 if any(_same(kept, counted) for counted in made[False]) else 2


def _is_counting(kept: Sequence[float], case: Case) -> bool:
    return all(float(one).is_integer() and 0 <= one <= len(case.lesson.x) for one in kept)


def _early(some: Sequence[Case]) -> Verdict | None:
    """Whether it stopped while examples were still misclassified, although it had time."""
    timely = [case for case in some if case.lesson.epochs > 10 * SETTLED and case.readings]
    why = explain(some)
    wrong = [
        case for case in timely if all(misclassified(r.w, r.b, case.lesson.x, case.lesson.y) for r in case.readings)
    ]
    if why and why.rule in RIGHT and not why.shuffled and wrong:
        return failed("stops-early", say("It stops although examples are still misclassified."))
    return None


def _of_program(replay: Replay, source: Text) -> Verdict:
    """A program on our data, which takes a few epochs."""
    found = replay.explained()
    one = found[1] if found else replay.case.readings[0]
    kept = history(one)
    breaks = any(isinstance(node, ast.Break | ast.While | ast.Return) for node in _loops(source))
    if kept and 0 in kept and any(_is_counting(one, replay.case) for one in _as_counts(kept, replay.case)):
        most = _most_zeros(kept, replay.case, found[0]) if found else 1
        ended = _zeros(kept) <= (1 if most == math.inf else most) and 0 not in kept[: -_zeros(kept) or None]
        return passed() if ended else failed("never-stops", NEVER_STOPS)
    if not breaks:
        return failed("never-stops", NEVER_STOPS)
    if found and is_right(found[0]) and misclassified(one.w, one.b, replay.lesson.x, replay.lesson.y):
        return failed("stops-early", say("It stops although examples are still misclassified."))
    return passed()


def _as_counts(kept: Sequence[float], case: Case) -> Iterator[list[float]]:
    """A history, and what it counts if it holds shares or percents."""
    for factor in (1, len(case.lesson.x), len(case.lesson.x) / 100):
        yield [round(one * factor, 6) for one in kept]


def _loops(source: Text) -> Iterator[ast.AST]:
    for node in source.nodes():
        if isinstance(node, ast.For | ast.While):
            yield from ast.walk(node)


WRONG: Mapping[str, Message] = {
    "cumulated": say("The errors are added up from epoch to epoch: the counter is not set back to 0."),
    "right-answers-instead": say("It counts the right answers, not the errors."),
    "after-each-example": say("Something is kept after each example; one number an epoch is asked for."),
    "loss-instead": say("It keeps a loss; the number of errors of each epoch is asked for."),
    "always-zero": say("It holds zeros alone: the errors are not counted."),
    "rate-in-whole-numbers": say(
        "The share of errors is divided in whole numbers: it is 0 as soon as one example is right."
    ),
    "only-the-last": say("It holds the last epoch alone."),
    "accuracy-instead": say("It keeps the share of right answers; the number of errors is asked for."),
    "other-counts": say(
        "These are not the errors of the epochs: an error is an example that was met with y·(w·x + b) <= 0."
    ),
}
RATE = say("It keeps the share of errors; their number is asked for.")
NOT_KEPT = say("No history was found: a list with the number of errors of each epoch is asked for.")


@suite.criterion("perceptron.history", observe=(Optional(FUNCTION), REPLAYS, SOURCE, Optional(PROGRAM)))
def kept(
    asked: tuple[Asked | Failure], replays: tuple[Replay, ...], source: Text, program: tuple[Outcome | Failure]
) -> Verdict:
    """The number of errors of each epoch."""
    of_function, read = list(_of_asked(asked[0])), _is_read(asked[0])
    verdicts = of_function or list(_of_replays(_runs(replays, program[0]), thrown_away(source) if read else set()))
    right = next((one for one in verdicts if one.status is Status.PASS), None)
    if right or (verdicts and (of_function or not read)):
        return right or verdicts[0]
    if isinstance(asked[0], Asked) and isinstance(asked[0].learnable, Failure):
        return verdict_of(asked[0].learnable)
    return Verdict(status=Status.MISSING, credit=0, diagnosis="missing", feedback=(NOT_KEPT,))


def _is_read(asked: Asked | Failure) -> bool:
    """Whether weights came back from the function."""
    if isinstance(asked, Failure) or isinstance(asked.learnable, Failure):
        return False
    return any(case.readings for case in cases(asked.learnable))


def _of_asked(asked: Asked | Failure) -> Iterator[Verdict]:
    if isinstance(asked, Failure) or isinstance(asked.learnable, Failure):
        return
    some = [case for case in cases(asked.learnable) if case.readings]
    lists = [history(case.readings[0]) for case in some]
    if some and all(one is not None for one in lists):
        yield _judged([(case, one) for case, one in zip(some, lists, strict=True) if one is not None], explain(some))


def _of_replays(replays: Sequence[Replay], hidden: Collection[str]) -> Iterator[Verdict]:
    for replay in replays:
        found = replay.explained()
        lists = [history(one) for one in ([found[1]] if found else replay.case.readings[:3])]
        known = [one for one in lists if one] or _lists(replay, hidden)
        yield from (_judged([(replay.case, one)], found[0] if found else None) for one in known)


def _lists(replay: Replay, hidden: Collection[str]) -> list[list[float]]:
    """What variables hold that are called as a history is: something with errors, or a history."""
    values = [(name, one) for name, one in replay.outcome.values().items() if name not in hidden]
    named = [counts(one) for name, one in values if isinstance(one, list) and NAMED.search(name)]
    return [one for one in named if one]


Pairs = Sequence[tuple[Case, list[float]]]


def _judged(pairs: Pairs, why: Explanation | None) -> Verdict:
    """The verdict on the histories of some lessons: right for the rule that was seen, else a mistake that explains all."""
    if all(any(_same(numbers, counted) for counted in _counts(case, why)) for case, numbers in pairs):
        return passed()
    for name, explains in _MISTAKES.items():
        if all(explains(case, numbers, why) for case, numbers in pairs):
            return partial(0.5, name, RATE) if name == "rate-instead" else failed(name, WRONG[name])
    if (why is None or why.shuffled or not is_right(why)) and all(
        _is_counting(numbers, case) and numbers for case, numbers in pairs
    ):
        return passed(say("The numbers are plausible; they could not be computed again."))
    return failed("other-counts", WRONG["other-counts"])


def _counts(case: Case, why: Explanation | None) -> Iterator[tuple[int, ...]]:
    """What may be counted in each epoch: errors met, corrections made, examples misclassified after it, or before it."""
    for one in _fits(case, why):
        start = len(case.lesson.y)
        yield from (one.made, one.corrected, one.after, (start, *one.after), (start, *one.after[:-1]))


def _fits(case: Case, why: Explanation | None) -> Iterator[Fit]:
    step = _step(why)
    if step is None:
        return
    lesson = case.lesson
    yield from fits(step, lesson.x, lesson.y, lesson.eta, max(case.epochs, ENDLESS))
    if why and why.shuffled and len(lesson.x) <= SETTLED and (lesson.epochs <= 2 or len(lesson.x) < SETTLED):
        yield from shuffled(step, lesson.x, lesson.y, lesson.eta, min(case.epochs, 3))


def _step(why: Explanation | None) -> Step | None:
    if why is None:
        return None
    return {**RIGHT, **TIES, "misses-zero": strict, **MISTAKES}.get(why.rule)


def _same(numbers: Sequence[float], counted: Sequence[int]) -> bool:
    """Whether a history is this one, with or without the zero at its end, or with more of them."""
    whole = list(counted)
    trimmed = list(numbers)
    while len(trimmed) > 1 and trimmed[-1] == 0 and len(trimmed) > len(whole):
        trimmed.pop()
    return bool(trimmed) and (trimmed == whole or (whole[-1:] == [0] and trimmed == whole[:-1]))


def _added_up(case: Case, numbers: Sequence[float], why: Explanation | None) -> bool:
    shares = (1.0, 1 / len(case.lesson.x), 100 / len(case.lesson.x))
    grows = len(numbers) > 0 and bool(np.all(np.diff(numbers) >= 0))
    return grows and any(_any(case, numbers, why, lambda made, part=part: part * np.cumsum(made)) for part in shares)


def _any(case: Case, numbers: Sequence[float], why: Explanation | None, change: object) -> bool:
    """Whether a history is what a change makes of the right one."""
    assert callable(change), "a function of counts"
    for counted in _counts(case, why):
        wanted = [float(one) for one in change(np.array(counted, dtype=float))]
        size = min(len(wanted), len(numbers))
        if (
            size
            and np.allclose(numbers[:size], wanted[:size], atol=1e-3)
            and len(set(numbers[size:])) <= 1
            and abs(len(numbers) - size) < 100
        ):
            return True
    return False


def _share_of(part: float) -> object:
    def explains(case: Case, numbers: Sequence[float], why: Explanation | None) -> bool:
        return _any(case, numbers, why, lambda made: part * made / len(case.lesson.x))

    return explains


def _rate(case: Case, numbers: Sequence[float], why: Explanation | None) -> bool:
    size = len(case.lesson.x)
    return any(_any(case, numbers, why, lambda made, part=part: part * made / size) for part in (1, 100))


def _accuracy(case: Case, numbers: Sequence[float], why: Explanation | None) -> bool:
    size = len(case.lesson.x)
    return any(_any(case, numbers, why, lambda made, part=part: part * (1 - made / size)) for part in (1, 100))


_MISTAKES = {
    "always-zero": lambda case, numbers, why: bool(numbers) and not any(numbers),
    # 1 while all are wrong, then 0: to the end of the epochs, if they end before.
    "rate-in-whole-numbers": lambda case, numbers, why: (
        set(numbers) <= {0.0, 1.0}
        and list(numbers) == sorted(numbers, reverse=True)
        and numbers[-1:] in ([0], [1.0] if len(numbers) == case.lesson.epochs else [0])
    ),
    "cumulated": _added_up,
    "rate-instead": _rate,
    "accuracy-instead": _accuracy,
    "right-answers-instead": lambda case, numbers, why: _any(
        case, numbers, why, lambda made: len(case.lesson.x) - made
    ),
    "after-each-example": lambda case, numbers, why: (
        len(numbers) >= len(case.lesson.x) and len(numbers) % len(case.lesson.x) == 0
    ),
    "loss-instead": lambda case, numbers, why: (
        any(not float(one).is_integer() for one in numbers) or min(numbers, default=0) < 0
    ),
    "only-the-last": lambda case, numbers, why: len(numbers) <= 1 and sum(numbers) <= len(case.lesson.x),
}
