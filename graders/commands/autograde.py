"""`grade.py autograde PLATFORM`: what the packages of `grade.py export` call in a platform's container."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from graders.commands.guess import named
from graders.commands.isolation import level, tell
from graders.commands.usage import Lang, Language
from graders.lms import coderunner, github, gradescope, prairielearn, vpl
from graders.lms.once import Job


class Visibility(StrEnum):
    """When students see the result of a criterion on Gradescope."""

    HIDDEN = "hidden"
    AFTER_DUE_DATE = "after_due_date"
    AFTER_PUBLISHED = "after_published"
    VISIBLE = "visible"


class Platform(StrEnum):
    """Who runs us."""

    GRADESCOPE = "gradescope"
    PRAIRIELEARN = "prairielearn"
    VPL = "vpl"
    CODERUNNER = "coderunner"
    GITHUB = "github"


AUTOGRADE: Mapping[Platform, Callable[[Job], int]] = {
    Platform.GRADESCOPE: gradescope.autograde,
    Platform.PRAIRIELEARN: prairielearn.autograde,
    Platform.VPL: vpl.autograde,
    Platform.CODERUNNER: coderunner.autograde,
    Platform.GITHUB: github.autograde,
}
# Where what the platform hands over lies: an absolute layout, or the folder that it calls us in.
ROOTS = {Platform.GRADESCOPE: Path("/"), Platform.PRAIRIELEARN: Path("/")}


def autograde(
    platform: Annotated[Platform, typer.Argument(help="Whose container this is.")],
    id: Annotated[str, typer.Option("--assignment", help="What is handed in there.")],
    root: Annotated[Path | None, typer.Option(help="Stands before the platform's own paths.")] = None,
    visibility: Annotated[Visibility, typer.Option(help="Gradescope.")] = Visibility.AFTER_PUBLISHED,
    seconds: Annotated[float, typer.Option(min=1, help="How long it may take.")] = 540,
    no_isolation: Annotated[bool, typer.Option("--no-isolation", help="Run without a sandbox.")] = False,
    lang: Lang = Language.FR,
) -> int:
    """Grade the one submission that a platform hands over, and answer in its format."""
    named(id)
    isolation = level(no_isolation=no_isolation)
    if platform is not Platform.CODERUNNER:  # which takes what is said there for an error of the student's
        tell(isolation, lang.value, Console(stderr=True))
    most = vpl.seconds(os.environ, seconds) if platform is Platform.VPL else seconds
    where = root or ROOTS.get(platform, Path.cwd())
    return AUTOGRADE[platform](Job(id, where, lang.value, isolation, most, visibility.value))
