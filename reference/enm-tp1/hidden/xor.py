"""Question 5: a network that has learned the XOR, asked at the four corners and near them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import cast

import numpy as np

from graders.language import say
from graders.laws.architecture import activations, layers
from graders.laws.failure import verdict_of
from graders.laws.trace import Pass
from graders.observe.learning import learners
from graders.observe.observation import Failure, Seen
from graders.observe.probe import Reader, Together
from graders.observe.steps import Heard, How, Talk, steps
from graders.probes.wire import Array, Value
from graders.verdict import Verdict, failed, passed

from .binary import REAL, binary_verdict
from .declared import suite, uses
from .formulas import STABLE, stable
from .losses import NLL_LOSS, nll

CORNERS = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], np.float32)
WANTED = np.array([0, 1, 1, 0])
SEEDS, ENOUGH, NOISY, SIGMA = (1, 2, 3, 4, 5), 3, 160, 0.05
# Near the corners, of one that has learned the corners alone. The reference and three other right ways: 1.00 over ten seeds
# each; with a noise of 0.1, 0.992 at least.
NEAR = 0.8
EPOCHS, RATE = 2000, 0.05
_PASS = Reader(Pass)


def _values(talk: Talk) -> dict[str, object]:
    """What the student's function must be told, and has no default for."""
    bound = talk.context.bound("train_xor")
    if bound is None:
        return {}
    told: dict[str, object] = {"epochs": EPOCHS, "lr": RATE}
    needed = {name: value for name, value in told.items() if not bound.has_default(name)}
    # A part of a program trains the network that it is given; a function may have one of its own.
    wanted = "model" in bound.taken and (bound.scope is not None or not bound.has_default("model"))
    if wanted and talk.knows("XorMLP"):
        needed["model"] = talk.call("XorMLP", how=How(quiet=True), n_hidden=8)
    return needed


def _plan(seeds: Sequence[int]) -> Callable[[Talk], Heard]:
    def asked(talk: Talk) -> Heard:
        places = talk.rng.permutation(np.arange(NOISY) % 4)
        near = (CORNERS[places] + SIGMA * talk.normal(NOISY, 2)).astype(np.float32)
        return {"near": near, "places": places, "attempts": [_attempt(talk, seed, near) for seed in seeds],
                "uses": uses(talk, "train_xor", "XorMLP")}  # fmt: skip

    return asked


def _attempt(talk: Talk, seed: int, near: Array) -> Heard:
    """One training, and what the network answers."""
    values = _values(talk)
    result = talk.call("train_xor", how=How(seed=seed, quiet=True, observe=("learning",)), **values)
    net = talk.keep(talk.given("network_in", value=result, otherwise=values.get("model")))
    talk.method(net, "eval", how=How(quiet=True))
    how = How(forms=("torch", "numpy"))
    return {
        "trained": result,
        "learning": result.learning,
        "corners": talk.method(net, "", CORNERS, how=how),
        "near": talk.method(net, "", near, how=how),
        "parameters": talk.parameters(net),
        "trace": talk.trace(net, near[:8]),
    }


def solved(answers: object, wanted: Array) -> float:
    """The share of right answers, as the outputs may be meant: two scores, one probability, one score, one log-probability."""
    if not isinstance(answers, np.ndarray) or len(answers) != len(wanted):
        return 0.0
    flat = answers.reshape(len(answers), -1)
    if flat.shape[1] == 2:
        return float((flat.argmax(axis=1) == wanted).mean())
    if flat.shape[1] != 1 or not np.isfinite(flat).all():
        return 0.0
    return max(float(((flat[:, 0] > threshold) == wanted).mean()) for threshold in (0.5, 0.0, np.log(0.5)))


def attempts(heard: Heard) -> list[Heard]:
    """The trainings, one a seed."""
    return list(cast("Sequence[Heard]", heard["attempts"]))


def successes(heard: Heard) -> list[Heard]:
    """Those after which all four corners are right."""
    return [one for one in attempts(heard) if solved(one["corners"], WANTED) == 1]


def _settled(heard: Heard) -> bool:
    """Three successes say enough, and so do three failures."""
    good, total = len(successes(heard)), len(attempts(heard))
    return good >= ENOUGH or total - good > len(SEEDS) - ENOUGH


TRAINED = steps(group="xor", seconds=120, ways=[_plan(SEEDS)], enough=_settled)(_plan(SEEDS[:ENOUGH]))


FUNCTIONS = Together({"nll_loss": NLL_LOSS, "softmax": STABLE, "binary_cross_entropy": REAL})
JUDGES: Mapping[str, Callable[[Heard], Verdict]] = {
    "nll_loss": nll, "softmax": stable, "binary_cross_entropy": binary_verdict
}  # fmt: skip


@suite.criterion("xor.solves", observe=(TRAINED, FUNCTIONS))
def solves(heard: Heard, functions: Mapping[str, Heard | Failure]) -> Verdict:
    """At least three of five trainings get the four corners right, by a network with a hidden layer that has learned."""
    for one in attempts(heard)[:1]:
        if isinstance(one["trained"], Failure):
            return verdict_of(one["trained"])
        if isinstance(one["parameters"], Failure):
            return failed("no-network", say("train_xor returns no network: return the trained model."))
        if isinstance(one["corners"], Failure):
            return verdict_of(one["corners"])
    wrong = _structure(heard) or _learned(heard) or _solved(heard)
    if wrong and wrong.diagnosis == "not-solved" and (broken := _broken(heard, functions)):
        return passed(say("What it learns suffers from {name}, where that is counted.", name=broken))
    return wrong or passed()


def _broken(heard: Heard, functions: Mapping[str, Heard | Failure]) -> str | None:
    """A wrong function of the student's own that the training depends on."""
    used = [name for name in cast("Sequence[str]", heard["uses"]) if name in JUDGES]
    return next(
        (name for name in used if isinstance(one := functions[name], Failure) or not JUDGES[name](one).credit), None
    )


def _structure(heard: Heard) -> Verdict | None:
    """A hidden layer, with something behind it that is no straight line."""
    seen = _PASS.read(Seen(cast("Value", attempts(heard)[0]["trace"])))
    if isinstance(seen, Failure):
        return None
    found = layers(seen)
    if not found:
        return failed(
            "not-a-network", say("The answers come from no layer of weights: a table or a rule is not learned.")
        )
    if len(found) < 2:
        return failed(
            "no-hidden-layer",
            say("The network has a single linear layer; XOR needs a hidden one, as no line separates it."),
        )
    if not any(activations(seen)[:-1]) and not successes(heard):
        return failed(
            "no-nonlinearity",
            say(
                "There is no non-linearity between the layers: together they are one linear map, and no line separates XOR."
            ),
        )
    return None


def _matrices(one: Heard) -> list[Array]:
    named = one["parameters"] if isinstance(one["parameters"], Mapping) else {}
    return [value for value in named.values() if isinstance(value, np.ndarray) and value.ndim == 2]


def _learned(heard: Heard) -> Verdict | None:
    """The weights have moved: by an optimizer, or they differ between seeds and succeed, as random ones hardly ever do."""
    some = attempts(heard)
    matrices = zip(_matrices(some[0]), _matrices(some[-1]), strict=False)
    different = any(not np.array_equal(a, b) for a, b in matrices if a.shape == b.shape)
    if any(map(_moved, some)) or (different and len(successes(heard)) >= ENOUGH):
        return None
    return failed("not-trained", say("The weights of the network are not learned: no training moves them."))


def _moved(one: Heard) -> bool:
    """Whether an optimizer moved what is now in the network."""
    mine = _matrices(one)
    return any(
        not np.array_equal(before, after) and any(np.array_equal(after, value) for value in mine)
        for learner in learners(one["learning"])
        for before, after in zip(learner.initial, learner.final, strict=False)
    )


def _solved(heard: Heard) -> Verdict | None:
    good, total = successes(heard), len(attempts(heard))
    if len(good) < ENOUGH:
        return failed(
            "not-solved",
            say(
                "{good} of {total} trainings get the four points right, each from other random weights; three of five are "
                "asked for.",
                good=len(good),
                total=total,
            ),
        )
    wanted = WANTED[np.asarray(heard["places"])]
    if max(_near(good, wanted)) < NEAR:
        return failed(
            "corners-only",
            say(
                "The four points are right, but points very near to them are not: a network gives like answers to like inputs."
            ),
        )
    return None


def _near(good: Sequence[Heard], wanted: Array) -> Iterator[float]:
    return (solved(one["near"], wanted) for one in good)
