"""What stops an exchange with a platform."""

from __future__ import annotations

from graders.language import Message, say


class ExchangeError(Exception):
    """Nothing was sent or written; the message names the thing and says what to do."""

    def __init__(self, message: Message) -> None:
        super().__init__(message.text)
        self.message = message


def unanswered(problem: Message) -> Message:
    """What is said of a site that cannot be reached, or is silent."""
    return say(
        "the site does not answer ({problem}). Check the address and the network, and try again", problem=problem
    )
