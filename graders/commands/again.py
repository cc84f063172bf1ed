"""`grade.py rescore DIR`: new points, stored verdicts. `grade.py rejudge DIR`: new checks, stored evidence."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from graders.commands.keeping import Named, keeper_of, tell_fault
from graders.engine.classroom import rescore_class, settings_of
from graders.language import say, translator

Folder = Annotated[Path, typer.Argument(help=say("A folder of reports that grade.py wrote.").text)]


def rescore(folder: Folder, gradebook: Named = None) -> int:
    """Score stored verdicts under the rubric as it is now: no judge and no student code is run."""
    settings = settings_of(folder)
    keeper = keeper_of(folder, settings, gradebook)
    keeper.begin([path.name for path in folder.iterdir() if path.is_dir()])
    reports, damaged = rescore_class(folder)
    keeper.end(reports)
    tell_fault(keeper.fault, settings.language)
    translate = translator(settings.language)
    Console().print(translate(say("Scored again: {count}", count=len(reports))), highlight=False)
    if damaged:
        told = say(
            "What is stored of them is damaged, so they keep the report that they had: {names}. Grade the class again.",
            names=", ".join(damaged),
        )
        Console(stderr=True).print(translate(told), style="yellow", markup=False, highlight=False, soft_wrap=True)
    return 1 if keeper.fault or damaged else 0


def rejudge(
    folder: Folder,
    jobs: Annotated[int, typer.Option(min=1, help=say("How many are judged at once.").text)] = os.cpu_count() or 1,
    no_isolation: Annotated[
        bool, typer.Option("--no-isolation", help=say("Run submissions without a sandbox: only code you trust.").text)
    ] = False,
    gradebook: Named = None,
) -> int:
    """Judge stored evidence with the checks as they are now; student code runs for new questions only."""
    from graders.commands.grade import found, run

    settings = settings_of(folder)
    return run(
        settings,
        found(Path(settings.submissions), folder),
        folder,
        jobs,
        no_isolation=no_isolation,
        gradebook=gradebook,
    )
