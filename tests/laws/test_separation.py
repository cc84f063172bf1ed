import numpy as np
import pytest

from graders.laws.separation import agree, separates


def test_a_pair_that_agrees_on_every_case_is_reported() -> None:
    hypotheses = {"double": lambda x: 2 * x, "square": lambda x: x * x, "itself": lambda x: x}
    assert separates([(0.0,), (2.0,)], hypotheses, 1e-6) == [("double", "square")]
    assert separates([(0.0,), (2.0,), (3.0,)], hypotheses, 1e-6) == []
    assert separates([(0.0,)], hypotheses, 1e-6) == [("double", "square"), ("double", "itself"), ("square", "itself")]


def test_arrays_are_separated_by_one_value() -> None:
    hypotheses = {"square": lambda x: x * x, "itself": lambda x: x}
    assert separates([(np.array([1.0, 0.0]),)], hypotheses, 1e-6) == [("square", "itself")]
    assert separates([(np.array([1.0, 0.0]),), (np.array([2.0, -1.0, 3.0]),)], hypotheses, 1e-6) == []


def test_hypotheses_of_different_sizes_are_an_error_of_ours() -> None:
    with pytest.raises(ValueError, match="same shape"):
        separates([(np.ones(3),)], {"first": lambda x: x[:1], "itself": lambda x: x}, 1e-6)


def test_the_tolerance_is_relative_for_large_values_and_absolute_for_small_ones() -> None:
    assert agree([1e6, 0], [1e6 + 0.5, 9e-7], 1e-6).all()
    assert not agree([1e6, 0], [1e6 + 2, 2e-6], 1e-6).any()


def test_undefined_agrees_with_everything_and_so_separates_nothing() -> None:
    assert separates([()], {"nan": lambda: float("nan"), "one": lambda: 1.0}, 1e-6) == [("nan", "one")]


def test_infinities_are_equal_to_each_other_only() -> None:
    assert agree([np.inf, np.inf, np.inf], [np.inf, 1.0, -np.inf], 1e-6).tolist() == [True, False, False]
