"""What was lost for want of a package, or because code of ours failed, waits for a person."""

from __future__ import annotations

import pytest

from graders.judge.excused import EXCUSES, excused
from graders.laws.failure import told
from graders.observe.observation import Failure
from graders.verdict import Status, Verdict, failed, passed


@pytest.mark.parametrize("kind", EXCUSES)
def test_what_was_lost_is_pending_and_what_was_seen_stays(kind: str) -> None:
    problem = Failure(kind, "torchvision", "loading.py, 3")  # type: ignore[arg-type]  # one of its kinds
    lost = Verdict(status=Status.ERROR, credit=0, diagnosis="crashed", feedback=(told(problem),))
    found = excused({"a": lost, "b": failed("wrong"), "c": passed()}, [Failure("raised", "ValueError"), problem])
    assert [one.status for one in found.values()] == [Status.PENDING, Status.FAIL, Status.PASS]
    assert found["a"].feedback == (told(problem),)
    assert excused({"a": lost}, [Failure("timeout")]) == {"a": lost}
