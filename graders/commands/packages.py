"""`grade.py export gradescope|prairielearn|vpl|coderunner|github ID`: the grader of an assignment, as a platform runs it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import fsum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from graders.assignment import Assignment
from graders.commands.autograde import Visibility
from graders.commands.exchange import show
from graders.commands.guess import named
from graders.commands.usage import Lang, Language
from graders.language import Message, say, translator
from graders.lms.coderunner import package as coderunner
from graders.lms.github import package as github
from graders.lms.gradescope import package as gradescope
from graders.lms.packing import Order, zipped
from graders.lms.prairielearn import package as prairielearn
from graders.lms.vpl import package as vpl

Id = Annotated[str, typer.Argument(help=say("An assignment.").text)]
Out = Annotated[Path | None, typer.Option(help=say("The zip to write; ID-PLATFORM.zip where left out.").text)]
NoIsolation = Annotated[
    bool, typer.Option("--no-isolation", help=say("Run submissions without a sandbox there: only code you trust.").text)
]
Files = Callable[[Order], Mapping[str, bytes | str]]


def export_gradescope(
    id: Id,
    out: Out = None,
    visibility: Annotated[
        Visibility, typer.Option(help=say("When students see results.").text)
    ] = Visibility.AFTER_PUBLISHED,
    no_isolation: NoIsolation = False,
    lang: Lang = Language.FR,
) -> None:
    """Make the autograder zip of Gradescope."""
    ours = named(id)
    step = say(
        "Upload it as it is under Configure Autograder. Autograder points: {points}. Container: 1 CPU and 3 GB or more.",
        points=judged_points(ours),
    )
    order = Order(ours, lang.value, no_isolation, visibility.value)
    write(order, out, "gradescope", gradescope.files, step)


def export_prairielearn(id: Id, out: Out = None, no_isolation: NoIsolation = False, lang: Lang = Language.FR) -> None:
    """Make the image and the question of a PrairieLearn external grader."""
    step = say(
        "Unpack it; build the image with `docker build -t graders-{id} .` and push it where your course takes images from; "
        "put question/ below questions/ of the course, with the image's full name in info.json.",
        id=id,
    )
    write(Order(named(id), lang.value, no_isolation), out, "prairielearn", prairielearn.files, step)


def export_vpl(id: Id, out: Out = None, no_isolation: NoIsolation = False, lang: Lang = Language.FR) -> None:
    """Make the execution files of a Moodle VPL activity."""
    step = say(
        "Unpack it, and upload both files as execution files of the activity; grader.zip also under “Files to keep when "
        "running”. The execution server needs Python 3.11 with torch and the packages of requirements.txt, and 300 s or more."
    )
    write(Order(named(id), lang.value, no_isolation), out, "vpl", vpl.files, step)


def export_coderunner(id: Id, out: Out = None, no_isolation: NoIsolation = False, lang: Lang = Language.FR) -> None:
    """Make the template and the support file of a CodeRunner question."""
    step = say(
        "Unpack it. In a question of type python3: customise, paste template.py, tick “Is combinator”, grading by a “Template "
        "grader”, time limit 300 s, memory limit 0; and upload grader.zip as a support file. The sandbox server needs Python "
        "3.11 with torch and the packages of requirements.txt."
    )
    write(Order(named(id), lang.value, no_isolation), out, "coderunner", coderunner.files, step)


def export_github(id: Id, out: Out = None, no_isolation: NoIsolation = False, lang: Lang = Language.FR) -> None:
    """Make the workflows of GitHub Actions: the teacher's private repository, the file for those of students."""
    step = say(
        "Unpack it. teacher/ is the content of a private repository of yours, which grades; student/ goes into each student's "
        "repository, beside what `grade.py release {id}` makes. Keep the two apart: students read all that theirs can.",
        id=id,
    )
    write(Order(named(id), lang.value, no_isolation), out, "github", github.files, step)


def write(order: Order, out: Path | None, platform: str, files: Files, step: Message) -> None:
    """Write the package, and say what to do with it."""
    path = out or Path(f"{order.assignment.id}-{platform}.zip")
    path.write_bytes(zipped(files(order)))
    hidden = say("{path} is written. It holds the hidden checks: no student may have it.", path=str(path))
    show([hidden, step], Console(), translator(order.language))


def judged_points(ours: Assignment) -> float:
    """What a machine can give; a person gives the rest."""
    return round(fsum(line.points for line in ours.rubric if not line.manual), 4)
