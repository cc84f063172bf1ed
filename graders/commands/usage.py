"""What several commands share: the languages, the error of a wrong call."""

from __future__ import annotations

from enum import StrEnum


class UsageError(Exception):
    """The command was called wrongly; the message names the thing and says what to do."""


class Language(StrEnum):
    """What reports are written in."""

    FR = "fr"
    EN = "en"
