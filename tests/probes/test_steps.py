"""Plans of steps: what a suite writes, what the sandbox does, what the judge reads."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

import numpy as np
import torch

from graders.observe.context import Context
from graders.observe.observation import Failure, Observation, Seen
from graders.observe.steps import Heard, How, Steps, Talk, steps
from graders.observe.values import array, number
from graders.probes import steps as inside
from graders.probes.wire import decode, encode
from graders.probes.work import Work
from graders.submissions.binding import Binding
from graders.submissions.bound import Bound
from graders.submissions.inventory import definitions
from graders.submissions.source import Source

SOURCE = """
import numpy as np
import torch
from torch import nn

class Linear:
    def __init__(self, nb_in, nb_out):
        self.parameters = {"W": np.full((nb_in, nb_out), 2.0)}
        self.calls = 0
    def forward(self, X):
        self.calls += 1
        return X @ self.parameters["W"]
    def broken(self):
        raise ValueError("no")
    def gives_up(self):
        raise SystemExit

def doubled(x):
    if not isinstance(x, torch.Tensor):
        raise TypeError("tensors only")
    print("doubling")
    return 2 * x

def train(model, loader):
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    for x, y in loader:
        optimizer.zero_grad()
        loss = nn.functional.mse_loss(model(x).squeeze(1), y)
        loss.backward()
        optimizer.step()
    return float(loss)

class Net(nn.Linear):
    def __init__(self):
        super().__init__(3, 1)

MADE = torch.ones(2, 3, dtype=torch.float32)

def asked():
    return float(Net()(MADE).sum())
"""
NAMES = {"Linear": ("n_in", "n_out"), "doubled": ("x",), "train": ("model", "loader"), "Net": (), "asked": ()}


def context() -> Context:
    source = Source("work.py", (SOURCE,))
    found = {one.name: one for one in definitions(source)}
    bound = {
        name: Bound(
            found[name],
            "exact",
            tuple((own.name, meant) for own, meant in zip(found[name].parameters, expected, strict=False)),
        )
        for name, expected in NAMES.items()
    }
    return Context(Binding({**bound, "absent": None}, "work.py", (source,), looked_for={"absent": ("absent",)}), seed=3)


def heard(probe: Steps) -> Heard | Failure:
    """Ask and answer without a sandbox, over the wire's own format."""
    namespace: dict[str, object] = {}
    exec(SOURCE, namespace)  # noqa: S102  # our own source
    work, seen, asked = Work("/", "", {"work.py": namespace}), list[Observation](), context()
    while requests := probe.ask(asked, seen):
        sent = cast("dict[str, Any]", decode(encode(dict(requests[0].arguments))))
        seen.append(Seen(decode(encode(inside.steps(work, **sent)))))
    return probe.read(asked, seen)


def said(plan: Callable[[Talk], Heard]) -> Heard:
    answer = heard(steps(group="g")(plan))
    assert not isinstance(answer, Failure), answer
    return answer


def test_an_object_is_made_used_and_read() -> None:
    def plan(talk: Talk) -> Heard:
        x = talk.normal(5, 3)
        layer = talk.call("Linear", n_in=3, n_out=4)
        weight = talk.get(layer, "weight", "parameters.W")
        before = talk.method(layer, ("apply", "forward"), x)
        talk.set(layer, np.ones((3, 4)), "parameters.W")
        return {"x": x, "weight": weight, "before": before, "after": talk.method(layer, "forward", x)}

    answer = said(plan)
    x = cast("np.ndarray[Any, Any]", answer["x"])
    assert np.allclose(array(answer["before"]), 2 * x @ np.ones((3, 4)))  # type: ignore[arg-type]
    assert np.allclose(array(answer["after"]), x @ np.ones((3, 4)))  # type: ignore[arg-type]
    assert np.shape(answer["weight"]) == (3, 4)  # type: ignore[arg-type]


def test_what_raises_costs_what_needs_it_and_no_more() -> None:
    def plan(talk: Talk) -> Heard:
        layer = talk.call("Linear", n_in=3, n_out=4)
        broken = talk.method(layer, "broken")
        return {"broken": broken, "later": talk.method(broken, "forward"), "calls": talk.get(layer, "calls")}

    answer = said(plan)
    assert isinstance(answer["broken"], Failure)
    assert isinstance(answer["later"], Failure)
    assert answer["broken"].type == answer["later"].type == "ValueError"
    assert number(answer["calls"]) == 0


def test_who_leaves_the_program_costs_no_more_than_who_raises() -> None:
    def plan(talk: Talk) -> Heard:
        layer = talk.call("Linear", n_in=3, n_out=4)
        return {"left": talk.method(layer, "gives_up"), "calls": talk.get(layer, "calls")}

    answer = said(plan)
    assert isinstance(answer["left"], Failure)
    assert answer["left"].type == "SystemExit"
    assert number(answer["calls"]) == 0


def test_the_first_form_that_raises_nothing_is_taken() -> None:
    def plan(talk: Talk) -> Heard:
        result = talk.call("doubled", x=np.arange(3.0), how=How(forms=("numpy", "torch"), observe=("printed",)))
        return {"result": result, "printed": result.printed}

    answer = said(plan)
    assert np.array_equal(array(answer["result"]), [0, 2, 4])  # type: ignore[arg-type]
    assert answer["printed"] == "doubling\n"


def test_the_first_way_that_raises_nothing_is_taken() -> None:
    def plan(talk: Talk) -> Heard:
        layer = talk.call("Linear", n_in=2, n_out=2)
        return {
            "y": talk.first(lambda t: t.method(layer, "broken"), lambda t: t.method(layer, "forward", np.ones((1, 2))))
        }

    assert np.array_equal(array(said(plan)["y"]), [[4, 4]])  # type: ignore[arg-type]


def test_a_training_is_watched_and_what_it_called_is_seen() -> None:
    def plan(talk: Talk) -> Heard:
        model = talk.call("Net")
        x, y = talk.normal(8, 3).astype(np.float32), talk.normal(8).astype(np.float32)
        loader = talk.given("loader", x=x, y=y, batch_size=4)
        run = talk.call("train", model=model, loader=loader, how=How(watch=model, observe=("operations",)))
        return {"events": run.events, "called": run.operations, "trace": talk.trace(model, x)}

    answer = said(plan)
    assert [one["event"] for one in cast("list[dict[str, str]]", answer["events"])].count("step") == 2
    called = cast("dict[str, Any]", answer["called"])
    assert any("backward" in name for name in called["names"])
    assert any("mse_loss" in name for name in called["operations"])
    assert cast("dict[str, Any]", answer["trace"])["steps"]


def test_a_name_that_is_missing_is_told() -> None:
    answer = heard(steps(group="g")(lambda talk: {"y": talk.call("absent", x=1)}))
    assert isinstance(answer, Failure)
    assert answer.kind == "missing"


def test_another_way_follows_what_was_not_enough() -> None:
    plain = lambda talk: {"y": talk.call("doubled", x=np.ones(2))}  # noqa: E731
    torched = lambda talk: {"y": talk.call("doubled", x=np.ones(2), how=How(forms=("torch",)))}  # noqa: E731
    answer = heard(steps(group="g", ways=(torched,), enough=lambda one: not isinstance(one["y"], Failure))(plain))
    assert not isinstance(answer, Failure)
    assert np.array_equal(array(answer["y"]), [2, 2])  # type: ignore[arg-type]


def test_what_a_program_sets_at_its_end_was_not_there_when_it_began() -> None:
    before = torch.get_default_dtype()
    torch.set_default_dtype(torch.float64)
    try:
        answer = said(settled)
    finally:
        torch.set_default_dtype(before)
    assert number(answer["sum"]) is not None  # type: ignore[arg-type]


def settled(talk: Talk) -> Heard:
    """A function that makes its own network, and asks it with numbers that were made before the setting."""
    return {"sum": talk.call("asked")}
