"""What stops a class before it begins: a file in which a teacher said something, and which cannot be read."""

from __future__ import annotations

from graders.language import Message


class TeachersFileError(Exception):
    """The message names the file and says what to do."""

    def __init__(self, message: Message) -> None:
        super().__init__(message.text)
        self.message = message
