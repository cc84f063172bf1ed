"""An error is paid once: what it hides elsewhere is judged on what is seen with ours in its place."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from graders.language import Message
from graders.observe.observation import Failure
from graders.verdict import Verdict

Shown = TypeVar("Shown")


def with_ours(
    judge: Callable[[Shown], Verdict], shown: Shown, repaired: Shown | Failure, said: Message, *, paid: bool
) -> Verdict:
    """The verdict on what is shown; where its cause is `paid`, on what is shown with ours in its place, if that pleases more."""
    found = judge(shown)
    if found.credit == 1 or isinstance(repaired, Failure) or not paid:
        return found
    again = judge(repaired)
    return again.with_notes(said) if again.credit > found.credit else found
