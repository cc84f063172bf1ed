"""Question 3: which examples SGD gives to the network, in which batches, epoch by epoch."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from graders.language import say
from graders.laws.failure import verdict_of
from graders.observe.observation import Failure
from graders.observe.probe import Optional
from graders.observe.speech import drain, overhear, thing
from graders.observe.steps import Heard, Ref, Talk, steps
from graders.verdict import Verdict, failed, partial, passed

from . import cutting, linear, optim, protocol, squared
from .declared import ask, suite
from .numbers import Array
from .protocol import BOTH, DELTA, FORWARD, QUIET, UPDATE_GRADIENT, ZERO
from .sequential import made_loss

N, SIZE, EPOCHS, EPS, FIRST_LABEL = 53, 10, 3, 1e-6, 10.0
FIT = ("fit", "train", "run", "optimize", "optimise", "entrainer", "learn", "SGD", "sgd", "update", "step", "__call__")
Data = Callable[[Array, Array], object]
# How a set of examples may be given where it is one argument.
AS_PAIR: Data = lambda x, y: (x, y)  # noqa: E731
AS_PAIRS: Data = lambda x, y: [(one, label) for one, label in zip(x, y, strict=True)]  # noqa: E731
AS_TABLE: Data = lambda x, y: np.hstack([x, y])  # noqa: E731
AS_LIST: Data = lambda x, y: [x, y]  # noqa: E731
AS_RECORDS: Data = lambda x, y: {"given": "records", "x": x, "y": y}  # noqa: E731
# What a choice among the whole set, single examples and batches may be called.
MODES = ("mini_batch", "mini-batch", 1)


def numbered() -> tuple[Array, Array]:
    """Examples and labels that tell their number."""
    number = np.arange(N)[:, None] / N
    return np.hstack([number, 1 + 0 * number]), FIRST_LABEL + number


def asked(
    data: Data, *, as_class: bool, alone: bool = False, by_batches: bool = False, mode: object = None
) -> Callable[[Talk], Heard]:
    """A plan: SGD over numbered examples, while the layer and the loss are listened to."""

    def plan(talk: Talk) -> Heard:
        if not talk.knows("SGD") and not talk.knows("StochasticDescent") and talk.knows(cutting.NAME):
            return cut(talk)
        x, y = numbered()
        layer = protocol.linear(talk, 2, 1)
        net = layer if alone else protocol.sequential(talk, [layer], x)
        loss = thing(talk, "MSELoss") if as_class else made_loss(talk)
        given = {"x": x, "y": y, "data": data(x, y), "batch_size": SIZE, "n_batches": -(-N // SIZE)}
        given["epochs"] = EPOCHS * (-(-N // SIZE) if by_batches else 1)
        if _takes(talk, "y") and not _takes(talk, "x"):
            given["data"] = x
        given |= {"shuffle": True, **_asked_besides(talk, {"x_test": x, "y_test": y, "data_test": data(x, y)})}
        given |= {"mode": mode} if mode else {}
        optim = _optimiser(talk, net, loss)
        heard = overhear(talk, [thing(talk, "Linear")], (*FORWARD, *UPDATE_GRADIENT, *BOTH, *DELTA, *ZERO))
        labels = overhear(talk, [thing(talk, "MSELoss")], ("forward", *protocol.LOSS_BACK, "__call__"))
        result = _called(talk, {**given, "net": net, "loss": loss, "eps": EPS, "optim": optim})
        return {
            "result": result,
            "heard": talk.method(heard, "copy"),
            "labels": talk.method(labels, "copy"),
            "several_epochs": _takes(talk, "epochs"),
            "modes": _takes(talk, "mode"),
            "cuts": talk.knows(cutting.NAME),
            "by_count": _takes(talk, "n_batches") and not _takes(talk, "batch_size"),
        }

    plan.__qualname__ = f"batches {data(np.zeros((1, 2)), np.zeros((1, 1)))!r} {as_class} {alone} {by_batches} {mode}"
    return plan


def cut(talk: Talk) -> Heard:
    """A plan: batches of numbered examples by the function that cuts them, for several epochs."""
    found = cutting.epochs(talk, *numbered(), SIZE, EPOCHS)
    told = {"several_epochs": True, "modes": False, "cuts": False, "by_count": False}
    return {"result": found[0], "cut": found, "heard": [], "labels": [], **told}


def _asked_besides(talk: Talk, given: Mapping[str, object]) -> Mapping[str, object]:
    """What is given to those alone who cannot do without."""
    bound = talk.context.bound(_name(talk))
    return {name: value for name, value in given.items() if bound and not bound.has_default(name)}


def _name(talk: Talk) -> str:
    return "SGD" if talk.knows("SGD") or not talk.knows("StochasticDescent") else "StochasticDescent"


def _takes(talk: Talk, meaning: str) -> bool:
    """Whether what is bound takes this; of a class, its method may."""
    bound = talk.context.bound(_name(talk))
    if bound is None or _name(talk) == "StochasticDescent":
        return meaning not in ("n_batches", "mode")
    return meaning in bound.taken


def _optimiser(talk: Talk, net: object, loss: Ref) -> Ref | None:
    """An optimiser, where there is one: SGD may want it."""
    return protocol.optimiser(talk, net, loss, EPS) if talk.knows("Optim") else None


def _called(talk: Talk, given: Mapping[str, object]) -> Ref:
    """The function carried out to its end; of a class, the method that trains."""
    if _name(talk) == "SGD":
        return drain(talk, talk.call("SGD", how=QUIET, **given))
    made = ask(talk, thing(talk, "StochasticDescent"), "", how=QUIET, **given)
    return drain(talk, ask(talk, made, FIT, how=QUIET, **given))


@dataclass(frozen=True, eq=False)
class Seen:
    """The numbers of the examples in each batch that was learned from, and those of the labels."""

    batches: Sequence[Sequence[int]]
    labels: Sequence[Sequence[int]]


def seen(heard: Heard) -> Seen:
    """What the calls tell."""
    if "cut" in heard:
        pairs = [pair for epoch in heard["cut"] for pair in cutting.pairs(epoch)]  # type: ignore[attr-defined]
        return Seen(
            *([read({"given": [pair[place]]}) for pair in pairs] for place, read in enumerate((_numbers, _labels)))
        )
    events: list[Mapping[str, object]] = list(heard["heard"]) if isinstance(heard["heard"], list) else []
    back = _back(events)
    labels = list(heard["labels"]) if isinstance(heard["labels"], list) else []
    backwards = [one for one in labels if one["method"] in protocol.LOSS_BACK]
    return Seen(list(_learned(events, back)), [_labels(one) for one in backwards])


def _back(events: Sequence[Mapping[str, object]]) -> str | None:
    """The method by which a batch is learned from: the first of those that were called."""
    called = {str(one["method"]) for one in events}
    return next((name for name in (*UPDATE_GRADIENT, *BOTH, *DELTA) if name in called), None)


def _learned(events: Sequence[Mapping[str, object]], back: str | None) -> Sequence[Sequence[int]]:
    """The batch that went forward last, at each way back; every small one that went forward, where there is none."""
    found, last = [], list[int]()
    for one in events:
        batch = _numbers(one)
        last = batch or last
        if one["method"] == back or (back is None and batch and len(batch) < N):
            found.append(last)
    return found


def _numbers(event: Mapping[str, object]) -> list[int]:
    rows = [np.atleast_2d(one) for one in event["given"] if isinstance(one, np.ndarray)]  # type: ignore[attr-defined]
    inputs = [one for one in rows if one.ndim == 2 and one.shape[1] == 2]
    return [round(value) for value in inputs[0][:, 0] * N] if inputs else []


def _labels(event: Mapping[str, object]) -> list[int]:
    """The labels among what a loss was given: they are the ones that lie where labels do."""
    for one in event["given"]:  # type: ignore[attr-defined]
        number = (np.asarray(one, float).ravel() - FIRST_LABEL) * N
        if number.size and np.abs(number - number.round()).max() < 1e-6 and number.min() >= 0 and number.max() < N:
            return [round(value) for value in number]
    return []


def zeroes(heard: Heard) -> bool:
    """Whether the gradient is zeroed as often as a batch is learned from."""
    events = list(heard["heard"]) if isinstance(heard["heard"], list) else []
    zeroed = sum(one["method"] in ZERO for one in events)
    return zeroed >= len(seen(heard).batches) > 0


def judged(heard: Heard) -> Verdict:
    """The verdict on the batches that were seen."""
    if isinstance(heard["result"], Failure):
        return verdict_of(heard["result"])
    found = seen(heard)
    if not found.batches or not any(found.batches):
        return failed("nothing-learned", say("No batch was given to the network and learned from."))
    epochs = EPOCHS if heard["several_epochs"] else 1
    return (
        _complete(found.batches, epochs, by_count=bool(heard["by_count"])) or _paired(found) or _shuffled(found, epochs)
    )


def _complete(batches: Sequence[Sequence[int]], epochs: int, *, by_count: bool) -> Verdict | None:
    """What is wrong with the sizes, or with who is in them."""
    order, sizes = [one for batch in batches for one in batch], [len(batch) for batch in batches]
    whole = [sorted(order[start : start + N]) == list(range(N)) for start in range(0, epochs * N, N)]
    if _kept_aside(order, sizes, epochs):
        return passed(say("Part of the examples is kept aside for validation: seen and accepted."))
    if set(sizes) == {N}:
        return failed("full-batch", say("Every batch is the whole set: the batch size is not used."))
    if set(sizes) == {1}:
        return failed("one-by-one", say("Every batch holds one example: the batch size is not used."))
    if all(whole) and len(order) == epochs * N:
        return None if _sized(sizes, by_count=by_count) else _SIZES
    return _incomplete(order, sizes, epochs)


_SIZES = failed("wrong-sizes", say("The batches have not the size that was asked for."))


def _sized(sizes: Sequence[int], *, by_count: bool) -> bool:
    """Full batches, and one smaller at the end of each epoch; or as many as were asked for, about equal."""
    if by_count:
        return max(sizes) - min(sizes) <= 1 or max(sizes) <= SIZE + N % SIZE
    if max(sizes) - min(sizes) <= 1 and max(sizes) <= SIZE + 1:
        return True
    return max(sizes) == SIZE and sum(one < SIZE for one in sizes) * N <= sum(sizes)


def _kept_aside(order: Sequence[int], sizes: Sequence[int], epochs: int) -> bool:
    """Whether the same part of the examples, at least half of them, goes through every epoch once, with a last smaller batch."""
    part = sorted(set(order))
    each = [order[start : start + len(part)] for start in range(0, len(order), len(part))]
    again = len(each) == epochs > 1 and all(sorted(one) == part for one in each) and each[0] != each[-1]
    return again and N / 2 <= len(part) < N and max(sizes) <= SIZE + 1 and set(sizes) != {SIZE}


def _incomplete(order: Sequence[int], sizes: Sequence[int], epochs: int) -> Verdict:
    kept = N - N % SIZE
    if epochs > 1 and list(sizes) == [SIZE] * epochs and len(set(order)) == len(order):
        return failed("counts-batches", say("The number of epochs counts batches: most examples are never seen."))
    if len(order) == epochs * kept and set(sizes) == {SIZE} and _once(order, kept):
        return failed(
            "remainder-dropped", say("The last batch, which is smaller, is dropped: its examples are not seen.")
        )
    if epochs > 1 and len(order) == N and sorted(order) == list(range(N)):
        return failed("one-epoch", say("There is one epoch only, whatever number is asked for."))
    if len(order) == epochs * N and len(set(order)) == N and _counts(order) == {epochs}:
        return failed(
            "nested-loops",
            say("Each example is seen often enough, but not once an epoch: the loops are nested wrongly."),
        )
    if len(set(order)) < N or len(_counts(order)) > 1:
        return failed(
            "drawn", say("Batches are drawn at random: in an epoch some examples are seen twice, others never.")
        )
    return failed("wrong-batches", say("An epoch does not see every example exactly once."))


def _once(order: Sequence[int], kept: int) -> bool:
    """Whether no example is seen twice in an epoch of so many."""
    return all(len(set(order[start : start + kept])) == kept for start in range(0, len(order), kept))


def _counts(order: Sequence[int]) -> set[int]:
    return {int(one) for one in np.bincount(order, minlength=N)}


def _paired(found: Seen) -> Verdict | None:
    """Whether examples keep their labels."""
    known = [(batch, labels) for batch, labels in zip(found.batches, found.labels, strict=False) if labels]
    if len(found.labels) != len(found.batches) or all(list(batch) == labels for batch, labels in known):
        return None
    return failed("labels-apart", say("The examples are shuffled without their labels."))


def _shuffled(found: Seen, epochs: int) -> Verdict:
    order = [one for batch in found.batches for one in batch]
    each = [order[start : start + N] for start in range(0, epochs * N, N)]
    if all(one == list(range(N)) for one in each):
        return partial(0.5, "not-shuffled", say("The examples come in the order of the set: they were never shuffled."))
    if epochs > 1 and all(one == each[0] for one in each):
        return partial(
            0.75, "same-order", say("The examples are shuffled once; every epoch goes through them in the same order.")
        )
    return passed()


# The examples were given in another form than the function takes.
UNCLEAR = ("raised", "nothing-learned", "wrong-batches", "counts-batches")
FORMS = ((AS_PAIRS, False), (AS_TABLE, False), (AS_LIST, False), (AS_PAIR, True), (AS_RECORDS, False))


def _clear(heard: Heard) -> bool:
    """Whether it was asked in its own form: of several ways to go, by batches; a step alone leaves them to who cuts them."""
    found = judged(heard).diagnosis
    return found not in UNCLEAR and not ((heard["modes"] or heard["cuts"]) and found in ("full-batch", "one-by-one"))


ASKED = steps(
    group="batches",
    seconds=20,
    ways=(
        *(asked(data, as_class=as_class) for data, as_class in FORMS),
        asked(AS_PAIR, as_class=False, alone=True),
        asked(AS_PAIR, as_class=False, by_batches=True),
        *(asked(AS_PAIR, as_class=False, mode=one) for one in MODES),
        cut,
    ),
    enough=_clear,
)(asked(AS_PAIR, as_class=False))


@suite.criterion("sgd.batches", observe=(ASKED, Optional(linear.LAYER), Optional(squared.ASKED), Optional(optim.ASKED)))
def every_example_once(
    heard: Heard, layer: tuple[Heard | Failure], loss: tuple[Heard | Failure], optimiser: tuple[Heard | Failure]
) -> Verdict:
    """Every example once an epoch, in shuffled batches of the size asked for, the last one kept."""
    found = judged(heard)
    raised = found.status == "error"
    if raised and not optim.sound(layer, loss):
        return passed(say("SGD does not run; what is missing comes from the layer or from the loss."))
    if raised and not isinstance(optimiser[0], Failure) and _in_its_step(heard["result"], optimiser[0]):
        return passed(say("SGD does not run; what is missing comes from Optim."))
    return found


def _in_its_step(raised: object, optimiser: Heard) -> bool:
    """Whether it is a step of Optim that raises there: at the place where it does when it is called alone."""
    steps_ = [one["step"] for one in optimiser["optim"] if isinstance(one["step"], Failure)]  # type: ignore[attr-defined]
    places = [(one.file, one.line) for one in steps_]
    if isinstance(raised, Failure) and raised.file is not None:
        return (raised.file, raised.line) in places
    return bool(places)
