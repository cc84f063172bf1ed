"""What several commands share: the language, the error of a wrong call."""

from __future__ import annotations

import os
import shlex
from collections.abc import Sequence
from enum import StrEnum
from itertools import pairwise
from pathlib import Path
from typing import Annotated

import typer

from graders.language import LANGUAGES, Message, say

VARIABLE = "GRADERS_LANG"


def typed(path: Path) -> str:
    """A path as it is typed in a shell, spaces and all."""
    return shlex.quote(str(path))


class UsageError(Exception):
    """The command was called wrongly; the message names the thing and says what to do."""

    def __init__(self, message: Message) -> None:
        super().__init__(message.text)
        self.message = message


class Language(StrEnum):
    """What people are spoken to in."""

    FR = "fr"
    EN = "en"


Lang = Annotated[Language, typer.Option(envvar=VARIABLE, help=say("The language of what is said and written.").text)]


def spoken(arguments: Sequence[str]) -> str:
    """The language of errors, found before anything is parsed: --lang, else GRADERS_LANG, else French."""
    after = [value for option, value in pairwise(arguments) if option == "--lang"]
    joined = [one.removeprefix("--lang=") for one in arguments if one.startswith("--lang=")]
    wanted = [*after, *joined, os.environ.get(VARIABLE, "")]
    return next((one for one in wanted if one in LANGUAGES), Language.FR)
