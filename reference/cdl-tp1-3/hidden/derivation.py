"""Question 2: the gradients that the student derived by hand, asked of the function, or read from the program."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from graders.language import Message, say
from graders.laws import backprop
from graders.laws.backprop import Array, Net
from graders.laws.failure import verdict_of
from graders.observe.observation import Failure
from graders.observe.outcome import Outcome
from graders.observe.probe import Optional
from graders.observe.steps import Heard, How, Ref, Talk, steps
from graders.verdict import Verdict, failed, partial, passed

from .conventions import NAMES, OTHERS, Convention, conventions
from .declared import FACTOR, suite
from .other import of_another_loss, unchanged
from .program import PLAIN, PROGRAM, Written, written

# Examples, inputs, hidden units, classes: no two of a case are the same, but for the square one.
SHAPES = ((7, 3, 5, 2), (11, 4, 6, 2), (9, 2, 7, 4))
TWO_CLASSES, SQUARE = 2, (4, 4, 4, 4)
ACTIVATIONS = ("relu", "tanh", "sigmoid")


@dataclass(frozen=True, eq=False)
class Answer:
    """Gradients of W1, b1, W2, b2 for one net, in its shapes."""

    net: Net
    found: Sequence[Array | None]


def drawn(rng: np.random.Generator, n: int, d: int, h: int, c: int) -> Net:
    """A net whose hidden units let something through and hold something back, and all of whose classes occur."""
    while True:
        y = rng.permutation(np.arange(n) % c)
        parts = (rng.standard_normal(shape) for shape in ((n, d), (d, h), (h,), (h, c), (c,)))
        X, W1, b1, W2, b2 = parts
        net = Net(X, y, W1, 0.5 * b1, W2, 0.5 * b2)
        if backprop.alive(net):
            return net


@steps(group="manual gradients", seconds=20)
def ASKED(talk: Talk) -> Heard:
    """The function in every convention; and once more with gradients of autograd scaled, which must change nothing."""
    nets = [drawn(talk.rng, *shape) for shape in (*SHAPES, SQUARE)]
    asked = []
    for one in conventions():
        results = [_asked(talk, one, net) for net in nets]
        asked.append({"convention": one, "results": results, "scaled": _asked(talk, one, nets[0], FACTOR)})
    return {"nets": nets, "asked": asked}


def _asked(talk: Talk, one: Convention, net: Net, factor: float | None = None) -> object:
    given: dict[str, object] = dict(one.given(net))
    how = How(forms=("numpy" if one.form == "numpy" else "torch",), scaled=factor)
    given["params"] = {called: given[name] for name in NAMES for called in (name, OTHERS[name])}
    bound = talk.context.bound("manual_gradients")
    if bound and "cache" in bound.taken:
        given["cache"] = _computed(talk, given, How(forms=how.forms, quiet=True))
    return talk.call("manual_gradients", how=how, **given)


def _computed(talk: Talk, given: Mapping[str, object], how: How) -> Ref:
    """What the student's forward pass keeps for the way back: what it returns, or what it returns last."""
    found = talk.call("forward", how=how, **{name: one for name, one in given.items() if name != "y"})
    forward = talk.context.bound("forward")
    size = len(forward.definition.returns.names) if forward else 0
    return talk.get(found, str(size - 1), how=how) if size > 1 else found


def answers(heard: Heard, asked: Mapping[str, object]) -> list[Answer] | None:
    """What came back in one convention; None where something else than gradients did. The square case says nothing more, and
    of gradients in another order not which is which."""
    pairs = zip(asked["results"][: len(SHAPES)], heard["nets"], strict=False)  # type: ignore[index, call-overload]
    read = [_answer(asked["convention"], result, net) for result, net in pairs]  # type: ignore[arg-type]
    return [one for one in read if one] if all(read) else None


def _answer(convention: Convention, result: object, net: Net) -> Answer | None:
    found = None if isinstance(result, Failure) else convention.read(result, net)
    return None if found is None else Answer(net, found)


def square(heard: Heard, asked: Mapping[str, object]) -> list[Answer] | None:
    """The same for the square case alone."""
    one = _answer(asked["convention"], asked["results"][-1], heard["nets"][-1])  # type: ignore[arg-type, index]
    return [one] if one else None


def activation(asked: Sequence[Answer]) -> str | None:
    """The hidden activation under which every gradient is right."""
    return next((kind for kind in ACTIVATIONS if all(all(_equal(one, kind)) for one in asked)), None)


def _equal(one: Answer, kind: str) -> list[bool]:
    return backprop.equal(one.found, backprop.gradients(one.net, kind))


SLIPS: Mapping[str, Message] = {
    "not-averaged": say("The gradients are sums over the examples: the loss is a mean, so 1/n is missing."),
    "averaged-twice": say("1/n is there twice."),
    "sign": say("All gradients have the opposite sign: dZ2 is P − Y, not Y − P."),
    "bias-not-averaged": say("The weight gradients are right; those of the biases are not divided by n."),
    "bias-averaged-twice": say(
        "The weight gradients are right; those of the biases are divided by n once more: mean instead of sum."
    ),
    "weights-not-averaged": say("The bias gradients are right; those of the weights are not divided by n."),
    "hidden-not-averaged": say("dW2 and db2 are right; dW1 and db1 are not divided by n."),
    "hidden-averaged-twice": say("dW2 and db2 are right; dW1 and db1 are divided by n once more."),
    "output-not-averaged": say("dW1 and db1 are right; dW2 and db2 are not divided by n."),
    "before-the-activation": say(
        "dW2 uses the hidden values before the activation, Z1, instead of those after it, A1."
    ),
    "bias-not-summed": say("The bias gradients are not summed over the examples: they have one row for each."),
    "softmax-missing": say("The softmax is missing: the logits themselves are compared with the targets."),
    "target-missing": say("The targets are never subtracted: dZ2 is P − Y, and P alone was seen."),
    "softmax-wrong-axis": say("The softmax runs over the examples instead of the classes: wrong axis."),
    "softmax-derived-twice": say(
        "P − Y already is the derivative through softmax and cross-entropy; P(1 − P) is too much."
    ),
    "squared-error": say("This is the derivative of a squared error; the loss is the cross-entropy."),
    "activation-derivative-missing": say(
        "The derivative of the hidden activation is missing: dZ1 is dA1 times that derivative."
    ),
    "mask-of-the-gradient": say("The ReLU mask is taken from the gradient; it is where Z1 > 0."),
    "mask-inverted": say("The ReLU mask is inverted: gradients pass where Z1 ≤ 0."),
    "mask-is-the-activation": say("The gradient is multiplied by the activation itself, not by its derivative."),
    "tanh-derivative": say("The derivative of tanh is 1 − A1² (or 1 − tanh(Z1)²); something else was seen."),
    "sigmoid-derivative": say("The derivative of the sigmoid is A1(1 − A1); something else was seen."),
}


NOT_AVERAGED = " not averaged"


def _slip(asked: Sequence[Answer]) -> str | None:
    """The one slip that explains every answer, without the mean perhaps."""
    for kind in ACTIVATIONS:
        for name in backprop.slips(asked[0].net, kind):
            if all(all(backprop.equal(one.found, backprop.slips(one.net, kind)[name])) for one in asked):
                return name
    return None


def verdict(asked: Sequence[Answer]) -> Verdict:
    """What is to be said of gradients that came back."""
    if kind := activation(asked):
        return passed(
            *(
                [say("A sigmoid was seen as the hidden activation; ReLU or tanh was asked for.")]
                if kind == "sigmoid"
                else []
            )
        )
    if not any(np.any(one) for answer in asked for one in answer.found if one is not None):
        return failed("all-zero", say("All gradients are zero."))
    if found := _slip(asked):
        name = found.removesuffix(NOT_AVERAGED).strip()
        return failed(name, SLIPS[name], *([SLIPS["not-averaged"]] if found.endswith(NOT_AVERAGED) else []))
    return _transposed(asked) or _only_two_classes(asked) or _some(asked)


def _transposed(asked: Sequence[Answer]) -> Verdict | None:
    turned = [
        Answer(one.net, [part if part is None or part.ndim < 2 else part.T for part in one.found]) for one in asked
    ]
    if activation(turned):
        return failed("transposed", say("dW1 and dW2 are transposed: a gradient has the shape of its weights."))
    return None


def _only_two_classes(asked: Sequence[Answer]) -> Verdict | None:
    two = [one for one in asked if len(one.net.b2) == TWO_CLASSES]
    if 0 < len(two) < len(asked) and activation(two):
        return partial(
            0.8, "only-two-classes", say("It is right for two classes only: their number is written into it.")
        )
    return None


def _some(asked: Sequence[Answer]) -> Verdict:
    """Which of the four are right, where some are."""
    kinds = {
        kind: [all(parts) for parts in zip(*(_equal(one, kind) for one in asked), strict=True)] for kind in ACTIVATIONS
    }
    right = max(kinds.values(), key=sum)
    lacking = [all(answer.found[place] is None for answer in asked) for place in range(len(NAMES))]
    if any(right) and all(one or other for one, other in zip(right, lacking, strict=True)):
        good, lost = (
            ", ".join(f"d{name}" for name, one in zip(NAMES, some, strict=True) if one) for some in (right, lacking)
        )
        return failed("some-missing", say("Right: {good}. Not returned: {lost}.", good=good, lost=lost))
    if any(right):
        good, bad = (
            ", ".join(f"d{name}" for name, one in zip(NAMES, right, strict=True) if one is wanted)
            for wanted in (True, False)
        )
        return failed("some-wrong", say("Right: {good}. Not what the chain rule gives: {bad}.", good=good, bad=bad))
    return failed("wrong-gradients", say("The gradients are not those of the mean cross-entropy after the softmax."))


def best(heard: Heard) -> tuple[Verdict, Mapping[str, object]] | None:
    """The verdict in the convention that the function was written for, with what was asked in it."""
    judged = [(verdict(read), asked) for asked in heard["asked"] if (read := answers(heard, asked))]  # type: ignore[attr-defined]
    if judged:
        return max(judged, key=lambda one: _rank(one[0]))
    for asked in heard["asked"]:  # type: ignore[attr-defined]
        if square(heard, asked):
            why = say("It works only where all sizes are equal: a transpose is missing or misplaced.")
            return failed("only-square", why), asked
    return None


def _rank(one: Verdict) -> tuple[float, bool, bool]:
    return (
        one.credit,
        one.diagnosis in SLIPS or one.diagnosis in ("transposed", "all-zero"),
        one.diagnosis in ("some-wrong", "some-missing"),
    )


@suite.criterion("backprop.gradients", observe=(Optional(ASKED), Optional(PROGRAM)))
def gradients(asked: tuple[Heard | Failure], ran: tuple[object]) -> Verdict:
    """dW1, db1, dW2, db2 are the derivatives of the mean cross-entropy."""
    function, program = _of_function(asked[0]), _of_program(written(ran[0]))
    if (
        program
        and _returns_nothing(asked[0])
        and not (isinstance(ran[0], Outcome) and written(ran[0].without(FUNCTION)))
    ):
        return failed("not-returned", NOT_RETURNED)
    # A function that says nothing we understand may be another one: then what the program computed counts.
    if function and (function.diagnosis != "wrong-gradients" or program is None):
        return function
    return program or of_another_loss(ran[0]) or _nothing(asked[0])


FUNCTION = "manual_gradients"
NOT_RETURNED = say("The gradients are computed and not returned: dW1, db1, dW2 and db2 were asked for.")


def _returns_nothing(heard: Heard | Failure) -> bool:
    """Whether it goes through in some convention, and gives nothing back."""
    if isinstance(heard, Failure):
        return False
    return any(all(one is None for one in asked["results"]) for asked in heard["asked"])  # type: ignore[attr-defined]


def _of_function(heard: Heard | Failure) -> Verdict | None:
    found = None if isinstance(heard, Failure) else best(heard)
    return found[0] if found else None


def _of_program(found: Sequence[Written]) -> Verdict | None:
    judged = [verdict([Answer(one.net, one.found)]) for one in found]
    return max(judged, key=_rank, default=None)


def _nothing(heard: Heard | Failure) -> Verdict:
    """Why nothing came back: what was raised in the most usual convention, unless it goes through in another one."""
    if isinstance(heard, Failure):
        return verdict_of(heard)
    results = [asked["results"] for asked in heard["asked"]]  # type: ignore[attr-defined]
    if _returns_nothing(heard):
        return failed("nothing-returned", say("It returns nothing: dW1, db1, dW2 and db2 were asked for."))
    raised = [one for some in results for one in some if isinstance(one, Failure)]
    return verdict_of(raised[0] if raised else Failure("unreadable", message="dW1, db1, dW2, db2"))


FROM_AUTOGRAD = failed(
    "autograd-inside",
    say("What should be derived by hand was taken from autograd: it changes when autograd's gradients are changed."),
)


@suite.criterion("backprop.independent", observe=(Optional(ASKED), Optional(PROGRAM), Optional(PLAIN)))
def independent(asked: tuple[Heard | Failure], ran: tuple[object], plain: tuple[object] = (None,)) -> Verdict:
    """No gradient of autograd is used in the derivation by hand."""
    found = None if isinstance(asked[0], Failure) else best(asked[0])
    if found and not isinstance(asked[0], Failure):
        return _unchanged(asked[0], found[1])
    programs = written(ran[0])
    if not programs:
        return unchanged(plain[0], ran[0]) or _nothing(asked[0])
    if any(
        activation([Answer(one.net, [None if part is None else part / FACTOR for part in one.found])])
        for one in programs
    ):
        return FROM_AUTOGRAD
    return passed()


def _unchanged(heard: Heard, asked: Mapping[str, object]) -> Verdict:
    """Whether gradients stay what they are while those of autograd are scaled."""
    net, convention = heard["nets"][0], asked["convention"]  # type: ignore[index]
    plain, scaled = (_answer(convention, one, net) for one in (asked["results"][0], asked["scaled"]))  # type: ignore[arg-type, index]
    if plain is None or scaled is None:
        return passed()
    pairs = [
        (one, other)
        for one, other in zip(plain.found, scaled.found, strict=True)
        if one is not None and other is not None
    ]
    if not any(np.any(one) for one, _ in pairs):
        return failed("nothing-computed", say("All gradients are zero: nothing was derived."))
    return passed() if all(backprop.same(other, one) for one, other in pairs) else FROM_AUTOGRAD
