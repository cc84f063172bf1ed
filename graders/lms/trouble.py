"""What stops an exchange with a platform."""

from __future__ import annotations

from graders.language import Message


class ExchangeError(Exception):
    """Nothing was sent or written; the message names the thing and says what to do."""

    def __init__(self, message: Message) -> None:
        super().__init__(message.text)
        self.message = message
