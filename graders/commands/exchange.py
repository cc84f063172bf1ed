"""`grade.py import PLATFORM …`: from a learning platform to a folder of submissions. `grade.py export PLATFORM …`: back."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from graders.commands.usage import Lang, Language, UsageError
from graders.language import Message, Translate, say, translator
from graders.lms.incoming import bring_in
from graders.lms.unpacking import Unpacked
from graders.lms.written import Written

Download = Annotated[Path, typer.Argument(help="The zip of all submissions, as it was downloaded.")]
Out = Annotated[Path | None, typer.Option(help="Where submissions go; beside the zip where left out.")]
Reports = Annotated[Path, typer.Argument(help="A folder of reports that grade.py wrote.")]
MarksOut = Annotated[Path | None, typer.Option(help="Where the files go; into the folder of reports where left out.")]
Provisional = Annotated[
    bool, typer.Option("--provisional", help="Also marks in which a person still has to read something.")
]
MOST_NOTES = 12


def import_moodle(zip: Download, out: Out = None, lang: Lang = Language.FR) -> None:
    """Sort the zip of "download all submissions" into one folder a submission."""
    show_import(brought(zip, out, "moodle"), Console(), translator(lang.value))


def export_moodle(
    reports: Reports,
    worksheet: Annotated[Path | None, typer.Option(help="The assignment's grading worksheet, from Moodle.")] = None,
    out: MarksOut = None,
    provisional: Provisional = False,
    replace: Annotated[bool, typer.Option("--replace", help="Write over other marks in the worksheet.")] = False,
    lang: Lang = Language.FR,
) -> None:
    """Fill the teacher's grading worksheet, and pack one page a student as feedback."""
    from graders.lms.graded import graded_class
    from graders.lms.moodle.by_files import write

    if worksheet is None or not worksheet.is_file():
        raise UsageError(
            say(
                "Say where the grading worksheet is: --worksheet FILE.csv. In Moodle it is in the assignment, "
                "“Download grading worksheet” (the setting “Offline grading worksheet” must be on)."
            )
        )
    target = out or reports / "export" / "moodle"
    done = write(graded_class(reports), worksheet, target, provisional=provisional, replace=replace)
    show_export(done, Console(), translator(lang.value))


def import_canvas(zip: Download, out: Out = None, lang: Lang = Language.FR) -> None:
    """Sort the zip of all submissions into one folder a submission."""
    show_import(brought(zip, out, "canvas"), Console(), translator(lang.value))


def export_canvas(
    reports: Reports,
    gradebook: Annotated[Path | None, typer.Option(help="The course's gradebook as CSV, from Canvas.")] = None,
    column: Annotated[str | None, typer.Option(help="The assignment, by title or number.")] = None,
    out: MarksOut = None,
    provisional: Provisional = False,
    replace: Annotated[bool, typer.Option("--replace", help="Write over other marks in the gradebook.")] = False,
    lang: Lang = Language.FR,
) -> None:
    """Fill the teacher's gradebook."""
    from graders.lms.canvas.by_files import write
    from graders.lms.graded import graded_class

    if gradebook is None or not gradebook.is_file():
        raise UsageError(
            say("Say where the gradebook is: --gradebook FILE.csv. In Canvas: Grades, Export Entire Gradebook.")
        )
    target = out or reports / "export" / "canvas"
    done = write(graded_class(reports), gradebook, column, target, provisional=provisional, replace=replace)
    show_export(done, Console(), translator(lang.value))


def show_export(done: Written, console: Console, translate: Translate) -> None:
    """What was left out, how many marks there are, and what to do with them."""
    show(done.notes, console, translate, style="yellow")
    show([say("{count} marks are ready.", count=done.count), *done.steps], console, translate)


def brought(path: Path, out: Path | None, platform: str | None = None) -> Unpacked:
    """A download as a folder of submissions, beside it unless said otherwise."""
    if not path.exists():
        raise UsageError(say("{path} does not exist.", path=str(path)))
    beside = path.with_suffix("") if path.is_file() else path.with_name(path.name + " (submissions)")
    return bring_in(path, out or beside, platform)


def show_import(done: Unpacked, console: Console, translate: Translate) -> None:
    """What was found, and where it lies now."""
    show(done.notes, console, translate, style="yellow")
    found = say(
        "{count} submissions, {changed} new or changed: {path}",
        count=len(done.names),
        changed=len(done.changed),
        path=str(done.folder),
    )
    show([found], console, translate)


def show(messages: Sequence[Message], console: Console, translate: Translate, style: str = "") -> None:
    """A line each; when there are very many, the first ones and how many more."""
    for message in messages[:MOST_NOTES]:
        console.print(translate(message), style=style, markup=False, highlight=False, soft_wrap=True)
    if len(messages) > MOST_NOTES:
        more = say("… and {count} more", count=len(messages) - MOST_NOTES)
        console.print(translate(more), style=style, markup=False, highlight=False)
