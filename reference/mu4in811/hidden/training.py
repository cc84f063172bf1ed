"""Questions 1 and 2: what the student's modules learn, by the student's own function or chained by hand."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from graders.language import say
from graders.laws.failure import verdict_of
from graders.observe.observation import Failure
from graders.observe.probe import Optional, Together
from graders.observe.speech import repeat
from graders.observe.steps import Heard, Ref, Talk, steps
from graders.verdict import Status, Verdict, failed, passed

from . import batches, chain, linear, optim, pointwise, protocol, squared
from .declared import suite
from .numbers import Array, floats
from .sequential import clusters, copied, layers, made_loss

# Of the points, measured over eleven seeds, the reference and ten right ways: 0.9625 to 0.995 (mean 0.982, deviation 0.009).
NEAR, EPOCHS, COURSE, LEAST = 0.02, 300, 80, 0.90
RATES = (0.3, 0.03, 0.003, 1e-4)
# Of a layer that came back in a tuple, or inside an object.
HELD = ("0", "layer", "net", "model", "linear", "module", "1")


def line(rng: np.random.Generator) -> tuple[Array, Array, float]:
    """x about zero, y = slope · x + noise: a fit finds the slope to half a percent (ten standard errors are 2 %)."""
    slope = float(rng.uniform(2, 6) * rng.choice([-1, 1]))
    x = rng.uniform(-2, 2, (300, 1))
    x -= x.mean()
    return x, slope * x + 0.1 * rng.standard_normal((300, 1)), slope


def fitted(talk: Talk) -> Heard:
    """The student's own regression at several rates; without one, a layer with a loss in a loop of ours."""
    if not talk.knows("linear_regression"):
        return looped(talk)
    x, y, slope = line(talk.rng)
    own = [_own(talk, x, y, rate) for rate in RATES]
    return {"x": x, "y": y, "slope": slope, "own": own, "ours": [], "rests": rests(talk), "named": _named(talk)}


def _named(talk: Talk) -> bool:
    """Whether its name says that it is a regression; what only takes what one takes may train a classifier."""
    bound = talk.context.bound("linear_regression")
    return bound is not None and bound.how != "by what it takes"


def rests(talk: Talk) -> list[str]:
    """Which of Optim and SGD the student's regression calls, by itself or by one another."""
    bound = {name: one for name in ("linear_regression", "SGD", "Optim") if (one := talk.context.bound(name))}
    found = ["linear_regression"]
    for name in found:
        calls = bound[name].definition.calls
        found += [other for other, one in bound.items() if other not in found and one.definition.said in calls]
    return found[1:]


def looped(talk: Talk) -> Heard:
    """A layer with a loss in a loop of ours, at several rates."""
    x, y, slope = line(talk.rng)
    return {
        "x": x,
        "y": y,
        "slope": slope,
        "own": [],
        "ours": [_ours(talk, x, y, rate) for rate in RATES],
        "rests": [],
        "named": True,
    }


def _own(talk: Talk, x: Array, y: Array, rate: float) -> list[Heard]:
    """After several numbers of epochs: what oscillates is near the slope at one of them, by chance."""
    return [_after(talk, x, y, (rate, epochs)) for epochs in (EPOCHS, EPOCHS + 47, EPOCHS + 111)]


def _after(talk: Talk, x: Array, y: Array, course: tuple[float, int]) -> Heard:
    result = talk.call("linear_regression", x=x, y=y, eps=course[0], epochs=course[1])

    def inside(name: str) -> Callable[[Talk], Ref]:
        return lambda one: _slope_of(one, one.get(result, name, how=protocol.QUIET))

    answers = talk.first(lambda one: _slope_of(one, result), *(inside(name) for name in HELD))
    return {"result": result, "answers": answers}


def _slope_of(talk: Talk, layer: Ref) -> Ref:
    return protocol.forward(talk, layer, np.array([[0.0], [1.0]]))


def _ours(talk: Talk, x: Array, y: Array, rate: float) -> Ref:
    """The layer after a training by hand on the whole set."""
    layer, loss = protocol.linear(talk, 1, 1), made_loss(talk)
    batch = talk.keep(x), talk.keep(y)
    repeat(talk, EPOCHS, lambda one: chain.step(one, [layer], loss, batch, rate))
    return _slope_of(talk, layer)


def _slope(seen: object) -> float | None:
    """The slope that a layer's answers to 0 and 1 show."""
    found = floats(seen)
    return float(found.ravel()[1] - found.ravel()[0]) if found is not None and found.size == 2 else None


def _near(found: float | None, heard: Heard) -> bool:
    """Whether it is the slope of the data, as they are or normalised."""
    x, y, slope = np.asarray(heard["x"]), np.asarray(heard["y"]), float(str(heard["slope"]))
    scales = (1.0, x.std() / y.std(), np.ptp(x) / np.ptp(y), x.std(), 1 / y.std(), np.ptp(x))
    return found is not None and any(abs(found - one * slope) <= NEAR * abs(one * slope) for one in scales)


def _readable(heard: Heard) -> bool:
    """Whether a slope can be read, or the function raised; one that could not be called, or whose name says nothing and that does
    not find the slope, may be no regression at all."""
    own = [one for each in heard["own"] for one in each]  # type: ignore[attr-defined]
    if not heard["named"]:
        return any(_near(_slope_in(one), heard) for one in own)
    return not own or any(_slope_in(one) is not None or _raised(one["result"]) for one in own)


def _raised(result: object) -> bool:
    return isinstance(result, Failure) and result.file is not None


FITTED = steps(group="regression", seconds=60, ways=(looped,), enough=_readable)(fitted)


BELOW = Together({"Optim": optim.ASKED, "SGD": batches.ASKED})


@suite.criterion("regression.slope", observe=(FITTED, Optional(linear.LAYER), Optional(squared.ASKED), BELOW))
def slope(
    heard: Heard,
    layer: tuple[Heard | Failure],
    loss: tuple[Heard | Failure],
    below: Mapping[str, Heard | Failure],
) -> Verdict:
    """A linear layer trained with the squared error finds the slope of hidden data to 2 %."""
    own = [[_slope_in(one) for one in each] for each in heard["own"]]  # type: ignore[attr-defined]
    ours = [_slope(one) for one in heard["ours"]]  # type: ignore[attr-defined]
    read = any(one is not None for each in own for one in each)
    if any(all(_near(one, heard) for one in each) for each in (own if read else [[one] for one in ours])):
        return passed()
    results = [one["result"] for each in heard["own"] for one in each] or heard["ours"]  # type: ignore[attr-defined]
    if missing := unwritten(results):
        return missing
    if not is_sound(layer, linear.forward, linear.gradients, linear.updates) or not is_sound(loss, squared.mse):
        return passed(say("The slope is not found; what is missing comes from the layer or from the loss."))
    if name := next((one for one in heard["rests"] if _is_wrong(one, below[one])), None):  # type: ignore[attr-defined]
        return passed(say("The slope is not found; what is missing comes from {name}.", name=name))
    if heard["own"] and not read and (problem := _problem(heard["own"])):
        return problem
    return failed("wrong-slope", say("After training, the slope of the layer is not that of the data, to 2 %."))


def _is_wrong(name: str, seen: Heard | Failure) -> bool:
    """Whether Optim, or SGD, was judged wrong, where that is counted."""
    judged = optim.judged if name == "Optim" else batches.judged
    return isinstance(seen, Failure) or judged(seen).status is not Status.PASS


def _slope_in(own: Heard) -> float | None:
    """Of the layer that came back, or of the number that did."""
    result = floats(own["result"])
    return float(result.ravel()[0]) if result is not None and result.size in (1, 2) else _slope(own["answers"])


def _problem(own: object) -> Verdict | None:
    results = [one["result"] for each in own for one in each]  # type: ignore[attr-defined]
    raised = [one for one in results if isinstance(one, Failure)]
    return verdict_of(raised[0]) if len(raised) == len(results) else None


def is_sound(seen: tuple[Heard | Failure], *judges: Callable[[Heard], Verdict]) -> bool:
    """Whether what this rests on was judged right."""
    return not isinstance(seen[0], Failure) and all(judge(seen[0]).status is Status.PASS for judge in judges)


def _trained(rate: float, seeds: Sequence[int]) -> Callable[[Talk], Heard]:
    def plan(talk: Talk) -> Heard:
        x, y = clusters(talk.rng, 160)
        asked, wanted = clusters(talk.rng, 400)
        centred = x - x.mean(axis=0)
        batches = [(talk.keep(centred[n : n + 20]), talk.keep(y[n : n + 20])) for n in range(0, 160, 20)]
        networks = [_network(talk, batches, rate, seed) for seed in seeds]
        answers = [chain.answered(talk, net, asked - x.mean(axis=0)) for net in networks]
        return {"y": wanted, "answers": answers}

    plan.__qualname__ = f"clusters {rate} {seeds}"
    return plan


def _network(talk: Talk, batches: list[tuple[Ref, Ref]], rate: float, seed: int) -> list[Ref]:
    """A network trained by hand from weights of its own seed."""
    modules, loss = copied(talk, layers(talk, seed)), made_loss(talk)

    def epoch(one: Talk) -> None:
        for batch in batches:
            chain.step(one, modules, loss, batch, rate)

    repeat(talk, COURSE, epoch)
    return modules


def accuracy(heard: Heard) -> float:
    """The best share of right answers, at one half."""
    y = np.asarray(heard["y"]).ravel()
    found = [floats(one) for one in heard["answers"]]  # type: ignore[attr-defined]
    return max(
        (float(((one.ravel() > 0.5) == y).mean()) for one in found if one is not None and one.size == len(y)), default=0
    )


SEPARATED = steps(
    group="clusters",
    seconds=60,
    ways=[_trained(rate, (1, 2)) for rate in (0.2, 1.0, 0.02, 5.0)],
    enough=lambda heard: accuracy(heard) >= LEAST or bool(unwritten(heard["answers"])),  # type: ignore[arg-type]
)(_trained(0.2, (0,)))


@suite.criterion(
    "nonlinear.classifies",
    observe=(
        SEPARATED,
        Optional(linear.LAYER),
        Optional(squared.ASKED),
        Optional(pointwise.TANH_ASKED),
        Optional(pointwise.SIGMOID_ASKED),
    ),
)
def classifies(
    heard: Heard,
    layer: tuple[Heard | Failure],
    loss: tuple[Heard | Failure],
    tanh: tuple[Heard | Failure],
    sigmoid: tuple[Heard | Failure],
) -> Verdict:
    """Linear(2, 4), TanH, Linear(4, 1), Sigmoid separates two clusters that it has never seen."""
    percent = round(100 * accuracy(heard), 1)
    if accuracy(heard) >= LEAST:
        return passed(say("{percent} % of the hidden points are right.", percent=percent))
    if missing := unwritten(heard["answers"]):  # type: ignore[arg-type]
        return missing
    if not sound_parts(layer, loss, tanh, sigmoid):
        return passed(say("The network does not learn; what is missing comes from its modules."))
    said = say("{percent} % of the hidden points are right; 90 % are asked for.", percent=percent)
    if linear.alike(layer[0]):
        return failed("first-weights-alike", said, ALIKE)
    return failed("below-minimum", said, say("Are the first weights far too large?"))


ALIKE = say("Every unit of a layer starts with the same weights, and so learns the same: draw them at random.")
PAID = say("It does not learn because the first weights are all alike: that is paid already.")


def alike_and_paid(layer: Seen, separated: Seen) -> bool:
    """Whether first weights that are all alike have kept the first network from learning."""
    seen = separated[0]
    return linear.alike(layer[0]) and not isinstance(seen, Failure) and accuracy(seen) < LEAST


Seen = tuple[Heard | Failure]


def sound_parts(layer: Seen, loss: Seen, tanh: Seen, sigmoid: Seen) -> bool:
    """Whether the modules of the first two questions were judged right."""
    return all(
        (
            is_sound(layer, linear.forward, linear.gradients, linear.updates),
            is_sound(loss, squared.mse),
            is_sound(tanh, pointwise.of_tanh),
            is_sound(sigmoid, pointwise.of_sigmoid),
        )
    )


def unwritten(answers: Sequence[object]) -> Verdict | None:
    """What nobody wrote is not excused by what else is wrong."""
    failures = [one for one in answers if isinstance(one, Failure)]
    if len(failures) < len(answers):
        return None
    return next(
        (verdict_of(one) for one in failures if one.type == "NotImplementedError" or one.kind == "missing"), None
    )
