"""The judge of PINNs alone: hidden inputs tell every mistake from what is right, over many seeds; no sandbox, no training."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from graders import paths
from graders.laws.figures import Curve
from graders.observe.learning import Target
from graders.suite.loading import imported
from graders.verdict import Status

hidden: Any = imported(paths.SECRET / "cdl-tp1-4" / "hidden" / "__init__.py", "hidden_cdl-tp1-4")
Oscillator = hidden.declared.Oscillator
SEEDS = range(100)


def oscillators(rng: np.random.Generator) -> list[Any]:
    drawn = rng.uniform((0.6, 0.8, 40), (1.8, 3.5, 160), (3, 3))
    return [Oscillator(), *(Oscillator(float(m), float(mu), float(k)) for m, mu, k in drawn)]


def exact_verdict(rng: np.random.Generator, formula: Any) -> Any:
    cases = []
    for one in oscillators(rng):
        t = np.sort(rng.random(40))
        cases.append({"oscillator": one, "t": t, "u": formula(one, t).astype(np.float32).reshape(-1, 1)})
    return hidden.physics.suite.criteria["physics.exact"].judge({"cases": cases})


def test_the_solution_solves_the_equation() -> None:
    one, t, step = Oscillator(1.3, 2.1, 90.0), np.linspace(0.1, 0.9, 9), 1e-4
    speed = (one(t + step) - one(t - step)) / (2 * step)
    push = (one(t + step) - 2 * one(t) + one(t - step)) / step**2
    assert np.abs(one.m * push + one.mu * speed + one.k * one(t)).max() < 1e-3
    assert one(np.zeros(1)) == pytest.approx(1)


@pytest.mark.parametrize("name", hidden.physics.WRONG)
def test_a_wrong_solution_is_named(name: str) -> None:
    for seed in SEEDS:
        verdict = exact_verdict(np.random.default_rng(seed), hidden.physics.WRONG[name][1])
        assert verdict.diagnosis == name


def test_the_right_solution_passes() -> None:
    assert all(
        exact_verdict(np.random.default_rng(seed), lambda one, t: one(t)).status is Status.PASS for seed in SEEDS
    )


def residual_verdict(seed: int, formula: Any, size: Any = lambda values: values) -> Any:
    rng, cases = np.random.default_rng(seed), []
    for _ in range(2):
        _, known = hidden.residual.case(rng, lambda one: one)
        for kind in ("leaf", "tensor"):
            answer = hidden.residual.Answer(known)
            part = {"result": size(answer.expected(formula)), "gradients": answer.gradient(formula)}
            cases.append({**answer.case, "kind": kind, "parts": [part] * 3})
    return hidden.residual.of_function({"cases": cases})


@pytest.mark.parametrize("name", hidden.formulas.WRONG)
def test_a_wrong_residual_is_named(name: str) -> None:
    assert {residual_verdict(seed, hidden.formulas.WRONG[name][1]).diagnosis for seed in SEEDS} == {name}


@pytest.mark.parametrize("name", hidden.formulas.RIGHT)
def test_a_right_residual_passes(name: str) -> None:
    assert {residual_verdict(seed, hidden.formulas.RIGHT[name][1]).status for seed in SEEDS} == {Status.PASS}


@pytest.mark.parametrize("place", range(len(hidden.residual.LOSSES)))
def test_a_residual_may_be_a_loss_that_is_zero_where_the_equation_is_solved(place: int) -> None:
    size, formula = hidden.residual.LOSSES[place][1], hidden.formulas.RIGHT[""][1]
    for seed in SEEDS:
        assert residual_verdict(seed, formula, size).status is Status.PASS
        assert residual_verdict(seed, hidden.formulas.WRONG["sign-of-k"][1], size).status is Status.FAIL
        assert residual_verdict(seed, formula, np.mean).diagnosis == "mean-too-early"


def test_a_residual_by_which_nothing_is_learned_is_seen() -> None:
    formula = hidden.formulas.RIGHT[""][1]
    for seed in range(50):
        rng = np.random.default_rng(seed)
        wave, t = hidden.waves.drawn(rng), np.sort(rng.random(17))
        answer = hidden.residual.Answer(
            {"wave": wave, "t": t, "oscillator": Oscillator(), "weights": rng.standard_normal(17)}
        )
        without = answer.gradient(hidden.formulas.terms(m=0))
        case = {
            **answer.case,
            "kind": "leaf",
            "parts": [{"result": answer.expected(formula), "gradients": without}] * 3,
        }
        verdict = hidden.residual.of_function({"cases": [case, {**case, "kind": "tensor"}]})
        assert verdict.diagnosis == "create-graph-missing"


def curve(y: Any) -> Curve:
    return Curve(np.linspace(0, 1, 200), y(np.linspace(0, 1, 200)), "", None)  # type: ignore[arg-type]


def test_only_a_regression_fails_beyond_the_window() -> None:
    solution = Oscillator()
    fails = hidden.regression._fails_beyond
    assert fails(curve(lambda t: np.where(t < 0.36, solution(t), solution(np.array([0.36])))))
    assert not fails(curve(solution))
    assert not any(fails(curve(Oscillator(mu=float(mu)))) for mu in np.linspace(0.5, 5.5, 60))
    assert not fails(curve(lambda t: 0 * t))


@pytest.mark.parametrize(
    ("text", "is_shown"),
    [
        ("erreur hors de la fenêtre : 139 %", True),
        ("extrapolation error: 1.24", True),
        ("regression: erreur relative hors de la fenêtre = 2.395", True),
        ("error outside: 0.01", False),
        ("loss: 3.0", False),
    ],
)
def test_a_measure_of_the_failure_is_read(text: str, is_shown: bool) -> None:
    assert hidden.regression._measured(text) is is_shown


@pytest.mark.parametrize(
    "result",
    [
        [{"opaque": "FCN"}, 3.1, [1.0] * 9],
        [{"opaque": "FCN"}, np.array([3.1]), {"loss": [2.0] * 9}],
        {"model": {"opaque": "FCN"}, "mu": 3.1},
        [{"opaque": "FCN"}, [0.0, 1, 2, 3, 3.05, 3.1], {"mu": [1.0, 3.1]}],
    ],
)
def test_the_estimate_is_found(result: object) -> None:
    assert 3.1 in hidden.inverse.estimates(result)


def test_no_constant_is_near_a_hidden_damping() -> None:
    for low, high in hidden.inverse.HIDDEN:
        for guess in (2, 2.5, 3, 3.5, 4):
            assert all(abs(guess - mu) > hidden.inverse.WITHIN * mu for mu in np.linspace(low, high, 50))


def target(t: Any, u: Any) -> Target:
    return Target(at=np.asarray(t, float), value=np.asarray(u, float))


def test_values_of_the_solution_beyond_the_window_are_seen() -> None:
    one, rng = Oscillator(mu=2.2, k=90), np.random.default_rng(0)
    like, last = hidden.pinn._like, 0.38
    whole = np.linspace(0, 1, 30)
    assert like(target(whole, one(whole)), last, one)
    assert like(target(whole, one(whole) + 0.02 * rng.standard_normal(30)), last, one)
    assert like(target([1.0], one(np.ones(1))), last, one)
    assert not like(target(whole[whole < last], one(whole[whole < last])), last, one)
    assert not like(target(whole, 0 * whole), last, one)
    assert not like(target([1.0], [0.0]), last, one)


def trained(last: float, *, mu: float = 2.0, estimate: float | None = None, observed: bool = True) -> Any:
    """A network of one hidden layer that was fitted up to an instant, by what it was given there."""
    rng, t = np.random.default_rng(0), np.linspace(0, last, 60)
    weights, bias = rng.normal(0, 12, (60, 1)), rng.normal(0, 6, 60)
    inside = np.tanh(t[:, None] @ weights.T + bias)
    out = np.linalg.solve(inside.T @ inside + 1e-6 * np.eye(60), inside.T @ Oscillator(mu=mu)(t))
    extra = [] if estimate is None else [np.array([estimate])]
    final = [weights, bias, out[None], np.zeros(1), *extra]
    learner = hidden.programs.Learner(
        name="Adam",
        options={},
        shapes=[list(one.shape) for one in final],
        initial=[np.zeros_like(one) for one in final],
        final=final,
        steps=9,
        values=[1.0, 0.1],
        stale=False,
        dropout=0.0,
        losses=[],
        targets=[Target(at=t, value=Oscillator(mu=mu)(t))] if observed else [],
    )
    return hidden.programs.Trained(learner)


def test_what_a_program_trains_is_known_by_its_weights_and_by_what_it_saw() -> None:
    regression, solved, leaked = trained(0.36), trained(1.0, observed=False), trained(1.0)
    of_program = hidden.pinn.of_program
    assert regression.is_regression
    assert not solved.is_regression
    assert not leaked.is_regression
    assert of_program([regression, solved, leaked]) is solved
    assert of_program([regression, leaked]) is None


def test_a_number_learned_beside_the_weights_is_compared_with_what_was_observed() -> None:
    found = trained(1.0, mu=3.0, estimate=3.02)
    assert found.estimates == [3.02]
    assert abs(found.true_mu - 3.0) < 0.02
    assert not trained(1.0).estimates
    assert any(abs(one - 3.0) < 0.02 for one in trained(1.0, mu=3.0, estimate=float(np.log(3.0))).possible_mu)
