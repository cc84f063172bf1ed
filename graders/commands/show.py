"""`grade.py list`: the assignments. `grade.py show`: one report in the terminal."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from pydantic import ValidationError
from rich.console import Console

from graders import assignment
from graders.commands.usage import Lang, Language, UsageError
from graders.language import say, translator
from graders.report.model import Report
from graders.report.terminal import show_report


def list_assignments(lang: Lang = Language.FR) -> None:
    """The assignments that are here, with their titles."""
    for id in assignment.ids():
        Console().print(f"{id:14}{assignment.load(id).title[lang.value]}", highlight=False, soft_wrap=True)


def show(
    path: Annotated[Path, typer.Argument(help=say("A submission's report folder, or its report.json.").text)],
    lang: Lang = Language.FR,
) -> None:
    """Show one report."""
    file = path / "report.json" if path.is_dir() else path
    try:
        report = Report.model_validate_json(file.read_bytes())
    except (OSError, ValidationError) as error:
        raise UsageError(
            say("{path} is no readable report. Give the folder of one submission's report.", path=str(file))
        ) from error
    show_report(report, translator(lang.value), Console())
