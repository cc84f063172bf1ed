"""A package that is missing excuses what it took with it, and nothing else."""

from __future__ import annotations

from graders.judge.excused import excused
from graders.language import say
from graders.laws.failure import verdict_of
from graders.observe.observation import Failure
from graders.verdict import Status, Verdict

NETWORK = Failure("absent", type="network")


def _status(verdict: Verdict) -> Status:
    return excused({"one": verdict}, [NETWORK])["one"].status


def test_a_name_that_no_line_defines_is_missing_whatever_else_was_not_there() -> None:
    assert _status(verdict_of(Failure("missing", type="max_pool2d", message="max_pool2d, pooling"))) is Status.MISSING


def test_what_raises_by_itself_is_an_error_whatever_else_was_not_there() -> None:
    assert _status(verdict_of(Failure("raised", type="RuntimeError", file="a.ipynb[3]", line=7))) is Status.ERROR


def test_what_lacks_a_name_or_a_file_that_was_to_come_is_for_a_person_to_decide() -> None:
    for one in ("NameError", "FileNotFoundError", "NotDefinedError"):
        assert _status(verdict_of(Failure("raised", type=one, file="a.py", line=7))) is Status.PENDING


def test_what_was_never_drawn_is_for_a_person_to_decide() -> None:
    drawn = Verdict(status=Status.MISSING, credit=0, diagnosis="missing", feedback=(say("No figure was drawn."),))
    assert _status(drawn) is Status.PENDING
    assert excused({"one": drawn}, [])["one"] == drawn
