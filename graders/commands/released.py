"""`grade.py check`: the published checks on one's own work. `grade.py release ID`: the package that students get."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from graders.commands.guess import guessed_for_one, named
from graders.commands.usage import Lang, Language, UsageError
from graders.engine.release import write_release
from graders.language import say, translator
from graders.report.terminal import show_own
from graders.sandbox.layers import probe


def check(
    path: Annotated[Path, typer.Argument(help=say("Your folder.").text)] = Path(),
    id: Annotated[str | None, typer.Option("--assignment", help=say("Found where left out.").text)] = None,
    lang: Lang = Language.FR,
) -> int:
    """Run the published checks on your own work: visible inputs, nothing hidden. Passing is a start, not a mark."""
    from graders.engine.selfcheck import checked

    if not path.is_dir():
        raise UsageError(say("{path} is not a folder. Give the folder that holds your work.", path=str(path)))
    translate, console = translator(lang.value), Console()
    ours = guessed_for_one(path, id)
    with console.status(translate(say("Your work is being tried …"))):
        report = checked(ours, path, lang.value, probe().level)
    show_own(report, ours.title[lang.value], translate, console)
    console.print()
    console.print(
        translate(say("These are the published checks, on visible data. The grading asks more.")),
        style="dim",
        soft_wrap=True,
    )
    return 0


def release(
    id: Annotated[str, typer.Argument(help=say("An assignment.").text)],
    out: Annotated[Path | None, typer.Option(help=say("The zip to write; ID.zip where left out.").text)] = None,
    lang: Lang = Language.FR,
) -> None:
    """Make the zip that students get: statement, template, data, self-check."""
    path = out or Path(f"{id}.zip")
    names = write_release(named(id), path)
    written = say("{path} is written: {count} files.", path=str(path), count=len(names))
    Console().print(translator(lang.value)(written), highlight=False, markup=False, soft_wrap=True)
