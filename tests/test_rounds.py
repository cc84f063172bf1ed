"""A probe is asked until it has no other question: the way that is right may be the last of many."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from graders.assignment import DeclarationError
from graders.engine.evidence import Evidence
from graders.engine.observer import Observer
from graders.observe.context import Context
from graders.observe.observation import Observation, Seen
from graders.observe.request import Request
from graders.observe.steps import Heard, Plan, Talk, steps
from graders.sandbox.session import Loaded
from graders.submissions.binding import Binding

WAYS = 40


class Echo:
    """A session that answers each plan of one step with the number it was told."""

    loaded = Loaded((), 0.0, None, (), ())

    def observe(self, group: Sequence[Request]) -> list[Observation]:
        """What was told."""
        return [Seen({"0": {"result": one.arguments["steps"][0]["value"]}}) for one in group]  # type: ignore[call-overload, index]

    def close(self) -> None:
        """Nothing was opened."""


def way(number: int) -> Plan:
    """One of many ways to put it."""

    def plan(talk: Talk) -> Heard:
        talk.steps.append({"number": 0, "value": number})
        return {"number": number}

    plan.__qualname__ = f"way.{number}"
    return plan


def heard(right: int, tmp_path: Path) -> object:
    """What is read where one of the ways is right."""
    first, *more = map(way, range(WAYS))
    probe = steps(group="any", ways=more, enough=lambda one: one["number"] == right)(first)
    context = Context(Binding({}, None, ()), 0)
    with Observer(Evidence(tmp_path / "evidence.zip", ""), Echo) as observer:
        return probe.read(context, observer.gather([probe], context)[probe])


def test_the_last_of_many_ways_is_asked(tmp_path: Path) -> None:
    assert heard(WAYS - 1, tmp_path) == {"number": WAYS - 1}


class Endless:
    """A probe that always has another question."""

    def ask(self, _: Context, seen: Sequence[Observation]) -> Sequence[Request]:
        """A question that was never asked."""
        return (Request("steps", {"steps": [{"value": len(seen)}]}, "any"),)

    def read(self, _: Context, seen: Sequence[Observation]) -> int:
        """How many answers there were."""
        return len(seen)


def test_a_probe_without_an_end_is_told_and_not_read_in_part(tmp_path: Path) -> None:
    context = Context(Binding({}, None, ()), 0)
    with (
        Observer(Evidence(tmp_path / "evidence.zip", ""), Echo) as observer,
        pytest.raises(DeclarationError, match="still asks"),
    ):
        observer.gather([Endless()], context)


def test_files_of_which_nothing_is_asked_are_read(tmp_path: Path) -> None:
    for entry, read in (("tp.py", Echo.loaded), (None, None)):
        with Observer(Evidence(tmp_path / f"{entry}.zip", ""), Echo) as observer:
            observer.read(Context(Binding({}, entry, ()), 0))
            assert observer.evidence.loaded == read
