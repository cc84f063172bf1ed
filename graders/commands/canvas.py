"""`grade.py import canvas`, `grade.py export canvas`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from graders.commands.exchange import Out, Provisional, Replace, Reports, brought, show_export, show_import
from graders.commands.usage import Lang, Language, UsageError
from graders.language import say, translator
from graders.lms.canvas.by_files import write
from graders.lms.graded import graded_class


def import_canvas(
    zip: Annotated[Path, typer.Argument(help="The zip of all submissions, as it was downloaded.")],
    out: Out = None,
    lang: Lang = Language.FR,
) -> None:
    """Sort the zip of all submissions into one folder a submission."""
    show_import(brought(zip, out, "canvas"), Console(), translator(lang.value))


def export_canvas(
    reports: Reports,
    gradebook: Annotated[Path | None, typer.Option(help="The course's gradebook as CSV, from Canvas.")] = None,
    column: Annotated[str | None, typer.Option(help="The assignment, by title or number.")] = None,
    provisional: Provisional = False,
    replace: Replace = False,
    lang: Lang = Language.FR,
) -> None:
    """Fill the teacher's gradebook."""
    if gradebook is None or not gradebook.is_file():
        raise UsageError(
            say("Say where the gradebook is: --gradebook FILE.csv. In Canvas: Grades, Export Entire Gradebook.")
        )
    graded, target = graded_class(reports), reports / "export" / "canvas"
    done = write(graded, gradebook, column, target, provisional=provisional, replace=replace)
    show_export(done, Console(), translator(lang.value))
