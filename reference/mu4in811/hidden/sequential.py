"""Question 3: Sequential against the same modules chained by hand, and against the same network in exact arithmetic.

What PyTorch learns from the same weights is computed here, with NumPy: before training, after 10 epochs and after 200.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from graders.language import say
from graders.laws.failure import verdict_of
from graders.observe.observation import Failure
from graders.observe.speech import copy, repeat, thing
from graders.observe.steps import Heard, Ref, Talk, steps
from graders.verdict import Verdict, failed, passed

from . import chain, protocol
from .chain import Net
from .declared import ask, suite
from .numbers import Array, affine, close, factor, floats, joined, same
from .protocol import BOTH, DELTA, QUIET, UPDATE_GRADIENT

HIDDEN, EPS, FEW, MANY, SHORT = 4, 0.1, 10, 200, 2
Batch = tuple[Array, Array]
Given = tuple[object, object]


def clusters(rng: np.random.Generator, n: int) -> Batch:
    """Points around (1, 2) and (3, 5), in any order, labels 1 and 0 in a column."""
    y = rng.permutation(np.arange(n) % 2)
    centres = np.array([[3.0, 5.0], [1.0, 2.0]])[y]
    return centres + 0.8 * rng.standard_normal((n, 2)), y[:, None].astype(float)


def layers(talk: Talk, seed: int | None = None) -> list[Ref]:
    """Linear, tanh, linear, sigmoid."""
    first, second = protocol.linear(talk, 2, HIDDEN, seed), protocol.linear(talk, HIDDEN, 1, seed)
    return [first, protocol.activation(talk, "TanH", HIDDEN), second, protocol.activation(talk, "Sigmoid", 1)]


def copied(talk: Talk, modules: Sequence[Ref]) -> list[Ref]:
    """Modules with the same weights."""
    twins = copy(talk, list(modules))
    return [talk.get(twins, str(place), how=QUIET) for place in range(len(modules))]


def made_loss(talk: Talk, name: str = "MSELoss") -> Ref:
    """A loss."""
    return talk.call(name, how=QUIET)


def made_optimiser(talk: Talk, net: object, name: str, eps: float, try_on: tuple[object, object]) -> Ref:
    """An optimiser that takes a loss, or its class; the first that makes a step. That step is made on a copy."""

    def way(given: Callable[[Talk], Ref]) -> Callable[[Talk], Ref]:
        def tried(one: Talk) -> Ref:
            loss = given(one)
            trial = protocol.optimiser(one, copy(one, net), loss, eps)
            stepped(one, trial, try_on)
            return protocol.optimiser(one, net, loss, eps)

        return tried

    return talk.first(way(lambda one: made_loss(one, name)), way(lambda one: thing(one, name)))


def stepped(talk: Talk, optimiser: Ref, batch: tuple[object, object], zeroed: Sequence[object] = ()) -> Ref:
    """One step of an optimiser; whether it zeroes gradients itself does not matter to what is zeroed before."""
    for one in zeroed:
        protocol.cleared(talk, one)
    return ask(talk, optimiser, protocol.STEP, x=batch[0], y=batch[1], how=QUIET)


def trained(form: Callable[[object], object]) -> Callable[[Talk], Heard]:
    """A plan: the same network trained by hand, by Optim through Sequential, and a few steps through Sequential's own methods;
    what is given to a network is in this form."""

    def plan(talk: Talk) -> Heard:
        x, y = clusters(talk.rng, 40)
        asked = clusters(talk.rng, 30)[0]
        batches = [(x[start : start + 20], y[start : start + 20]) for start in range(0, 40, 20)]
        kept = [(talk.keep(one), talk.keep(other)) for one, other in batches]
        given = [(form(one), form(other)) for one, other in kept]
        modules, loss = layers(talk), made_loss(talk)
        own = {f"{way}": _own(talk, copied(talk, modules), loss, given, form(asked), way) for way in range(len(WAYS))}
        return {
            "batches": batches,
            "asked": asked,
            "before": _weights(talk, modules),
            "short": _short(talk, copied(talk, modules), loss, kept, asked),
            "hand": _by_hand(talk, copied(talk, modules), loss, kept, asked),
            "own": own,
            **_by_optim(talk, modules, given, form(asked), lambda twins: chain.step(talk, twins, loss, kept[1], EPS)),
        }

    plan.__qualname__ = f"trained {form.__name__}"
    return plan


def as_it_is(one: object) -> object:
    """A batch alone."""
    return one


def listed(one: object) -> object:
    """A list of batches."""
    return [one]


def _weights(talk: Talk, modules: Sequence[Ref]) -> list[Ref]:
    return [protocol.weights(talk, modules[0], 2), protocol.weights(talk, modules[2], HIDDEN)]


def _short(talk: Talk, modules: list[Ref], loss: Ref, batches: Sequence[tuple[Ref, Ref]], asked: Array) -> Heard:
    for batch in batches[:SHORT]:
        chain.step(talk, modules, loss, batch, EPS)
    return {"weights": _weights(talk, modules), "output": chain.answered(talk, modules, asked)}


def _by_hand(talk: Talk, modules: list[Ref], loss: Ref, batches: Sequence[tuple[Ref, Ref]], asked: Array) -> Heard:
    seen: dict[str, object] = {"before": chain.answered(talk, modules, asked)}
    chain.step(talk, modules, loss, batches[0], EPS)
    seen["first"] = _weights(talk, modules)
    modules_ = modules

    def epoch(one: Talk) -> None:
        for batch in batches:
            chain.step(one, modules_, loss, batch, EPS)

    repeat(talk, FEW, epoch)
    seen["few"] = chain.answered(talk, modules, asked)
    repeat(talk, MANY - FEW, epoch)
    return {**seen, "many": chain.answered(talk, modules, asked)}


def _beside(talk: Talk, modules: list[Ref], by_hand: Callable[[list[Ref]], None], step: Callable[[], object]) -> Heard:
    """What a step makes of modules, and what the step by hand makes of their twins."""
    twins, before = copied(talk, modules), _weights(talk, modules)
    by_hand(twins)
    step()
    return {"before": before, "after": _weights(talk, modules), "hand": _weights(talk, twins)}


def _by_optim(
    talk: Talk, modules: list[Ref], batches: Sequence[Given], asked: object, by_hand: Callable[[list[Ref]], None]
) -> Heard:
    net = protocol.sequential(talk, modules, asked)
    for module in modules:
        protocol.cleared(talk, module)
    optimiser = made_optimiser(talk, net, "MSELoss", EPS, batches[0])
    seen: dict[str, object] = {"before_": protocol.forward(talk, net, asked)}
    first = stepped(talk, optimiser, batches[0], modules)
    seen["first"], seen["step"] = _weights(talk, modules), first

    def epoch(one: Talk) -> None:
        for batch in batches:
            stepped(one, optimiser, batch, modules)

    stepped(talk, optimiser, batches[0], modules)
    seen["later"] = _beside(talk, modules, by_hand, lambda: stepped(talk, optimiser, batches[1], modules))
    repeat(talk, FEW - 1, epoch)
    seen["few"] = protocol.forward(talk, net, asked)
    repeat(talk, MANY - FEW, epoch)
    return {"optim": {**seen, "many": protocol.forward(talk, net, asked)}, "made": talk.get([net], "0", how=QUIET)}


# How a Sequential may be told to go back: by which method, and with its input or with what forward returned.
ORDERS = (UPDATE_GRADIENT + BOTH + DELTA, (*BOTH, "backward_pass", "backwards"), DELTA + BOTH)
WAYS = [(names, outputs) for names in ORDERS for outputs in (False, True)]


def _own(talk: Talk, modules: list[Ref], loss: Ref, batches: Sequence[Given], asked: object, way: int) -> Heard:
    """A few steps through Sequential's own methods."""
    names, outputs = WAYS[way]
    net = protocol.sequential(talk, modules, asked)
    pushed = []
    for x, y in batches[:SHORT]:
        protocol.zero(talk, net)
        answered = protocol.forward(talk, net, x, how=QUIET)
        delta = _derivative(talk, loss, y, answered)
        given = answered if outputs else x
        pushed.append(ask(talk, net, names, input=given, delta=delta, how=QUIET))
        protocol.update(talk, net, EPS)
    return {"pushed": pushed, "weights": _weights(talk, modules), "output": protocol.forward(talk, net, asked)}


def _derivative(talk: Talk, loss: Ref, y: object, answered: Ref) -> Ref:
    """Of the last output, where a network returns all of them: the one of the right size."""

    def of(place: str) -> Callable[[Talk], Ref]:
        return lambda one: protocol.loss_back(one, loss, y, one.get(answered, place, how=QUIET), how=QUIET)

    def of_array(one: Talk) -> Ref:
        return protocol.loss_back(one, loss, y, one.method(answered, "astype", "float64", how=QUIET), how=QUIET)

    return talk.first(of_array, of("-1"), of("0"))


@dataclass(frozen=True)
class Judged:
    """What is known of a Sequential: whether it learns what PyTorch learns, what the chain by hand learns, and otherwise;
    `scaled` where its steps are those by hand but for one factor."""

    torch: bool
    hand: bool
    own: bool
    scaled: bool
    problem: Verdict | None

    @property
    def right(self) -> bool:
        """Whether the composition is right, whatever its modules are."""
        return self.torch or self.hand or self.own or self.scaled


def right(heard: Heard) -> bool:
    """Whether a Sequential was understood."""
    return judged(heard).right


TRAINED = steps(group="sequential", seconds=90, ways=(trained(listed),), enough=right)(trained(as_it_is))


def outputs(value: object, shape: tuple[int, ...]) -> list[Array]:
    """What may be the output of a network, also where all outputs came back: the first or the last of the right size."""
    parts = value if isinstance(value, list) else [value]
    found = [one for part in parts if (one := floats(part, *shape)) is not None]
    return [found[-1], found[0]] if found else []


def last(value: object, shape: tuple[int, ...]) -> Array | None:
    """The output of a network, where it does not matter whether it was activated."""
    return next(iter(outputs(value, shape)), None)


def answers(value: object, expected: Array | None, tolerance: float) -> bool:
    """Whether a network answers this."""
    return expected is not None and any(same(one, expected, tolerance) for one in outputs(value, expected.shape))


def judged(heard: Heard) -> Judged:
    """The verdicts on what was seen."""
    optim, hand = heard["optim"], heard["hand"]
    shape = (len(np.asarray(heard["asked"])), 1)
    tolerance = max(close(hand["many"]), 1e-6)  # type: ignore[index]
    by_hand = all(answers(optim[when], floats(hand[when], *shape), tolerance) for when in ("few", "many"))  # type: ignore[index]
    own = any(_few_right(one, heard["short"], shape) for one in heard["own"].values())  # type: ignore[attr-defined, arg-type]
    scaled = _scaled(heard, tolerance)
    return Judged(torch(heard, optim, tolerance), by_hand, own, scaled, problem(heard, shape))  # type: ignore[arg-type]


def _few_right(own: Mapping[str, object], short: Mapping[str, object], shape: tuple[int, ...]) -> bool:
    return answers(own["output"], floats(short["output"], *shape), max(close(short["output"]), 1e-6))


def torch(heard: Heard, seen: Mapping[str, object], tolerance: float) -> bool:
    """Whether what was learned is what PyTorch learns from the same weights, with one factor for all steps."""
    net = _net(heard["before"])
    batches = [(np.asarray(x), np.asarray(y)) for x, y in heard["batches"]]  # type: ignore[attr-defined]
    asked = np.asarray(heard["asked"])
    if net is None or not isinstance(seen["first"], list):
        return False
    size = _factor(net, _net(seen["first"]), batches[0], tolerance)
    return size is not None and any(
        _follows(Net(net.first, net.second, biased), seen, batches, asked, (size, tolerance))
        for biased in (True, False)
    )


def _follows(
    net: Net, seen: Mapping[str, object], batches: Sequence[Batch], asked: Array, exact: tuple[float, float]
) -> bool:
    size, tolerance = exact
    net = net.stepped(*batches[0], EPS * size)
    for when, epochs in (("few", FEW), ("many", MANY - FEW)):
        net = net.trained(batches, epochs, EPS * size)
        output = net.forward(asked)[1]
        if not answers(seen[when], output, tolerance):
            return False
    return True


def _scaled(heard: Heard, tolerance: float) -> bool:
    """Whether two steps, of other batches, are those by hand from the same weights, with one factor for both: how far a step goes
    is what Optim is asked."""
    later, first = heard["optim"]["later"], heard["optim"]["first"]  # type: ignore[index]
    steps_ = (heard["before"], first, heard["hand"]["first"]), (later["before"], later["after"], later["hand"])  # type: ignore[index]
    one, other = (_times_by_hand(*map(_net, states), tolerance) for states in steps_)
    return one > 0 and abs(one - other) <= 1e-4 * one


def _times_by_hand(before: Net | None, after: Net | None, by_hand: Net | None, tolerance: float) -> float:
    """How many times the step by hand a step is; 0 where it is none."""
    if before is None or after is None or by_hand is None:
        return 0
    return factor(_between(before, after), _between(before, by_hand), tolerance) or 0


def _between(before: Net, after: Net) -> Array:
    pairs = ((before.first, after.first), (before.second, after.second))
    return joined([one.weight - other.weight for one, other in pairs])


def _net(seen: object) -> Net | None:
    first, second = affine(seen[0], 2, HIDDEN), affine(seen[1], HIDDEN, 1)  # type: ignore[index]
    return Net(first, second) if first and second else None


def _factor(before: Net, after: Net | None, batch: Batch, tolerance: float) -> float | None:
    """The constant between the first step and the gradient, the same for both layers."""
    if after is None:
        return None
    expected = before.gradients(*batch)
    size = factor(_between(before, after) / EPS, joined([one.weight for one in expected]), tolerance)
    return size if size and size > 0 else None


def problem(heard: Heard, shape: tuple[int, ...]) -> Verdict | None:
    """What is wrong with a Sequential that learns something else."""
    optim, hand = heard["optim"], heard["hand"]
    if isinstance(heard["made"], Failure):
        return verdict_of(heard["made"])
    expected = floats(hand["before"], *shape)  # type: ignore[index]
    if expected is not None and not answers(optim["before_"], expected, max(close(expected), 1e-6)):  # type: ignore[index]
        return failed(
            "forward-differs", say("The output is not that of the modules one after the other, in their order.")
        )
    return _lacking(heard) or _frozen(heard) or _raised(heard) or _when(heard)


def _lacking(heard: Heard) -> Verdict | None:
    """Whether Sequential has no method that goes back."""
    if all(isinstance(one, Failure) and one.type == "NotThereError" for one in _pushed(heard)):
        return failed("no-way-back", say("Sequential has no method that goes back through its modules."))
    return None


def _pushed(heard: Heard) -> list[object]:
    """What came of every way back."""
    return [each for one in heard["own"].values() for each in one["pushed"]]  # type: ignore[attr-defined]


def _runs(heard: Heard) -> list[tuple[Net | None, int]]:
    """States of the network after a step of Optim, and after some by Sequential's own methods."""
    own = [
        _net(one["weights"])
        for one in heard["own"].values()  # type: ignore[attr-defined]
        if not any(isinstance(each, Failure) for each in one["pushed"])
    ]
    return [(_net(heard["optim"]["first"]), 1), *((one, SHORT) for one in own)]  # type: ignore[index]


def _frozen(heard: Heard) -> Verdict | None:
    before = _net(heard["before"])
    states = [one for one, _ in _runs(heard) if one and before and _moved(before, one) != (False, False)]
    if before and states and all(_moved(before, one) == (False, True) for one in states):
        return failed("first-layer-frozen", say("The first layer never learns: the way back ends before it."))
    if before and states and all(_moved(before, one) == (True, False) for one in states):
        return failed("last-layer-frozen", say("The last layer never learns: the way back begins after it."))
    return None


def _moved(before: Net, after: Net) -> tuple[bool, bool]:
    pairs = ((before.first, after.first), (before.second, after.second))
    first, second = (bool(np.abs(one.weight - other.weight).max() > 1e-12) for one, other in pairs)
    return first, second


def _raised(heard: Heard) -> Verdict | None:
    """What was raised on every way back."""
    step = heard["optim"]["step"]  # type: ignore[index]
    raised = isinstance(step, Failure) and all(isinstance(one, Failure) for one in _pushed(heard))
    return verdict_of(step) if raised else None


def _stopped(heard: Heard) -> Verdict | None:
    """What a line of the student's raised in the step of Optim."""
    step = heard["optim"]["step"]  # type: ignore[index]
    return verdict_of(step) if isinstance(step, Failure) and step.file else None


def _when(heard: Heard) -> Verdict:
    """Whether the first step was right already, or whether nothing ever changes: what Sequential inherits does nothing."""
    before, states = _net(heard["before"]), [one for one, _ in _runs(heard) if one]
    if before and states and all(_moved(before, one) == (False, False) for one in states):
        return _stopped(heard) or failed(
            "nothing-learns",
            say("No module ever changes: nothing goes back through them from Sequential, or no update reaches them."),
        )
    first, hand = _net(heard["optim"]["first"]), _net(heard["hand"]["first"])  # type: ignore[index]
    if first and hand and same(first.first.weight, hand.first.weight) and same(first.second.weight, hand.second.weight):
        return failed(
            "stale",
            say("The first step is right, later ones are not: something is kept from an earlier pass."),
        )
    return failed(
        "wrong-backward",
        say("The way back is not that of the modules one after the other: each needs its own input, last one first."),
    )


@suite.criterion("sequential.equivalence", observe=TRAINED)
def equivalence(heard: Heard) -> Verdict:
    """Sequential learns what its modules learn when they are chained by hand, and what PyTorch learns."""
    found = judged(heard)
    if found.torch:
        return passed(say("After 10 and 200 epochs the network is PyTorch's from the same weights."))
    if found.right:
        return passed(say("Sequential does what its modules do when they are chained by hand."))
    return found.problem or passed()
