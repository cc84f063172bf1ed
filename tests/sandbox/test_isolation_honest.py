"""Honest code must not notice: a sandbox that hangs a DataLoader costs more marks than cheaters do."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from isolated_side import HEAVY, WHO, Stage, staged


@pytest.fixture(scope="module", params=WHO)
def stage(request: pytest.FixtureRequest) -> Iterator[Stage]:
    """A process like the template, with all that submissions import."""
    yield from staged(request.param, HEAVY)


@pytest.mark.parametrize(("function", "arguments", "expected"), [
    ("pool", (), [0, 1, 4, 9, 16]), ("executors", (), [0, 1, 4, 0, 1, 4]), ("queue", (), [0, 1, 2]),
    ("loader", (2,), 2016.0), ("temporary", (None,), True), ("shared_memory", (), 7),
])  # fmt: skip
def test_honest_code_that_shares_works_in_namespaces(
    stage: Stage, function: str, arguments: tuple, expected: object
) -> None:
    assert stage.value(f"honest.{function}", *arguments) == expected


@pytest.mark.parametrize(("function", "arguments", "expected"), [
    ("loader", (0,), 2016.0), ("train", (), True), ("arrays", (), 2010), ("database", (), 45),
    ("temporary", (".",), True), ("recursion", (), 10_000), ("figure", (), True), ("lazy_imports", (2,), 0.8),
    ("asynchronous", (), 6), ("threads", (), 8), ("callback", (), [1, 2, 3]),
    ("fifo", (), "through"), ("devices", (), 16),
])  # fmt: skip
def test_honest_code_works(stage: Stage, level: str, function: str, arguments: tuple, expected: object) -> None:
    value = stage.value(f"honest.{function}", *arguments, level=level)
    assert value == (pytest.approx(expected, abs=0.2) if function == "lazy_imports" else expected)


def test_the_work_folder_is_given_and_ours(stage: Stage) -> None:
    assert stage.value("honest.given") == ["given", "/work", "mine"]
    for work in ("/home/student", "/tmp/student"):
        assert stage.value("honest.given", work=work) == ["given", work, "mine"]
    assert stage.value("honest.who") == ["student", "student", "lab", True]
