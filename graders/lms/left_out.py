"""What an export does not send, by reason: nobody is dropped without a word."""

from __future__ import annotations

from collections.abc import Iterable

from graders.language import Message, say

MOST_NAMED = 8


class LeftOut:
    """Submissions, and why each was left out; the reasons in the order in which they came up."""

    def __init__(self) -> None:
        self._names: dict[str, list[str]] = {}
        self._reasons: dict[str, Message] = {}

    def add(self, reason: Message, name: str) -> None:
        """Leave one out."""
        self._reasons[reason.text] = reason
        self._names.setdefault(reason.text, []).append(name)

    def notes(self) -> list[Message]:
        """A sentence a reason, with the names."""
        return [
            say(
                "Left out ({count}), {reason}: {names}",
                count=len(self._names[text]),
                reason=reason,
                names=_listed(self._names[text]),
            )
            for text, reason in self._reasons.items()
        ]


def _listed(names: Iterable[str]) -> str:
    known = list(names)
    return ", ".join(known[:MOST_NAMED]) + (", …" if len(known) > MOST_NAMED else "")
