"""What the three training functions are asked, and the network that comes back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from graders.language import Message, say
from graders.observe.observation import Failure
from graders.observe.steps import Heard, How, Talk
from graders.observe.written import written_calls
from graders.probes.wire import Value

from .declared import DEFAULT, Array, Oscillator, column
from .made import fcn

FORMS = ("floats", "torch", "numpy")
# What a function gets that has no default, and that the student's program calls with nothing that can be read.
USUAL: Mapping[str, Value] = {"epochs": 6_000, "lr": 1e-3, "weight": 1e-3, "seed": 0, "start": 1.0}


PHYSICAL = {"m": DEFAULT.m, "mu": DEFAULT.mu, "k": DEFAULT.k}


def taken(talk: Talk, name: str) -> set[str]:
    """What the parameters of a student's function mean."""
    bound = talk.context.bound(name)
    known = {*bound.taken} if bound else set()
    return known | {"t", "u"} if "pair" in known else known


def needs(talk: Talk, name: str, meaning: str) -> bool:
    """Whether it takes this and has no default for it."""
    bound = talk.context.bound(name)
    if bound is None or meaning not in taken(talk, name):
        return False
    return not bound.has_default(meaning if meaning in bound.taken else "pair")


def constants(talk: Talk, name: str, hidden: Oscillator) -> Oscillator:
    """Hidden constants where the function takes them, else those of the statement."""
    known = taken(talk, name)
    return hidden if {"mu", "k"} <= known or {"d", "w0"} <= known else DEFAULT


def physical(one: Oscillator) -> dict[str, object]:
    """An oscillator's constants, under each name."""
    return {"m": one.m, "mu": one.mu, "k": one.k, "d": one.decay, "w0": float(np.sqrt(one.k / one.m))}


def needed(talk: Talk, name: str) -> dict[str, object]:
    """What the function has no default for: as the student's own program gives it, else as usual."""
    said, given = own(talk, name), dict[str, object]()
    values: dict[str, object] = {
        **USUAL,
        "t_physics": talk.given("leaf", array=column(np.linspace(0, 1, 60))),
        "initial": talk.given("leaf", array=column(np.zeros(1))),
    }
    given = {one: value for one, value in values.items() if needs(talk, name, one) and one not in said}
    if needs(talk, name, "model") and talk.knows("FCN"):
        given["model"] = fcn(talk, 32, 3, seed=5)
    return given | {one: value for one, value in said.items() if one != "kwargs"} | {"kwargs": said["kwargs"]}


def own(talk: Talk, name: str) -> dict[str, Value]:
    """What the student's program calls it with, by what it means; by the student's words where that is not known.

    Of several calls, the one that trains longest. A default is for trying; what is called is what was handed in.
    """
    bound = talk.context.bound(name)
    if bound is None or bound.scope is not None or any(not word for word, _ in bound.order):
        return {"kwargs": {}}
    meaning = dict(bound.order)
    words = {known: word for word, known in bound.order}
    calls = written_calls(talk.context, name)
    best = max(calls, key=lambda one: _number(one.get(words.get("epochs", ""))), default={})
    known = {meaning[word]: value for word, value in best.items() if meaning.get(word) in (*USUAL, "weight")}
    weights = {word: value for word, value in best.items() if meaning.get(word, "weight") == "weight"}
    return {**{one: value for one, value in known.items() if one != "weight"}, "kwargs": weights}


def _number(value: object) -> float:
    return float(value) if isinstance(value, int | float) else 0.0


def with_our_residual(talk: Talk) -> Message:
    """From now on the residual is ours, wherever the submission asks its own."""
    talk.replace("residual", "operator", PHYSICAL)
    return say("It succeeds with a right residual in place of yours, which is judged by its own criterion.")


SIZES = {"input_dim": 1, "hidden_dim": 32, "depth": 3, "output_dim": 1}


def with_our_network(talk: Talk) -> Message:
    """From now on its networks are ours."""
    talk.replace("FCN", "network", SIZES)
    return say("It succeeds with a network of tanh in place of yours, which is judged by its own criterion.")


def asked(
    talk: Talk,
    name: str,
    values: Mapping[str, object],
    times: Mapping[str, Array],
    how: How | None = None,
    *,
    longer: int = 1,
) -> dict[str, object]:
    """One training, and what the network answers at these times; under a seed, from other initial weights.

    So many times longer than the student's program trains, where it tells for how many epochs.
    """
    how = replace(how or How(), forms=FORMS, observe=("learning", "printed"))
    # float64 for those who compute with it: the first form is float32 all the same.
    wide = {one: value.astype(float) if isinstance(value, np.ndarray) else value for one, value in values.items()}
    if {"t", "u"} <= wide.keys():
        wide["pair"] = [wide["t"], wide["u"]]
    result = talk.call(name, how=how, **{**wide, **_lengthened(needed(talk, name), longer)})
    model = talk.network(result)
    answers = {
        at: talk.method(model, ("", "forward"), t.reshape(-1, 1), how=How(forms=FORMS)) for at, t in times.items()
    }
    return {
        "result": result,
        "learning": result.learning,
        "printed": result.printed,
        "answers": answers,
        "held": talk.get(model, *MU),
        "times": dict(times),
    }


def _lengthened(values: dict[str, object], times: int) -> dict[str, object]:
    epochs = values.get("epochs")
    return {**values, "epochs": epochs * times} if isinstance(epochs, int) else values


MU = ("mu", "mu_", "mu_est", "mu_hat", "c", "damping")


def answer(heard: Heard, at: str) -> Array | Failure:
    """The network's answers at one set of times, (n,)."""
    answers: Mapping[str, object] = heard["answers"]  # type: ignore[assignment]
    found, times = answers[at], heard["times"][at]  # type: ignore[index]
    if isinstance(found, Failure):
        return found
    if not isinstance(found, np.ndarray) or found.size != len(times):
        return Failure("unreadable", message="u(t)")
    return found.reshape(-1).astype(float)
