"""What a person is told before the criteria."""

from __future__ import annotations

from graders import assignment
from graders.engine.flags import flags
from graders.engine.recognition import MOST_CANDIDATES
from graders.language import Message
from graders.submissions.binding import bind
from graders.submissions.submission import Submission

OURS = assignment.load("ue73-tp2")


def told(functions: int) -> list[Message]:
    """The flags of a program with so many functions, none of which is named as anything that is expected."""
    source = "\n".join(f"def etape_{number}(u, v):\n    return u + {number} * v\n" for number in range(functions))
    submission = Submission("someone", {"tp2.py": source.encode()})
    return list(flags(submission, bind(submission, OURS), None))


def test_that_not_all_definitions_were_tried_is_told() -> None:
    (said,) = [one for one in told(MOST_CANDIDATES + 1) if "not all of them were tried" in one.text]
    assert "recall" in str(said.values["names"])
    assert not [one for one in told(2) if "not all of them were tried" in one.text]
