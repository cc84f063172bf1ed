"""`grade.py PATH`: grade every submission directly under a folder."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from graders import assignment
from graders.commands.exchange import brought, show_import
from graders.commands.guess import guessed
from graders.commands.isolation import level
from graders.commands.isolation import tell as tell_isolation
from graders.commands.keeping import Named, keeper_of, tell_fault
from graders.commands.usage import Lang, Language, UsageError, typed
from graders.engine.classroom import grade_class
from graders.engine.pool import Work
from graders.engine.record import Class
from graders.language import say, translator
from graders.lms.incoming import is_unsorted
from graders.report.grades import summary
from graders.report.model import Report
from graders.report.terminal import ClassTable
from graders.submissions.collect import find


def grade(
    path: Annotated[Path, typer.Argument(help=say("A folder of submissions, or a platform's zip of them all.").text)],
    id: Annotated[
        str | None, typer.Option("--assignment", help=say("Found from the folder's name where left out.").text)
    ] = None,
    out: Annotated[
        Path | None, typer.Option(help=say("Where reports go; graded/<folder's name> where left out.").text)
    ] = None,
    jobs: Annotated[int, typer.Option(min=1, help=say("How many are graded at once.").text)] = os.cpu_count() or 1,
    lang: Lang = Language.FR,
    seed: Annotated[int, typer.Option(help=say("Draws the hidden inputs.").text)] = 0,
    no_isolation: Annotated[
        bool, typer.Option("--no-isolation", help=say("Run submissions without a sandbox: only code you trust.").text)
    ] = False,
    gradebook: Named = None,
) -> int:
    """Grade the submissions of a class, write their reports, and say what was found."""
    path = sorted_out(path, lang)
    works = found(path, out or default_out(path))
    ours = guessed(path, id)
    settings = Class(submissions=str(path.resolve()), assignment=ours.id, seed=seed, language=lang.value)
    return run(settings, works, out or default_out(path), jobs, no_isolation=no_isolation, gradebook=gradebook)


def sorted_out(path: Path, lang: Language) -> Path:
    """The folder of submissions: where a platform's download is given, as a zip or unpacked, the one made from it."""
    if not (path.suffix.lower() == ".zip" if path.is_file() else path.is_dir() and is_unsorted(path)):
        return path
    done = brought(path, None)
    show_import(done, Console(), translator(lang.value))
    return done.folder


def default_out(path: Path) -> Path:
    """Beside where the command is run, under the name of the class."""
    return Path("graded") / path.resolve().name


def found(path: Path, out: Path) -> list[Work]:
    """The submissions under a path, and where each one's report goes."""
    if not path.is_dir():
        raise UsageError(
            say("{path} is not a folder. Give the folder that holds the submissions, one entry each.", path=str(path))
            if path.exists()
            else say("{path} is neither a folder that exists nor a command. See grade.py --help.", path=str(path))
        )
    works = [Work(name, entry, out / name) for name, entry in find(path)]
    if not works:
        raise UsageError(
            say(
                "{path} holds no submission: no folder, zip, script or notebook lies directly under it.", path=str(path)
            )
        )
    return works


def run(
    settings: Class, works: list[Work], out: Path, jobs: int, *, no_isolation: bool, gradebook: str | None = None
) -> int:
    """Grade, show each submission as it ends, and keep what was found in the gradebook."""
    isolation = level(no_isolation=no_isolation, hidden=(Path(settings.submissions), out))
    keeper = keeper_of(out, settings, gradebook)
    keeper.begin([work.name for work in works])
    reports: list[Report] = []
    try:
        troubles = _shown(settings, works, out, isolation, jobs, reports)
    finally:
        keeper.end(reports)
        tell_fault(keeper.fault, settings.language)
    return 1 if troubles or keeper.fault else 0


def _shown(settings: Class, works: list[Work], out: Path, isolation: str, jobs: int, reports: list[Report]) -> int:
    """Grade into `reports`; how many could not be graded for a reason of ours."""
    console = Console()
    translate = translator(settings.language)
    title = assignment.load(settings.assignment).title[settings.language]
    console.print(f"{title} ({settings.assignment})", style="bold")
    tell_isolation(isolation, settings.language, console)
    with ClassTable(console, translate) as table:
        table.start(len(works))

        def tell(report: Report, seconds: float, fresh: bool) -> None:
            reports.append(report)
            table.add(report, seconds, "" if fresh else translate(say("unchanged")))

        troubles = grade_class(settings, works, out, isolation, jobs, tell)
        table.finish(summary(reports))
    console.print(translate(say("Reports: {path}", path=str(out / "index.html"))), soft_wrap=True, highlight=False)
    if any(report.pending for report in reports):
        left = say("To read, and to give points for: grade.py serve {path}", path=typed(out))
        console.print(translate(left), soft_wrap=True, highlight=False)
    return troubles
