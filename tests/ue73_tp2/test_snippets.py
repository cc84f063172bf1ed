"""Right ways and wrong ways to write a network and a metric, hundreds of them, judged without a sandbox."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from tests.ue73_tp2.inside import Snippet, differences, metrics_of, snippets, suite

# Student code warns as it likes.
pytestmark = pytest.mark.filterwarnings("ignore")


def networks() -> list[Snippet]:
    """Networks, right and wrong."""
    return [*snippets("networks_right.py"), *snippets("networks_wrong.py")]


def metrics() -> list[Snippet]:
    """Metrics, right and wrong."""
    return [*snippets("metrics_right.py"), *snippets("metrics_wrong.py")]


def of_networks() -> Sequence[str]:
    """The criteria that look at a network."""
    return [id for id in suite().criteria if id.startswith("mlp.")]


@pytest.mark.parametrize("snippet", networks(), ids=lambda one: one.name)
def test_a_network_loses_what_it_must_and_nothing_else(snippet: Snippet) -> None:
    assert not differences(snippet, of_networks())


@pytest.mark.parametrize("snippet", metrics(), ids=lambda one: one.name)
def test_a_metric_loses_what_it_must_and_nothing_else(snippet: Snippet) -> None:
    assert not differences(snippet, metrics_of(snippet))


def trainings() -> list[Snippet]:
    """Training loops, right and wrong."""
    return [*snippets("training_right.py"), *snippets("training_wrong.py")]


def standardizations() -> list[Snippet]:
    """Functions that standardize, right and wrong."""
    return [*snippets("standardization_right.py"), *snippets("standardization_wrong.py")]


OF_TRAINING = ("train.loop", "train.modes", "train.scheduler", "train.learns", "metrics.per_epoch")


@pytest.mark.parametrize("snippet", trainings(), ids=lambda one: one.name)
def test_a_training_loses_what_it_must_and_nothing_else(snippet: Snippet) -> None:
    assert not differences(snippet, OF_TRAINING)


@pytest.mark.parametrize("snippet", standardizations(), ids=lambda one: one.name)
def test_a_standardization_loses_what_it_must_and_nothing_else(snippet: Snippet) -> None:
    assert not differences(snippet, ("standardize.formula", "standardize.constant"))
