"""How methods are called by what their parameters mean, and what is overheard."""

from __future__ import annotations

import numpy as np
import pytest

from graders.probes.speech import Ear, spoken

KNOWN = {"x": "input", "input": "input", "grad": "delta", "delta": "delta"}
VALUES = {"input": 1, "delta": 2}


class Layer:
    def course(self, input: int, delta: int) -> object:
        return input, delta

    def turned(self, grad: int, x: int) -> object:
        return x, grad

    def of_delta(self, grad: int) -> object:
        return grad

    def strange(self, g: int) -> object:
        return g

    def nothing(self) -> object:
        return "called"

    def all_of_them(self, *args: int) -> object:
        return args

    def more(self, delta: int, verbose: bool = False) -> object:
        return delta, verbose


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("course", (1, 2)),
        ("turned", (1, 2)),
        ("of_delta", 2),
        ("strange", 2),
        ("nothing", "called"),
        ("all_of_them", (1, 2)),
        ("more", (2, False)),
    ],
)
def test_a_method_is_given_what_its_parameters_mean(name: str, expected: object) -> None:
    assert spoken(getattr(Layer(), name), VALUES, KNOWN) == expected


@pytest.mark.parametrize(("values", "expected"), [({"gradient_step": 3}, 3), ({"input": 1, "delta": 2}, 0.1)])
def test_what_may_be_given_alone_is_what_there_is_alone(values: dict[str, object], expected: float) -> None:
    def update_parameters(taxa: float = 0.1) -> float:
        return taxa

    assert spoken(update_parameters, values, KNOWN) == expected


def test_a_constructor_is_called_without_its_object() -> None:
    class Made:
        def __init__(self, delta: int) -> None:
            self.delta = delta

    made = spoken(Made, VALUES, KNOWN)
    assert isinstance(made, Made)
    assert made.delta == 2


def test_calls_are_overheard_but_not_those_an_object_makes_of_itself() -> None:
    class Twice:
        def forward(self, x: np.ndarray) -> np.ndarray:
            return 2 * x

        def __call__(self, x: np.ndarray) -> np.ndarray:
            return self.forward(x)

    ear, module = Ear(), Twice()
    ear.listen(Twice, ["forward", "__call__", "absent"], 1)
    module(np.ones(3))
    module.forward(np.zeros(3))
    assert [one["method"] for one in ear.heard] == ["__call__", "forward"]
    assert [one["place"] for one in ear.heard] == [1, 1]
    assert np.array_equal(ear.heard[0]["result"], [2, 2, 2])  # type: ignore[arg-type]
