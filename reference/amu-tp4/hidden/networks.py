"""Questions 1.2 to 1.4: what the three networks for digits go through, and what they give."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from graders.language import Message, say
from graders.laws.convolutional import Stage, stages
from graders.laws.failure import verdict_of
from graders.laws.proven import claimed, refuted
from graders.observe.observation import Failure
from graders.observe.steps import Heard, How, Steps, Talk, steps
from graders.verdict import Verdict

from .declared import built, concluded, suite, traced

Mistake = tuple[str, Message]
SHAPE = (3, 1, 28, 28)
QUIET = How(quiet=True)


def looked_at(name: str) -> Steps:
    """One pass of a network in evaluation mode, the number of its parameters, and what the student counts."""

    def plan(talk: Talk) -> Heard:
        x = talk.normal(*SHAPE).astype(np.float32)
        model = built(talk, name)
        # A lazy layer takes its size from the first images that it sees.
        talk.method(model, "eval", how=QUIET)
        talk.method(model, "", talk.given("tensor", array=x), how=QUIET)
        counted = talk.call("count_parameters", model=model) if talk.knows("count_parameters") else None
        own = talk.keep(talk.given("counted", model=model), tell=True)
        bound = talk.context.bound(name)
        called = bound.definition.name if bound else name
        return {"x": x, "pass": talk.trace(model, x), "own": own, "counted": counted, "called": called}

    plan.__qualname__ = f"looked_at.{name}"
    return steps(group=name, seconds=20)(plan)


NETWORKS = {name: looked_at(name) for name in ("MultinomialRegression", "CNN1", "CNN2")}


def judged(heard: Heard, judge: Callable[[list[Stage]], Verdict]) -> Verdict:
    """A verdict on the stages, where they could be seen and proven."""
    x = heard["x"]
    assert isinstance(x, np.ndarray), "it is our own"
    seen = traced(heard["pass"], x)
    if isinstance(seen, Failure):
        return verdict_of(seen)
    found = [one for one in stages(seen) if one.kind not in ("dropout", "norm")]
    return refuted(seen) or claimed(judge(found), seen)


def ending(found: Sequence[Stage]) -> list[Mistake]:
    """What the network ends with besides its logits."""
    last = found[-1].kind if found else ""
    if last == "softmax":
        return [
            (
                "softmax-at-end",
                say("The network ends with a softmax, which CrossEntropyLoss applies already: it should give logits."),
            )
        ]
    if last in ("relu", "sigmoid", "tanh"):
        return [("activation-at-end", say("The network ends with {name}: it should give logits.", name=last))]
    return []


def _without_end(found: Sequence[Stage]) -> list[Stage]:
    """A log-softmax goes with NLLLoss; what the end costs is told once."""
    return (
        [*found[:-1]] if found and found[-1].kind in ("log_softmax", "softmax", "relu", "sigmoid", "tanh") else [*found]
    )


@suite.criterion("regression.model", observe=NETWORKS["MultinomialRegression"])
def regression_model(heard: Heard) -> Verdict:
    """One linear map from 784 values to 10 logits."""
    return judged(heard, _regression)


def _regression(found: list[Stage]) -> Verdict:
    wrong, core = ending(found), _without_end(found)
    notes = (
        [say("The network gives log-probabilities: right with NLLLoss, and harmless with CrossEntropyLoss.")]
        if found[-1:] and found[-1].kind == "log_softmax"
        else []
    )
    maps = [one for one in core if one.kind in ("linear", "conv")]
    if len(maps) != 1 or len(core) != 1:
        wrong.append(
            (
                "not-linear",
                say("A multinomial regression is one linear layer; here there is: {what}.", what=_listed(core)),
            )
        )
    elif maps[0].numbers != (784, 10):
        wrong.append(
            (
                "wrong-size",
                say(
                    "The linear layer goes from {n} to {m} values, not from 784 to 10.",
                    n=maps[0].numbers[0],
                    m=maps[0].numbers[-1],
                ),
            )
        )
    elif not _biased(found):
        wrong.append(("no-bias", say("The linear layer has no bias: it has 7 840 parameters and not 7 850.")))
    return concluded(wrong, notes, {"no-bias": 0.5})


def _biased(found: Sequence[Stage]) -> bool:
    return all(one.bias for one in found if one.kind in ("conv", "linear"))


@suite.criterion("cnn1.structure", observe=NETWORKS["CNN1"])
def cnn1_structure(heard: Heard) -> Verdict:
    """conv 32, ReLU, max-pool, dense 10."""
    return judged(heard, lambda found: network(found, filters=(32,), dense=(10,)))


@suite.criterion("cnn2.structure", observe=NETWORKS["CNN2"])
def cnn2_structure(heard: Heard) -> Verdict:
    """conv 32, ReLU, max-pool, conv 64, max-pool, dense 128, dense 10."""
    return judged(heard, lambda found: network(found, filters=(32, 64), dense=(128, 10)))


def network(found: list[Stage], filters: Sequence[int], dense: Sequence[int]) -> Verdict:
    """The verdict on convolutions with these filters, each with its pooling, and dense layers of these sizes."""
    core = _without_end(found)
    convolutions, linear = _of(core, "conv"), _of(core, "linear")
    if [len(convolutions), len(linear)] != [len(filters), len(dense)]:
        said = say(
            "Expected: {n} convolutions and {m} dense layers; here there is: {what}.",
            n=len(filters),
            m=len(dense),
            what=_listed(core),
        )
        return concluded([("wrong-layers", said)], (), {})
    wrong = [
        *_convolutions(convolutions, filters),
        *_pools(core, len(filters)),
        *_dense(linear, dense),
        *_relu(core),
        *ending(found),
    ]
    return concluded(wrong, _notes(core, convolutions, len(filters)), {})


def _of(found: Sequence[Stage], kind: str) -> list[Stage]:
    return [one for one in found if one.kind == kind]


def _convolutions(found: Sequence[Stage], filters: Sequence[int]) -> list[Mistake]:
    wrong: list[Mistake] = []
    for place, (one, wanted) in enumerate(zip(found, filters, strict=True), start=1):
        _, made, kernel, stride, padding = one.numbers
        if made != wanted:
            wrong.append(
                (
                    "wrong-filters",
                    say("Convolution {place} has {n} filters, not {wanted}.", place=place, n=made, wanted=wanted),
                )
            )
        if kernel != 3:
            wrong.append(("wrong-kernel", say("The filters of convolution {place} are not 3 × 3.", place=place)))
        if stride != 1 or padding not in (0, 1):
            wrong.append(
                (
                    "wrong-stride",
                    say(
                        "Convolution {place} moves by {stride} with a border of {padding}: by 1, without a border, was asked.",
                        place=place,
                        stride=stride,
                        padding=padding,
                    ),
                )
            )
    return wrong


def _pools(core: Sequence[Stage], wanted: int) -> list[Mistake]:
    pools = [one for one in core if one.kind.endswith("pool")]
    if any(one.kind != "max_pool" for one in pools):
        return [("wrong-pooling", say("The pooling is no max pooling."))]
    if len(pools) != wanted:
        return [("pooling-missing", say("{n} max poolings were expected; here there are {m}.", n=wanted, m=len(pools)))]
    if any(one.numbers != (2, 2, 0) for one in pools):
        return [("wrong-pooling", say("A max pooling has not windows of 2 × 2 that move by 2."))]
    return [] if _each_pooled(core) else [("wrong-order", say("A max pooling should follow each convolution."))]


def _each_pooled(core: Sequence[Stage]) -> bool:
    order = [one.kind for one in core if one.kind in ("conv", "max_pool")]
    return order == ["conv", "max_pool"] * (len(order) // 2)


def _dense(found: Sequence[Stage], sizes: Sequence[int]) -> list[Mistake]:
    return [
        (
            "wrong-size",
            say("Dense layer {place} gives {n} values, not {wanted}.", place=place, n=one.numbers[1], wanted=wanted),
        )
        for place, (one, wanted) in enumerate(zip(found, sizes, strict=True), start=1)
        if one.numbers[1] != wanted
    ]


def _relu(core: Sequence[Stage]) -> list[Mistake]:
    """The first convolution is followed by a ReLU, before or after its pooling; no other activation is anywhere."""
    kinds = [one.kind for one in core]
    others = sorted({*kinds} - {"conv", "linear", "relu", "max_pool", "avg_pool", "adaptive_pool"})
    if others:
        return [("wrong-activation", say("The activation is {names}, not ReLU.", names=", ".join(others)))]
    first = kinds.index("conv")
    until = next(
        (place for place, kind in enumerate(kinds) if place > first and kind in ("conv", "linear")), len(kinds)
    )
    return [] if "relu" in kinds[first:until] else [("relu-missing", say("No ReLU follows the first convolution."))]


def _notes(core: Sequence[Stage], convolutions: Sequence[Stage], count: int) -> list[Message]:
    notes = []
    if any(one.numbers[4] == 1 for one in convolutions):
        sizes = ", ".join(f"({', '.join(map(str, one.shape))})" for one in core if one.kind in ("conv", "max_pool"))
        notes.append(
            say(
                "With a border of 1 (padding), which the statement does not rule out, the sizes are {sizes}.",
                sizes=sizes,
            )
        )
    if count > 1:
        kinds = [one.kind for one in core]
        last = len(kinds) - 1 - kinds[::-1].index("linear")
        if "relu" not in kinds[kinds.index("linear") : last]:
            notes.append(say("There is no activation between the two dense layers: together they are one linear map."))
    return notes


def _listed(found: Sequence[Stage]) -> str:
    return ", ".join(" ".join([one.kind, *("×".join(map(str, one.numbers[:2])),)]).strip() for one in found) or "—"
