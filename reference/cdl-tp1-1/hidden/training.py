"""Question 1: the training, as a function or as a program, on hidden data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import cast

import numpy as np

from graders.language import Message, say
from graders.laws.failure import verdict_of
from graders.observe.observation import Failure
from graders.observe.outcome import Outcome
from graders.observe.probe import Optional
from graders.verdict import Status, Verdict, failed, partial, passed

from .afar import explained_afar
from .declared import FUNCTION, PROGRAM, REPLAYS, Asked, suite
from .judging import RIGHT, TIES, Case, Explanation, Replay, cases, explain, explains, history, is_right, results
from .lessons import Lesson
from .own import MOST_OWN, own_lesson
from .results import Trained
from .rules import ENDLESS, Fit, fits, misclassified, rosenblatt

SENTENCES: Mapping[str, Message] = {
    "misses-zero": say(
        "An example with a score of exactly 0 is not corrected: from w = 0 nothing ever changes. Test y·score <= 0."
    ),
    "every-sample": say("w and b change at every example, not only where it is misclassified."),
    "when-right": say("w and b change where the example is right, and stay where it is wrong."),
    "sign-error": say("The correction goes the wrong way: it is added, w + η·y·x, and not subtracted."),
    "weights-sign": say("The correction of w has the wrong sign: w + η·y·x."),
    "bias-not-updated": say("b is never corrected."),
    "bias-sign": say("The correction of b has the wrong sign: b + η·y."),
    "bias-grows": say("b is corrected by η whatever the class: the factor y is missing."),
    "bias-without-eta": say("The correction of b lacks the factor η."),
    "weights-without-eta": say("The correction of w lacks the factor η."),
    "label-forgotten": say("The correction lacks the factor y: both classes pull the same way."),
    "input-forgotten": say("The correction of w lacks the factor x."),
    "score-without-bias": say("The score that is tested lacks b."),
    "squared-error": say(
        "This is the rule of the squared error (Adaline): it uses the score, not its sign, at every example."
    ),
    "squared-error-where-wrong": say(
        "The correction is proportional to the error of the score; a perceptron's is η·y·x."
    ),
    "batch-sum": say("All corrections of an epoch are made at once; a perceptron corrects after each example."),
    "batch-mean": say("The mean of an epoch's corrections is used; a perceptron corrects after each example."),
    "averaged": say("The mean of w over all steps is given; the last w is asked for."),
}


@suite.criterion("perceptron.update", observe=(Optional(FUNCTION), REPLAYS, Optional(PROGRAM)))
def update(asked: tuple[Asked | Failure], replays: tuple[Replay, ...], program: tuple[Outcome | Failure]) -> Verdict:
    """w and b are those of the algorithm, correction by correction."""
    function = _of_function(asked[0])
    if function and function.diagnosis not in (*NOT_READ, None):
        return function
    right = function if function and function.diagnosis is None else None
    if verdict := _of_own_labels(program[0]) or right:
        return verdict
    others = [one for one in map(_of_replay, replays) if one]
    # On its own data a mistake can look right: it is asked where ours told nothing.
    own = _of_own_data(program[0]) if all(one.diagnosis in UNNAMED for one in others) else None
    verdicts = [one for one in (function, *others, own) if one]
    named = [one for one in verdicts if one.diagnosis not in (*UNNAMED, None)]
    right = next((one for one in verdicts if one.status is Status.PASS), None)
    return right or (named or verdicts or [_missing(asked[0], program[0])])[0]


NOT_READ = ("raised", "timeout", "missing", "unreadable", "crashed", "flooded", "memory")
UNNAMED = (*NOT_READ, "wrong-rule")


def _missing(asked: Asked | Failure, program: Outcome | Failure) -> Verdict:
    if isinstance(program, Failure) and program.kind != "missing":
        return verdict_of(program)
    return Verdict(status=Status.MISSING, credit=0, diagnosis="missing", feedback=(NOTHING,))


NOTHING = say("No training was found: neither a function `train_perceptron` nor variables `w` and `b` of a program.")


def _of_own_labels(program: Outcome | Failure) -> Verdict | None:
    """A program whose own classes are 0 and 1, and whose result is what the rule for ±1 makes of them as they are."""
    own = None if isinstance(program, Failure) else own_lesson(program)
    if own is None or isinstance(program, Failure) or own[1] < 0:
        return None
    lesson = own[0]
    made = list(fits(rosenblatt, lesson.x, np.maximum(lesson.y, 0), lesson.eta, ENDLESS))
    wrong = any(_is_of_zero(Case(lesson, [one], False, False), made) for one in results(program)[:12])
    return failed("labels-of-zero", OF_ZERO) if wrong else None


def _is_of_zero(case: Case, made: Sequence[Fit]) -> bool:
    """Whether a result is one of these and not the right one; where it is both, whether every 0 is counted as an error."""
    alike = [one for one in made if explains([case], [[one]], "free")]
    counted = history(case.readings[0])
    return bool(alike) and (not is_right(explain([case])) or any(counted == [*map(float, one.made)] for one in alike))


OF_ZERO = say(
    "The classes are 0 and 1, and the rule is for -1 and 1: where y is 0, y·score is 0 and nothing is corrected."
)


def _of_function(asked: Asked | Failure) -> Verdict | None:
    """The verdict on the function; None where there is none."""
    if isinstance(asked, Failure):
        return None if asked.kind == "missing" else verdict_of(asked)
    if isinstance(asked.learnable, Failure):
        return verdict_of(asked.learnable)
    some = cases(asked.learnable)
    if not any(one.readings for one in some):
        return verdict_of(some[0].problem or Failure("unreadable", message="w, b"))
    return _of_rule(explain(some), asked.low, some) if explain(some) else _started_elsewhere(asked, some)


def _started_elsewhere(asked: Asked, some: Sequence[Case]) -> Verdict:
    """The verdict on a rule that is followed from random weights."""
    assert not isinstance(asked.learnable, Failure), "the caller looked"
    why = explained_afar(asked.learnable)
    if why and is_right(why):
        return partial(0.8, "random-start", RANDOM_START)
    return failed(why.rule, SENTENCES[why.rule]) if why else _unexplained(some)


RANDOM_START = say("The corrections are right, but they start from random weights: w = 0 and b = 0 were asked for.")


def _of_replay(replay: Replay) -> Verdict | None:
    if not replay.case.readings:
        return None
    found = replay.explained()
    return _of_rule(found[0] if found else None, replay.low, [replay.case])


def _of_own_data(program: Outcome | Failure) -> Verdict | None:
    """The program on its own data, where its variables still hold it."""
    own = None if isinstance(program, Failure) else own_lesson(program)
    if own is None or isinstance(program, Failure) or not (found := results(program)):
        return None
    lesson, low = own
    whys = (explain([Case(lesson, [one], False, False)]) for one in found[:12])
    why = next((one for one in whys if one), None)
    return _of_rule(why, low, [Case(lesson, found, False, False)]) if why or len(lesson.x) <= MOST_OWN else None


def _of_rule(why: Explanation | None, low: float, some: Sequence[Case]) -> Verdict:
    """The verdict on a rule that explains everything; where none does, what the first lesson gave."""
    if why is None:
        return _unexplained(some)
    if why.rule in TIES and low < 0:
        return partial(0.6, "other-tie", OTHER_TIE)
    if why.rule not in (*RIGHT, *TIES):
        return failed(why.rule, SENTENCES[why.rule])
    if why.scale == "free" and any(one.takes_eta for one in some):
        return partial(0.8, "eta-ignored", say("The corrections are not proportional to η: the argument is not used."))
    return passed(*_notes(why, low))


OTHER_TIE = say(
    "A score of exactly 0 counts as one of the classes: with y·score <= 0 it is an error, whatever the class."
)


def _notes(why: Explanation, low: float) -> list[Message]:
    notes = []
    if why.scale == "double" or why.rule == "half-tie":
        notes.append(say("y - ŷ is ±2: the corrections are twice as long, which leaves every decision as it is."))
    if why.shuffled:
        notes.append(say("The examples come in another order in each epoch."))
    if low == 0:
        notes.append(say("The classes are 0 and 1."))
    return notes


def _unexplained(some: Sequence[Case]) -> Verdict:
    if all(not np.any(one.w) for case in some for one in case.readings[:1]):
        return failed("never-starts", say("w stays 0: nothing is ever corrected."))
    case = next((one for one in some if one.readings and explain([one]) is None), some[0])
    if not case.readings:
        return verdict_of(case.problem or Failure("unreadable", message="w, b"))
    found, lesson = case.readings[0], case.lesson
    return failed(
        "wrong-rule",
        say("w and b are not those of the algorithm: w + η·y·x and b + η·y for each example with y·(w·x + b) <= 0."),
        say(
            "On {points} points, with at most {epochs} epochs and η = {eta}, they are w = {w}, b = {b}.",
            points=len(lesson.x),
            epochs=lesson.epochs,
            eta=lesson.eta,
            w=str(found.w.round(3).tolist()),
            b=round(found.b, 3),
        ),
    )


@suite.criterion("perceptron.separates", observe=(Optional(FUNCTION), REPLAYS, Optional(PROGRAM)))
def separates(asked: tuple[Asked | Failure], replays: tuple[Replay, ...], program: tuple[Outcome | Failure]) -> Verdict:
    """The line has every example of separable data on its side."""
    shares = _of_lessons(asked[0]) or [_share(one.lesson, _learned(one)) for one in replays if one.case.readings]
    if not shares and not isinstance(program[0], Failure):
        return _own_share(program[0])
    if not shares:
        problem = asked[0] if isinstance(asked[0], Failure) else asked[0].learnable
        return (
            verdict_of(problem)
            if isinstance(problem, Failure) and problem.kind != "missing"
            else _missing(asked[0], program[0])
        )
    best = max(shares)
    own = _own_share(program[0]) if isinstance(asked[0], Failure) and isinstance(program[0], Outcome) else None
    if best == 1:
        return passed()
    # What cannot be separated for want of a bias is paid with the rule.
    if own and own.status is Status.PASS:
        return own
    return failed(
        "not-separated",
        say("{percent} % of separable examples are on their side of the line.", percent=round(100 * best)),
    )


def _learned(replay: Replay) -> Sequence[Trained]:
    """What a rule explains; where none does, what the names tell."""
    found = replay.explained()
    return [found[1]] if found else replay.case.readings[:2]


def _of_lessons(asked: Asked | Failure) -> list[float]:
    """The shares on the lessons that are separated without a bias and with any rule that corrects towards the classes."""
    if isinstance(asked, Failure) or isinstance(asked.learnable, Failure):
        return []
    some = cases(asked.learnable)
    why = explain(some)
    if why and is_right(why) and why.rule not in TIES:
        return [1.0]
    return [_share(case.lesson, case.readings) for case in some[-1:] if case.readings]


def _share(lesson: Lesson, readings: Sequence[Trained]) -> float:
    """The largest share of examples that one of the readings has on their side."""
    wrong = min(misclassified(one.w, one.b, lesson.x, lesson.y) for one in readings)
    return 1 - wrong / len(lesson.x)


def _own_share(program: Outcome) -> Verdict:
    own, found = own_lesson(program), results(program)
    if own is None or not found:
        return _missing(Failure("missing"), program)
    share = _share(own[0], found[:2])
    if share == 1:
        return passed(say("Judged on the program's own data."))
    return failed(
        "not-separated",
        say("{percent} % of the program's own examples are on their side of the line.", percent=round(100 * share)),
    )


def told(asked: Asked) -> list[Mapping[str, object]]:
    """What was asked of a function that an epoch without an error must stop."""
    return [] if isinstance(asked.endless, Failure) else cast("list[Mapping[str, object]]", asked.endless["told"])
