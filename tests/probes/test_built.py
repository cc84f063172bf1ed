"""An object that a program makes is made anew by the part of it that does so."""

from __future__ import annotations

import pytest

from graders.probes.built import built
from graders.probes.work import BuiltSubject, Work


class Layer:
    """Of the student's."""

    def __init__(self, wide: int) -> None:
        self.wide = wide


WORK = Work("/", "", {"lib.py": {"Layer": Layer}})


def part(code: str, *data: str) -> BuiltSubject:
    return BuiltSubject(code=code, variable="net", data=list(data), width="n_in", known=[("Layer", "lib.py")])


def test_it_is_made_of_the_students_own_classes_and_of_data_of_ours() -> None:
    made = built(part("from lib import Layer\nnet = Layer(X.shape[1])", "X"), WORK, 49)
    assert isinstance(made, Layer)
    assert made.wide == 49


def test_what_is_not_there_matters_only_where_it_is_needed() -> None:
    made = built(part("import keras_of_nobody\nseen = keras_of_nobody.load()\nnet = Layer(3)"), WORK, 49)
    assert isinstance(made, Layer)


def test_what_fails_in_the_end_is_told() -> None:
    with pytest.raises(NameError):
        built(part("width = load()\nnet = Layer(width)"), WORK, 49)
